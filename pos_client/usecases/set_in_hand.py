"""The set of coupons that lies on the counter: what is ticked, what was changed, and what was put aside half done.

Apart from the dialogue because a set outlives scans in between, and because its changes can be taken back one by one.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Use, Verdict, VerdictKind

from .best_set import BestSet, Offered, beside, best_set
from .desk import Desk
from .purchase import Purchase, PurchaseRequest
from .redeem import REDEEMED
from .set_view import CouponSet, SetChange, SetDeed
from .transaction import Request

KEPT_ASIDE: Final = 5
KEPT_FOR: Final = timedelta(minutes=10)
OFFERED: Final = frozenset({Reason.SET_READY, Reason.SET_EMPTY, Reason.SET_NONE})
Wanted = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class PutAside:
    """A purchase that was interrupted: its amount and what was ticked, when."""

    amount_minor: int
    wanted: Wanted
    at: datetime


class SetInHand:
    """Offers a set, changes it, redeems it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted: Wanted = None
        self._before: list[Wanted] = []
        self._codes: tuple[str, ...] = ()
        self._gone: dict[str, Use] = {}
        self._best: BestSet | None = None
        self._aside: OrderedDict[str, PutAside] = OrderedDict()

    @property
    def is_open(self) -> bool:
        """Whether a set is offered."""
        return self._best is not None

    @property
    def shown(self) -> CouponSet | None:
        """What is offered, None where nothing is."""
        return self._best.shown if self._best else None

    def open(self, codes: Sequence[str]) -> None:
        """Begin, or go on; codes that wait belong to it."""
        self._codes = tuple(dict.fromkeys((*self._codes, *codes)))

    def change(self, shown: Request, change: SetChange) -> None:
        """What the clerk does; what can have no effect has none."""
        now = frozenset(row.outcome.id for row in self.shown.rows if row.outcome.used) if self.shown else frozenset()
        if change.deed is SetDeed.UNDO and self._before:
            self._wanted = self._before.pop()
        elif change.deed is SetDeed.TOGGLE and self._can_tick(change.coupon_id):
            added = change.coupon_id not in now
            all_shown = replace(shown, codes=self._codes)
            self._want(beside(self._desk, all_shown, now, change.coupon_id) if added else now - {change.coupon_id})
        elif change.deed is SetDeed.CHOOSE and self.shown and change.place < len(self.shown.sets):
            self._want(frozenset(self.shown.sets[change.place].coupons))

    def offer(self, shown: Request) -> CouponSet:
        """Count it anew for this member, basket and moment."""
        offered = Offered(replace(shown, codes=self._codes), self._wanted, self._gone)
        found = best_set(self._desk, offered)
        self._best = replace(found, shown=replace(found.shown, can_undo=bool(self._before)))
        return self._best.shown

    @property
    def asked(self) -> Request | None:
        """What would be redeemed; None without a coupon."""
        asked = self._best.asked if self._best else None
        return asked if asked and (asked.picked or asked.codes) else None

    def verdict(self) -> Verdict:
        """What to say of it before Enter."""
        shown = self.shown or CouponSet(None)
        ticked = tuple(row.outcome for row in shown.rows if row.outcome.used)
        reason = Reason.SET_READY if ticked else _why_none(shown)
        facts = {"count": len(ticked), "to_pay_minor": (shown.amount_minor or 0) - shown.saving_minor}
        return Verdict(VerdictKind.READY, reason, facts, discount_minor=shown.saving_minor, coupons=ticked)

    def redeem(self, asked: Request, *, is_more: bool = False) -> Verdict:
        """All of it in one commit, or nothing where one of the coupons is used meanwhile.

        Args:
            asked: as ``asked`` said.
            is_more: these goods were recorded before, with another coupon.

        Raises:
            DiskFull, StorageUnavailable: nothing was redeemed.
        """
        verdict = Purchase(self._desk)(PurchaseRequest(asked, is_whole=True, is_more=is_more))
        if verdict.kind in REDEEMED:
            used = sum(outcome.used for outcome in verdict.coupons)
            self.close()
            return replace(verdict, reason=Reason.SET_REDEEMED, facts={**verdict.facts, "count": used})
        if verdict.reason is Reason.ALREADY_USED and verdict.coupons:
            use = verdict.use or Use(1, None, 0, 0)
            self._gone[verdict.coupons[0].id] = use
        return verdict

    def close(self) -> None:
        """Nothing is offered any more."""
        self._wanted, self._codes, self._best = None, (), None
        self._before.clear()
        self._gone.clear()

    def put_aside(self, member_ref: str, amount_minor: int | None, at: datetime) -> None:
        """Another customer came in between: keep what was half done."""
        if self.is_open and member_ref and amount_minor:
            self._aside[member_ref] = PutAside(amount_minor, self._wanted, at)
            while len(self._aside) > KEPT_ASIDE:
                self._aside.popitem(last=False)
        self.close()

    def take_up(self, member_ref: str, now: datetime) -> int | None:
        """The customer is back: his amount, and his ticks as they were. None where nothing was put aside."""
        kept = self._aside.pop(member_ref, None)
        if kept is None or now - kept.at > KEPT_FOR:
            return None
        self._wanted = kept.wanted
        return kept.amount_minor

    def _want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._before.append(self._wanted)
            self._wanted = wanted

    def _can_tick(self, coupon_id: str) -> bool:
        rows = self.shown.rows if self.shown else ()
        return any(row.can_tick and row.outcome.id == coupon_id for row in rows)


def _why_none(shown: CouponSet) -> Reason:
    """Whoever put all of them aside is told otherwise than whoever has none that could be used."""
    has_none = shown.amount_minor is not None and not any(row.can_tick for row in shown.rows)
    return Reason.SET_NONE if has_none else Reason.SET_EMPTY
