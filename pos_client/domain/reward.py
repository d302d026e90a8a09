"""What a customer gets beside the discount, as a verdict tells it and as the journal's entries carry it.

Apart from the effects because an effect says what an offer would give, and a reward is what somebody got.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .local_text import LocalText


class RewardKind(StrEnum):
    """What it is."""

    POINTS = "points"
    STAMPS = "stamps"
    COUPON = "coupon"
    PASS_CODE = "pass_code"  # noqa: S105 - a code that a game asks for
    GIFT = "gift"
    SAMPLE = "sample"
    BALANCE_DUE = "balance_due"
    DEPOSIT_BACK = "deposit_back"
    ARRIVAL = "arrival"


HANDED_OVER = frozenset({RewardKind.GIFT, RewardKind.SAMPLE})


@dataclass(frozen=True, slots=True)
class Reward:
    """One thing.

    Attributes:
        kind: what it is. campaign: by which offer.
        amount: points, stamps, coupons or pieces; of a balance or a deposit, minor units.
        name: for people: of the thing, the card, the event or the coupon's campaign.
        item: of a thing, as the stock counts it; of stamps the card.
        place: of the line that a pass code belongs to.
        issues: campaign of the coupon that is issued, or that a full card earns; 0 for none.
        needed: stamps that make a card full.
        coupon_id, code, last_day: of a coupon that was issued; empty before it is.
    """

    kind: RewardKind
    campaign: int
    amount: int = 1
    name: LocalText | None = None
    item: str = ""
    place: int | None = None
    issues: int = 0
    needed: int = 0
    coupon_id: str = ""
    code: str = ""
    last_day: date | None = None
