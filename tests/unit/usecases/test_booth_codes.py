"""Booth codes: shown to a customer and bound by his own phone, or scanned at the counter and remembered as a source."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.domain.codes.parametric_qr import NEVER, ParametricQr, Presenter, parse
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.bind_port import SceneBound
from pos_client.usecases.desk import Attribution
from tests import builders as a
from tests.unit.usecases.bind_desk import KEY, NEW_PHONE, Binder
from tests.unit.usecases.counter import CLERK, IDENTITY, PROMOTER, Counter, OpenCounter

BY = Attribution(CLERK, PROMOTER, "window")
NOW = int(a.NOON.timestamp())
PRINTED = ParametricQr(1, 102, 3, 0, Presenter.BOOTH, "", 1001, NOW, NEVER)
STRANGER = ParametricQr(0, 102, 0, 1, Presenter.BOOTH, "", 0, NOW, NOW + 300)


def signed(qr: ParametricQr, name: str = "parametric") -> str:
    """The code's text under a key."""
    return replace(qr, signature=a.a_key(name).sign(qr.signed_bytes())).text()


@pytest.fixture
def binder(open_counter: OpenCounter) -> Binder:
    """A counter that can bind."""
    return Binder.at(open_counter)


def test_a_code_says_store_lane_and_promoter_for_five_minutes(binder: Binder) -> None:
    scene = binder.scenes.make(BY, 1001)
    qr = parse(scene.digits)

    assert (qr.store, qr.lane, qr.presenter, qr.staff, qr.campaign) == (
        IDENTITY.store, IDENTITY.lane, Presenter.PROMOTER, PROMOTER, 1001,
    )  # fmt: skip
    assert KEY.has_signed(qr.signed_bytes(), qr.signature)
    assert scene.expires - a.NOON == timedelta(minutes=5)


def test_a_staff_id_that_no_code_can_carry_leaves_the_booth(binder: Binder) -> None:
    qr = parse(binder.scenes.make(Attribution(CLERK, "PROMOTER-0005")).digits)

    assert (qr.presenter, qr.staff) == (Presenter.BOOTH, "")


def test_whoever_scans_it_is_a_member_at_once(binder: Binder) -> None:
    scene = binder.scenes.make(BY)
    waiting = binder.scenes.bound(scene, BY)
    key = binder.counter.hasher.phone_key(NEW_PHONE)
    binder.centre.scenes[scene.digest] = SceneBound("m900", 900, key, "李* 139****9000", is_new=True)

    done = binder.scenes.bound(scene, BY)

    assert waiting is None
    assert done is not None
    assert done.member is not None
    assert (done.verdict.reason, done.is_new, done.member.presence.is_new) == (Reason.MEMBER_BOUND, True, True)
    fields = binder.counter.fields(1)
    assert (fields["proof"], fields["provisional"], fields["scene"]["staff"]) == ("qr", False, PROMOTER)
    assert binder.counter.check(NEW_PHONE).reason is Reason.MEMBER_IDENTIFIED


def test_a_known_member_who_scans_it_stays_who_he_is(binder: Binder) -> None:
    scene = binder.scenes.make(BY)
    key = binder.counter.hasher.phone_key(a.PHONE)
    binder.centre.scenes[scene.digest] = SceneBound("m7", 7, key, "", is_new=False)

    done = binder.scenes.bound(scene, BY)

    assert done is not None
    assert (done.verdict.reason, done.is_new) == (Reason.MEMBER_STAYS, False)
    assert binder.counter.fields(1)["action"] == "owner"


def test_a_printed_code_names_its_store(counter: Counter) -> None:
    verdict = counter.check(signed(PRINTED))

    assert (verdict.kind, verdict.reason, verdict.facts["owner"]) == (
        VerdictKind.READY, Reason.BOOTH_CODE, "人民路店102",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(signed(replace(PRINTED, expires_at=NOW - 1)), Reason.BOOTH_CODE_EXPIRED, id="too late"),
        pytest.param(signed(PRINTED, "coupon"), Reason.BOOTH_CODE_FALSE, id="signed by another key"),
        pytest.param(signed(replace(PRINTED, key_id=9)), Reason.BOOTH_CODE_FALSE, id="a key that nobody trusts"),
        pytest.param(
            signed(replace(STRANGER, store=IDENTITY.store, lane=IDENTITY.lane)), Reason.BOOTH_CODE_FALSE,
            id="in this lane's name, by another key",
        ),
        pytest.param(signed(STRANGER), Reason.PARAMETRIC_CODE, id="of a lane whose key is not here"),
    ],
)  # fmt: skip
def test_a_code_that_is_not_good_says_why(counter: Counter, text: str, reason: Reason) -> None:
    assert counter.check(text).reason is reason


def test_a_purchase_remembers_by_which_code_the_customer_came(binder: Binder) -> None:
    scene = binder.scenes.make(BY, 1001)

    verdict = binder.counter.redeem(scene.digits, a.a_signed_coupon(1).text())

    assert verdict.reason is Reason.ACCEPTED
    assert (
        binder.counter.entries()[-1].fields()["source"] == f"scene:{IDENTITY.store}-0-{IDENTITY.lane}-{PROMOTER}-1001"
    )


def test_a_code_alone_redeems_nothing(binder: Binder) -> None:
    verdict = binder.counter.redeem(binder.scenes.make(BY).digits)

    assert (verdict.kind, verdict.reason) == (VerdictKind.READY, Reason.BOOTH_CODE)
    assert binder.counter.entries() == []
