"""What the window is shown of coupons offered together for one purchase: ticked or not, why, and what else could be.

Apart from ``till_view`` because it is one subject of its own; frozen values that travel between threads as those do.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_client.domain.local_text import LocalText
from pos_client.domain.verdict import CouponOutcome, Use


@dataclass(frozen=True, slots=True)
class SetRow:
    """One coupon of the customer.

    Attributes:
        outcome: what it would do, or why not; ``used`` means ticked.
        can_tick: the clerk may tick or untick it; another set may leave it aside.
        is_left_aside: it could be used, and was unticked.
        use: of a coupon that was used meanwhile, where and by whom.
    """

    outcome: CouponOutcome
    can_tick: bool = False
    is_left_aside: bool = False
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class OtherSet:
    """Another legal set.

    Attributes:
        coupons: ids. saving_minor: what it takes off; less_minor: how much less than the best.
        keeps: names of coupons that stay with the customer in it, and do not in the best one.
        ends: the earliest last day among those.
        is_chosen: it is the one that is ticked now.
    """

    coupons: tuple[str, ...]
    saving_minor: int
    less_minor: int = 0
    keeps: tuple[LocalText, ...] = ()
    ends: date | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class NextTier:
    """What a little more would bring.

    Attributes:
        name: the coupon that could be used then. missing_minor: by how much more must be bought.
        threshold_minor: what it asks for. more_minor: what more would be saved.
    """

    name: LocalText
    missing_minor: int
    threshold_minor: int
    more_minor: int


@dataclass(frozen=True, slots=True)
class CouponSet:
    """What is offered for the purchase in hand.

    Attributes:
        amount_minor: of the receipt, None before it is entered.
        saving_minor: what the ticked coupons take off. best_minor: what the best set takes off.
        rows: all coupons, ticked ones first. sets: the best set and up to two others, in their order.
        can_undo: there is a change that can be taken back.
    """

    amount_minor: int | None
    saving_minor: int = 0
    best_minor: int = 0
    rows: tuple[SetRow, ...] = ()
    sets: tuple[OtherSet, ...] = ()
    next_tier: NextTier | None = None
    can_undo: bool = False

    @property
    def count(self) -> int:
        """How many coupons are ticked."""
        return sum(row.outcome.used for row in self.rows)


class SetDeed(StrEnum):
    """What a clerk does with the set."""

    OPEN = "open"
    TOGGLE = "toggle"
    CHOOSE = "choose"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class SetChange:
    """One deed: ``coupon_id`` of a toggle, ``place`` (from 0) of a choice among the sets."""

    deed: SetDeed
    coupon_id: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several members among whom a person must choose; nothing that names him in clear.

    Attributes:
        ref: of the member. masked: name and number.
        store_name: where he was last, or to which store he belongs.
        last_day: when he was last here, None where this lane has not seen him.
        since: member since.
    """

    ref: str
    masked: str
    level: str = ""
    store_name: str = ""
    last_day: date | None = None
    since: date | None = None
