"""Overrides: what a supervisor may allow, what stays refused, and what is written beside the redemption."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.domain import basket as baskets
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.override import OverrideReason
from pos_client.domain.pins import telephone_answer
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.authorise import Signature
from pos_client.usecases.overriding import OverrideAsk, new_challenge
from tests import builders as a
from tests.unit.usecases.counter import CLERK, COLLEAGUE, Counter, OpenCounter
from tests.unit.usecases.test_authorise import BOSS, PEPPER, PIN, WRONG, a_book, with_boss

REDEEM, OVERRIDE, REJECT = EntryKind.REDEEM, EntryKind.OVERRIDE, EntryKind.REJECT


def coupon(serial: int = 1) -> str:
    return a.a_signed_coupon(serial).text()


def ask(pin: str = PIN, reason: str = OverrideReason.NETWORK_DOWN, who: str = BOSS) -> OverrideAsk:
    return OverrideAsk(Signature(who, pin), reason)


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A lane alone that may give nothing away by itself, in a store with a supervisor who has a PIN."""
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    counter.unplug()
    counter.limits = replace(counter.limits, floor_value_minor=0)
    return counter


def test_a_supervisor_allows_what_the_limits_leave_to_a_person(counter: Counter) -> None:
    assert counter.redeem(coupon()).reason is Reason.OVER_FLOOR_VALUE

    verdict = counter.redeem(coupon(), override=ask())

    assert (verdict.kind, verdict.reason) == (VerdictKind.PENDING, Reason.ACCEPTED_OVERRIDE)
    assert counter.kinds() == [REJECT, REDEEM, OVERRIDE]
    redeemed, allowed = (entry.fields() for entry in counter.entries()[-2:])
    assert (redeemed["reason"], redeemed["operator"], "supervisor" in redeemed) == ("accepted-override", CLERK, False)
    assert (allowed["supervisor"], allowed["reason"], allowed["proof"]) == (BOSS, "network-down", "pin")
    assert (allowed["overridden"], allowed["figures"]["limit_minor"]) == ("over-floor-value", 0)
    assert (allowed["coupon_id"], allowed["value_minor"], allowed["txn"]) == ("1001-1", 1_000, redeemed["txn"])


def test_the_use_is_taken_like_any_other(counter: Counter) -> None:
    counter.redeem(coupon(), override=ask())

    assert counter.redeem(coupon(), override=ask()).reason is Reason.ALREADY_USED


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (ask(WRONG), Reason.PIN_WRONG),
        (ask(""), Reason.PIN_NEEDED),
        (ask(reason="because"), Reason.OVERRIDE_REASON_UNKNOWN),
        (ask(reason=""), Reason.OVERRIDE_REASON_UNKNOWN),
        (ask(who=CLERK), Reason.NOT_A_SUPERVISOR),
        (ask(who="nobody"), Reason.NOT_A_SUPERVISOR),
    ],
)
def test_who_is_not_believed_allows_nothing(counter: Counter, asked: OverrideAsk, reason: Reason) -> None:
    assert counter.redeem(coupon(), override=asked).reason is reason
    assert REDEEM not in counter.kinds()


def test_a_supervisor_at_the_counter_cannot_allow_his_own_deed(counter: Counter) -> None:
    assert counter.redeem(coupon(), operator=BOSS, override=ask()).reason is Reason.OVERRIDE_SECOND_PERSON
    assert counter.redeem(coupon(), operator="", override=ask()).reason is Reason.OVERRIDE_NEEDS_CLERK
    assert REDEEM not in counter.kinds()


def test_no_supervisor_changes_a_hard_refusal(counter: Counter) -> None:
    expired = a.a_signed_coupon(3, not_after_day=a.a_signed_coupon().not_before_day).text()
    forged = a.a_signed_coupon(4, key=a.a_key("somebody else's")).text()

    assert counter.redeem(expired, override=ask()).reason is Reason.EXPIRED
    assert counter.redeem(forged, override=ask()).reason is Reason.NOT_GENUINE
    assert OVERRIDE not in counter.kinds()


def test_a_campaign_that_is_never_given_alone_stays_so(open_counter: OpenCounter) -> None:
    def never_alone(shop: dict[str, list[a.Row]]) -> None:
        with_boss(shop)
        shop["offer"] = [a.offer_row(offline={"policy": "deny"})]

    counter = open_counter(never_alone)
    counter.pins = a_book(**{BOSS: PIN})
    counter.unplug()

    assert counter.redeem(coupon(), override=ask()).reason is Reason.NETWORK_NEEDED


def test_overrides_have_limits_of_their_own(counter: Counter) -> None:
    counter.limits = replace(counter.limits, override_count=2)
    for serial in (1, 2):
        assert counter.redeem(coupon(serial), override=ask()).reason is Reason.ACCEPTED_OVERRIDE

    assert counter.redeem(coupon(3), override=ask()).reason is Reason.OVERRIDE_COUNT_LIMIT
    counter.limits = replace(counter.limits, override_count=9, override_value_minor=2_999)
    assert counter.redeem(coupon(3), override=ask()).reason is Reason.OVERRIDE_VALUE_LIMIT
    counter.clock.pass_by(timedelta(days=1))
    assert counter.redeem(coupon(3), override=ask()).reason is Reason.ACCEPTED_OVERRIDE


def test_taking_one_back_makes_no_room_for_another(counter: Counter) -> None:
    counter.limits = replace(counter.limits, override_count=1)
    seq = counter.redeem(coupon(), override=ask()).entry
    assert seq
    assert counter.void(seq.seq).reason is Reason.VOIDED

    assert counter.redeem(coupon(), override=ask()).reason is Reason.OVERRIDE_COUNT_LIMIT


def test_the_coupons_of_one_purchase_count_together(counter: Counter) -> None:
    counter.limits = replace(counter.limits, override_count=1)

    verdict = counter.purchase(coupon(1), coupon(2), basket=baskets.of_amount(20_000), override=ask())

    assert verdict.reason is Reason.PURCHASE_RECORDED
    assert (counter.kinds().count(REDEEM), counter.kinds().count(OVERRIDE)) == (1, 1)


def test_nobody_needs_to_allow_what_the_lane_may(counter: Counter) -> None:
    counter.limits = replace(counter.limits, floor_value_minor=5_000)

    assert counter.redeem(coupon(), override=ask()).reason is Reason.ACCEPTED_OFFLINE
    assert OVERRIDE not in counter.kinds()


def test_anothers_redemption_is_taken_back_by_a_supervisor_with_his_pin(counter: Counter) -> None:
    entry = counter.redeem(coupon(), override=ask()).entry
    assert entry

    assert counter.void(entry.seq, operator=COLLEAGUE).reason is Reason.VOID_OTHER_OPERATOR
    wrong = counter.void(entry.seq, operator=COLLEAGUE, who=Signature(BOSS, WRONG))
    assert wrong.reason is Reason.PIN_WRONG
    verdict = counter.void(entry.seq, operator=COLLEAGUE, who=Signature(BOSS, PIN))
    assert verdict.reason is Reason.VOIDED
    assert counter.entries()[-1].fields()["supervisor"] == BOSS


def test_a_supervisor_does_not_allow_his_own_old_deed_to_be_taken_back(counter: Counter) -> None:
    counter.limits = replace(counter.limits, floor_value_minor=5_000)
    entry = counter.redeem(coupon(), operator=BOSS).entry
    counter.clock.pass_by(timedelta(hours=1))

    assert entry
    own = counter.void(entry.seq, operator=BOSS, who=Signature(BOSS, PIN))
    assert own.reason is Reason.OVERRIDE_SECOND_PERSON


def test_an_own_mistake_of_a_moment_ago_needs_nobody(counter: Counter) -> None:
    entry = counter.redeem(coupon(), override=ask()).entry

    assert entry
    assert counter.void(entry.seq, who=Signature(BOSS, WRONG)).reason is Reason.VOIDED
    assert "supervisor" not in counter.entries()[-1].fields()


def by_telephone(counter: Counter, answer: str) -> OverrideAsk:
    return OverrideAsk(Signature(""), OverrideReason.HEAD_OFFICE_AGREED, answer)


def test_the_head_office_allows_it_by_telephone_once(counter: Counter) -> None:
    challenge = new_challenge(counter.desk)
    answer = telephone_answer(PEPPER, counter.identity.device, challenge)

    verdict = counter.redeem(coupon(1), override=by_telephone(counter, f"{answer[:4]}-{answer[4:]}".lower()))

    assert verdict.reason is Reason.ACCEPTED_OVERRIDE
    allowed = counter.entries()[-1].fields()
    assert (allowed["supervisor"], allowed["proof"]) == ("HQ", "telephone")
    again = counter.redeem(coupon(2), override=by_telephone(counter, answer))
    assert again.reason is Reason.TELEPHONE_ANSWER_WRONG


def test_a_wrong_answer_uses_the_challenge_up_and_another_lanes_is_none(counter: Counter) -> None:
    challenge = new_challenge(counter.desk)
    right = telephone_answer(PEPPER, counter.identity.device, challenge)
    others = telephone_answer(PEPPER, "device-9", challenge)

    for answer in (others, right, ""):
        verdict = counter.redeem(coupon(1), override=by_telephone(counter, answer or "0"))
        assert verdict.reason is Reason.TELEPHONE_ANSWER_WRONG
    assert REDEEM not in counter.kinds()
