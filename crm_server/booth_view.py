"""One store's view of what is counted and lent: stamps, stock, pools, and the marks of its lanes' journals.

Apart from the view of the shop because these rows belong to single stores, and lanes add their own entries to them.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from pos_client.domain.keyed_hash import KeyKind

from .balances import MARKS
from .pooled_coupons import FREE
from .row_source import AnyRow, Cells, Source, StoreView
from .schema import COUPON, DEVICE, MEMBER, POOL_COUPON, POOL_MEMBER, STAMP, STOCK

# Their keys in the change log begin with the store, and no other store hears of them.
OF_ONE_STORE: Final = frozenset({"stock", "pool_coupon", "pool_member", "applied"})


def _stamp(view: StoreView, row: AnyRow) -> Cells | None:
    if row.owner_store not in view.stores:
        return None
    key = view.key(KeyKind.MEMBER_NUMBER, str(row.member_number))
    return {"member_key": key, "card": row.card, "count": row.stamps}


def _stock(view: StoreView, row: AnyRow) -> Cells | None:
    if row.store != view.number:
        return None
    return {"booth": row.booth, "item": row.item, "quantity": row.quantity, "low": row.low}


def _pool_coupon(view: StoreView, row: AnyRow) -> Cells | None:
    if row.store != view.number:
        return None
    key = view.key(KeyKind.COUPON_ID, row.coupon_id)
    return {
        "key": key,
        "coupon_id": row.coupon_id,
        "campaign": row.campaign,
        "lane": row.lane,
        "sealed": view.sealed("pool_coupon", key, view.code_of(row._asdict())),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "value_minor": row.value_minor,
    }


def _pool_member(view: StoreView, row: AnyRow) -> Cells | None:
    if row.store != view.number:
        return None
    return {"number": row.number, "lane": row.lane, "ref": row.ref, "card": row.card}


def _applied(view: StoreView, row: AnyRow) -> Cells | None:
    return {"device": row.id, "epoch": row.epoch, "seq": row.seq} if row.store == view.number else None


_STAMPS: Final = select(STAMP.c.member_number, STAMP.c.card, STAMP.c.count.label("stamps"), MEMBER.c.owner_store).join(
    MEMBER, MEMBER.c.number == STAMP.c.member_number
)
_POOLED: Final = (
    select(COUPON, POOL_COUPON.c.store, POOL_COUPON.c.lane)
    .join(POOL_COUPON, POOL_COUPON.c.coupon_id == COUPON.c.coupon_id)
    .where(POOL_COUPON.c.state == FREE)
)
_NUMBERS: Final = select(POOL_MEMBER).where(POOL_MEMBER.c.state == FREE)
SOURCES: Final[Mapping[str, Source]] = {
    "stamp": Source(_STAMPS, (STAMP.c.member_number, STAMP.c.card), _stamp),
    "stock": Source(select(STOCK), (STOCK.c.store, STOCK.c.id), _stock),
    "pool_coupon": Source(_POOLED, (POOL_COUPON.c.store, COUPON.c.coupon_id), _pool_coupon),
    "pool_member": Source(_NUMBERS, (POOL_MEMBER.c.store, POOL_MEMBER.c.number), _pool_member),
    "applied": Source(MARKS, (DEVICE.c.store, DEVICE.c.id), _applied),
}
