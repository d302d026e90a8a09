"""The change log: which row changed, numbered in commit order (PROTOCOL 3.5; timestamps would skip late commits).

Apart from the pages because everything that writes appends here, and only pages read it. A lane adds its own later
entries to a balance, so a balance is logged as it was in this very commit, beside the mark of the entries that it has
counted, and the two are kept on one page.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from . import balances
from .schema import CHANGE, CHANGE_HEAD, SNAPSHOT

# (table of cache_format, key columns as the centre names them)
Change = tuple[str, tuple[Any, ...]]

# The mark of a lane's journal: what stands beside it in one commit must reach the lanes with it.
APPLIED: Final = "applied"

# A lane that was away for longer takes a snapshot (PROTOCOL 3.5: tombstones are kept 90 days).
KEPT_MS: Final = 90 * 86_400_000

_TAKE: Final = update(CHANGE_HEAD).values(n=CHANGE_HEAD.c.n + bindparam("count")).returning(CHANGE_HEAD.c.n)
_APPEND: Final = insert(CHANGE)
_HEAD: Final = select(CHANGE_HEAD.c.n)
_OLDEST: Final = select(func.min(CHANGE.c.n))


def append(connection: Connection, changes: Iterable[Change]) -> None:
    """Number and write changes; call it last in a job, since the counter's lock is held from here to the commit."""
    wanted = list(dict.fromkeys(changes))
    if not wanted:
        return
    cells = balances.cells_of(connection, wanted)
    last = connection.execute(_TAKE, {"count": len(wanted)}).scalar_one()
    first = last - len(wanted) + 1
    together = any(table == APPLIED for table, _ in wanted)
    rows = [
        {
            "n": n,
            "t": table,
            "k": json.dumps(key, ensure_ascii=False),
            "through": last if together else n,
            "cells": cells.get((table, key), ""),
        }
        for n, (table, key) in enumerate(wanted, first)
    ]
    connection.execute(_APPEND, rows)


def head(connection: Connection) -> int:
    """The newest number that is committed."""
    return int(connection.execute(_HEAD).scalar_one())


def oldest(connection: Connection) -> int:
    """The oldest number that is still kept, or one past the head of an empty log."""
    return int(connection.execute(_OLDEST).scalar() or head(connection) + 1)


def prune(connection: Connection, now_ms: int) -> int:
    """Forget changes that are older than ``KEPT_MS``, as the snapshots of that time tell; returns how many."""
    then = select(func.max(SNAPSHOT.c.n)).where(SNAPSHOT.c.issued_ms < now_ms - KEPT_MS)
    number = connection.execute(then).scalar()
    return connection.execute(delete(CHANGE).where(CHANGE.c.n <= number)).rowcount if number else 0
