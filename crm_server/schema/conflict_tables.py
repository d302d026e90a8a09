"""Tables of the conflict ledger: what became of each loss, step by step, and which claims were refused here.

Apart from the conflicts themselves because people write into these, and no step is ever changed or taken out.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from .metadata import METADATA, ROW_NUMBER

# case_id: C and a conflict's id, M and a member excess's, P and the id of the points' movement in the ledger. step:
# promoted, voided (by itself), settled, written-off (by ``owner``). loss_minor: what was lost when the step was taken.
CONFLICT_STEP: Final = Table(
    "conflict_step",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("case_id", String(24), nullable=False),
    Column("step", String(12), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("loss_minor", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index(None, "case_id"),
)

# Claims that the centre refused because the use was taken: a redemption under one of them had no answer in time.
REFUSED_CLAIM: Final = Table(
    "refused_claim",
    METADATA,
    Column("claim_id", String(32), primary_key=True),
    Column("device", String(40), nullable=False),
    Column("coupon_id", String(40), nullable=False),
    Column("use_no", Integer, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
