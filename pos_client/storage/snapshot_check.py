"""Whether a downloaded cache file is the one its signed manifest speaks of, and one that this program can read.

Apart from installing because nothing is changed here: a file that fails leaves the old data in use.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pos_client.domain import cache_format
from pos_client.domain.errors import SnapshotInvalid, StorageUnavailable

from . import cache_sql
from .cache_shape import columns_of, objects, objects_of, shapes
from .connections import Connection, open_reader
from .failures import CACHE

_PIECE_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Promise:
    """What a manifest says of the file.

    Attributes:
        sha256: hexadecimal. rows: how many each table has.
    """

    generation: int
    store: int
    issued_at: datetime
    size: int
    sha256: str
    rows: Mapping[str, int]


def promise_of(manifest: Mapping[str, Any]) -> Promise:
    """Read a manifest whose signature was checked.

    Raises:
        SnapshotInvalid: a field is missing or wrong, or the schema is not this program's.
    """
    try:
        file = next(one for one in manifest["files"] if one["name"] == cache_format.FILE_NAME)
        promise = Promise(
            int(manifest["gen"]),
            int(manifest["store"]),
            moment(manifest["issued_at"]),
            int(file["bytes"]),
            str(file["sha256"]),
            {str(table): int(count) for table, count in file["rows"].items()},
        )
        schema = int(manifest["schema"])
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise SnapshotInvalid("the manifest is not what it should be", problem="manifest") from error
    if schema != cache_format.SCHEMA_VERSION:
        raise SnapshotInvalid("the data is for another program", problem="schema", schema=schema)
    return promise


def check(file: Path, promise: Promise) -> None:
    """Compare a file with its promise: size, checksum, SQLite's own check, tables, what it says of itself, rows.

    Raises:
        SnapshotInvalid: the facts name the ``problem``.
    """
    if not file.is_file() or file.stat().st_size != promise.size:
        raise SnapshotInvalid("the file is not as long as promised", problem="size")
    if sha256_of(file) != promise.sha256:
        raise SnapshotInvalid("the file's checksum is not the promised one", problem="sha256")
    try:
        with CACHE:
            connection = open_reader(file, immutable=True)
            try:
                _check_inside(connection, promise)
            finally:
                connection.close()
    except StorageUnavailable as error:
        raise SnapshotInvalid("the file cannot be read", problem="unreadable") from error


def moment(text: str) -> datetime:
    """A time of the centre's documents.

    Raises:
        ValueError: no time, or one that does not say which.
    """
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time without its offset")
    return found


def sha256_of(file: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _check_inside(connection: Connection, promise: Promise) -> None:
    if objects_of(connection) != objects():
        raise SnapshotInvalid("the file has other tables", problem="schema")
    for table, shape in shapes().items():
        if columns_of(connection, table) != shape.columns:
            raise SnapshotInvalid("a table has other columns", problem="schema", table=table)
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise SnapshotInvalid("the file is damaged", problem="damaged")
    _check_meta(dict(connection.execute(cache_sql.META).fetchall()), promise)
    for table, count in promise.rows.items():
        found = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() if table in shapes() else None  # noqa: S608
        if found != (count,):
            raise SnapshotInvalid("a table has another number of rows", problem="rows", table=table)


def _check_meta(meta: Mapping[str, str], promise: Promise) -> None:
    expected = {
        "schema": str(cache_format.SCHEMA_VERSION),
        "generation": str(promise.generation),
        "store": str(promise.store),
    }
    if any(name not in meta for name in cache_format.META_NAMES):
        raise SnapshotInvalid("the file does not say what it is", problem="meta")
    for name, value in expected.items():
        if meta[name] != value:
            raise SnapshotInvalid("the file is another one than the manifest's", problem="meta", field=name)
