"""Lanes of a store: where a device may be enrolled.

Apart from the devices because a lane is a place; the machine at it may change.
"""

from typing import Any

from sqlalchemy import Connection, insert, select

from . import change_log
from .minting import named_store
from .problems import Problem
from .schema import DEVICE, LANE


def add_lane(connection: Connection, store: str, number: int, booth: str) -> dict[str, Any]:
    """Set up a lane of a store that is named by id or number; the same one again changes nothing.

    An empty ``booth`` is the store's own, or where the lane stands already.

    Raises:
        Problem: not-found; body-malformed, where it stands at another booth.
    """
    place = named_store(connection, store)
    there = connection.execute(
        select(LANE.c.booth).where(LANE.c.store == place.number, LANE.c.number == number)
    ).scalar()
    booth = booth or there or place.booth
    if there is not None and there != booth:
        raise Problem("body-malformed", f"store {place.id} has a lane {number} at {there} already")
    if there is None:
        connection.execute(insert(LANE).values(store=place.number, number=number, booth=booth))
        change_log.append(connection, [("store", (place.number,))])
    return {"store": place.id, "lane": number, "booth": booth, "added": there is None}


def lanes(connection: Connection) -> list[dict[str, Any]]:
    """Every lane with its devices, by store and number."""
    devices = connection.execute(select(DEVICE.c.store, DEVICE.c.lane, DEVICE.c.id, DEVICE.c.state)).all()
    return [
        {
            "store": lane.store,
            "lane": lane.number,
            "booth": lane.booth,
            "devices": [
                {"device": one.id, "state": one.state}
                for one in devices
                if (one.store, one.lane) == (lane.store, lane.number)
            ],
        }
        for lane in connection.execute(select(LANE).order_by(LANE.c.store, LANE.c.number))
    ]
