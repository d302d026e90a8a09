"""What a lane does with the data it carries away: fetch, check, open, apply; as the format says and no more."""

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2

from pos_client.domain import cache_format
from pos_client.domain.signed_document import DocumentPurpose, from_base64
from tests.fakes.lane_client import LaneClient

Rows = set[tuple[Any, ...]]


def fetch(lane: LaneClient, folder: Path) -> tuple[dict[str, Any], Path]:
    """Manifest and file of the lane's store, checked as a lane checks them."""
    manifest = lane.get("/v1/snapshots/current").json()
    lane.check_document(DocumentPurpose.MANIFEST, manifest)
    content = lane.get(f"/v1/snapshots/{manifest['gen']}/cache.db").content
    assert sha256(content).hexdigest() == manifest["files"][0]["sha256"]
    path = folder / f"cache-{lane.device}-{manifest['gen']}.db"
    path.write_bytes(content)
    return manifest, path


def opened(path: Path) -> sqlite3.Connection:
    """The file, as SQLite opens it."""
    connection: sqlite3.Connection = pysqlite3.dbapi2.connect(str(path))
    return connection


def contents(connection: sqlite3.Connection, table: str) -> Rows:
    """A table's rows without their version; sealed columns opened, since each sealing differs."""
    hidden = {"ver", *cache_format.BLOB_COLUMNS.get(table, ())} if table in {"member", "pool_coupon"} else {"ver"}
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in hidden]
    return set(connection.execute(f"SELECT {', '.join(names)} FROM {table}"))


def apply(connection: sqlite3.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Apply a page as the format says."""
    for row in rows:
        table, keys = row["t"], dict(zip(cache_format.KEY_COLUMNS[row["t"]], row["k"], strict=True))
        where = " AND ".join(f"{name} = ?" for name in keys)
        connection.execute(f"DELETE FROM {table} WHERE {where}", list(keys.values()))
        if not row.get("del"):
            blobs = cache_format.BLOB_COLUMNS.get(table, ())
            body = {name: from_base64(value) if name in blobs else value for name, value in row["body"].items()}
            cells = {**keys, **body, "ver": row["ver"]}
            places = ", ".join("?" * len(cells))
            connection.execute(f"INSERT INTO {table} ({', '.join(cells)}) VALUES ({places})", list(cells.values()))
    connection.commit()


def follow(lane: LaneClient, cursor: str, limit: int = 1_000) -> tuple[list[dict[str, Any]], str]:
    """All rows after a cursor, page by page."""
    rows, more = [], True
    while more:
        page = lane.get("/v1/changes", {"cursor": cursor, "limit": limit}).json()
        lane.check_document(DocumentPurpose.PAGE, page)
        assert page["from"] == cursor
        rows += page["rows"]
        cursor, more = page["to"], page["more"]
    return rows, cursor
