"""Redeeming with nobody to ask: limits, leases, repeats told with when, where and by whom, and the day's figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.domain import basket as baskets
from pos_client.domain.business_time import to_ms
from pos_client.domain.hash_chain import claim_id
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Notice, Tier, VerdictKind
from tests import builders as a
from tests.fakes.desk_fakes import Hearing
from tests.unit.usecases.counter import COLLEAGUE, IDENTITY, MINUTE, SECRET, Counter, OpenCounter, Tables

COUPON = a.a_signed_coupon().text()
ID = "1001-1"
REDEEM, REJECT, VOID = EntryKind.REDEEM, EntryKind.REJECT, EntryKind.VOID


def serial(number: int) -> str:
    """The code of that serial."""
    return a.a_signed_coupon(number).text()


def reopened(counter: Counter, open_counter: OpenCounter, change: Callable[[Tables], object]) -> Counter:
    """The same journal after the centre's data has changed."""
    clock = counter.clock
    counter.journal.close()
    counter.cache.close()
    for file in counter.folder.glob("cache*"):
        file.unlink()
    again = open_counter(change)
    again.clock.wall, again.clock.monotonic_ms = clock.wall, clock.monotonic_ms
    return again


def test_accepted_as_pending(alone: Counter) -> None:
    verdict = alone.redeem(COUPON)

    assert (verdict.kind, verdict.reason, verdict.tier) == (VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE, Tier.LANE)
    assert alone.kinds() == [REDEEM]
    fields = alone.fields(1)
    assert (fields["tier"], fields["claim_id"], fields["intent_seq"]) == ("C", "", None)
    assert alone.centre.asked == []


def test_a_leased_coupon_needs_no_limit(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop.update(lease=[a.lease_row()]))
    counter.unplug()
    counter.limits = replace(counter.limits, floor_value_minor=0)

    verdict = counter.redeem(COUPON)

    assert (verdict.kind, verdict.reason) == (VerdictKind.PENDING, Reason.ACCEPTED_LEASED)


def test_the_second_scan_is_told_when_where_and_by_whom(alone: Counter) -> None:
    alone.redeem(COUPON)
    alone.clock.pass_by(9 * MINUTE)

    verdict = alone.redeem(COUPON)

    assert (verdict.kind, verdict.reason) == (VerdictKind.REFUSED, Reason.ALREADY_USED)
    use = verdict.use
    assert use is not None
    assert (use.at, use.store_name, use.lane, use.operator_name, use.seq) == (a.NOON, "人民路店101", 2, "小王", 1)
    assert verdict.facts == {"own": 1}
    assert alone.kinds() == [REDEEM, REJECT]


@pytest.mark.parametrize(
    ("later", "operator", "own"),
    [
        pytest.param(10 * MINUTE, "E01", True, id="ten minutes later"),
        pytest.param(11 * MINUTE, "E01", False, id="somebody else's copy, later"),
        pytest.param(MINUTE, COLLEAGUE, False, id="another clerk"),
    ],
)
def test_only_the_same_person_minutes_ago_is_no_alarm(
    alone: Counter, later: timedelta, operator: str, own: bool
) -> None:
    alone.redeem(COUPON)
    alone.clock.pass_by(later)

    assert own == ("own" in alone.redeem(COUPON, operator=operator).facts)


def test_a_use_on_another_lane_is_known_from_the_data(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop.update(coupon_use=[a.use_row(SECRET)]))
    counter.unplug()

    verdict = counter.redeem(COUPON)

    use = verdict.use
    assert use is not None
    assert verdict.reason is Reason.ALREADY_USED
    assert (use.at, use.store_name, use.lane, use.operator_name) == (
        a.NOON - timedelta(hours=2),
        "人民路店102",
        3,
        "小李",
    )
    assert "own" not in verdict.facts


def test_new_data_never_makes_the_lane_forget_its_own_redemption(counter: Counter, open_counter: OpenCounter) -> None:
    counter.unplug()
    counter.redeem(COUPON)
    counter = reopened(counter, open_counter, lambda shop: shop["coupon"].clear())
    counter.unplug()

    assert counter.redeem(COUPON).reason is Reason.ALREADY_USED


def own_use(counter: Counter, seq: int = 1, use_no: int = 1) -> Callable[[Tables], object]:
    """The centre's data, once it has heard of an entry of this lane."""
    entry = counter.journal.entry(seq)
    assert entry is not None
    claim = entry.fields().get("claim_id") or claim_id(entry.hash)
    row = a.use_row(SECRET, use_no=use_no, store=a.STORE, lane=2, device=IDENTITY.device, seq=seq, claim_id=claim)

    def change(shop: Tables) -> None:
        shop["offer"] = [a.offer_row(max_uses=3)]
        shop["coupon_use"] = [row | {"at_ms": to_ms(a.NOON)}]

    return change


def test_a_use_that_the_centre_reports_back_is_not_counted_twice(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop.update(offer=[a.offer_row(max_uses=3)]))
    counter.unplug()
    counter.redeem(COUPON)
    counter = reopened(counter, open_counter, own_use(counter))
    counter.unplug()

    verdicts = [counter.redeem(COUPON) for _ in range(3)]

    assert [verdict.reason for verdict in verdicts] == [
        Reason.ACCEPTED_OFFLINE,
        Reason.ACCEPTED_OFFLINE,
        Reason.ALREADY_USED,
    ]
    assert [use.use_no for use in counter.journal.uses_of(ID)] == [1, 2, 3]


def test_a_use_that_was_taken_back_is_free_although_the_centre_still_reports_it(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop.update(offer=[a.offer_row(max_uses=3)]))
    counter.unplug()
    counter.redeem(COUPON)
    counter.void(1)
    counter = reopened(counter, open_counter, own_use(counter))
    counter.unplug()

    assert counter.redeem(COUPON).reason is Reason.ACCEPTED_OFFLINE
    assert [use.use_no for use in counter.journal.uses_of(ID)] == [1]


def test_a_claim_that_came_to_nothing_is_free_although_the_centre_still_reports_it(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.journal.append(a.an_intent(ID))
    counter = reopened(counter, open_counter, own_use(counter))
    counter.unplug()

    verdict = counter.redeem(COUPON)

    assert verdict.reason is Reason.ACCEPTED_OFFLINE
    assert (counter.fields(2)["use_no"], counter.fields(2)["intent_seq"]) == (1, 1)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"floor_value_minor": 999}, Reason.OVER_FLOOR_VALUE),
        ({"lane_count_hard": 1}, Reason.LANE_COUNT_LIMIT),
        ({"lane_value_hard_minor": 1999}, Reason.LANE_VALUE_LIMIT),
    ],
    ids=str,
)
def test_the_second_one_breaks_a_limit(alone: Counter, limits: dict[str, int], reason: Reason) -> None:
    alone.redeem(serial(1))
    alone.limits = replace(alone.limits, **limits)

    verdict = alone.redeem(serial(2))

    assert (VerdictKind.SUPERVISOR, reason, Tier.LANE) == (verdict.kind, verdict.reason, verdict.tier)
    assert alone.kinds() == [REDEEM, REJECT]


def test_the_count_begins_again_when_the_server_was_heard(alone: Counter) -> None:
    alone.limits = replace(alone.limits, lane_count_hard=1)
    alone.redeem(serial(1))
    alone.hear_the_server()

    assert alone.redeem(serial(2)).reason is Reason.ACCEPTED_OFFLINE


def test_the_days_value_begins_again_at_midnight_of_the_store(alone: Counter) -> None:
    alone.limits = replace(alone.limits, lane_value_hard_minor=1000)
    alone.redeem(serial(1))
    alone.clock.pass_by(timedelta(hours=12))

    assert alone.redeem(serial(2)).reason is Reason.ACCEPTED_OFFLINE


def test_a_member_may_not_come_too_often(alone: Counter) -> None:
    alone.limits = replace(alone.limits, member_velocity=1)
    card = a.a_member_slot().text()
    alone.redeem(serial(1), card)

    assert alone.redeem(serial(2), card).reason is Reason.MEMBER_VELOCITY
    assert alone.redeem(serial(3)).reason is Reason.ACCEPTED_OFFLINE


def test_near_the_limit_a_banner_is_asked_for(alone: Counter) -> None:
    alone.limits = replace(alone.limits, lane_count_soft=1)
    first, second = alone.redeem(serial(1)), alone.redeem(serial(2))

    assert (first.notices, second.notices) == ((), (Notice("near-limit"),))


def test_a_campaign_that_is_never_offline(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop.update(offer=[a.offer_row(offline={"policy": "deny"})]))
    counter.unplug()

    verdict = counter.redeem(COUPON)

    assert (verdict.kind, verdict.reason) == (VerdictKind.REFUSED, Reason.NETWORK_NEEDED)


@pytest.mark.parametrize("reachable", [True, False])
def test_a_list_that_is_older_than_the_book_cannot_use_a_coupon_twice(alone: Counter, reachable: bool) -> None:
    listed = alone.cache.opaque_coupon(a.an_opaque_text())
    assert listed is not None
    alone.redeem(a.an_opaque_text())
    alone.centre.is_reachable, alone.centre.hearing = reachable, Hearing.NEVER_ARRIVED

    verdict = alone.redeem(picked=(listed,))

    assert (verdict.reason, verdict.kind) == (Reason.ALREADY_USED, VerdictKind.REFUSED)
    assert verdict.use is not None
    assert verdict.use.seq == 1
    assert len(alone.journal.uses_of("c2")) == 1
    assert alone.journal.open_intents() == []


def test_taken_back_it_is_free_at_once(alone: Counter) -> None:
    alone.redeem(COUPON)
    alone.void(1)

    assert alone.redeem(COUPON).reason is Reason.ACCEPTED_OFFLINE
    assert alone.kinds() == [REDEEM, VOID, REDEEM]


def test_a_receipt_number_with_half_a_character_keeps_nothing_from_being_written(alone: Counter) -> None:
    verdict = alone.redeem(COUPON, basket=baskets.parse({"total_minor": 5000, "receipt_no": "02\udcff31"}))

    assert verdict.reason is Reason.ACCEPTED_OFFLINE
    assert (alone.fields(1)["basket_ref"], alone.fields(1)["basket_minor"]) == ("02?31", 5000)
