"""What one row does to the book beside standing in it: it ends an intent, or takes an earlier entry back.

Apart from the journal because several rows of one commit do it in turn.
"""

from typing import Any

from pos_client.domain.errors import JournalDamaged
from pos_client.domain.journal_entry import EntryKind

from . import journal_sql
from .connections import Connection


def second_writer(error: Exception) -> JournalDamaged:
    """What it means that the book refuses a number that is free."""
    return JournalDamaged(f"somebody else writes this journal: {error}", problem="second-writer")


def put_one(connection: Connection, row: dict[str, Any], target: tuple[int, int] | None) -> None:
    """One row of several, with what it does to an earlier one."""
    connection.execute(journal_sql.INSERT, row)
    if row["kind"] == EntryKind.REDEEM and row["intent_seq"] is not None:
        connection.execute(journal_sql.END_INTENT, row)
    if target is not None:
        marked = {"target_epoch": target[0], "target_seq": target[1]}
        if connection.execute(journal_sql.MARK_VOIDED, marked).rowcount != 1:
            raise ValueError(f"entry {target} cannot be taken back, or was before")
