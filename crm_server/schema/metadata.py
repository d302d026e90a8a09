"""The metadata that all tables belong to, with one rule for the names of keys and indexes.

Apart from the tables because there are two modules of them.
"""

from typing import Final

from sqlalchemy import BigInteger, Integer, MetaData

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts only a column of exactly this type as its row number.
ROW_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")
