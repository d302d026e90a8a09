"""Store leases: coupons lent to one store for a time, redeemable there without the network (DESIGN section 5).

Apart from claims because a lease is given before anybody asks. Ranges of serials of a campaign never overlap.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select

from . import change_log
from .change_log import Change
from .problems import Problem
from .schema import CLAIM, LEASE

SerialRange = tuple[int, int]
_KEPT_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class LeaseTerms:
    """To which store, and until when (Unix milliseconds)."""

    store: int
    until_ms: int


def lease(connection: Connection, coupons: Sequence[Row[Any]], terms: LeaseTerms, now_ms: int) -> int:
    """Lend coupons to a store; returns how many.

    Raises:
        Problem: coupon-revoked, wrong-store, already-used, leased-elsewhere; then nothing is lent.
    """
    for coupon in coupons:
        _check(connection, coupon, terms.store, now_ms)
    changes: list[Change] = []
    for campaign, first, last in _ranges(coupons):
        changes += _carve(connection, campaign, (first, last))
        values = {"campaign": campaign, "first_serial": first, "last_serial": last}
        connection.execute(insert(LEASE).values(**values, store=terms.store, until_ms=terms.until_ms))
        changes.append(("lease", (campaign, first)))
    change_log.append(connection, changes)
    return len(coupons)


def recall(connection: Connection, coupons: Sequence[Row[Any]]) -> int:
    """End leases; returns how many coupons were on lease. Lanes of the store know it after their next contact."""
    held = sum(_holder(connection, coupon.campaign, coupon.serial) is not None for coupon in coupons)
    changes: list[Change] = []
    for campaign, first, last in _ranges(coupons):
        changes += _carve(connection, campaign, (first, last))
    change_log.append(connection, changes)
    return held


def drop_expired(connection: Connection, now_ms: int) -> int:
    """Forget leases that ended a day ago, here and in the stores' data; returns how many.

    Lane and centre both judge by the lease's own end, so that nothing changes by it; the day is for clocks that differ.
    """
    ended = connection.execute(
        delete(LEASE).where(LEASE.c.until_ms < now_ms - _KEPT_MS).returning(LEASE.c.campaign, LEASE.c.first_serial)
    ).all()
    change_log.append(connection, [("lease", (row.campaign, row.first_serial)) for row in ended])
    return len(ended)


def _check(connection: Connection, coupon: Row[Any], store: int, now_ms: int) -> None:
    if coupon.revoked:
        raise Problem("coupon-revoked", f"{coupon.coupon_id} is revoked")
    if coupon.home_store not in {0, store}:
        raise Problem("wrong-store", f"{coupon.coupon_id} belongs to store {coupon.home_store}")
    uses = select(func.count()).select_from(CLAIM).where(CLAIM.c.coupon_id == coupon.coupon_id)
    if connection.execute(uses).scalar_one():
        raise Problem("already-used", f"{coupon.coupon_id} has been used or claimed")
    holder = _holder(connection, coupon.campaign, coupon.serial)
    if holder is not None and holder.store != store and holder.until_ms > now_ms:
        raise Problem("leased-elsewhere", f"{coupon.coupon_id} is lent to store {holder.store}: recall it first")


def _holder(connection: Connection, campaign: int, serial: int) -> Row[Any] | None:
    return connection.execute(
        select(LEASE).where(LEASE.c.campaign == campaign, LEASE.c.first_serial <= serial, LEASE.c.last_serial >= serial)
    ).one_or_none()


def _ranges(coupons: Iterable[Row[Any]]) -> Iterator[tuple[int, int, int]]:
    """Campaign, first and last serial of runs without a hole."""
    places = sorted((coupon.campaign, coupon.serial) for coupon in coupons)
    start = 0
    for here in range(1, len(places) + 1):
        ends = here == len(places) or places[here] != (places[here - 1][0], places[here - 1][1] + 1)
        if ends:
            yield places[start][0], places[start][1], places[here - 1][1]
            start = here


def _carve(connection: Connection, campaign: int, gone: SerialRange) -> list[Change]:
    """Take serials out of all leases; what lies before and after them stays lent."""
    first, last = gone
    changes: list[Change] = []
    overlapping = connection.execute(
        select(LEASE).where(LEASE.c.campaign == campaign, LEASE.c.first_serial <= last, LEASE.c.last_serial >= first)
    ).all()
    for row in overlapping:
        connection.execute(delete(LEASE).where(LEASE.c.campaign == campaign, LEASE.c.first_serial == row.first_serial))
        changes.append(("lease", (campaign, row.first_serial)))
        for left, right in ((row.first_serial, first - 1), (last + 1, row.last_serial)):
            if left <= right:
                values = {"campaign": campaign, "first_serial": left, "last_serial": right}
                connection.execute(insert(LEASE).values(**values, store=row.store, until_ms=row.until_ms))
                changes.append(("lease", (campaign, left)))
    return changes
