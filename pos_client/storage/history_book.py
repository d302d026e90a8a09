# ruff: noqa: S608 - only constants of this module and of the index are put together
"""The journal as a person searches it: one index that holds every column asked about, walked from its newest end.

Apart from the reader because its queries are put together from what is asked for; nothing else of the book needs that.
Its conditions name the index's own expression word for word, otherwise SQLite would open every body.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pos_client.domain.journal_entry import Entry
from pos_client.usecases.history_port import HistoryFilter

from . import journal_sql
from .entry_rows import entry_of
from .journal_file import JournalFile

_NEWEST_FIRST: Final = "ORDER BY epoch DESC, seq DESC"
_KEYS: Final = f"SELECT epoch, seq FROM entry INDEXED BY told WHERE {journal_sql.TOLD}"
_ENTRIES: Final = f"{journal_sql.ENTRY} WHERE (epoch, seq) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:keys))"
# Asked of each deed by itself: the line may be as long as the book after a month without the centre.
_LINE: Final = (
    "EXISTS (SELECT 1 FROM entry AS line INDEXED BY in_line WHERE line.waiting IN (1, 2)"
    " AND line.waiting > 0 AND line.epoch = entry.epoch AND line.seq = entry.seq)"
)
_ANY_OF: Final = "{column} IN (SELECT value FROM json_each(:{name}))"
_BEYOND: Final = 1 << 62


class SqlHistory:
    """The ``HistoryBook`` port. Every method may be called from any thread.

    Args:
        file: an open journal.
    """

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def page(self, asked: HistoryFilter, before: tuple[int, int] | None, limit: int) -> Sequence[Entry]:
        """Deeds older than an entry (epoch, seq), newest first."""
        epoch, seq = before or (_BEYOND, 0)
        values = _values(asked) | {"epoch": epoch, "seq": seq, "limit": limit}
        keys = self._file.rows(page_sql(asked), values)
        rows = self._file.rows(f"{_ENTRIES} {_NEWEST_FIRST}", {"keys": json.dumps([list(key) for key in keys])})
        return [entry_of(row) for row in rows]

    def count(self, asked: HistoryFilter) -> int:
        """How many there are in all."""
        row = self._file.row(f"SELECT COUNT(*) FROM ({_KEYS}{_conditions(asked)})", _values(asked))
        return int(row[0]) if row else 0


def page_sql(asked: HistoryFilter) -> str:
    """The keys of a page; answered from the index alone."""
    return f"{_KEYS} AND (epoch, seq) < (:epoch, :seq){_conditions(asked)} {_NEWEST_FIRST} LIMIT :limit"


def _conditions(asked: HistoryFilter) -> str:
    return "".join(f" AND {condition}" for condition in _each_condition(asked))


def _each_condition(asked: HistoryFilter) -> Iterator[str]:
    if asked.day:
        yield "business_date = :day"
    if asked.operator:
        yield "operator = :operator"
    if asked.member:
        yield "member_ref = :member"
    if asked.undone:
        yield "voided = 1"
    if asked.waiting:
        yield _LINE
    if asked.text:
        meant = [f"coupon_id LIKE :like ESCAPE '!' OR {journal_sql.RECEIPT_NO} LIKE :like ESCAPE '!'"]
        meant += [_ANY_OF.format(column="operator", name="operators")] if asked.operators else []
        meant += [_ANY_OF.format(column="member_ref", name="members")] if asked.members else []
        yield f"({' OR '.join(meant)})"


def _values(asked: HistoryFilter) -> dict[str, Any]:
    plain = "".join(f"!{sign}" if sign in "!%_" else sign for sign in asked.text)
    return {
        "day": asked.day.isoformat() if asked.day else "",
        "operator": asked.operator,
        "member": asked.member,
        "like": f"%{plain}%",
        "operators": json.dumps(asked.operators),
        "members": json.dumps(asked.members),
    }
