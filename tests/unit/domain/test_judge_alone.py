"""May a lane that reaches nobody grant it? Offline policy, lease, limits, age of the data, and a doubtful clock."""

from dataclasses import replace
from typing import Any

import pytest

from pos_client.domain.coupon import Lease
from pos_client.domain.judge import MemberPresence, Permission, Refusal, permission_alone
from pos_client.domain.limits import LimitUsage
from pos_client.domain.offers.offer import OfflinePolicy
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TimeQuality
from pos_client.domain.verdict import VerdictKind
from tests.unit.domain.situations import (
    DAY,
    HOUR,
    MEMBER,
    NOON,
    OTHER_STORE,
    STORE,
    TODAY,
    alone,
    conditions,
    context,
    coupon,
    offer,
)

ACCEPTED = Permission(Reason.ACCEPTED_OFFLINE)
LEASED = Permission(Reason.ACCEPTED_LEASED)
NETWORK_NEEDED = Refusal(Reason.NETWORK_NEEDED)
SUSPECT = context(time_quality=TimeQuality.SUSPECT)
CHECK_THE_DATE = Refusal(Reason.CLOCK_SUSPECT, kind=VerdictKind.SUPERVISOR)
SOFT, HARD = 86_400, 604_800


def supervisor(reason: Reason, **facts: int) -> Refusal:
    """A person must decide."""
    return Refusal(reason, facts, VerdictKind.SUPERVISOR)


@pytest.mark.parametrize(
    ("policy", "changes", "value", "answer"),
    [
        pytest.param({"offline": OfflinePolicy.DENY}, {}, 0, NETWORK_NEEDED, id="deny"),
        pytest.param({"offline": OfflinePolicy.HOME_STORE}, {}, 1000, ACCEPTED, id="home store, here"),
        pytest.param(
            {"offline": OfflinePolicy.HOME_STORE}, {"home_store": 0}, 1, NETWORK_NEEDED, id="home store, of no store"
        ),
        pytest.param(
            {"offline": OfflinePolicy.UP_TO, "offline_value_minor": 1000}, {"home_store": 0}, 1000, ACCEPTED, id="up to"
        ),
        pytest.param(
            {"offline": OfflinePolicy.UP_TO, "offline_value_minor": 1000},
            {},
            1001,
            supervisor(Reason.OVER_FLOOR_VALUE, limit_minor=1000, value_minor=1001),
            id="over what the campaign allows",
        ),
        pytest.param({"offline": OfflinePolicy.ALLOW}, {"home_store": 0}, 5000, ACCEPTED, id="allow"),
        pytest.param(
            {"offline": OfflinePolicy.DENY}, {"lease": Lease(STORE, NOON + HOUR)}, 99_999, LEASED, id="lent to us"
        ),
        pytest.param(
            {"offline": OfflinePolicy.DENY},
            {"lease": Lease(STORE, NOON)},
            0,
            NETWORK_NEEDED,
            id="the lease ended this moment",
        ),
        pytest.param(
            {"offline": OfflinePolicy.DENY},
            {"lease": Lease(OTHER_STORE, NOON + HOUR)},
            0,
            NETWORK_NEEDED,
            id="lent to others",
        ),
    ],
)
def test_offline_policy(
    policy: dict[str, Any], changes: dict[str, Any], value: int, answer: Permission | Refusal
) -> None:
    facts = coupon(offer=offer(**policy), **changes)

    assert answer == permission_alone(facts, context(), value, alone())


def test_an_unknown_campaign_needs_the_network() -> None:
    assert permission_alone(coupon(offer=None), context(), 1, alone()) == NETWORK_NEEDED


@pytest.mark.parametrize(
    ("usage", "age", "value", "answer"),
    [
        pytest.param(LimitUsage(), 0, 5000, ACCEPTED, id="at the floor value"),
        pytest.param(
            LimitUsage(),
            0,
            5001,
            supervisor(Reason.OVER_FLOOR_VALUE, limit_minor=5000, value_minor=5001),
            id="over the floor value",
        ),
        pytest.param(LimitUsage(99), 0, 1, ACCEPTED, id="before the soft count"),
        pytest.param(
            LimitUsage(100), 0, 1, Permission(Reason.ACCEPTED_OFFLINE, near_limit=True), id="at the soft count"
        ),
        pytest.param(
            LimitUsage(199), 0, 1, Permission(Reason.ACCEPTED_OFFLINE, near_limit=True), id="before the hard count"
        ),
        pytest.param(
            LimitUsage(200), 0, 1, supervisor(Reason.LANE_COUNT_LIMIT, limit=200, value_minor=1), id="at the hard count"
        ),
        pytest.param(LimitUsage(value_today_minor=195_000), 0, 5000, ACCEPTED, id="fills the day's value"),
        pytest.param(
            LimitUsage(value_today_minor=195_001),
            0,
            5000,
            supervisor(Reason.LANE_VALUE_LIMIT, limit_minor=200_000, value_minor=5000),
            id="over the day's value",
        ),
        pytest.param(LimitUsage(member_today=2), 0, 1, ACCEPTED, id="his third"),
        pytest.param(
            LimitUsage(member_today=3),
            0,
            1,
            supervisor(Reason.MEMBER_VELOCITY, limit=3, value_minor=1),
            id="his fourth",
        ),
        pytest.param(LimitUsage(), SOFT, 5000, ACCEPTED, id="a day old: full limits"),
        pytest.param(
            LimitUsage(),
            SOFT + 1,
            2501,
            supervisor(Reason.OVER_FLOOR_VALUE, limit_minor=2500, value_minor=2501),
            id="older: half the floor value",
        ),
        pytest.param(
            LimitUsage(100),
            SOFT + 1,
            1,
            supervisor(Reason.LANE_COUNT_LIMIT, limit=100, value_minor=1),
            id="older: half the count",
        ),
        pytest.param(
            LimitUsage(50), SOFT + 1, 1, Permission(Reason.ACCEPTED_OFFLINE, near_limit=True), id="older: half the soft"
        ),
        pytest.param(
            LimitUsage(value_today_minor=100_000),
            SOFT + 1,
            1,
            supervisor(Reason.LANE_VALUE_LIMIT, limit_minor=100_000, value_minor=1),
            id="older: half the day's value",
        ),
        pytest.param(LimitUsage(member_today=2), SOFT + 1, 1, ACCEPTED, id="older: his three stay three"),
    ],
)
def test_limits(usage: LimitUsage, age: int, value: int, answer: Permission | Refusal) -> None:
    assert answer == permission_alone(coupon(), context(), value, alone(usage, age))


@pytest.mark.parametrize(
    ("changes", "age", "answer"),
    [
        pytest.param({"code_kind": "opaque_coupon"}, HARD, ACCEPTED, id="opaque, just fresh enough"),
        pytest.param(
            {"code_kind": "opaque_coupon"}, HARD + 1, supervisor(Reason.DATA_STALE, age_s=HARD + 1), id="opaque"
        ),
        pytest.param({"home_store": 0}, HARD + 1, supervisor(Reason.DATA_STALE, age_s=HARD + 1), id="of no store"),
        pytest.param({}, HARD + 1, ACCEPTED, id="signed, of this store: within half limits"),
        pytest.param({"lease": Lease(STORE, NOON + DAY)}, HARD + 1, LEASED, id="lent to us"),
    ],
)
def test_stale_data(changes: dict[str, Any], age: int, answer: Permission | Refusal) -> None:
    facts = coupon(offer=offer(offline=OfflinePolicy.ALLOW), **changes)

    assert answer == permission_alone(facts, context(), 2500, alone(data_age_s=age))


STALE = supervisor(Reason.DATA_STALE, age_s=HARD + 1)


@pytest.mark.parametrize(
    ("changes", "of_offer", "member", "answer"),
    [
        pytest.param({"member_tag": 40_961}, {}, MEMBER, ACCEPTED, id="bound, and he is here by his slot code"),
        pytest.param({"member_tag": 40_961}, {}, replace(MEMBER, proof="card"), STALE, id="bound, named by a card"),
        pytest.param({}, {"levels": frozenset({"gold"})}, MEMBER, STALE, id="asks his level"),
        pytest.param({}, {"new_member": True}, replace(MEMBER, is_new=True), STALE, id="asks whether he is new"),
        pytest.param({}, {}, replace(MEMBER, proof="phone"), ACCEPTED, id="he matters nothing"),
    ],
)
def test_stale_member_data_wants_a_supervisor(
    changes: dict[str, Any], of_offer: dict[str, Any], member: MemberPresence, answer: Permission | Refusal
) -> None:
    facts = coupon(offer=offer(conditions=conditions(**of_offer)), **changes)
    here = context(member=member)

    assert permission_alone(facts, here, 2500, alone(data_age_s=HARD)) == ACCEPTED
    assert permission_alone(facts, here, 2500, alone(data_age_s=HARD + 1)) == answer


@pytest.mark.parametrize(
    ("age", "lease", "answer"),
    [
        pytest.param(3600, None, ACCEPTED, id="just fresh enough"),
        pytest.param(3601, None, supervisor(Reason.DATA_STALE, age_s=3601), id="older than the campaign allows"),
        pytest.param(3601, Lease(STORE, NOON + DAY), LEASED, id="lent to us all the same"),
    ],
)
def test_a_campaign_may_want_fresher_data(age: int, lease: Lease | None, answer: Permission | Refusal) -> None:
    facts = coupon(offer=offer(offline_max_age_s=3600), lease=lease)

    assert permission_alone(facts, context(), 1000, alone(data_age_s=age)) == answer


@pytest.mark.parametrize(
    ("dates", "of_offer", "answer"),
    [
        pytest.param({}, {}, ACCEPTED, id="far from every edge"),
        pytest.param({"last_day": TODAY}, {}, CHECK_THE_DATE, id="last day"),
        pytest.param({"last_day": TODAY + DAY}, {}, CHECK_THE_DATE, id="last day tomorrow"),
        pytest.param({"last_day": TODAY + 2 * DAY}, {}, ACCEPTED, id="last day in two days"),
        pytest.param({"first_day": TODAY}, {}, CHECK_THE_DATE, id="first day"),
        pytest.param({"first_day": TODAY - DAY}, {}, CHECK_THE_DATE, id="first day was yesterday"),
        pytest.param({"first_day": TODAY - 2 * DAY}, {}, ACCEPTED, id="first day two days ago"),
        pytest.param({}, {"ends": TODAY}, CHECK_THE_DATE, id="campaign's last day"),
        pytest.param({}, {"starts": TODAY - DAY}, CHECK_THE_DATE, id="campaign began yesterday"),
        pytest.param({"first_day": None, "last_day": None}, {}, ACCEPTED, id="no dates at all"),
        pytest.param({}, {"weekdays": frozenset({2, 3, 4})}, ACCEPTED, id="any day of yesterday to tomorrow"),
        pytest.param({}, {"weekdays": frozenset({2, 3})}, CHECK_THE_DATE, id="not tomorrow's weekday"),
        pytest.param({}, {"weekdays": frozenset({3, 4})}, CHECK_THE_DATE, id="not yesterday's weekday"),
    ],
)
def test_a_doubtful_clock_matters_at_the_edges_only(
    dates: dict[str, Any], of_offer: dict[str, Any], answer: Permission | Refusal
) -> None:
    facts = coupon(offer=offer(conditions=conditions(**of_offer)), **dates)

    assert answer == permission_alone(facts, SUSPECT, 1000, alone())


@pytest.mark.parametrize("quality", [TimeQuality.SYNCED, TimeQuality.HELD])
def test_a_believed_clock_settles_the_edges(quality: TimeQuality) -> None:
    facts = coupon(last_day=TODAY)

    assert permission_alone(facts, context(time_quality=quality), 1000, alone()) == ACCEPTED


def test_a_doubtful_clock_stops_a_lease_at_the_edge_too() -> None:
    facts = coupon(last_day=TODAY, lease=Lease(STORE, NOON + DAY))

    assert permission_alone(facts, SUSPECT, 1000, alone()) == CHECK_THE_DATE


def test_the_edge_of_an_unknown_campaign_is_the_coupons_own() -> None:
    facts = coupon(offer=None, last_day=TODAY)

    assert permission_alone(facts, SUSPECT, 1000, alone()) == CHECK_THE_DATE
