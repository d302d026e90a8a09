"""The centre's documents as they came: policy, roster, manifest and pages, byte for byte, by name.

Apart from fetching because lanes read them while nothing is fetched.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from crm_server.schema import MIRRORED

POLICY: Final = "policy"
ROSTER: Final = "roster"
MANIFEST: Final = "manifest"
_PAGE: Final = "page:"
PAGES_KEPT_MS: Final = 14 * 86_400_000

_NAMED: Final = select(MIRRORED).where(MIRRORED.c.name == bindparam("of_name"))
_FORGET: Final = delete(MIRRORED).where(MIRRORED.c.name == bindparam("of_name"))
_OLD_PAGES: Final = delete(MIRRORED).where(MIRRORED.c.name.startswith(_PAGE), MIRRORED.c.at_ms < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A document: its bytes, its entity tag with quotes as it came, how many rows a page has, when it came."""

    body: bytes
    etag: str
    rows: int
    at_ms: int


def page_name(cursor: str) -> str:
    """The name of the page after a cursor."""
    return _PAGE + cursor


def manifest_name(gen: int) -> str:
    """The name of one generation's manifest."""
    return f"{MANIFEST}:{gen}"


def kept(connection: Connection, name: str) -> Kept | None:
    """A document by its name."""
    row = connection.execute(_NAMED, {"of_name": name}).one_or_none()
    return Kept(row.body, row.etag, row.row_count, row.at_ms) if row else None


def keep(connection: Connection, name: str, document: Kept) -> None:
    """Keep a document in the place of the one that had its name."""
    connection.execute(_FORGET, {"of_name": name})
    values = {"name": name, "etag": document.etag, "body": document.body}
    connection.execute(insert(MIRRORED).values(**values, row_count=document.rows, at_ms=document.at_ms))


def drop_old_pages(connection: Connection, now_ms: int) -> None:
    """Forget pages that no lane should still be behind; the centre has them, and a snapshot has what they say."""
    connection.execute(_OLD_PAGES, {"before": now_ms - PAGES_KEPT_MS})
