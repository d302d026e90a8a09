"""Writes a journal's entries into a file that any machine can deliver: for a lane that is cut off, or damaged.

Apart from delivery because no network is needed. Each line of the ``.rdj`` file is the body of one
``POST /v1/journal/batches``, as delivery would send it; entries are signed by the lane, so the courier need
not be trusted.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pos_client.domain.batch import Batch, JournalHead, SignedEntry, in_batches
from pos_client.domain.errors import JournalDamaged

from . import journal_sql
from .connections import Row, sync_file, sync_folder
from .failures import disk_fault
from .journal_file import JournalFile, open_for_reading
from .newer_journal import open_newer
from .verification import genuine_rows

# A row is at least this large, so a file cannot hold more of them than its size allows.
_LEAST_ROW_BYTES: Final = 256


@dataclass(frozen=True, slots=True)
class CarriedAway:
    """How many entries the file holds, in how many batches."""

    entries: int
    batches: int


def export_entries(path: Path, out_file: Path, public_key: bytes, *, any_version: bool = False) -> CarriedAway:
    """Write every entry whose signature is good, in order; what a damaged page held is passed over.

    Args:
        path: the journal; it is only read.
        out_file: replaced only when the new one is whole.
        public_key: the lane's, 32 bytes of Ed25519.
        any_version: also where a newer program wrote the journal.

    Raises:
        JournalDamaged: not even the first page can be read.
        StorageUnavailable: the file cannot be written.
    """
    entries = batches = 0
    file = open_newer(path) if any_version else open_for_reading(path)
    try:
        with whole_new_file(out_file) as out:
            for count, line in batch_lines(file, public_key):
                out.write(line + b"\n")
                entries, batches = entries + count, batches + 1
    finally:
        file.close()
    return CarriedAway(entries, batches)


@contextmanager
def whole_new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to be written; it takes its name when it is whole and on the disk.

    Raises:
        StorageUnavailable, DiskFull: what stood under the name stays.
    """
    unfinished = path.with_name(path.name + ".new")
    try:
        with unfinished.open("wb") as out:
            yield out
        sync_file(unfinished)
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_fault(error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def batch_lines(file: JournalFile, public_key: bytes, *, undelivered: bool = False) -> Iterator[tuple[int, bytes]]:
    """Bodies of ``POST /v1/journal/batches``, each with its number of entries.

    Args:
        file: open for reading.
        public_key: the lane's, 32 bytes.
        undelivered: only entries that wait for a result.
    """
    rows = file.each(journal_sql.SENT_WAITING) if undelivered else _rows(file)
    genuine = (SignedEntry(*row) for row in genuine_rows(rows, public_key))
    for batch in in_batches(genuine):
        yield len(batch), _line(batch)


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


def _line(rows: tuple[SignedEntry, ...]) -> bytes:
    # Whose they are stands in each signed body; the page that says it for the whole file may be what is damaged.
    last, device = rows[-1], str(json.loads(rows[0].body)["device"])
    return Batch(rows, JournalHead(last.epoch, last.seq, last.hash)).wire(device)
