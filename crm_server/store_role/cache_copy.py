"""The store's data as a file of its own: a mirrored snapshot, with the mirrored pages applied (``cache_format``).

Apart from the mirror because that keeps the centre's bytes as they came; this may be thrown away and made again.
"""

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2

from pos_client.domain.cache_format import BLOB_COLUMNS, DDL, KEY_COLUMNS
from pos_client.domain.signed_document import from_base64

_BY_ID: Final = "CREATE INDEX IF NOT EXISTS own_coupon_id ON coupon (coupon_id)"
_INT64: Final = 1 << 63
Values = tuple[Any, ...]


class CacheCopy:
    """Look-ups in the newest copy; any thread may ask, and only the mirror's thread changes it.

    It is read over a connection of its own (write-ahead log), so that no claim waits while a long page is applied.

    Args:
        folder: where the copies lie; made where it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._guard, self._applying = threading.RLock(), threading.RLock()
        self._file: sqlite3.Connection | None = None
        self._writing: sqlite3.Connection | None = None
        self._columns = _columns()
        copies = sorted(folder.glob("cache-*.db"), key=lambda path: int(path.stem.removeprefix("cache-") or 0))
        if copies:
            self._open(copies[-1])

    def close(self) -> None:
        """Let go of the file."""
        with self._applying, self._guard:
            for file in (self._file, self._writing):
                if file is not None:
                    file.close()
            self._file = self._writing = None

    @property
    def is_there(self) -> bool:
        """Whether there is any data to judge by."""
        return self._file is not None

    def row(self, statement: str, *values: Any) -> Values | None:
        """The first row of a query; None where there is none, or no data."""
        with self._guard:
            return None if self._file is None else self._file.execute(statement, values).fetchone()

    def rows(self, statement: str, *values: Any) -> list[Values]:
        """All rows of a query."""
        with self._guard:
            return [] if self._file is None else self._file.execute(statement, values).fetchall()

    def meta(self, name: str) -> str:
        """A value of the file's own table, empty where there is none."""
        found = self.row("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0]) if found else ""

    def install(self, snapshot: Path, gen: int) -> None:
        """Begin anew with a snapshot's file, which stays as it is."""
        fresh, place = self._folder / "fresh.part", self._folder / f"cache-{gen}.db"
        shutil.copyfile(snapshot, fresh)
        made = pysqlite3.dbapi2.connect(str(fresh))
        made.execute(_BY_ID)
        made.commit()
        made.close()
        with self._applying, self._guard:
            self.close()
            for old in self._folder.glob("cache-*.db*"):
                old.unlink()
            fresh.replace(place)
            self._open(place)

    def apply(self, page: Mapping[str, Any]) -> None:
        """Apply a page's rows and move the cursor to its end, in one commit; rows that are not ours are passed over."""
        with self._applying:
            file = self._writing
            if file is None:
                return
            file.execute("BEGIN IMMEDIATE")
            try:
                for row in page["rows"]:
                    self._apply_row(file, row)
                moved = [("cursor", str(page["to"])), ("as_of", str(page["issued_at"]))]
                file.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", moved)
                file.commit()
            except BaseException:
                file.rollback()
                raise

    def _open(self, path: Path) -> None:
        self._writing = _opened(path)
        self._file = _opened(path)

    def _apply_row(self, file: sqlite3.Connection, row: object) -> None:
        change = _change(row, self._columns)
        if change is None:
            return
        table, values, is_gone = change
        named = " AND ".join(f"{key} = :{key}" for key in KEY_COLUMNS[table])
        known = file.execute(f"SELECT ver FROM {table} WHERE {named}", values).fetchone()  # noqa: S608 - our own names
        if known is not None and known[0] > values["ver"]:
            return
        if is_gone:
            file.execute(f"DELETE FROM {table} WHERE {named}", values)  # noqa: S608
            return
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        file.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({places})", values)  # noqa: S608


def _opened(path: Path) -> sqlite3.Connection:
    file: sqlite3.Connection = pysqlite3.dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=NORMAL")
    return file


def _columns() -> dict[str, frozenset[str]]:
    """Columns of each table of the format."""
    empty = pysqlite3.dbapi2.connect(":memory:")
    for statement in DDL:
        empty.execute(statement)
    found = {
        table: frozenset(row[1] for row in empty.execute(f"PRAGMA table_info({table})").fetchall())
        for table in KEY_COLUMNS
    }
    empty.close()
    return found


def _change(row: object, columns: Mapping[str, Iterable[str]]) -> tuple[str, dict[str, Any], bool] | None:
    """Table, values and whether it is a tombstone; None for a row of a newer centre."""
    if not isinstance(row, Mapping) or row.get("t") not in columns or type(row.get("ver")) is not int:
        return None
    table, key = str(row["t"]), row.get("k")
    if not isinstance(key, list) or len(key) != len(KEY_COLUMNS[table]):
        return None
    values: dict[str, Any] = dict(zip(KEY_COLUMNS[table], key, strict=True)) | {"ver": row["ver"]}
    if row.get("del") is True:
        return table, values, True
    body = row.get("body")
    if not isinstance(body, Mapping):
        return None
    blobs = BLOB_COLUMNS.get(table, ())
    for name in columns[table]:
        if name not in values:
            if name not in body or not _is_storable(body[name]):
                return None
            values[name] = from_base64(body[name]) if name in blobs else body[name]
    return table, values, False


def _is_storable(value: object) -> bool:
    if type(value) is int:
        return -_INT64 <= value < _INT64
    return isinstance(value, str) and json.loads(json.dumps(value)) == value
