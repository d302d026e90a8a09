"""The journal by days: its closes, the entries between two of them, and the centre's answer on each.

Apart from the journal because it reads whole ranges, in pieces so small that a till never waits for one.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from pos_client.domain.closings.close import TOLD, Close, Standing, close_of
from pos_client.domain.closings.three_books import Word
from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.verdict import EntryRef
from pos_client.usecases.closing_port import DayRow, KeptClose
from pos_client.usecases.day_office import DayGroup

from . import closing_sql, journal_sql
from .connections import Connection
from .day_groups import DayGroups
from .journal_file import JournalFile, epoch_begins_after, put_meta
from .upgrade import remove_copies

PIECE: Final = 500
_STUCK: Final = 2
Beside = Callable[[EntryRef], Mapping[str, str]]
AppendNext = Callable[[EntryDraft, int | None, Beside], EntryRef | None]


class SqlDayBook:
    """The ``DayBook`` port, and what sync asks of closes. Every method may be called from any thread.

    Args:
        file: an open journal.
        append_next: appends at an exact place; None for a journal that is only read.
    """

    def __init__(self, file: JournalFile, append_next: AppendNext | None = None) -> None:
        self._file = file
        self._append_next = append_next
        self._groups = DayGroups()

    def closes(self) -> Sequence[KeptClose]:
        """All closes, oldest first."""
        return [_kept(key, value, self._fields) for key, value in self._file.rows(closing_sql.CLOSES, {})]

    def unsettled(self) -> Sequence[KeptClose]:
        """Those that are not agreed, oldest first."""
        return [_kept(key, value, self._fields) for key, value in self._file.rows(closing_sql.UNSETTLED, {})]

    def epochs(self) -> Sequence[int]:
        """Epochs that have entries, oldest first."""
        return [number for (number,) in self._file.rows(closing_sql.EPOCHS, {})]

    def head(self, epoch: int) -> tuple[int, str]:
        """Number and hash of an epoch's newest entry; 0 and the hash it begins after where it has none."""
        row = self._file.row(journal_sql.LAST_OF_EPOCH, {"epoch": epoch})
        return (row[0], row[1].hex()) if row else (0, epoch_begins_after(self._file, epoch).hex())

    def rows(self, epoch: int, after: int, last: int | None = None) -> Iterator[DayRow]:
        """Entries of an epoch beyond a number, in order."""
        until = self.head(epoch)[0] if last is None else last
        while after < until:
            asked = {"epoch": epoch, "after": after, "last": until, "limit": PIECE}
            found = self._file.rows(closing_sql.ROWS, asked)
            yield from map(_row, found)
            if not found:
                return
            after = found[-1][1]

    def groups(self, days: Sequence[date]) -> Sequence[DayGroup]:
        """Entries of some business days, counted by what charts tell apart."""
        return self._groups.of(self._file, days)

    def write_close(self, draft: EntryDraft, after: int | None) -> EntryRef | None:
        """Append a close and note it, in one commit; None where another entry came first."""
        if self._append_next is None:
            raise TypeError("this journal was opened for reading")

        def beside(ref: EntryRef) -> Mapping[str, str]:
            close = close_of(ref.epoch, ref.seq, ref.hash, draft.fields)
            return {_key(close): _value(close, Standing.CLOSED, {})}

        return self._append_next(draft, after, beside)

    def waits(self, close: Close) -> bool:
        """Whether the close's own entry, or one that it is about, is still in line."""
        own = {"epoch": close.epoch, "first": close.seq, "last": close.seq}
        about = {"epoch": close.of_epoch, "first": close.first_seq, "last": close.last_seq}
        return any(self._file.row(closing_sql.WAITS, asked) for asked in (own, about))

    def keep_answer(self, close: Close, standing: Standing, answer: Mapping[str, Any]) -> None:
        """Keep the centre's answer; an agreement settles the range first, so that a kill in between asks once more."""
        if standing is Standing.AGREED:
            self._settle(close, answer)
        self._file.remember({_key(close): _value(close, standing, answer)})
        if standing is Standing.AGREED and not self.unsettled():
            remove_copies(self._file.path, (close.of_epoch, close.last_seq))

    def _settle(self, close: Close, answer: Mapping[str, Any]) -> None:
        named = [
            {"epoch": close.of_epoch, "seq": one["seq"], "result": result, "reason": reason, "holder": holder}
            for one, result, reason, holder in _exceptions(answer)
        ]
        for first in range(close.first_seq, close.last_seq + 1, PIECE):
            last = min(first + PIECE - 1, close.last_seq)
            with self._file.transaction() as connection:
                some = [row for row in named if first <= row["seq"] <= last]
                if some:
                    connection.executemany(closing_sql.NAME_RESULT, some)
                connection.execute(closing_sql.SETTLE, {"epoch": close.of_epoch, "first": first, "last": last})

    def _fields(self, epoch: int, seq: int) -> Mapping[str, Any]:
        row = self._file.row(journal_sql.ONE, {"epoch": epoch, "seq": seq})
        fields = json.loads(row[3]) if row else {}
        return {name: fields.get(name) for name in TOLD}


def reopen(connection: Connection, epoch: int, ranges: Sequence[tuple[int, int]]) -> None:
    """The centre lacks these entries: a close that it had agreed to is to be asked about once more.

    Inside the transaction that puts them back in line, because nothing else remembers that they were sent again.
    """
    for key, value in connection.execute(closing_sql.CLOSES, {}).fetchall():
        kept = json.loads(value)
        if kept["standing"] == Standing.AGREED and _is_touched(key, kept, epoch, ranges):
            put_meta(connection, [(key, json.dumps(kept | {"standing": Standing.CLOSED.value}, ensure_ascii=False))])


def _is_touched(key: str, kept: Mapping[str, Any], epoch: int, ranges: Sequence[tuple[int, int]]) -> bool:
    _, of_entry, seq = key.split(".")
    spans = [(int(of_entry), int(seq), int(seq)), (kept["of_epoch"], kept["first_seq"], kept["last_seq"])]
    return any(span[0] == epoch and first <= span[2] and span[1] <= last for span in spans for first, last in ranges)


def _key(close: Close) -> str:
    return closing_sql.KEY.format(epoch=close.epoch, seq=close.seq)


def _value(close: Close, standing: Standing, answer: Mapping[str, Any]) -> str:
    kept = {
        "hash": close.hash,
        "of_epoch": close.of_epoch,
        "first_seq": close.first_seq,
        "last_seq": close.last_seq,
        "head_hash": close.head_hash,
        "business_date": close.business_date,
        "standing": standing.value,
        "answer": answer,
    }
    return json.dumps(kept, ensure_ascii=False)


def _kept(key: str, value: str, fields: Callable[[int, int], Mapping[str, Any]]) -> KeptClose:
    _, epoch, seq = key.split(".")
    kept = json.loads(value)
    close = close_of(int(epoch), int(seq), kept["hash"], kept)
    return KeptClose(close, Standing(kept["standing"]), kept["answer"], fields(close.epoch, close.seq))


def _exceptions(answer: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str, str, str]]:
    """Rows of which the centre thinks something else than accepted, as its answer lists them."""
    for one in answer.get("conflicts", ()):
        yield one, "conflict", "", json.dumps(one.get("holder"), ensure_ascii=False, sort_keys=True)
    for one in answer.get("quarantined", ()):
        yield one, "quarantined", str(one.get("reason", "")), ""
    for one in answer.get("forked", ()):
        yield one, "forked", "", ""


def _row(row: Sequence[Any]) -> DayRow:
    epoch, seq, entry_hash, body, voided, waiting, result, holder, reason = row
    word = Word(result, is_stuck=waiting == _STUCK)
    return DayRow(epoch, seq, entry_hash.hex(), json.loads(body), bool(voided), waiting > 0, word, holder, reason)
