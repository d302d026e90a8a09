"""What the centre refuses: every reason can be said, the holder is named, and the intent is ended."""

from datetime import timedelta
from typing import Any

import pytest

from pos_client.domain import hash_chain
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, Use, VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import HOUR, IDENTITY, Counter, OpenCounter, Tables

COUPON = a.a_signed_coupon().text()
ID = "1001-1"
INTENT, REDEEM, VOID, REJECT = EntryKind.INTENT, EntryKind.REDEEM, EntryKind.VOID, EntryKind.REJECT
ELSEWHERE = Use(1, a.NOON - HOUR, 102, 3, "E77", device="device-of-102", seq=17, claim_id="c-77")


def of(**changes: Any) -> Any:
    """A shop whose offer is changed."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(**changes)]

    return change


def claim_of(counter: Counter, seq: int) -> str:
    """The claim that an intent stands for."""
    entry = counter.journal.entry(seq)
    assert entry is not None
    return hash_chain.claim_id(entry.hash)


def test_refused_with_the_holder_named(counter: Counter) -> None:
    counter.centre.taken_elsewhere(ID, ELSEWHERE)

    verdict = counter.redeem(COUPON)

    assert (verdict.kind, verdict.reason, verdict.tier) == (VerdictKind.REFUSED, Reason.ALREADY_USED, Tier.CRM)
    assert verdict.use is not None
    assert (verdict.use.store_name, verdict.use.lane, verdict.use.operator) == ("人民路店102", 3, "E77")
    assert "own" not in verdict.facts


def test_a_refusal_ends_its_intent(counter: Counter) -> None:
    counter.centre.taken_elsewhere(ID, ELSEWHERE)

    verdict = counter.redeem(COUPON)

    assert counter.kinds() == [INTENT, VOID]
    assert counter.journal.open_intents() == []
    end = counter.fields(2)
    assert (end["target_seq"], end["claim_id"], end["reason"]) == (1, claim_of(counter, 1), "already-used")
    assert verdict.entry is not None
    assert verdict.entry.seq == 2


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("quota-exhausted", Reason.QUOTA_EXHAUSTED),
        ("coupon-not-issued", Reason.COUPON_NOT_ISSUED),
        ("value-exhausted", Reason.VALUE_EXHAUSTED),
        ("coupon-expired", Reason.EXPIRED),
        ("not-yet-valid", Reason.NOT_YET_VALID),
        ("wrong-store", Reason.WRONG_STORE),
        ("leased-elsewhere", Reason.LEASED_ELSEWHERE),
        ("coupon-revoked", Reason.REVOKED),
        ("not-genuine", Reason.NOT_GENUINE),
        ("coupon-unknown", Reason.COUPON_UNKNOWN),
        ("campaign-unknown", Reason.CAMPAIGN_UNKNOWN),
        ("device-revoked", Reason.DEVICE_NOT_TRUSTED),
        ("device-forked", Reason.DEVICE_NOT_TRUSTED),
        ("of-a-later-version", Reason.COUPON_UNKNOWN),
    ],
)
def test_every_no_of_the_centre_can_be_said(counter: Counter, problem: str, reason: Reason) -> None:
    counter.centre.problems[ID] = problem

    verdict = counter.redeem(COUPON)

    assert (VerdictKind.REFUSED, reason) == (verdict.kind, verdict.reason)
    assert counter.kinds() == [INTENT, VOID]


@pytest.mark.parametrize(
    ("problem", "field", "day"),
    [("coupon-expired", "last_day", (12, 31)), ("not-yet-valid", "first_day", (1, 1))],
)
def test_a_date_that_only_the_centre_minds_is_named(
    counter: Counter, problem: str, field: str, day: tuple[int, int]
) -> None:
    counter.centre.problems[ID] = problem

    assert counter.redeem(COUPON).facts == {field: a.TODAY.replace(month=day[0], day=day[1])}


def test_a_campaign_that_ends_before_the_coupon_is_the_date_that_is_named(open_counter: OpenCounter) -> None:
    counter = open_counter(of(conditions={"starts": "2026-02-01", "ends": "2026-04-30"}))
    counter.centre.problems[ID] = "coupon-expired"

    assert counter.redeem(COUPON).facts == {"last_day": a.TODAY.replace(month=4, day=30)}


def test_a_use_by_this_lane_that_another_clerk_sees(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.clock.pass_by(timedelta(minutes=3))

    verdict = counter.redeem(COUPON, operator="E02")

    assert verdict.use is not None
    assert (verdict.use.operator_name, verdict.use.lane, verdict.use.device) == ("小王", 2, IDENTITY.device)
    assert "own" not in verdict.facts
    assert counter.kinds()[2:] == [REJECT]
