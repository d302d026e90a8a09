"""What the store's own server grants: final for what only this store can use, within the lane's limits for the rest."""

from datetime import timedelta
from typing import Any

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.limits import Limits
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, Use, VerdictKind
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest
from pos_client.usecases.late_answers import Late, correction, take_note
from pos_client.usecases.till_view import UndoReason
from tests import builders as a
from tests.fakes.desk_fakes import Hearing
from tests.unit.usecases.counter import HOUR, Counter, OpenCounter, Tables, said
from tests.unit.usecases.till import Till

OWN = a.a_signed_coupon(5, home_store=a.STORE).text()
ANY = a.a_signed_coupon(6, home_store=0).text()
ELSEWHERE = Use(1, a.NOON - HOUR, 102, 3, "E77", device="device-of-102", seq=17, claim_id="c-77")


def of(**changes: Any) -> Any:
    """A shop whose offer is changed."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(**changes)]

    return change


@pytest.fixture
def at_store(open_counter: OpenCounter) -> Counter:
    """A counter that only its store's server answers; what is alone may be used alone."""
    counter = open_counter(of(offline={"policy": "allow"}))
    counter.centre.tier = "B"
    return counter


def test_a_coupon_of_this_store_is_final(at_store: Counter) -> None:
    verdict = at_store.redeem(OWN)

    assert (verdict.kind, verdict.reason, verdict.tier) == (VerdictKind.ACCEPTED, Reason.ACCEPTED, Tier.STORE)
    assert at_store.fields(2)["tier"] == "B"


def test_one_that_other_stores_may_use_is_provisional(at_store: Counter) -> None:
    verdict = at_store.redeem(ANY)

    assert (verdict.kind, verdict.reason, verdict.tier) == (
        VerdictKind.PENDING,
        Reason.ACCEPTED_OFFLINE,
        Tier.STORE,
    )
    assert [(request.settled_here) for request in at_store.centre.asked] == [False]


def test_one_that_needs_the_centre_is_not_given_and_its_claim_goes_back(open_counter: OpenCounter) -> None:
    counter = open_counter(of(offline={"policy": "deny"}))
    counter.centre.tier = "B"
    verdict = counter.redeem(ANY)

    assert (verdict.kind, verdict.reason, verdict.tier) == (VerdictKind.REFUSED, Reason.NETWORK_NEEDED, Tier.STORE)
    assert counter.kinds() == [EntryKind.INTENT, EntryKind.VOID]
    assert counter.centre.holder("1001-6") == ""


def test_it_counts_among_what_the_lane_did_alone(at_store: Counter) -> None:
    at_store.limits = Limits(lane_count_soft=1, lane_count_hard=2)
    kinds = [at_store.redeem(a.a_signed_coupon(serial, home_store=0).text()).reason for serial in (11, 12, 13)]
    own = at_store.redeem(OWN)

    assert kinds == [Reason.ACCEPTED_OFFLINE, Reason.ACCEPTED_OFFLINE, Reason.LANE_COUNT_LIMIT]
    assert own.reason is Reason.ACCEPTED


def test_a_hold_of_what_needs_the_centre_is_not_given_by_the_store(open_counter: OpenCounter) -> None:
    counter = open_counter(of(offline={"policy": "deny"}))
    counter.centre.tier = "B"

    assert counter.hold(ANY).reason is Reason.NETWORK_NEEDED
    assert counter.hold(OWN).reason is Reason.HELD


def late(counter: Counter, reply: ClaimReply) -> Late:
    """An answer to the last claim that was asked for."""
    return Late(counter.centre.asked[-1], reply)


def refused_elsewhere(problem: str = "already-used", **changes: Any) -> ClaimRefused:
    """The centre's late no."""
    return ClaimRefused("A", problem, ELSEWHERE if problem == "already-used" else None, **changes)


def test_a_late_refusal_of_what_stands_is_kept_and_told(at_store: Counter) -> None:
    at_store.redeem(OWN)
    found = take_note(at_store.desk, late(at_store, refused_elsewhere()))

    assert found is not None
    verdict = said(correction(at_store.desk, found))
    assert (verdict.reason, verdict.facts, verdict.tier) == (Reason.LATE_USED, {"seq": 2}, Tier.CRM)
    assert verdict.use is not None
    assert (verdict.use.store, verdict.use.lane) == (102, 3)
    (kept,) = at_store.journal.late_refusals()
    assert (kept.seq, kept.problem, kept.tier) == (2, "already-used", "A")
    assert kept.use == Use(1, ELSEWHERE.at, 102, 3, "E77", device="device-of-102", seq=17)


def test_a_late_no_for_another_reason_has_its_own_words(at_store: Counter) -> None:
    at_store.redeem(OWN)
    found = take_note(at_store.desk, late(at_store, refused_elsewhere("coupon-revoked")))

    assert found is not None
    assert said(correction(at_store.desk, found)).reason is Reason.LATE_REFUSED


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(ClaimRefused("A", "already-used", Use(1, a.NOON, 1, 2, device="device-1")), id="its own use"),
        pytest.param(refused_elsewhere(next_use_no=2), id="another use is free"),
        pytest.param(ClaimRefused("A", "claim-released"), id="of the claim's own end"),
        pytest.param(ClaimGranted("A", 1, "receipt"), id="granted after all"),
    ],
)
def test_what_contradicts_nothing_is_not_told(at_store: Counter, reply: ClaimReply) -> None:
    at_store.redeem(OWN)

    assert take_note(at_store.desk, late(at_store, reply)) is None
    assert at_store.journal.late_refusals() == []


def test_a_late_grant_of_what_was_refused_is_given_back(open_counter: OpenCounter) -> None:
    refusing = open_counter(of(offline={"policy": "deny"}))
    refusing.centre.hearing = Hearing.ANSWER_LOST
    verdict = refusing.redeem(ANY)
    refusing.centre.hearing = Hearing.ANSWERED
    request: ClaimRequest = refusing.centre.asked[-1]
    before = refusing.centre.holder("1001-6")

    assert take_note(refusing.desk, Late(request, ClaimGranted("A", 1, "receipt"))) is None
    assert (verdict.reason, before, refusing.centre.holder("1001-6")) == (
        Reason.NETWORK_NEEDED,
        request.claim_id,
        "",
    )


def test_a_late_grant_of_what_is_still_held_stays(counter: Counter) -> None:
    counter.hold(OWN)
    request = counter.centre.asked[-1]
    take_note(counter.desk, Late(request, ClaimGranted("A", 1, "receipt")))

    assert counter.centre.holder("1001-5") == request.claim_id


def test_the_screen_is_corrected_while_the_customer_stands_there(till: Till) -> None:
    green = till.scan(OWN)
    answer = till.session.late([late(till.counter, refused_elsewhere())], 9)

    assert answer is not None
    assert (answer.verdict.reason, answer.is_unasked, answer.number) == (Reason.LATE_USED, True, 9)
    assert answer.undo_seq == (green.verdict.entry.seq if green.verdict.entry else None)
    assert answer.undo_until == answer.at + timedelta(seconds=8)
    taken_back = till.session.undo(None, UndoReason.SLIP, 10)
    assert taken_back is not None
    assert taken_back.verdict.reason is Reason.VOIDED
    assert till.counter.journal.late_refusals() == []


def test_the_next_customer_is_not_bothered(till: Till) -> None:
    till.scan(OWN)
    contradicting = late(till.counter, refused_elsewhere())
    till.scan(ANY)

    assert till.session.late([contradicting], 9) is None
    assert [one.seq for one in till.counter.journal.late_refusals()] == [2]


def test_an_amount_that_was_entered_since_begins_another_purchase(till: Till) -> None:
    till.scan(OWN)
    till.amount(5_000)

    assert till.session.late([late(till.counter, refused_elsewhere())], 9) is None
