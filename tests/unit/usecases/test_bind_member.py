"""Binding by phone number: at once, with the network or without, and once for each person."""

from datetime import timedelta

import pytest

from pos_client.domain.business_time import day_number
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.trade_policy import AttributionPolicy, OwnerRule, TradePolicy
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.bind_desk import FIRST_NUMBER, NEW_PHONE, OTHER_PHONE, Binder, with_pool
from tests.unit.usecases.counter import CLERK, PROMOTER, SECRET, OpenCounter, Tables

NEW_MEMBERS = {"conditions": {"member": "any", "new_member": True}}


@pytest.fixture
def binder(open_counter: OpenCounter) -> Binder:
    """A counter that can bind."""
    return Binder.at(open_counter)


def old_hand(**changes: object) -> object:
    """A shop whose member of ``a.PHONE`` has bought before, and belongs to a colleague of another store."""

    def change(tables: Tables) -> None:
        row = a.member_row(SECRET, purchases=4, owner_store=102, owner_promoter="P77")
        tables["member"] = [row | changes]

    return change


def test_a_stranger_becomes_a_member_with_a_number_of_the_pool(binder: Binder) -> None:
    done = binder.bind("139 0013 9000")

    assert (done.verdict.kind, done.verdict.reason, done.is_new) == (VerdictKind.ACCEPTED, Reason.MEMBER_BOUND, True)
    assert done.member is not None
    assert (done.member.view.ref, done.member.view.masked) == (f"m{FIRST_NUMBER}", "139****9000")
    assert (done.owner_before, done.owner_after) == ("", "人民路店101 小陈")
    fields = binder.counter.fields(1)
    assert fields["kind"] == "bind"
    assert [fields[name] for name in ("action", "member_ref", "member_number", "proof", "provisional")] == [
        "new", f"m{FIRST_NUMBER}", FIRST_NUMBER, "none", True,
    ]  # fmt: skip
    assert binder.centre.opened(fields["phone_sealed"]) == NEW_PHONE


@pytest.mark.parametrize(
    ("said", "kept"),
    [("欧阳娜娜", "欧阳娜娜"), ("𠮷" * 600, "𠮷" * 80), ("\udcffAnn\x00 \n", "Ann"), ("\udcff", None)],
    ids=["a name", "a long one", "with signs that are no text", "nothing but such signs"],
)
def test_no_name_costs_a_binding(binder: Binder, said: str, kept: str | None) -> None:
    binder.bind(name=said)

    sealed = binder.counter.fields(1).get("name_sealed")
    assert kept == (sealed and binder.centre.opened(sealed))
    assert len(sealed or "") <= 512


def test_looking_shows_whose_he_will_be_and_writes_nothing(binder: Binder) -> None:
    stranger, known = binder.look(), binder.look(a.PHONE)

    assert (stranger.verdict.reason, stranger.is_new, stranger.owner_after) == (
        Reason.BIND_NEW, True, "人民路店101 小陈",
    )  # fmt: skip
    assert (known.verdict.reason, known.is_new, known.owner_before) == (Reason.BIND_KNOWN, False, "人民路店101 小陈")
    assert binder.counter.entries() == []


def test_bound_without_the_network_he_is_known_by_phone_and_card_at_once(binder: Binder) -> None:
    binder.counter.unplug()
    binder.centre.is_reachable = False
    binder.bind()

    for code in (NEW_PHONE, card_number(FIRST_NUMBER)):
        verdict = binder.counter.check(code)
        assert verdict.member is not None
        assert (verdict.reason, verdict.member.ref) == (Reason.MEMBER_IDENTIFIED, f"m{FIRST_NUMBER}")


def test_a_new_member_uses_a_new_members_coupon_in_the_same_visit(open_counter: OpenCounter) -> None:
    binder = Binder.at(open_counter, lambda tables: tables.update(offer=[a.offer_row(1001, **NEW_MEMBERS)]))
    binder.counter.unplug()
    coupon = a.a_signed_coupon(1).text()

    before = binder.counter.redeem(coupon)
    done = binder.bind()
    after = binder.counter.redeem(coupon, member=done.member)

    assert (before.reason, after.kind, after.reason) == (
        Reason.MEMBER_NEEDED, VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE,
    )  # fmt: skip
    assert binder.counter.entries()[-1].fields()["member_ref"] == f"m{FIRST_NUMBER}"


def test_whoever_has_bought_before_is_not_new(open_counter: OpenCounter) -> None:
    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(1001, **NEW_MEMBERS)]
        tables["member"] = [a.member_row(SECRET, purchases=1), a.member_row(SECRET, 8, phone=OTHER_PHONE)]

    counter = open_counter(change)

    assert counter.check(a.a_signed_coupon(1).text(), a.PHONE).reason is Reason.NEW_MEMBERS_ONLY
    assert counter.check(a.a_signed_coupon(1).text(), OTHER_PHONE).reason is Reason.CAN_REDEEM


def test_whoever_was_bound_today_is_new_although_he_has_bought(open_counter: OpenCounter) -> None:
    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(1001, **NEW_MEMBERS)]
        tables["member"] = [a.member_row(SECRET, purchases=1, since_day=day_number(a.TODAY))]

    assert open_counter(change).check(a.a_signed_coupon(1).text(), a.PHONE).reason is Reason.CAN_REDEEM


def test_one_phone_is_bound_once(binder: Binder) -> None:
    first, second = binder.bind(), binder.bind()

    assert (first.is_new, second.is_new, second.verdict.reason) == (True, False, Reason.MEMBER_STAYS)
    assert first.member is not None
    assert second.member is not None
    assert second.member.view.ref == first.member.view.ref
    assert [entry.fields()["action"] for entry in binder.counter.entries()] == ["new", "owner"]


def test_each_stranger_gets_a_number_of_his_own_until_the_pool_is_empty(open_counter: OpenCounter) -> None:
    binder = Binder.at(open_counter, size=2)

    done = [binder.bind(f"+861390013900{place}") for place in range(3)]

    assert [one.member.view.ref if one.member else "" for one in done] == ["m500", "m501", ""]
    assert done[-1].verdict.reason is Reason.MEMBER_POOL_EMPTY


def test_of_two_members_with_one_phone_a_person_chooses(open_counter: OpenCounter) -> None:
    binder = Binder.at(open_counter, lambda tables: tables["member"].append(a.member_row(SECRET, 8)))

    asked = binder.bind(a.PHONE)
    by_ref, by_card = binder.bind(a.PHONE, member="m8"), binder.bind(a.PHONE, member=card_number(7))

    assert (asked.verdict.reason, asked.member) == (Reason.SEVERAL_MEMBERS, None)
    assert [view.ref for view in asked.verdict.members] == ["m7", "m8"]
    assert by_ref.member is not None
    assert by_card.member is not None
    assert (by_ref.member.view.ref, by_card.member.view.ref) == ("m8", "m7")


def test_a_coupon_is_given_to_neither_of_two_members_with_one_phone(open_counter: OpenCounter) -> None:
    binder = Binder.at(open_counter, lambda tables: tables["member"].append(a.member_row(SECRET, 8)))

    verdict = binder.counter.redeem(a.a_signed_coupon(1).text(), a.PHONE)

    assert (verdict.reason, [view.ref for view in verdict.members]) == (Reason.SEVERAL_MEMBERS, ["m7", "m8"])
    assert [entry.kind for entry in binder.counter.entries()] == [EntryKind.REJECT]


@pytest.mark.parametrize(
    ("rule", "days_ago", "reason", "owner"),
    [
        (OwnerRule.FIRST_TOUCH, 900, Reason.MEMBER_STAYS, "人民路店102 P77"),
        (OwnerRule.LAST_TOUCH, 1, Reason.MEMBER_TAKEN_OVER, "人民路店101 小陈"),
        (OwnerRule.PROTECTED, 29, Reason.MEMBER_STAYS, "人民路店102 P77"),
        (OwnerRule.PROTECTED, 30, Reason.MEMBER_TAKEN_OVER, "人民路店101 小陈"),
    ],
)
def test_whose_he_is_afterwards_follows_the_rule(
    open_counter: OpenCounter, rule: OwnerRule, days_ago: int, reason: Reason, owner: str
) -> None:
    since = day_number(a.TODAY - timedelta(days=days_ago))
    binder = Binder(open_counter(with_pool(old_hand(since_day=since))))  # type: ignore[arg-type]
    binder.counter.trade = TradePolicy(attribution=AttributionPolicy(rule, 30))

    promised, done = binder.look(a.PHONE), binder.bind(a.PHONE)

    assert (done.verdict.reason, done.owner_after, promised.owner_after) == (reason, owner, owner)


def test_a_colleague_without_a_promoter_takes_nobody_away(open_counter: OpenCounter) -> None:
    binder = Binder.at(open_counter)
    binder.counter.trade = TradePolicy(attribution=AttributionPolicy(OwnerRule.LAST_TOUCH))

    assert binder.bind(a.PHONE, promoter="").verdict.reason is Reason.MEMBER_STAYS


@pytest.mark.parametrize("text", ["", "12345", "not a phone", "13800", "+0013"])
def test_what_is_no_phone_number_binds_nobody(binder: Binder, text: str) -> None:
    assert binder.bind(text).verdict.reason is Reason.PHONE_WANTED
    assert binder.counter.entries() == []


def test_nothing_on_disk_shows_the_phone_or_the_name(binder: Binder) -> None:
    binder.bind(name="欧阳娜娜")
    binder.change(NEW_PHONE, OTHER_PHONE, supervisor=CLERK)
    written = b"".join(path.read_bytes() for path in binder.counter.folder.iterdir() if path.is_file())

    assert b'"kind":"bind"' in written
    for secret in (NEW_PHONE, NEW_PHONE[3:], OTHER_PHONE[3:], "欧阳"):
        assert secret.encode() not in written


def test_the_entry_names_clerk_and_promoter(binder: Binder) -> None:
    binder.bind()

    assert [binder.counter.fields(1)[name] for name in ("operator", "promoter")] == [CLERK, PROMOTER]
