"""A good coupon at a good moment, to be changed in one point by each test.

Apart from the tests because three of them judge the same situation by the judge's three questions.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pos_client.domain.basket import Basket, BasketLine
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.judge import Alone, MemberPresence, TillContext
from pos_client.domain.limits import Limits, LimitUsage
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.conditions import Conditions
from pos_client.domain.offers.effects import AmountOff
from pos_client.domain.offers.offer import Offer
from pos_client.domain.verdict import Use

STORE, OTHER_STORE, LANE = 12, 13, 3
TODAY = date(2026, 3, 18)  # a Wednesday
NOON = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SHAMPOO = BasketLine("06901234567892", "洗发水 400ml", "hair", "Qing", 1, 5900)
CONDITIONER = BasketLine("06901234567908", "护发素 200ml", "hair", "Lan", 1, 3900)
TOOTHPASTE = BasketLine("06901234567915", "牙膏 120g", "oral", "Qing", 2, 2000)
MEMBER = MemberPresence(ref="m-880001", tag=40_961, level="gold", proof="slot")


def conditions(**changes: Any) -> Conditions:
    """Conditions of an offer; none unless told."""
    return replace(Conditions(), **changes)


def offer(**changes: Any) -> Offer:
    """An offer of 10.00 off that needs nothing and is allowed offline in the home store."""
    return replace(Offer(1001, LocalText("立减10", "10 off"), conditions(), (AmountOff(1000),)), **changes)


def coupon(**changes: Any) -> CouponFacts:
    """A genuine bearer coupon of this store, valid this month."""
    good = CouponFacts(
        coupon_id="1001-70001",
        code_kind="signed_coupon",
        genuine=True,
        offer=offer(),
        first_day=date(2026, 3, 2),
        last_day=date(2026, 3, 31),
        home_store=STORE,
    )
    return replace(good, **changes)


def basket(*lines: BasketLine) -> Basket:
    """A basket of these lines."""
    return Basket("CNY", sum(line.amount_minor for line in lines), lines)


def context(**changes: Any) -> TillContext:
    """Noon in Shanghai, on lane 3 of store 12, with nothing known of basket and member."""
    return replace(TillContext(NOON, "Asia/Shanghai", STORE, LANE), **changes)


def alone(usage: LimitUsage | None = None, data_age_s: int = 60, **limits: int) -> Alone:
    """A lane that reaches nobody: fresh data, nothing used of the default limits."""
    return Alone(replace(Limits(), **limits), usage or LimitUsage(), data_age_s)


def use(use_no: int, at: datetime | None = NOON - HOUR, **changes: Any) -> Use:
    """A use by a colleague on lane 1 of this store."""
    return replace(Use(use_no, at, STORE, 1, "e-7", device="d-1", seq=41), **changes)
