"""The refusals that nobody can change: one row each, and the order in which a clerk hears them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pos_client.domain.coupon import CouponFacts, Lease
from pos_client.domain.judge import Refusal, TillContext, hard_refusal
from pos_client.domain.offers.offer import Trigger
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests.unit.domain.situations import (
    DAY,
    HOUR,
    NOON,
    OTHER_STORE,
    STORE,
    TODAY,
    conditions,
    context,
    coupon,
    offer,
    use,
)

FACTS = CouponFacts | TillContext


@pytest.mark.parametrize(
    ("changes", "reason", "facts"),
    [
        pytest.param({"genuine": False}, Reason.NOT_GENUINE, {}, id="wrong signature"),
        pytest.param({"revoked": True}, Reason.REVOKED, {}, id="revoked by the centre"),
        pytest.param({"offer": None}, Reason.CAMPAIGN_UNKNOWN, {}, id="campaign unknown here"),
        pytest.param({"offer": offer(on=Trigger.PURCHASE)}, Reason.NO_COUPON_OFFER, {}, id="given by a purchase"),
        pytest.param({"offer": offer(on=Trigger.BIND)}, Reason.NO_COUPON_OFFER, {}, id="given at the binding"),
        pytest.param({"uses": (use(1),)}, Reason.ALREADY_USED, {}, id="used once of once"),
        pytest.param({"last_day": TODAY - DAY}, Reason.EXPIRED, {"last_day": TODAY - DAY}, id="expired yesterday"),
        pytest.param(
            {"first_day": TODAY + DAY}, Reason.NOT_YET_VALID, {"first_day": TODAY + DAY}, id="begins tomorrow"
        ),
        pytest.param(
            {"offer": offer(conditions=conditions(ends=TODAY - DAY))},
            Reason.CAMPAIGN_ENDED,
            {"last_day": TODAY - DAY},
            id="campaign ended yesterday",
        ),
        pytest.param(
            {"offer": offer(conditions=conditions(starts=TODAY + DAY))},
            Reason.CAMPAIGN_NOT_BEGUN,
            {"first_day": TODAY + DAY},
            id="campaign begins tomorrow",
        ),
        pytest.param(
            {"offer": offer(conditions=conditions(weekdays=frozenset({6, 7})))},
            Reason.WRONG_DAY,
            {},
            id="weekends only, on a Wednesday",
        ),
        pytest.param(
            {"home_store": OTHER_STORE}, Reason.WRONG_STORE, {"store_no": OTHER_STORE}, id="another store's coupon"
        ),
        pytest.param(
            {"offer": offer(conditions=conditions(stores=frozenset({OTHER_STORE, 99})))},
            Reason.WRONG_STORE,
            {},
            id="a campaign of other stores",
        ),
        pytest.param(
            {"lease": Lease(OTHER_STORE, NOON + HOUR)},
            Reason.LEASED_ELSEWHERE,
            {"store_no": OTHER_STORE},
            id="lent to another store",
        ),
    ],
)
def test_refused_for_good(changes: dict[str, Any], reason: Reason, facts: dict[str, object]) -> None:
    refusal = hard_refusal(coupon(**changes), context())

    assert refusal is not None
    assert (reason, facts, VerdictKind.REFUSED) == (refusal.reason, refusal.facts, refusal.kind)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="nothing wrong"),
        pytest.param({"first_day": TODAY, "last_day": TODAY}, id="good for today only"),
        pytest.param({"first_day": None, "last_day": None}, id="no dates"),
        pytest.param({"offer": offer(conditions=conditions(starts=TODAY, ends=TODAY))}, id="a campaign of one day"),
        pytest.param({"offer": offer(conditions=conditions(weekdays=frozenset({3})))}, id="Wednesdays only"),
        pytest.param({"home_store": 0}, id="good in any store"),
        pytest.param({"offer": offer(conditions=conditions(stores=frozenset({STORE})))}, id="a campaign of this store"),
        pytest.param({"lease": Lease(OTHER_STORE, NOON)}, id="lent elsewhere until now"),
        pytest.param({"lease": Lease(STORE, NOON - HOUR)}, id="was lent to this store"),
        pytest.param({"offer": offer(max_uses=3), "uses": (use(1), use(3))}, id="the second of three uses"),
    ],
)
def test_not_refused(changes: dict[str, Any]) -> None:
    assert hard_refusal(coupon(**changes), context()) is None


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        pytest.param(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), Reason.NOT_YET_VALID, id="before the first day"),
        pytest.param(datetime(2026, 3, 1, 16, tzinfo=UTC), None, id="midnight of the first day"),
        pytest.param(datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), None, id="last second of the last day"),
        pytest.param(datetime(2026, 3, 31, 16, tzinfo=UTC), Reason.EXPIRED, id="midnight after the last day"),
    ],
)
def test_days_are_those_of_the_store(at: datetime, reason: Reason | None) -> None:
    refusal = hard_refusal(coupon(), context(now=at))

    assert reason == (refusal.reason if refusal else None)


def test_the_repeat_names_the_latest_use() -> None:
    uses = (use(2, NOON - HOUR), use(1, NOON - DAY), use(3, None))

    refusal = hard_refusal(coupon(offer=offer(max_uses=3), uses=uses), context())

    assert refusal == Refusal(Reason.ALREADY_USED, use=uses[0])


def test_the_order_in_which_a_clerk_hears_them() -> None:
    wrongs: list[tuple[Reason, dict[str, Any]]] = [
        (Reason.NOT_GENUINE, {"genuine": False}),
        (Reason.REVOKED, {"revoked": True}),
        (Reason.ALREADY_USED, {"uses": (use(1),)}),
        (Reason.EXPIRED, {"last_day": TODAY - DAY}),
        (Reason.WRONG_STORE, {"home_store": OTHER_STORE}),
        (Reason.LEASED_ELSEWHERE, {"lease": Lease(OTHER_STORE, NOON + HOUR)}),
    ]
    heard = []
    for place in range(len(wrongs)):
        changes: dict[str, Any] = {}
        for _, wrong in wrongs[place:]:
            changes |= wrong
        refusal = hard_refusal(coupon(**changes), context())
        heard.append(refusal.reason if refusal else None)

    assert [reason for reason, _ in wrongs] == heard
