"""The tables a cache file has, read off the format's own statements, and the statements that change a row of one.

Apart from applying pages because checking a snapshot asks the same: are these our tables and columns?
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from pysqlite3 import dbapi2

from pos_client.domain import cache_format

from .connections import Connection

# Not assigned where they stay the same: rewriting an entry of an index costs 3.6 times the whole update.
INDEXED: Final = {"member": ("phone_key", "card_key", "tail_key"), "coupon": ("member_key",)}
_OBJECTS: Final = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table.

    Attributes:
        columns: name to declared type, in order; ``ver`` is one of them.
        keys: the columns that name a row.
    """

    name: str
    columns: dict[str, str]
    keys: tuple[str, ...]

    def upsert(self) -> str:
        """Insert a row, or change it where ``ver`` grew; its indexed columns stay as they are."""
        kept = {*self.keys, *INDEXED.get(self.name, ())}
        assigned = ", ".join(f"{column} = excluded.{column}" for column in self.columns if column not in kept)
        places = ", ".join(f":{column}" for column in self.columns)
        return (
            f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({places})"  # noqa: S608 - our own names
            f" ON CONFLICT ({', '.join(self.keys)}) DO UPDATE SET {assigned} WHERE excluded.ver > {self.name}.ver"
        )

    def move(self) -> str:
        """Change the indexed columns of a row that was just changed, where they differ; empty where there are none."""
        indexed = INDEXED.get(self.name, ())
        if not indexed:
            return ""
        assigned = ", ".join(f"{column} = :{column}" for column in indexed)
        differs = " OR ".join(f"{column} <> :{column}" for column in indexed)
        return f"UPDATE {self.name} SET {assigned} WHERE {self._this()} AND ver = :ver AND ({differs})"  # noqa: S608

    def delete(self) -> str:
        """Take a row away by a tombstone."""
        return f"DELETE FROM {self.name} WHERE {self._this()} AND ver < :ver"  # noqa: S608

    def _this(self) -> str:
        return " AND ".join(f"{column} = :{column}" for column in self.keys)


@cache
def shapes() -> dict[str, TableShape]:
    """The tables that pages may change, by name."""
    connection = _empty()
    try:
        return {
            table: TableShape(table, columns_of(connection, table), keys)
            for table, keys in cache_format.KEY_COLUMNS.items()
        }
    finally:
        connection.close()


@cache
def objects() -> frozenset[tuple[str, str]]:
    """Type and name of everything that a cache file holds."""
    connection = _empty()
    try:
        return objects_of(connection)
    finally:
        connection.close()


def columns_of(connection: Connection, table: str) -> dict[str, str]:
    """Names and declared types of a table's columns; empty where there is no such table."""
    return {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}


def objects_of(connection: Connection) -> frozenset[tuple[str, str]]:
    """Type and name of everything that a file holds."""
    return frozenset((kind, name) for kind, name in connection.execute(_OBJECTS))


def _empty() -> Connection:
    connection: Connection = dbapi2.connect(":memory:")
    for statement in cache_format.DDL:
        connection.execute(statement)
    return connection
