"""Writes a journal's entries into a file that any machine can deliver: for a lane that is cut off, or damaged.

Apart from delivery because no network is needed. Each line of the ``.rdj`` file is the body of one
``POST /v1/journal/batches``, as delivery would send it; entries are signed by the lane, so the courier need
not be trusted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.domain.batch import Batch, JournalHead, SignedEntry, in_batches
from pos_client.domain.errors import JournalDamaged

from . import journal_sql
from .connections import Row, sync_file, sync_folder
from .failures import disk_fault
from .journal_file import JournalFile, open_for_reading
from .journal_reader import DEVICE
from .verification import genuine_rows

# A row is at least this large, so a file cannot hold more of them than its size allows.
_LEAST_ROW_BYTES: Final = 256


@dataclass(frozen=True, slots=True)
class CarriedAway:
    """How many entries the file holds, in how many batches."""

    entries: int
    batches: int


def export_entries(path: Path, out_file: Path, public_key: bytes) -> CarriedAway:
    """Write every entry whose signature is good, in order; what a damaged page held is passed over.

    Args:
        path: the journal; it is only read.
        out_file: replaced only when the new one is whole.
        public_key: the lane's, 32 bytes of Ed25519.

    Raises:
        JournalDamaged: not even the first page can be read.
        StorageUnavailable: the file cannot be written.
    """
    file = open_for_reading(path)
    unfinished = out_file.with_name(out_file.name + ".new")
    entries = batches = 0
    try:
        with unfinished.open("wb") as out:
            genuine = (SignedEntry(*row) for row in genuine_rows(_rows(file), public_key))
            for batch in in_batches(genuine):
                out.write(_line(file.meta(DEVICE) or "", batch))
                entries, batches = entries + len(batch), batches + 1
        sync_file(unfinished)
        unfinished.replace(out_file)
        sync_folder(out_file.parent)
    except OSError as error:
        raise disk_fault(error) from error
    finally:
        file.close()
        unfinished.unlink(missing_ok=True)
    return CarriedAway(entries, batches)


def _rows(file: JournalFile) -> Iterator[Row]:
    """All rows that can be read: in one go, or one by one from where a page is damaged."""
    passed = 0
    try:
        for row in file.each(journal_sql.ROWS_FROM, {"row": 0}):
            passed += 1
            yield row
    except JournalDamaged:
        # Rows are never deleted, so the number of a row in the file counts them.
        for number in range(passed + 1, _highest_row(file) + 1):
            found = _one_row(file, number)
            if found is not None:
                yield found


def _one_row(file: JournalFile, number: int) -> Row | None:
    try:
        return file.row(journal_sql.ROW, {"row": number})
    except JournalDamaged:
        return None


def _highest_row(file: JournalFile) -> int:
    try:
        row = file.row(journal_sql.HIGHEST_ROW, {})
        return int(row[0]) if row and row[0] else 0
    except JournalDamaged:
        return file.path.stat().st_size // _LEAST_ROW_BYTES


def _line(device: str, rows: tuple[SignedEntry, ...]) -> bytes:
    last = rows[-1]
    return Batch(rows, JournalHead(last.epoch, last.seq, last.hash)).wire(device) + b"\n"
