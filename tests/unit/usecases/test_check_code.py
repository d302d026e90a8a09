"""Checking a code: the verdict on everything that can be shown, with not one entry written."""

from datetime import timedelta
from typing import Any

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.errors import CacheMissing
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, Tier, VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import SECRET, Counter, OpenCounter, Tables

COUPON = a.a_signed_coupon().text()
READY, REFUSED, UNKNOWN = VerdictKind.READY, VerdictKind.REFUSED, VerdictKind.UNKNOWN
SUPERVISOR = VerdictKind.SUPERVISOR


def of(**changes: Any) -> Any:
    """A shop whose offer is changed."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(**changes)]

    return change


@pytest.mark.parametrize(
    ("text", "kind", "reason", "code_kind"),
    [
        pytest.param(COUPON, READY, Reason.CAN_REDEEM, "signed_coupon", id="a signed coupon"),
        pytest.param(a.an_opaque_text(), READY, Reason.CAN_REDEEM, "opaque_coupon", id="an opaque coupon"),
        pytest.param(
            a.an_opaque_text(99), SUPERVISOR, Reason.CANNOT_VERIFY_HERE, "opaque_coupon", id="an opaque id unknown here"
        ),
        pytest.param(
            a.a_signed_coupon(key=a.a_key("stranger")).text(),
            REFUSED,
            Reason.NOT_GENUINE,
            "signed_coupon",
            id="a forged coupon",
        ),
        pytest.param(
            a.a_signed_coupon(campaign=4711).text(),
            REFUSED,
            Reason.CAMPAIGN_UNKNOWN,
            "signed_coupon",
            id="a campaign unknown here",
        ),
        pytest.param(
            a.a_signed_coupon(home_store=102).text(), REFUSED, Reason.WRONG_STORE, "signed_coupon", id="another store's"
        ),
        pytest.param(COUPON[:-1], UNKNOWN, Reason.CODE_INCOMPLETE, "damaged", id="a code cut short"),
        pytest.param(COUPON + "0", UNKNOWN, Reason.CODE_TOO_LONG, "damaged", id="a code too long"),
        pytest.param("x" * 7_000, UNKNOWN, Reason.CODE_TOO_LONG, "damaged", id="seven kilobytes"),
        pytest.param(
            a.an_opaque_text()[:-2] + "00", UNKNOWN, Reason.CODE_DAMAGED, "damaged", id="a wrong check character"
        ),
        pytest.param("72" + "0" * 203, UNKNOWN, Reason.CODE_DAMAGED, "damaged", id="a version nobody knows"),
        pytest.param("134567890123456789", UNKNOWN, Reason.PAYMENT_CODE, "payment_code", id="a payment code"),
        pytest.param("https://example.com", UNKNOWN, Reason.LINK, "link", id="a link"),
        pytest.param(
            "E014D2PF2DBSQQZXQ5TK1V58CGG1", UNKNOWN, Reason.ENROLMENT_CODE, "enrolment", id="a code for machines"
        ),
        pytest.param("6901234567892", READY, Reason.PRODUCT, "gtin", id="a product"),
        pytest.param("hello", UNKNOWN, Reason.NOT_OUR_CODE, "unknown", id="something else"),
        pytest.param(" \r\n", UNKNOWN, Reason.CODE_INCOMPLETE, "unknown", id="nothing"),
        pytest.param("\ud800\x1b[2J\u202e", UNKNOWN, Reason.NOT_OUR_CODE, "unknown", id="half a character and worse"),
        pytest.param(card_number(7), READY, Reason.MEMBER_IDENTIFIED, "member_card", id="a member's card"),
        pytest.param("13800138000", READY, Reason.MEMBER_IDENTIFIED, "phone", id="a member's phone"),
        pytest.param(a.a_member_slot().text(), READY, Reason.MEMBER_IDENTIFIED, "member_slot", id="a member's slot"),
        pytest.param(
            a.a_member_slot(99).text(),
            READY,
            Reason.MEMBER_IDENTIFIED,
            "member_slot",
            id="a slot of a member unknown here",
        ),
        pytest.param(
            a.a_member_slot(at=a.NOON - timedelta(minutes=11)).text(),
            REFUSED,
            Reason.SLOT_EXPIRED,
            "member_slot",
            id="a slot that is over",
        ),
        pytest.param(
            a.a_member_slot(key=a.a_key("stranger")).text(),
            REFUSED,
            Reason.NOT_GENUINE,
            "member_slot",
            id="a forged slot",
        ),
        pytest.param(card_number(99), REFUSED, Reason.MEMBER_UNKNOWN, "member_card", id="a card of nobody"),
        pytest.param("13900139000", REFUSED, Reason.MEMBER_UNKNOWN, "phone", id="a phone of nobody"),
    ],
)
def test_the_verdict_on_what_is_shown(
    counter: Counter, text: str, kind: VerdictKind, reason: Reason, code_kind: str
) -> None:
    verdict = counter.check(text)

    assert (kind, reason, code_kind) == (verdict.kind, verdict.reason, verdict.code_kind)
    assert counter.entries() == []
    assert counter.centre.asked == []


def test_what_a_coupon_would_give(counter: Counter) -> None:
    verdict = counter.check(COUPON)
    offer = a.an_offer()

    assert verdict.coupons == (
        CouponOutcome(
            "1001-1",
            used=False,
            why=Reason.CAN_REDEEM,
            name=offer.name,
            discount_minor=1000,
            ends=a.TODAY.replace(month=12, day=31),
        ),
    )
    assert verdict.discount_minor == 1000
    assert verdict.data_as_of == a.NOON - timedelta(hours=1)


def test_an_unknown_text_shows_only_how_it_begins(counter: Counter) -> None:
    assert counter.check("ab\x1b\ud800cdef").facts == {"start": "ab··"}


def test_another_stores_coupon_names_the_store(counter: Counter) -> None:
    verdict = counter.check(a.a_signed_coupon(home_store=102).text())

    assert verdict.facts == {"store_no": 102, "store": "人民路店102"}


def test_a_coupon_that_waits_for_the_clerk(open_counter: OpenCounter) -> None:
    counter = open_counter(of(redeem_on="confirm"))

    assert counter.check(COUPON).reason is Reason.CONFIRM


@pytest.mark.parametrize(
    ("offline", "reason", "kind"),
    [
        ({"policy": "deny"}, Reason.NETWORK_NEEDED, REFUSED),
        ({"policy": "up_to", "value_minor": 999}, Reason.OVER_FLOOR_VALUE, SUPERVISOR),
        ({"policy": "home_store"}, Reason.CAN_REDEEM, READY),
    ],
    ids=str,
)
def test_without_a_network_the_lane_alone_is_asked(
    open_counter: OpenCounter, offline: dict[str, Any], reason: Reason, kind: VerdictKind
) -> None:
    counter = open_counter(of(offline=offline))
    counter.unplug()

    verdict = counter.check(COUPON)

    assert (reason, kind) == (verdict.reason, verdict.kind)
    assert verdict.tier is (None if kind is READY else Tier.LANE)


def test_a_member_is_shown_masked(counter: Counter) -> None:
    view = counter.check("13800138000").member

    assert view is not None
    assert (view.ref, view.masked, view.proof, view.level) == ("m7", "王** 138****8000", "phone", "gold")


def test_a_member_of_another_region_shows_four_digits(counter: Counter) -> None:
    view = counter.check(a.a_member_slot(1_234_567).text()).member

    assert view is not None
    assert (view.ref, view.masked, view.proof) == ("", "…4567", "slot")


def test_a_member_and_his_bound_coupon_together(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop["coupon"].append(a.coupon_row(SECRET, serial=9, member=7)))
    bound = a.a_signed_coupon(9).text()

    assert counter.check(bound).reason is Reason.MEMBER_NEEDED
    together = counter.check(bound, card_number(7))
    assert together.reason is Reason.CAN_REDEEM
    assert together.member is not None
    assert together.member.proof == "card"


def test_the_last_member_shown_is_the_one_who_stands_here(open_counter: OpenCounter) -> None:
    def change(shop: Tables) -> None:
        shop["member"].append(a.member_row(SECRET, 8, phone="+8613800138008"))
        shop["coupon"].append(a.coupon_row(SECRET, serial=9, member=7))

    counter = open_counter(change)

    assert counter.check(a.a_signed_coupon(9).text(), card_number(7), card_number(8)).reason is Reason.OTHER_MEMBER


def test_a_code_that_is_not_ours_beside_a_coupon_stops_both(counter: Counter) -> None:
    assert counter.check(COUPON, "134567890123456789").reason is Reason.PAYMENT_CODE


def test_two_of_one_group_do_not_go_together(open_counter: OpenCounter) -> None:
    counter = open_counter(of(stacking={"group": "g"}))

    verdict = counter.check(a.a_signed_coupon(1).text(), a.a_signed_coupon(2).text())

    assert [outcome.why for outcome in verdict.coupons] == [Reason.CAN_REDEEM, Reason.NOT_STACKABLE]
    assert (verdict.kind, verdict.discount_minor) == (READY, 1000)


def test_with_an_amount_the_threshold_is_judged(open_counter: OpenCounter) -> None:
    counter = open_counter(of(conditions={"min_spend_minor": 5000}))

    assert counter.check(COUPON).reason is Reason.BASKET_NEEDED
    assert counter.check(COUPON, basket=of_amount(4000)).facts["missing_minor"] == 1000
    assert counter.check(COUPON, basket=of_amount(5000)).reason is Reason.CAN_REDEEM


def test_before_the_first_data_nothing_is_judged(open_counter: OpenCounter) -> None:
    counter = open_counter(with_data=False)

    with pytest.raises(CacheMissing):
        counter.check(COUPON)


def test_stale_data_and_a_wrong_clock_are_told_beside_the_verdict(counter: Counter) -> None:
    counter.hear_the_server()
    counter.clock.pass_by(timedelta(days=2))
    counter.clock.wall -= timedelta(days=1)

    notices = {notice.reason: notice.facts for notice in counter.check(COUPON).notices}

    assert notices == {"clock-behind": {"offset_s": 86_400}, "data-old": {"age_s": 49 * 3600}}


def test_a_clock_that_is_ahead_is_told(counter: Counter) -> None:
    counter.hear_the_server()
    counter.clock.wall += timedelta(minutes=6)

    assert [notice.reason for notice in counter.check(COUPON).notices] == ["clock-ahead"]
