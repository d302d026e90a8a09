"""The signed manifest, and the file that it binds: whole, in pieces, unchanged and gone."""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final

from pos_client.domain import cache_format
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import equal, holds, refusal, told
from pos_client.sync.conformance.probe import Heard
from pos_client.sync.conformance.unmet import NotApplicable, Unmet
from pos_client.sync.payloads import mapping, objects, required_text, text, whole

from .policy import unchanged
from .signed_time import parse_time

MOST_BYTES: Final = 256 * 1024 * 1024
_PATH: Final = "/v1/snapshots/current"


def _is_signed(bench: Bench) -> str:
    manifest = bench.manifest()
    holds("a data key signed it", bench.trust.verify_document(DocumentPurpose.MANIFEST, manifest))
    altered = {**manifest, "gen": whole(manifest, "gen") + 1}
    holds("the signature covers the generation", not bench.trust.verify_document(DocumentPurpose.MANIFEST, altered))
    return f"generation {whole(manifest, 'gen')}"


def _says_all(bench: Bench) -> str:
    manifest = bench.manifest()
    equal("the store", bench.lane.store, whole(manifest, "store"))
    equal("the schema", cache_format.SCHEMA_VERSION, whole(manifest, "schema"))
    issued, soft, hard = (
        parse_time(required_text(manifest, name)) for name in ("issued_at", "soft_until", "hard_until")
    )
    holds("issued_at <= soft_until <= hard_until", issued <= soft <= hard)
    holds("the data has not run out", bench.probe.now() < hard)
    required_text(manifest, "min_client")
    whole(manifest, "policy_ver")
    entry = _entry(bench)
    return f"{whole(entry, 'bytes')} bytes, good until {hard.isoformat()}"


def _cursor(bench: Bench) -> str:
    instance, dot, number = required_text(bench.manifest(), "cursor").partition(".")
    holds("the cursor is INSTANCE.NUMBER", dot and instance.isalnum() and number.isascii() and number.isdecimal())
    return f"{instance[:8]}….{number}"


def _unchanged(bench: Bench) -> str:
    return unchanged(bench, _PATH)


def _file(bench: Bench) -> str:
    content, entry = file_bytes(bench), _entry(bench)
    equal("the number of bytes", whole(entry, "bytes"), len(content))
    equal("the SHA-256", required_text(entry, "sha256"), hashlib.sha256(content).hexdigest())
    return f"{len(content)} bytes"


def _opens(bench: Bench) -> str:
    wanted = mapping(_entry(bench), "rows")
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(file_bytes(bench))
            equal("PRAGMA quick_check", "ok", connection.execute("PRAGMA quick_check").fetchone()[0])
            found = {table: _count(connection, table) for table in cache_format.KEY_COLUMNS}
    except sqlite3.Error as error:
        raise Unmet(f"the file is no SQLite database with the cache's tables: {error}") from error
    for table, rows in found.items():
        equal(f"the manifest's rows of {table}", rows, wanted.get(table))
    return f"{sum(found.values())} rows in {len(found)} tables"


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a name of our own


def _etag(bench: Bench) -> str:
    digest = required_text(_entry(bench), "sha256")
    heard = _piece(bench, "bytes=0-0")
    equal("the file's ETag", f'"{digest}"', heard.headers.get("ETag", ""))
    held = bench.lane.ask("GET", _file_path(bench), headers={"If-None-Match": f'"{digest}"'})
    equal("the status for who holds the file", 304, held.status)
    return told(held)


def _range(bench: Bench) -> str:
    content = file_bytes(bench)
    first, last = len(content) // 3, len(content) // 3 + 999
    heard = _piece(bench, f"bytes={first}-{last}")
    equal("the status", 206, heard.status)
    equal("Content-Range", f"bytes {first}-{last}/{len(content)}", heard.headers.get("Content-Range", ""))
    holds("the piece is that part of the file", heard.raw.body == content[first : last + 1])
    return told(heard)


def _resumes(bench: Bench) -> str:
    content = file_bytes(bench)
    first = len(content) - 100
    heard = _piece(bench, f"bytes={first}-", {"If-Range": f'"{text(_entry(bench), "sha256")}"'})
    equal("the status", 206, heard.status)
    holds("the rest of the file is sent", heard.raw.body == content[first:])
    other = _piece(bench, f"bytes={first}-", {"If-Range": '"another-file"'})
    equal("the status where If-Range names another file", 200, other.status)
    return told(heard)


def _bad_range(bench: Bench) -> str:
    size = whole(_entry(bench), "bytes")
    heard = _piece(bench, f"bytes={size}-")
    refusal(heard, 416, retry="never")
    return told(heard)


def _gone(bench: Bench) -> str:
    for path in (f"/v1/snapshots/999999999/{cache_format.FILE_NAME}", _file_path(bench) + "-wal"):
        heard = bench.lane.get(path)
        refusal(heard, 404, "gen-gone", retry="never")
    return told(heard)


def _entry(bench: Bench) -> Mapping[str, Any]:
    files = {text(one, "name"): one for one in objects(bench.manifest(), "files")}
    if cache_format.FILE_NAME not in files:
        raise Unmet(f"the manifest names no {cache_format.FILE_NAME}")
    return files[cache_format.FILE_NAME]


def _file_path(bench: Bench) -> str:
    return f"/v1/snapshots/{whole(bench.manifest(), 'gen')}/{cache_format.FILE_NAME}"


def _piece(bench: Bench, wanted: str, headers: Mapping[str, str] | None = None) -> Heard:
    named = {"Range": wanted, "Accept-Encoding": "identity", **(headers or {})}
    request = bench.lane.signed(bench.probe.prepare("GET", _file_path(bench), headers=named))
    return bench.probe.send(request, whole(_entry(bench), "bytes") + 1)


def file_bytes(bench: Bench) -> bytes:
    """The whole file."""
    size = whole(_entry(bench), "bytes")
    if not 1_000 < size <= MOST_BYTES:
        raise NotApplicable(f"{size} bytes are too many, or too few, to fetch for a check")
    content: bytes = bench.fetched("the file", lambda: _whole_file(bench, size))
    return content


def _whole_file(bench: Bench, size: int) -> bytes:
    request = bench.probe.prepare("GET", _file_path(bench), headers={"Accept-Encoding": "identity"})
    heard = bench.probe.send(bench.lane.signed(request), size + 1)
    equal("the file's status", 200, heard.status)
    return heard.raw.body


def _case(name: str, checks: str, check: Any) -> Case:
    return Case(f"snapshot.{name}", checks, check, Needs.LANE)


CASES: Final = (
    _case("signed", "The manifest is signed by a data key, and the signature covers its fields.", _is_signed),
    _case("complete", "The manifest names store, schema, life time and the file.", _says_all),
    _case("cursor", "The manifest's cursor is INSTANCE.NUMBER.", _cursor),
    _case("unchanged", "If-None-Match with the manifest's ETag is 304.", _unchanged),
    _case("file", "The file has the manifest's length and SHA-256.", _file),
    _case("opens", "The file is a sound SQLite database with the rows that the manifest counts.", _opens),
    _case("etag", "The file's ETag is its SHA-256, and If-None-Match with it is 304.", _etag),
    _case("range", "A range is 206 with Content-Range and exactly these bytes.", _range),
    _case("resumes", "A range with If-Range goes on in the same file, and begins anew in another.", _resumes),
    _case("bad-range", "A range outside the file is 416.", _bad_range),
    _case("gone", "An unknown generation or file name is 404 gen-gone.", _gone),
)
