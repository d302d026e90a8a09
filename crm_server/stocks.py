"""What lies at the booths: set by a person who counted, lowered by what lanes hand over.

Apart from the effects because a count is a person's word and not an entry's.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from . import change_log
from .problems import Problem
from .schema import LANE, STOCK, STORE


@dataclass(frozen=True, slots=True)
class Counted:
    """So many things of one kind lie at a booth; at ``low`` and below somebody should bring more."""

    store: int
    booth: str
    item: str
    quantity: int
    low: int = 0


def set_stock(connection: Connection, counted: Counted) -> None:
    """Take a count over. What lanes hand over later is taken off it.

    Raises:
        Problem: not-found, for a booth that the store does not have.
    """
    booths = select(LANE.c.booth).where(LANE.c.store == counted.store)
    if counted.booth not in set(connection.execute(booths).scalars()):
        raise Problem("not-found", f"store {counted.store} has no booth {counted.booth}")
    place = {"store": counted.store, "booth": counted.booth, "item": counted.item}
    values = {"quantity": counted.quantity, "low": counted.low}
    same = [STOCK.c[name] == value for name, value in place.items()]
    number = connection.execute(update(STOCK).where(*same).values(values).returning(STOCK.c.id)).scalar()
    if number is None:
        number = connection.execute(insert(STOCK).values({**place, **values}).returning(STOCK.c.id)).scalar_one()
    change_log.append(connection, [("stock", (counted.store, number))])


def stock(connection: Connection, store: int | None = None) -> list[dict[str, Any]]:
    """What lies where, of one store or of all; below nothing means that more was handed over than was counted."""
    query = (
        select(STORE.c.id.label("store"), STOCK.c.booth, STOCK.c.item, STOCK.c.quantity, STOCK.c.low)
        .join(STORE, STORE.c.number == STOCK.c.store)
        .order_by(STOCK.c.store, STOCK.c.booth, STOCK.c.item)
    )
    found = connection.execute(query if store is None else query.where(STOCK.c.store == store)).mappings()
    return [{**row, "is_low": row["quantity"] <= row["low"]} for row in found]
