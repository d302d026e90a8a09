"""Balances as they are at this moment of a job: the columns of a cache row to which a lane adds its own entries.

Apart from the change log, which writes them down, because only this knows where they stand. Each row is locked until
the commit, so that what is written is what is committed.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from .schema import DEVICE, DEVICE_EPOCH, MEMBER, STAMP, STOCK

Key = tuple[Any, ...]
_MOST_KEYS: Final = 400

# Of a device: its latest epoch of which anything is stored without a gap, and up to where.
_BEGUN: Final = (
    select(DEVICE_EPOCH.c.device, func.max(DEVICE_EPOCH.c.epoch).label("epoch"))
    .where(DEVICE_EPOCH.c.ack_seq > 0)
    .group_by(DEVICE_EPOCH.c.device)
    .subquery()
)
MARKS: Final = (
    select(DEVICE.c.store, DEVICE.c.id, DEVICE_EPOCH.c.epoch, DEVICE_EPOCH.c.ack_seq.label("seq"))
    .join(_BEGUN, _BEGUN.c.device == DEVICE.c.id)
    .join(DEVICE_EPOCH, (DEVICE_EPOCH.c.device == DEVICE.c.id) & (DEVICE_EPOCH.c.epoch == _BEGUN.c.epoch))
)

_MEMBERS: Final = select(MEMBER.c.number, MEMBER.c.points, MEMBER.c.purchases).with_for_update()
_STAMPS: Final = select(STAMP.c.member_number, STAMP.c.card, STAMP.c.count).with_for_update()
_STOCKS: Final = select(STOCK.c.store, STOCK.c.id, STOCK.c.quantity).with_for_update()
# table: query, its key columns (named in the change log), its balances
_SOURCES: Final[Mapping[str, tuple[Select[Any], tuple[ColumnElement[Any], ...], tuple[str, ...]]]] = {
    "member": (_MEMBERS, (MEMBER.c.number,), ("points", "purchases")),
    "stamp": (_STAMPS, (STAMP.c.member_number, STAMP.c.card), ("count",)),
    "stock": (_STOCKS, (STOCK.c.store, STOCK.c.id), ("quantity",)),
    "applied": (MARKS, (DEVICE.c.store, DEVICE.c.id), ("epoch", "seq")),
}


def cells_of(connection: Connection, changes: Iterable[tuple[str, Key]]) -> dict[tuple[str, Key], str]:
    """The balances of changed rows as JSON; tables without any are left out."""
    keys: dict[str, list[Key]] = defaultdict(list)
    for table, key in changes:
        if table in _SOURCES:
            keys[table].append(key)
    found: dict[tuple[str, Key], str] = {}
    for table, wanted in keys.items():
        for start in range(0, len(wanted), _MOST_KEYS):
            found |= _of_table(connection, table, sorted(wanted[start : start + _MOST_KEYS]))
    return found


def _of_table(connection: Connection, table: str, keys: list[Key]) -> dict[tuple[str, Key], str]:
    query, columns, names = _SOURCES[table]
    rows = connection.execute(query.where(tuple_(*columns).in_(keys))).mappings()
    return {
        (table, tuple(row[column.key] for column in columns if column.key)): json.dumps(
            {name: row[name] for name in names}
        )
        for row in rows
    }
