"""Taking back: by whom, for how long, what it frees, and intents that are cancelled."""

from datetime import timedelta

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, VerdictKind
from pos_client.usecases.claim_port import ClaimRequest
from pos_client.usecases.ports import OpenIntent
from tests import builders as a
from tests.fakes.desk_fakes import Hearing
from tests.unit.usecases.counter import COLLEAGUE, DAY, MINUTE, Counter

COUPON = a.a_signed_coupon().text()
ID = "1001-1"
INTENT, REDEEM, VOID = EntryKind.INTENT, EntryKind.REDEEM, EntryKind.VOID


def test_his_own_within_a_quarter_of_an_hour(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.clock.pass_by(15 * MINUTE)

    verdict = counter.void(2, "wrong-coupon")

    assert (verdict.kind, verdict.reason, verdict.facts) == (VerdictKind.ACCEPTED, Reason.VOIDED, {"seq": 2})
    name = LocalText("满50减10", "10 off 50")
    assert verdict.coupons == (CouponOutcome(ID, used=False, why=Reason.VOIDED, name=name, facts={"seq": 2}),)
    assert verdict.entry is not None
    assert verdict.entry.seq == 3
    redeemed = counter.journal.entry(2)
    assert redeemed is not None
    assert redeemed.voided
    assert counter.journal.uses_of(ID) == ()


def test_what_the_entry_says(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.void(2, "customer-return")
    fields, taken_back = counter.fields(3), counter.fields(2)

    assert (fields["kind"], fields["target_seq"], fields["reason"]) == ("void", 2, "customer-return")
    kept = ("coupon_id", "use_no", "claim_id", "campaign", "value_minor")
    assert [taken_back[name] for name in kept] == [fields[name] for name in kept]


def test_it_is_free_at_once_and_can_be_redeemed_again(counter: Counter) -> None:
    counter.unplug()
    counter.redeem(COUPON)
    counter.void(1)

    assert counter.check(COUPON).reason is Reason.CAN_REDEEM
    assert counter.redeem(COUPON).kind is VerdictKind.PENDING
    assert counter.kinds() == [REDEEM, VOID, REDEEM]


@pytest.mark.parametrize(
    ("later", "operator"),
    [
        pytest.param(15 * MINUTE + timedelta(seconds=1), "E01", id="too late"),
        pytest.param(DAY, "E01", id="the next day"),
    ],
)
def test_later_a_supervisor_must(counter: Counter, later: timedelta, operator: str) -> None:
    counter.redeem(COUPON)
    counter.clock.pass_by(later)

    verdict = counter.void(2, operator=operator)

    assert (verdict.kind, verdict.reason) == (VerdictKind.SUPERVISOR, Reason.VOID_TOO_LATE)
    assert verdict.facts == {"seq": 2, "limit": 15}
    assert counter.kinds() == [INTENT, REDEEM]


@pytest.mark.parametrize("operator", [COLLEAGUE, ""])
def test_another_clerks_redemption_is_a_supervisors_matter(counter: Counter, operator: str) -> None:
    counter.redeem(COUPON)

    verdict = counter.void(2, operator=operator)

    assert (verdict.kind, verdict.reason) == (VerdictKind.SUPERVISOR, Reason.VOID_OTHER_OPERATOR)
    assert counter.kinds() == [INTENT, REDEEM]


def test_the_time_comes_from_the_signed_limits(counter: Counter) -> None:
    counter.limits = counter.limits.__class__(void_free_s=60)
    counter.redeem(COUPON)
    counter.clock.pass_by(2 * MINUTE)

    assert counter.void(2).facts == {"seq": 2, "limit": 1}


@pytest.mark.parametrize("seq", [1, 3, 4, 99, 0, -1])
def test_what_cannot_be_taken_back(counter: Counter, seq: int) -> None:
    counter.redeem(COUPON)  # 1 intent, ended; 2 redemption
    counter.redeem("hello")  # 3 refusal
    counter.redeem(a.a_signed_coupon(2).text())  # 4 intent, 5 redemption

    verdict = counter.void(seq)

    assert (verdict.kind, verdict.reason) == (VerdictKind.REFUSED, Reason.VOID_NOT_POSSIBLE)
    assert len(counter.entries()) == 5


def test_not_twice(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.void(2)

    assert counter.void(2).reason is Reason.VOID_NOT_POSSIBLE
    assert counter.void(3).reason is Reason.VOID_NOT_POSSIBLE


def left_by_a_crash(counter: Counter) -> OpenIntent:
    """An intent that the centre granted before the lane died."""
    counter.journal.append(a.an_intent(ID))
    intent = counter.journal.open_intent(ID)
    assert intent is not None
    counter.centre.claim(ClaimRequest(intent.claim_id, ID, 1, "signed_coupon", COUPON, "", 1000, intent.entry))
    return intent


def test_an_intent_that_came_to_nothing_is_cancelled_and_its_claim_given_back(counter: Counter) -> None:
    intent = left_by_a_crash(counter)

    verdict = counter.void(1, operator=COLLEAGUE)

    assert (verdict.kind, verdict.reason) == (VerdictKind.ACCEPTED, Reason.VOIDED)
    assert counter.kinds() == [INTENT, VOID]
    assert counter.journal.open_intents() == []
    assert intent.claim_id == counter.fields(2)["claim_id"]
    assert counter.centre.holder(ID) == ""


def test_an_intent_is_cancelled_without_a_network_too(counter: Counter) -> None:
    intent = left_by_a_crash(counter)
    counter.centre.hearing = Hearing.NEVER_ARRIVED

    assert counter.void(1).reason is Reason.VOIDED
    assert counter.journal.open_intents() == []
    assert intent.claim_id == counter.centre.holder(ID)
