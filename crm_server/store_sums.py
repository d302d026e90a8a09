"""Sums of a store's tables as its lanes should have them, so that a copy that drifted is noticed (PROTOCOL 3.5).

Apart from the pages because a sum is of all rows: it begins with a snapshot, beside whose file each row's share lies,
and follows the same changes that lanes follow. It is a copy that may be lost: then pages say no sums until the next
snapshot.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2

from pos_client.domain.cache_format import BLOB_COLUMNS, KEY_COLUMNS, changed_sum, row_sum
from pos_client.domain.signed_document import from_base64

FILE_NAME: Final = "sums.db"
_DDL: Final = (
    "CREATE TABLE row (t TEXT NOT NULL, k TEXT NOT NULL, share BLOB NOT NULL, PRIMARY KEY (t, k)) WITHOUT ROWID",
    "CREATE TABLE total (t TEXT PRIMARY KEY, sum TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE head (n INTEGER NOT NULL)",
)
_PUT_ROW: Final = "INSERT OR REPLACE INTO row VALUES (?, ?, ?)"
_PUT_TOTAL: Final = "INSERT OR REPLACE INTO total VALUES (?, ?)"
_SHARE_BYTES: Final = 16
_TURNS: Final[defaultdict[str, threading.Lock]] = defaultdict(threading.Lock)


class FreshSums:
    """Takes the rows of a snapshot that is being built.

    Args:
        path: a new file. number: of the change log at which the rows are read.
    """

    def __init__(self, path: Path, number: int) -> None:
        self._file = pysqlite3.dbapi2.connect(str(path))
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute("PRAGMA synchronous=OFF")
        self._file.execute("BEGIN")
        for statement in _DDL:
            self._file.execute(statement)
        self._file.execute("INSERT INTO head VALUES (?)", (number,))
        self._totals = dict.fromkeys(KEY_COLUMNS, 0)

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """One row of a table."""
        share = row_sum(table, row)
        self._totals[table] += share
        self._file.execute(_PUT_ROW, (table, _key(table, row), share.to_bytes(_SHARE_BYTES, "big")))

    def finish(self) -> dict[str, str]:
        """The sum of each table."""
        sums = {table: changed_sum("", (), [total]) for table, total in self._totals.items()}
        self._file.executemany(_PUT_TOTAL, sums.items())
        self._file.commit()
        return sums

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def number_of(path: Path) -> int | None:
    """Up to which change the sums of a file go; None where there is none."""
    if not path.is_file():
        return None
    with _TURNS[str(path)]:
        file = pysqlite3.dbapi2.connect(str(path))
        try:
            found: int = file.execute("SELECT n FROM head").fetchone()[0]
        finally:
            file.close()
    return found


def follow(path: Path, start: int, end: int, lines: Iterable[Mapping[str, Any]]) -> dict[str, str] | None:
    """Follow changes, given as lines of pages, from one number to another; the sums there.

    Returns:
        None where the file is not at ``start`` any more: somebody else followed meanwhile.
    """
    with _TURNS[str(path)]:
        file = pysqlite3.dbapi2.connect(str(path), isolation_level=None)
        try:
            file.execute("BEGIN IMMEDIATE")
            if file.execute("SELECT n FROM head").fetchone()[0] != start:
                file.execute("ROLLBACK")
                return None
            totals: dict[str, str] = dict(file.execute("SELECT t, sum FROM total").fetchall())
            for line in lines:
                _change(file, totals, line)
            file.executemany(_PUT_TOTAL, totals.items())
            file.execute("UPDATE head SET n = ?", (end,))
            file.execute("COMMIT")
        finally:
            file.close()
    return totals


def _change(file: Any, totals: dict[str, str], line: Mapping[str, Any]) -> None:
    table, key = line["t"], _text(line["k"])
    known = file.execute("SELECT share FROM row WHERE t = ? AND k = ?", (table, key)).fetchone()
    gone = [int.from_bytes(known[0], "big")] if known else []
    come: list[int] = []
    if line.get("del"):
        file.execute("DELETE FROM row WHERE t = ? AND k = ?", (table, key))
    else:
        come = [row_sum(table, _row(table, line))]
        file.execute(_PUT_ROW, (table, key, come[0].to_bytes(_SHARE_BYTES, "big")))
    totals[table] = changed_sum(totals[table], gone, come)


def _row(table: str, line: Mapping[str, Any]) -> dict[str, Any]:
    blobs = BLOB_COLUMNS.get(table, ())
    cells = {name: from_base64(value) if name in blobs else value for name, value in line["body"].items()}
    return dict(zip(KEY_COLUMNS[table], line["k"], strict=True)) | cells


def _key(table: str, row: Mapping[str, Any]) -> str:
    return _text([row[name] for name in KEY_COLUMNS[table]])


def _text(key: list[Any]) -> str:
    return json.dumps(key, ensure_ascii=False, separators=(",", ":"))
