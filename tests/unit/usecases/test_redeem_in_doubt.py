"""Redeeming alone when data or clock are in doubt, and what is noted of a refusal."""

import pytest

from pos_client.domain.business_time import day_number
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import DAY, Counter

COUPON = a.a_signed_coupon().text()
ID = "1001-1"
REDEEM, REJECT, VOID = EntryKind.REDEEM, EntryKind.REJECT, EntryKind.VOID


def serial(number: int) -> str:
    """The code of that serial."""
    return a.a_signed_coupon(number).text()


def test_stale_data_needs_a_supervisor_for_what_it_alone_vouches_for(alone: Counter) -> None:
    alone.hear_the_server()
    alone.clock.pass_by(8 * DAY)

    assert alone.redeem(a.an_opaque_text()).reason is Reason.DATA_STALE
    assert alone.redeem(COUPON).reason is Reason.ACCEPTED_OFFLINE


def test_a_clock_set_back_a_day_keeps_an_expired_coupon_expired(alone: Counter) -> None:
    last = a.TODAY.replace(day=9)
    expired = a.a_signed_coupon(5, not_after_day=day_number(last)).text()
    alone.redeem(serial(1))
    alone.clock.restart(a.NOON - DAY)

    verdict = alone.redeem(expired)

    assert (verdict.reason, verdict.facts) == (Reason.EXPIRED, {"last_day": last})
    assert [notice.reason for notice in verdict.notices] == ["clock-behind"]
    assert alone.fields(2)["time_quality"] == "suspect"


def test_a_doubtful_clock_stops_a_coupon_on_its_last_day(alone: Counter) -> None:
    last_day = a.a_signed_coupon(5, not_after_day=day_number(a.TODAY)).text()
    alone.redeem(serial(1))
    alone.clock.restart(a.NOON - DAY)

    verdict = alone.redeem(last_day)

    assert (verdict.kind, verdict.reason) == (VerdictKind.SUPERVISOR, Reason.CLOCK_SUSPECT)


def test_a_doubtful_clock_makes_a_slot_a_name_only(alone: Counter) -> None:
    alone.redeem(serial(1))
    alone.clock.restart(a.NOON - DAY)

    view = alone.check(a.a_member_slot(at=a.NOON + DAY).text()).member

    assert view is not None
    assert view.proof == "card"


@pytest.mark.parametrize(
    ("text", "code_kind", "reason"),
    [
        pytest.param("hello", "unknown", "not-our-code", id="not ours"),
        pytest.param("134567890123456789", "payment_code", "payment-code", id="a payment code"),
        pytest.param(COUPON[:-1], "damaged", "code-incomplete", id="cut short"),
        pytest.param("\ud800 half a character", "unknown", "not-our-code", id="half a character"),
        pytest.param(a.an_opaque_text(99), "opaque_coupon", "cannot-verify-here", id="unknown here"),
        pytest.param("13900139000", "phone", "member-unknown", id="a phone of nobody"),
    ],
)
def test_a_refusal_is_noted_without_the_code(alone: Counter, text: str, code_kind: str, reason: str) -> None:
    verdict = alone.redeem(text)

    assert alone.kinds() == [REJECT]
    fields = alone.fields(1)
    assert (fields["code_kind"], fields["reason"], fields["coupon_id"]) == (code_kind, reason, "")
    assert len(fields["code_hash"]) == 64
    assert verdict.entry is not None


@pytest.mark.parametrize("text", ["6901234567892", a.a_member_slot().text(), "13800138000"])
def test_what_is_no_refusal_is_not_noted(alone: Counter, text: str) -> None:
    verdict = alone.redeem(text)

    assert (verdict.kind, alone.entries()) == (VerdictKind.READY, [])
