"""``prints.db``: pages that wait for the printer, sealed; a page that was printed is gone.

Apart from the slips' book because a page is taken out by the printer's thread, and because all of it may be thrown
away: F9 prints the last receipt again from the journal.
"""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pos_client.domain.receipt_page import Row, RowKind
from pos_client.usecases.printing_port import PrintJob

from .connections import Connection, all_or_nothing
from .sealed_column import SealedColumn
from .side_file import SIDE, SideFile

_WAITING: Final = (
    "CREATE TABLE waiting (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, put_at TEXT NOT NULL,"
    " sealed BLOB NOT NULL) STRICT"
)
_PUT: Final = "INSERT INTO waiting (name, put_at, sealed) VALUES (?, ?, zeroblob(0)) RETURNING number"
_FILL: Final = "UPDATE waiting SET sealed = ? WHERE number = ?"
_ALL: Final = "SELECT number, name, put_at, sealed FROM waiting ORDER BY number LIMIT ?"
_DONE: Final = "DELETE FROM waiting WHERE number = ?"
_EVERY: Final = -1


class SqlPrintQueue:
    """The ``PrintQueue`` port on a file that any program of this lane may use at any time.

    Args:
        path: of the file; made when something is to be printed.
        store_secret: 32 bytes; a page may hold codes that were given out.
        paper_mm, language: of this station's receipts.
    """

    def __init__(self, path: Path, store_secret: bytes, paper_mm: int = 80, language: str = "") -> None:
        self.paper_mm, self.language = paper_mm, language
        # A page that a power cut forgets is printed again with F9; a clerk who waits for the disk is not served.
        self._file = SideFile(path, (_WAITING,), is_synced=False)
        self._column = SealedColumn(store_secret, "waiting")

    def put(self, name: str, rows: Sequence[Row]) -> int:
        """Put a page at the end; its number."""
        text = json.dumps([[row.kind.value, row.left, row.right] for row in rows], ensure_ascii=False)
        with self._opened() as connection, SIDE, all_or_nothing(connection):
            row = connection.execute(_PUT, (name, datetime.now(UTC).isoformat())).fetchone()
            number = int(row[0]) if row else 0
            connection.execute(_FILL, (self._column.sealed(number, text), number))
        return number

    def first(self) -> PrintJob | None:
        """The one that waits longest."""
        return next(iter(self._read(1)), None)

    def waiting(self) -> Sequence[PrintJob]:
        """All of them, longest first."""
        return self._read(_EVERY)

    def done(self, number: int) -> None:
        """It was printed, or nobody wants it any more."""
        if self._file.path.exists():
            with self._opened() as connection, SIDE, all_or_nothing(connection):
                connection.execute(_DONE, (number,))

    def _read(self, limit: int) -> list[PrintJob]:
        if not self._file.path.exists():
            return []
        with self._opened() as connection, SIDE:
            found = connection.execute(_ALL, (limit,)).fetchall()
        return [self._job(int(row[0]), str(row[1]), str(row[2]), bytes(row[3])) for row in found]

    def _job(self, number: int, name: str, put_at: str, sealed: bytes) -> PrintJob:
        """A page; one that cannot be opened is empty, and printing it takes it away."""
        rows = json.loads(self._column.opened(number, sealed) or "[]")
        page = tuple(Row(RowKind(kind), left, right) for kind, left, right in rows)
        return PrintJob(name, page, number, datetime.fromisoformat(put_at))

    @contextmanager
    def _opened(self) -> Generator[Connection, None, None]:
        connection = self._file.open()
        try:
            yield connection
        finally:
            with SIDE:
                connection.close()
