"""Pages of changes: everything after a cursor, for one store, signed (PROTOCOL 3.5).

Apart from the log because a page shows rows as they are now, not as they were when they were logged: applying a page
twice, or an old page after a snapshot, ends in the same data. Balances alone are shown as they were at the page's end,
beside the mark of the entries that they have counted: a lane adds up what came after it, and must add nothing twice.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.cache_format import BLOB_COLUMNS, KEY_COLUMNS
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose, to_base64

from . import booth_view, change_log, store_sums
from .issuing import coupon_text
from .keys import KeyRing
from .problems import Problem
from .row_source import Cells, Key, StoreView, store_view
from .schema import CHANGE
from .store_view import cache_key, rows_by_key

LARGEST_PAGE: Final = 1_000
MOST_FOLLOWED: Final = 5_000
_NEVER_MOVE: Final = frozenset({"coupon", "coupon_use"})
_LOGGED: Final = select(
    CHANGE.c.n, CHANGE.c.t.label("table"), CHANGE.c.k.label("key"), CHANGE.c.through, CHANGE.c.cells
).order_by(CHANGE.c.n)
_AFTER: Final = _LOGGED.where(CHANGE.c.n > bindparam("cursor")).limit(bindparam("limit"))
_BETWEEN: Final = _LOGGED.where(CHANGE.c.n > bindparam("last"), CHANGE.c.n <= bindparam("through"))
_ANY_MORE: Final = select(CHANGE.c.n).where(CHANGE.c.n > bindparam("last")).limit(1)


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
    connection: Connection, keys: KeyRing, instance: str, request: PageRequest, now_ms: int, sums: Path | None = None
) -> dict[str, Any]:
    """The page after a cursor; the last one says each table's sum, where the file ``sums`` knows them.

    Raises:
        Problem: cursor-bad, cursor-expired.
    """
    start = _start(connection, instance, request.cursor)
    logged = _whole_commits(connection, start, request.limit)
    end = int(logged[-1].n) if logged else start
    view = store_view(connection, request.store, partial(coupon_text, keys))
    rows = _lines(connection, view, logged)
    more = connection.execute(_ANY_MORE, {"last": end}).first() is not None
    document = {
        "from": request.cursor,
        "to": cursor_text(instance, end),
        "rows": sorted(rows, key=lambda line: int(line["ver"])),
        "more": more,
        "issued_at": wire_time(from_ms(now_ms)),
        "store": request.store,
    }
    totals = None if more or sums is None else _sums(connection, view, sums, end)
    if totals is not None:
        document["sums"] = totals
    return keys.sign_document(DocumentPurpose.PAGE, document)


def _sums(connection: Connection, view: StoreView, path: Path, end: int) -> dict[str, str] | None:
    """Each table's sum at the end of the log; None where nobody can say it in passing."""
    start = store_sums.number_of(path)
    if start is None or not start <= end <= start + MOST_FOLLOWED:
        return None
    logged: list[Row[Any]] = list(connection.execute(_BETWEEN, {"last": start, "through": end}))
    return store_sums.follow(path, start, end, _lines(connection, view, logged))


def _lines(connection: Connection, view: StoreView, logged: list[Row[Any]]) -> list[dict[str, Any]]:
    """What became of the rows that the log names, each once, as this store sees them."""
    newest: dict[str, dict[Key, Row[Any]]] = defaultdict(dict)
    for row in logged:
        key = tuple(json.loads(row.key))
        if row.table not in booth_view.OF_ONE_STORE or key[0] == view.number:
            newest[row.table][key] = row
    return [line for table, wanted in newest.items() for line in _table_lines(connection, view, table, wanted)]


def _whole_commits(connection: Connection, start: int, limit: int) -> list[Row[Any]]:
    """Log rows after a number, with the rest of a commit that counted entries and would be cut in two."""
    logged: list[Row[Any]] = list(connection.execute(_AFTER, {"cursor": start, "limit": limit}))
    if logged and logged[-1].through > logged[-1].n:
        bounds = {"last": logged[-1].n, "through": logged[-1].through}
        logged.extend(connection.execute(_BETWEEN, bounds))
    return logged


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


def _table_lines(
    connection: Connection, view: StoreView, table: str, wanted: dict[Key, Row[Any]]
) -> list[dict[str, Any]]:
    present = rows_by_key(connection, view, table, list(wanted))
    return [
        _line(view, table, key, logged, present.get(key))
        for key, logged in wanted.items()
        # What stands there but was never meant for this store leaves no tombstone in it either.
        if present.get(key) is not None or not (key in present and table in _NEVER_MOVE)
    ]


def _line(view: StoreView, table: str, key: Key, logged: Row[Any], cells: Cells | None) -> dict[str, Any]:
    if cells is None:
        return {"t": table, "k": cache_key(view, table, key), "ver": logged.n, "del": True}
    cells |= json.loads(logged.cells) if logged.cells else {}
    body = {
        name: to_base64(value) if name in BLOB_COLUMNS.get(table, ()) else value
        for name, value in cells.items()
        if name not in KEY_COLUMNS[table]
    }
    return {"t": table, "k": [cells[name] for name in KEY_COLUMNS[table]], "ver": logged.n, "body": body}
