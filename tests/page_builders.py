"""Rows and pages of changes, as the centre sends them: made of the rows of ``builders``."""

from typing import Any

from pos_client.domain import cache_format
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import to_base64
from tests.entry_builders import NOON, STORE

Row = dict[str, Any]


def page_row(table: str, row: Row) -> dict[str, Any]:
    """A row of a page of changes."""
    keys, blobs = cache_format.KEY_COLUMNS[table], cache_format.BLOB_COLUMNS.get(table, ())
    body = {
        column: to_base64(value) if column in blobs else value
        for column, value in row.items()
        if column not in keys and column != "ver"
    }
    return {"t": table, "k": [row[column] for column in keys], "ver": row["ver"], "body": body}


def a_tombstone(table: str, row: Row, ver: int) -> dict[str, Any]:
    """The row of a page that takes another away."""
    return {"t": table, "k": [row[column] for column in cache_format.KEY_COLUMNS[table]], "ver": ver, "del": True}


def a_page(rows: list[dict[str, Any]], *, start: str = "instance.1", to: str = "instance.2", **changes: Any) -> Row:
    """A page of changes, unsigned."""
    page = {"from": start, "to": to, "rows": rows, "more": False, "issued_at": wire_time(NOON), "store": STORE}
    return page | changes
