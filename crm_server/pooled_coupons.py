"""Coupons that lie in a lane's pool: free, then issued, or withdrawn so that nobody can use them.

Apart from issuing because these were signed before anybody got them, and a lane's entry alone gives them worth.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update

from pos_client.domain.cache_format import SERIALS_PER_BLOCK

from .change_log import Change
from .schema import COUPON, POOL_COUPON

FREE: Final = "free"
ISSUED: Final = "issued"
WITHDRAWN: Final = "withdrawn"

_POOLED: Final = select(POOL_COUPON).where(POOL_COUPON.c.coupon_id == bindparam("of_coupon")).with_for_update()
_OF_PURCHASE: Final = select(POOL_COUPON).where(
    POOL_COUPON.c.device == bindparam("of_device"),
    POOL_COUPON.c.txn == bindparam("of_txn"),
    POOL_COUPON.c.state == ISSUED,
)
_BECAME: Final = update(POOL_COUPON).where(POOL_COUPON.c.coupon_id == bindparam("of_coupon"))
_REVOKE: Final = update(COUPON).where(COUPON.c.coupon_id == bindparam("of_coupon")).values(revoked=1)
_ISSUED_COUPON: Final = select(COUPON.c.campaign, COUPON.c.serial, COUPON.c.member_number).where(
    COUPON.c.coupon_id == bindparam("of_coupon")
)


def pooled(connection: Connection, coupon_id: str) -> Row[Any] | None:
    """A coupon's row in the pools, locked until the commit."""
    return connection.execute(_POOLED, {"of_coupon": coupon_id}).one_or_none()


def issue(connection: Connection, coupon: Row[Any], by: dict[str, Any]) -> list[Change]:
    """Give a free coupon out; ``by`` are the columns that say whose entry did (inbox_id, device, txn, member_ref)."""
    connection.execute(_BECAME, {"of_coupon": coupon.coupon_id, "state": ISSUED, **by})
    return [("pool_coupon", (coupon.store, coupon.coupon_id))]


def withdraw(connection: Connection, coupon: Row[Any]) -> list[Change]:
    """Put a coupon of a pool out of use, whether it was given out or not."""
    connection.execute(_BECAME, {"of_coupon": coupon.coupon_id, "state": WITHDRAWN})
    connection.execute(_REVOKE, {"of_coupon": coupon.coupon_id})
    issued = connection.execute(_ISSUED_COUPON, {"of_coupon": coupon.coupon_id}).one()
    changes: list[Change] = [
        ("pool_coupon", (coupon.store, coupon.coupon_id)),
        ("revoked_block", (issued.campaign, issued.serial // SERIALS_PER_BLOCK)),
    ]
    return [*changes, ("coupon", (coupon.coupon_id,))] if issued.member_number else changes


def withdraw_of_purchase(connection: Connection, device: str, txn: str) -> list[Change]:
    """Put out of use what a purchase gave out."""
    about = {"of_device": device, "of_txn": txn}
    coupons: Sequence[Row[Any]] = connection.execute(_OF_PURCHASE, about).all()
    return [change for coupon in coupons for change in withdraw(connection, coupon)]
