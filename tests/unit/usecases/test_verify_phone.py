"""Whose phone it is: one-time codes, what an unverified member may have, and change of number."""

import pytest

from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.bind_desk import NEW_PHONE, OTHER_PHONE, Binder
from tests.unit.usecases.counter import CLERK, SECRET, OpenCounter, Tables

FOR_MEMBERS = {"conditions": {"member": "any"}}


def shop(tables: Tables) -> None:
    """Coupons for members, a supervisor, and a member whose phone nobody has checked."""
    tables["offer"] = [a.offer_row(1001, **FOR_MEMBERS), a.offer_row(1002)]
    tables["staff"].append(a.staff_row("S01", role="supervisor", name="老张"))
    tables["member"] = [a.member_row(SECRET, verified=0)]


@pytest.fixture
def binder(open_counter: OpenCounter) -> Binder:
    """A counter that can bind."""
    return Binder.at(open_counter, shop)


def coupon(serial: int, campaign: int = 1001) -> str:
    """A bearer's coupon."""
    return a.a_signed_coupon(serial, campaign=campaign).text()


def test_a_code_that_is_right_makes_a_verified_member(binder: Binder) -> None:
    sent = binder.send_code(NEW_PHONE)
    done = binder.bind(code="123456")

    assert (sent.verdict.reason, binder.centre.sent) == (Reason.PHONE_CODE_SENT, [NEW_PHONE])
    assert (done.verdict.reason, done.verdict.notices) == (Reason.MEMBER_BOUND, ())
    assert done.member is not None
    assert done.member.presence.verified
    assert binder.counter.fields(1)["proof"] == "code"


def test_a_wrong_code_binds_nobody(binder: Binder) -> None:
    binder.send_code(NEW_PHONE)

    wrong = binder.bind(code="000000")
    binder.centre.blocked = True
    blocked = binder.bind(code="123456")

    assert [wrong.verdict.reason, blocked.verdict.reason] == [Reason.PHONE_CODE_WRONG, Reason.PHONE_CODE_BLOCKED]
    assert binder.counter.entries() == []


def test_without_the_network_he_is_bound_and_unverified(binder: Binder) -> None:
    binder.centre.is_reachable = False

    done = binder.bind(code="123456")

    assert [notice.reason for notice in done.verdict.notices] == ["phone-unverified"]
    assert done.member is not None
    assert not done.member.presence.verified
    assert binder.counter.fields(1)["proof"] == "none"


def test_an_unverified_member_has_a_few_benefits_then_a_person_must_decide(binder: Binder) -> None:
    verdicts = [binder.counter.redeem(coupon(serial), a.PHONE) for serial in (1, 2, 3)]

    assert [verdict.reason for verdict in verdicts] == [Reason.ACCEPTED, Reason.ACCEPTED, Reason.UNVERIFIED_LIMIT]
    assert verdicts[-1].kind is VerdictKind.SUPERVISOR


def test_what_needs_no_member_is_not_counted_against_him(binder: Binder) -> None:
    for serial in (1, 2):
        binder.counter.redeem(coupon(serial), a.PHONE)

    assert binder.counter.redeem(coupon(3, 1002), a.PHONE).reason is Reason.ACCEPTED


def test_once_verified_nothing_holds_him_back(binder: Binder) -> None:
    for serial in (1, 2):
        binder.counter.redeem(coupon(serial), a.PHONE)
    binder.send_code(a.PHONE)

    done = binder.verify(a.PHONE, "123456")

    assert done.verdict.reason is Reason.PHONE_VERIFIED
    assert binder.counter.redeem(coupon(3), a.PHONE).reason is Reason.ACCEPTED


def test_verifying_needs_somebody_and_the_network(binder: Binder) -> None:
    assert binder.verify(NEW_PHONE, "123456").verdict.reason is Reason.MEMBER_UNKNOWN
    binder.centre.is_reachable = False
    with pytest.raises(ServerUnreachable):
        binder.verify(a.PHONE, "123456")
    with pytest.raises(ServerUnreachable):
        binder.send_code(a.PHONE)


def test_the_next_code_must_be_waited_for(binder: Binder) -> None:
    binder.centre.wait_s = 42

    verdict = binder.send_code(a.PHONE).verdict

    assert (verdict.reason, verdict.facts) == (Reason.PHONE_CODE_WAIT, {"wait_s": 42})


def test_a_number_with_too_many_wrong_codes_gets_none(binder: Binder) -> None:
    binder.centre.blocked = True

    assert binder.send_code(a.PHONE).verdict.reason is Reason.PHONE_CODE_BLOCKED
    assert binder.centre.sent == []


@pytest.mark.parametrize(
    ("member", "more", "proof"),
    [
        (a.a_member_slot().text(), {}, "slot"),
        (a.PHONE, {"code": "123456"}, "code"),
        (a.PHONE, {"supervisor": "S01"}, "supervisor"),
    ],
)
def test_a_number_is_changed_by_whoever_proves_himself(
    binder: Binder, member: str, more: dict[str, str], proof: str
) -> None:
    binder.send_code(a.PHONE)

    done = binder.change(member, OTHER_PHONE, **more)

    assert done.verdict.reason is Reason.NUMBER_CHANGED
    fields = binder.counter.fields(1)
    assert (fields["action"], fields["proof"], fields["member_ref"]) == ("change_phone", proof, "m7")
    assert binder.centre.opened(fields["phone_sealed"]) == OTHER_PHONE
    found = binder.counter.check(OTHER_PHONE)
    assert found.member is not None
    assert found.member.ref == "m7"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, Reason.PROOF_NEEDED),
        ({"code": "999999"}, Reason.PHONE_CODE_WRONG),
        ({"supervisor": CLERK}, Reason.NOT_A_SUPERVISOR),
    ],
)
def test_a_number_is_not_changed_on_somebodys_word(binder: Binder, more: dict[str, str], reason: Reason) -> None:
    binder.send_code(a.PHONE)

    assert binder.change(a.PHONE, OTHER_PHONE, **more).verdict.reason is reason
    assert binder.counter.entries() == []


def test_a_number_that_is_somebody_elses_is_not_taken(binder: Binder) -> None:
    binder.bind()

    verdict = binder.change(a.PHONE, NEW_PHONE, supervisor="S01").verdict

    assert (verdict.kind, verdict.reason) == (VerdictKind.SUPERVISOR, Reason.NUMBER_TAKEN)


def test_a_number_that_was_mistyped_no_longer_finds_him(binder: Binder) -> None:
    binder.bind()
    binder.change(NEW_PHONE, OTHER_PHONE, supervisor="S01")

    assert binder.counter.check(NEW_PHONE).reason is Reason.MEMBER_UNKNOWN
    assert binder.counter.check(OTHER_PHONE).reason is Reason.MEMBER_IDENTIFIED
