"""Redeeming with a centre that answers, refuses, falls silent, or was asked before a crash."""

from typing import Any

import pytest

from pos_client.domain import hash_chain
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, Tier, Use, VerdictKind
from pos_client.usecases.claim_port import ClaimRefused, ClaimReply, ClaimRequest
from tests import builders as a
from tests.fakes.desk_fakes import CentreInMemory, Hearing
from tests.unit.usecases.counter import CLERK, HOUR, IDENTITY, PROMOTER, SECRET, Counter, OpenCounter, Tables

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


def test_accepted_by_the_centre(counter: Counter) -> None:
    verdict = counter.redeem(COUPON)

    assert (verdict.kind, verdict.reason, verdict.tier) == (VerdictKind.ACCEPTED, Reason.ACCEPTED, Tier.CRM)
    assert verdict.coupons == (
        CouponOutcome(ID, True, Reason.ACCEPTED, a.an_offer().name, 1000, a.TODAY.replace(month=12, day=31)),
    )
    assert counter.kinds() == [INTENT, REDEEM]
    assert verdict.entry is not None
    assert verdict.entry.seq == 2
    assert counter.centre.holder(ID) == claim_of(counter, 1)


def test_the_intent_is_on_disk_before_anybody_is_asked(counter: Counter) -> None:
    counter.redeem(COUPON)
    (request,) = counter.centre.asked
    intent = counter.fields(1)

    assert (request.intent.seq, request.claim_id) == (1, claim_of(counter, 1))
    assert (request.coupon_id, request.use_no, request.token, request.value_minor) == (ID, 1, COUPON, 1000)
    assert (intent["coupon_id"], intent["use_no"], intent["value_minor"]) == (ID, 1, 1000)


def test_what_an_entry_says(counter: Counter) -> None:
    counter.hear_the_server()
    counter.redeem(COUPON)
    fields = counter.fields(2)

    expected = {
        "at": "2026-03-10T04:00:00.000Z",
        "business_date": "2026-03-10",
        "time_quality": "synced",
        "boot_id": "boot-1",
        "mono_ms": 1_000_000,
        "store": a.STORE,
        "lane": 2,
        "booth": "B1",
        "operator": CLERK,
        "promoter": PROMOTER,
        "source": "camera",
        "campaign": 1001,
        "policy_ver": 4,
        "cache_gen": 1,
        "cache_age_s": 3600,
        "app_ver": "0.1.0",
        "coupon_id": ID,
        "use_no": 1,
        "code_kind": "signed_coupon",
        "code_hash": counter.hasher.code_hash(COUPON),
        "member_ref": "",
        "value_minor": 1000,
        "discount_minor": 1000,
        "currency": "CNY",
        "tier": "A",
        "verdict": "accepted",
        "reason": "accepted",
        "claim_id": claim_of(counter, 1),
        "intent_seq": 1,
        "coupon_name": {"zh": "满50减10", "en": "10 off 50"},
    }
    assert expected == {name: fields[name] for name in expected}


def test_no_raw_code_and_no_name_is_written(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop["coupon"].append(a.coupon_row(SECRET, serial=9, member=7)))
    texts = [COUPON, a.an_opaque_text(), a.a_signed_coupon(9).text(), "13800138000", a.a_member_slot().text()]
    counter.redeem(texts[0])
    counter.redeem(texts[1])
    counter.redeem(texts[2], texts[4])
    counter.redeem("13800138001")

    book = b"".join(entry.body for entry in counter.entries()).decode()
    assert [text for text in [*texts, "13800138001", "138****", "王"] if text in book] == []
    assert '"member_ref":"m7"' in book


def test_an_opaque_coupon(counter: Counter) -> None:
    verdict = counter.redeem(a.an_opaque_text())

    assert verdict.reason is Reason.ACCEPTED
    assert counter.centre.holder("c2") == claim_of(counter, 1)


@pytest.mark.parametrize("hearing", [Hearing.NEVER_ARRIVED, Hearing.ANSWER_LOST])
def test_unanswered_is_pending_under_the_same_claim(counter: Counter, hearing: Hearing) -> None:
    counter.centre.hearing = hearing

    verdict = counter.redeem(COUPON)

    assert (verdict.kind, verdict.reason, verdict.tier) == (
        VerdictKind.PENDING,
        Reason.ACCEPTED_OFFLINE,
        Tier.LANE,
    )
    assert counter.kinds() == [INTENT, REDEEM]
    redeemed = counter.fields(2)
    assert (redeemed["claim_id"], redeemed["intent_seq"]) == (claim_of(counter, 1), 1)
    assert counter.centre.holder(ID) in {"", claim_of(counter, 1)}
    assert counter.journal.open_intents() == []


def test_an_intent_left_by_a_crash_is_taken_up_again(counter: Counter) -> None:
    counter.journal.append(a.an_intent(ID))

    verdict = counter.redeem(COUPON)

    assert verdict.reason is Reason.ACCEPTED
    assert counter.kinds() == [INTENT, REDEEM]
    assert [request.claim_id for request in counter.centre.asked] == [claim_of(counter, 1)]
    assert counter.fields(2)["intent_seq"] == 1


def test_an_intent_left_by_a_crash_is_taken_up_without_a_network_too(counter: Counter) -> None:
    counter.journal.append(a.an_intent(ID))
    counter.unplug()

    verdict = counter.redeem(COUPON)

    assert (verdict.kind, counter.kinds()) == (VerdictKind.PENDING, [INTENT, REDEEM])
    assert (counter.fields(2)["claim_id"], counter.fields(2)["intent_seq"]) == (claim_of(counter, 1), 1)


def test_a_claim_that_came_to_nothing_is_given_back_when_it_stands_in_our_own_way(counter: Counter) -> None:
    counter.centre.hearing = Hearing.ANSWER_LOST
    counter.limits = counter.limits.__class__(floor_value_minor=0)
    counter.redeem(COUPON)
    counter.centre.hearing = Hearing.ANSWERED

    verdict = counter.redeem(COUPON)

    assert counter.kinds() == [INTENT, VOID, INTENT, REDEEM]
    assert (verdict.kind, verdict.reason) == (VerdictKind.ACCEPTED, Reason.ACCEPTED)
    assert counter.fields(4)["claim_id"] == claim_of(counter, 3)


def test_a_supervisors_matter_after_silence_ends_the_intent(counter: Counter) -> None:
    counter.centre.hearing = Hearing.NEVER_ARRIVED
    counter.limits = counter.limits.__class__(floor_value_minor=999)

    verdict = counter.redeem(COUPON)

    assert (verdict.kind, verdict.reason, verdict.tier) == (
        VerdictKind.SUPERVISOR,
        Reason.OVER_FLOOR_VALUE,
        Tier.LANE,
    )
    assert counter.kinds() == [INTENT, VOID]
    assert counter.journal.open_intents() == []
    assert counter.fields(2)["claim_id"] == claim_of(counter, 1)


def test_of_several_uses_the_next_free_one_is_asked_for(open_counter: OpenCounter) -> None:
    counter = open_counter(of(max_uses=3))
    counter.centre.uses_of_coupon[ID] = 3
    counter.centre.taken_elsewhere(ID, ELSEWHERE)

    verdict = counter.redeem(COUPON)

    assert verdict.reason is Reason.ACCEPTED
    assert [(request.use_no, request.claim_id) for request in counter.centre.asked] == [
        (1, claim_of(counter, 1)),
        (2, claim_of(counter, 1)),
    ]
    assert counter.fields(2)["use_no"] == 2
    assert [use.use_no for use in counter.journal.uses_of(ID)] == [2]


def test_all_uses_one_after_the_other(open_counter: OpenCounter) -> None:
    counter = open_counter(of(max_uses=3))
    counter.centre.uses_of_coupon[ID] = 3

    reasons = [counter.redeem(COUPON).reason for _ in range(4)]

    assert reasons == [Reason.ACCEPTED, Reason.ACCEPTED, Reason.ACCEPTED, Reason.ALREADY_USED]
    assert [use.use_no for use in counter.journal.uses_of(ID)] == [1, 2, 3]


def test_the_store_servers_word_is_its_own(counter: Counter) -> None:
    counter.centre.tier = "B"

    verdict = counter.redeem(COUPON)

    assert (verdict.reason, verdict.tier, counter.fields(2)["tier"]) == (Reason.ACCEPTED, Tier.STORE, "B")


def test_a_picked_coupon_is_asked_for_without_a_code(open_counter: OpenCounter) -> None:
    counter = open_counter()
    facts = counter.cache.opaque_coupon(a.an_opaque_text())
    assert facts is not None

    verdict = counter.redeem(picked=(facts,))

    assert verdict.reason is Reason.ACCEPTED
    assert counter.centre.asked[0].token == ""
    assert counter.fields(2)["code_hash"] == counter.hasher.code_hash("c2")


def test_a_centre_that_always_names_another_use_is_not_asked_for_ever(open_counter: OpenCounter) -> None:
    class Teasing(CentreInMemory):
        def claim(self, request: ClaimRequest, patience_s: float | None = None) -> ClaimReply:
            self.asked.append(request)
            assert patience_s is None
            return ClaimRefused("A", "already-used", ELSEWHERE, request.use_no + 1)

    counter = open_counter(of(max_uses=99))
    counter.centre = Teasing(IDENTITY, counter.clock)

    assert counter.redeem(COUPON).reason is Reason.ALREADY_USED
    assert [request.use_no for request in counter.centre.asked] == list(range(1, 9))
    assert counter.journal.open_intents() == []
