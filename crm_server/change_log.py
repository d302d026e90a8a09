"""The change log: which row changed, numbered in commit order (PROTOCOL 3.5; timestamps would skip late commits).

Apart from the pages because everything that writes appends here, and only pages read it.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from .schema import CHANGE, CHANGE_HEAD

# (table of cache_format, key columns as the centre names them)
Change = tuple[str, tuple[Any, ...]]

_TAKE: Final = update(CHANGE_HEAD).values(n=CHANGE_HEAD.c.n + bindparam("count")).returning(CHANGE_HEAD.c.n)
_APPEND: Final = insert(CHANGE)
_HEAD: Final = select(CHANGE_HEAD.c.n)
_OLDEST: Final = select(func.min(CHANGE.c.n))


def append(connection: Connection, changes: Iterable[Change]) -> None:
    """Number and write changes; call it last in a job, since the counter's lock is held from here to the commit."""
    rows = list(dict.fromkeys((table, json.dumps(key)) for table, key in changes))
    if not rows:
        return
    last = connection.execute(_TAKE, {"count": len(rows)}).scalar_one()
    first = last - len(rows) + 1
    connection.execute(_APPEND, [{"n": first + place, "t": table, "k": key} for place, (table, key) in enumerate(rows)])


def head(connection: Connection) -> int:
    """The newest number that is committed."""
    return int(connection.execute(_HEAD).scalar_one())


def oldest(connection: Connection) -> int:
    """The oldest number that is still kept, or one past the head of an empty log."""
    return int(connection.execute(_OLDEST).scalar() or head(connection) + 1)
