"""Pages of changes: everything after a cursor, for one store, signed (PROTOCOL 3.5).

Apart from the log because a page shows rows as they are now, not as they were when they were logged: applying a page
twice, or an old page after a snapshot, ends in the same data.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.cache_format import BLOB_COLUMNS, KEY_COLUMNS
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose, to_base64

from . import change_log
from .keys import KeyRing
from .problems import Problem
from .schema import CHANGE
from .store_view import Cells, Key, StoreView, cache_key, rows_by_key, store_view

LARGEST_PAGE: Final = 1_000
_NEVER_MOVE: Final = frozenset({"coupon", "coupon_use"})
_AFTER: Final = (
    select(CHANGE.c.n, CHANGE.c.t, CHANGE.c.k)
    .where(CHANGE.c.n > bindparam("cursor"))
    .order_by(CHANGE.c.n)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page: after ``cursor``, at most ``limit`` log rows, as ``store`` sees them."""

    cursor: str
    limit: int
    store: int


def cursor_text(instance: str, number: int) -> str:
    """A cursor as lanes keep it."""
    return f"{instance}.{number}"


def signed_page(
    connection: Connection, keys: KeyRing, instance: str, request: PageRequest, now_ms: int
) -> dict[str, Any]:
    """The page after a cursor.

    Raises:
        Problem: cursor-bad, cursor-expired.
    """
    start = _start(connection, instance, request.cursor)
    logged = connection.execute(_AFTER, {"cursor": start, "limit": request.limit + 1}).all()
    more, logged = len(logged) > request.limit, logged[: request.limit]
    newest: dict[str, dict[Key, int]] = defaultdict(dict)
    for n, table, key in logged:
        newest[table][tuple(json.loads(key))] = n
    view = store_view(connection, request.store)
    rows = [line for table, wanted in newest.items() for line in _table_lines(connection, view, table, wanted)]
    document = {
        "from": request.cursor,
        "to": cursor_text(instance, logged[-1].n if logged else start),
        "rows": sorted(rows, key=lambda line: int(line["ver"])),
        "more": more,
        "issued_at": wire_time(from_ms(now_ms)),
        "store": request.store,
    }
    return keys.sign_document(DocumentPurpose.PAGE, document)


def _start(connection: Connection, instance: str, cursor: str) -> int:
    of_instance, dot, number = cursor.partition(".")
    if (
        not dot
        or not (of_instance.isascii() and of_instance.isalnum())
        or not (number.isascii() and number.isdigit() and len(number) < 19)
    ):
        raise Problem("cursor-bad")
    start = int(number)
    is_known = of_instance == instance and start <= change_log.head(connection)
    if not is_known or start + 1 < change_log.oldest(connection):
        raise Problem("cursor-expired")
    return start


def _table_lines(connection: Connection, view: StoreView, table: str, wanted: dict[Key, int]) -> list[dict[str, Any]]:
    present = rows_by_key(connection, view, table, list(wanted))
    return [
        _line(view, table, key, ver, present.get(key))
        for key, ver in wanted.items()
        # What stands there but was never meant for this store leaves no tombstone in it either.
        if present.get(key) is not None or not (key in present and table in _NEVER_MOVE)
    ]


def _line(view: StoreView, table: str, key: Key, ver: int, cells: Cells | None) -> dict[str, Any]:
    if cells is None:
        return {"t": table, "k": cache_key(view, table, key), "ver": ver, "del": True}
    body = {
        name: to_base64(value) if name in BLOB_COLUMNS.get(table, ()) else value
        for name, value in cells.items()
        if name not in KEY_COLUMNS[table]
    }
    return {"t": table, "k": [cells[name] for name in KEY_COLUMNS[table]], "ver": ver, "body": body}
