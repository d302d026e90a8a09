"""Redeem one coupon, and hand over with the same look at the counter what it entitles to.

Where it is known who buys and for how much, the coupon belongs to a purchase, which is recorded with it and earns what
a set of coupons would.
"""

from dataclasses import replace
from typing import Final

from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.reward import HANDED_OVER
from pos_client.domain.verdict import EntryRef, Notice, Verdict, VerdictKind

from .desk import Desk
from .hand_over import HandOver, HandOverRequest
from .purchase import Purchase, PurchaseRequest
from .redeem import REDEEMED, Redeem
from .transaction import Request

THINGS_OWED: Final = "things-owed"


def redeemed_and_handed(desk: Desk, request: Request, *, is_purchase: bool = False) -> Verdict:
    """The verdict on the redemption, with a notice of what is out of stock or runs low.

    Args:
        desk: this lane.
        request: one coupon.
        is_purchase: with the goods that are bought, which were not recorded yet.

    Raises:
        DiskFull, StorageUnavailable: nothing was redeemed.
    """
    verdict = _purchased(desk, request) if is_purchase else Redeem(desk)(request)
    if verdict.entry is None or verdict.kind not in REDEEMED:
        return verdict
    things = {reward.item for reward in verdict.rewards if reward.kind in HANDED_OVER}
    told: list[Notice] = []
    for right in _rights(desk, verdict.entry) if things else ():
        for item in [owed.item for owed in HandOver(desk).owed_by(right) if owed.item in things]:
            handed = HandOver(desk)(HandOverRequest(right.seq, item), request.attribution)
            told += [*handed.notices] if handed.kind is VerdictKind.ACCEPTED else [Notice("out-of-stock", handed.facts)]
    return replace(verdict, notices=(*verdict.notices, *told))


def with_what_is_owed(desk: Desk, verdict: Verdict) -> Verdict:
    """The same, with a notice of how many things somebody must still put into the customer's hand."""
    entry = desk.journal.entry(verdict.entry.seq) if verdict.entry and verdict.kind in REDEEMED else None
    if entry is None or not any(reward.kind in HANDED_OVER for reward in verdict.rewards):
        return verdict
    together = desk.journal.of_purchase(str(entry.fields().get("txn") or "")) or [entry]
    owed = [one for right in together for one in HandOver(desk).owed_by(right)]
    told = (Notice(THINGS_OWED, {"count": len(owed), "item": owed[0].gift.name}),) if owed else ()
    return replace(verdict, notices=(*verdict.notices, *told))


def _purchased(desk: Desk, request: Request) -> Verdict:
    """With the purchase; told as the coupon's own."""
    verdict = Purchase(desk)(PurchaseRequest(request, is_whole=True))
    if verdict.kind not in REDEEMED or not verdict.coupons:
        return verdict
    return replace(verdict, reason=verdict.coupons[0].why or verdict.reason)


def _rights(desk: Desk, ref: EntryRef) -> list[Entry]:
    """The coupon's redemption, also where it stands in a purchase: what that gives of itself is looked for later."""
    entry = desk.journal.entry(ref.seq)
    if entry is None or entry.kind is EntryKind.REDEEM:
        return [entry] if entry else []
    together = desk.journal.of_purchase(str(entry.fields()["txn"]))
    return [other for other in together if other.kind is EntryKind.REDEEM]
