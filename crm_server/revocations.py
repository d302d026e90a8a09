"""Revocations: coupons, whole campaigns, devices. Lanes hear of them with the next page of changes.

Apart from issuing because taking back is another right than giving.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select, update

from pos_client.domain.cache_format import SERIALS_PER_BLOCK

from . import change_log
from .change_log import Change
from .devices import REVOKED
from .problems import Problem
from .row_source import SIGNED
from .schema import COUPON, DEVICE, OFFER


def revoke_coupons(connection: Connection, coupons: Iterable[Row[Any]]) -> int:
    """Revoke coupons; returns how many were good before."""
    good = [coupon for coupon in coupons if not coupon.revoked]
    for coupon in good:
        connection.execute(update(COUPON).where(COUPON.c.coupon_id == coupon.coupon_id).values(revoked=1))
    change_log.append(connection, [change for coupon in good for change in _changes(coupon)])
    return len(good)


def revoke_campaign(connection: Connection, campaign: int) -> int:
    """Revoke every coupon that was issued so far; returns how many were good before.

    Raises:
        Problem: campaign-unknown.
    """
    if connection.execute(select(OFFER.c.number).where(OFFER.c.number == campaign)).scalar() is None:
        raise Problem("campaign-unknown", f"no campaign {campaign}")
    return revoke_coupons(connection, connection.execute(select(COUPON).where(COUPON.c.campaign == campaign)))


def revoke_device(connection: Connection, device: str) -> None:
    """Revoke a device; it may still deliver what its journal holds.

    Raises:
        Problem: device-unknown.
    """
    if connection.execute(update(DEVICE).where(DEVICE.c.id == device).values(state=REVOKED)).rowcount == 0:
        raise Problem("device-unknown", f"no device {device}")


def _changes(coupon: Row[Any]) -> list[Change]:
    """A signed coupon is revoked by its bit; one that lanes hold as a row also by the row."""
    changes: list[Change] = []
    if coupon.code_kind == SIGNED:
        changes.append(("revoked_block", (coupon.campaign, coupon.serial // SERIALS_PER_BLOCK)))
    if coupon.code_kind != SIGNED or coupon.member_number:
        changes.append(("coupon", (coupon.coupon_id,)))
    return changes
