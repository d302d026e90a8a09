"""The counter's side of a binding: a code that lasts without a network, the gifts on show, the new member in hand."""

from datetime import timedelta

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import RewardKind
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.bind_port import BindPorts, SceneBound, nobody_binds
from pos_client.usecases.bind_side import lead_on, put_on_show, write_phone, write_scanned
from pos_client.usecases.binding import Binding
from pos_client.usecases.phone_looks import MOST, WINDOW_S
from pos_client.usecases.recognise import SceneShown, recognise
from pos_client.usecases.till_session import TillSession
from tests.unit.usecases.bind_desk import KEY, NEW_PHONE, Binder
from tests.unit.usecases.booth_shop import offer, with_booth
from tests.unit.usecases.counter import CLERK, PROMOTER, OpenCounter, Tables
from tests.unit.usecases.test_welcome import GIFTS


@pytest.fixture
def binder(open_counter: OpenCounter) -> Binder:
    """A counter that welcomes."""

    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["offer"].append(offer(8001, on="bind", conditions={"new_member": True}, effects=GIFTS))

    return Binder.at(open_counter, shop)


@pytest.fixture
def session(binder: Binder) -> TillSession:
    """Its dialogue."""
    return TillSession(binder.counter.desk, CLERK, PROMOTER)


def ports(binder: Binder) -> BindPorts:
    """Its ports."""
    return binder.centre.ports(KEY)


def scanned(binder: Binder, session: TillSession) -> Binding:
    """Somebody scans the code on show."""
    scene = put_on_show(binder.counter.desk, session, ports(binder), lasting=False).scene
    key = binder.counter.hasher.phone_key(NEW_PHONE)
    found = SceneBound("m900", 900, key, "李* 139****9000", is_new=True)
    return write_scanned(binder.counter.desk, session, ports(binder), scene, found)


def test_the_lasting_code_is_always_the_same_and_never_ends(binder: Binder, session: TillSession) -> None:
    binder.counter.unplug()
    first = put_on_show(binder.counter.desk, session, ports(binder), lasting=True).scene
    binder.counter.clock.pass_by(timedelta(days=40))
    later = put_on_show(binder.counter.desk, session, ports(binder), lasting=True).scene

    assert first.digits == later.digits
    assert later.is_lasting
    shown = recognise(binder.counter.desk, later.digits, binder.counter.desk.trusted_time())
    assert isinstance(shown, SceneShown)
    assert shown.scene.staff == PROMOTER


def test_each_promoter_has_a_code_of_his_own(binder: Binder, session: TillSession) -> None:
    mine = put_on_show(binder.counter.desk, session, ports(binder), lasting=True).scene.digits
    session.promoter = ""

    assert put_on_show(binder.counter.desk, session, ports(binder), lasting=True).scene.digits != mine


def test_what_a_new_member_gets_is_named_before(binder: Binder, session: TillSession) -> None:
    side = put_on_show(binder.counter.desk, session, ports(binder), lasting=False).side

    assert [reward.kind for reward in side.gifts] == [RewardKind.POINTS, RewardKind.COUPON, RewardKind.SAMPLE]
    assert side.gifts[1].name is not None
    assert (side.gifts[1].name.zh, side.promoter) == ("活动2001", "小陈")


def test_whoever_scanned_it_stands_at_the_counter(binder: Binder, session: TillSession) -> None:
    session.set_amount(5_000, 1)
    answer = lead_on(binder.counter.desk, session, scanned(binder, session))

    assert answer.verdict.reason is Reason.MEMBER_BOUND
    assert answer.customer.member is not None
    assert (answer.customer.member.view.ref, answer.customer.amount_minor) == ("m900", 5_000)


def test_a_binding_is_not_what_f8_takes_back(binder: Binder, session: TillSession) -> None:
    answer = lead_on(binder.counter.desk, session, scanned(binder, session))

    assert (answer.undo_until, answer.undo_seq) == (None, None)


def test_a_code_that_was_right_verifies_and_none_does_not(binder: Binder, session: TillSession) -> None:
    binder.centre.is_reachable = False
    checked = write_phone(binder.counter.desk, session, ports(binder), NEW_PHONE, "", "123456")
    proofs = [entry.fields()["proof"] for entry in binder.counter.entries() if entry.kind is EntryKind.BIND]
    unchecked = write_phone(binder.counter.desk, session, ports(binder), "13700137000", "", "")

    assert (checked.verdict.kind, proofs) == (VerdictKind.ACCEPTED, ["code"])
    assert "phone-unverified" in [notice.reason for notice in unchecked.verdict.notices]


def test_a_window_without_ports_shows_a_code_all_the_same(binder: Binder, session: TillSession) -> None:
    assert put_on_show(binder.counter.desk, session, nobody_binds(), lasting=True).scene.digits.startswith("73")


def test_numbers_of_the_scan_box_and_of_the_binding_page_are_counted_together(
    binder: Binder, session: TillSession
) -> None:
    for place in range(MOST - 1):
        session.scan(Scan(f"139{place:08d}", ScanSource.TYPED, binder.counter.clock.wall), place)
    tenth = write_phone(binder.counter.desk, session, ports(binder), NEW_PHONE, "", "")

    eleventh = write_phone(binder.counter.desk, session, ports(binder), "13700137000", "", "")
    scanned_then = session.scan(Scan("13700137000", ScanSource.TYPED, binder.counter.clock.wall), MOST)

    assert tenth.member is not None
    assert eleventh.verdict.reason is scanned_then.verdict.reason is Reason.PHONE_LOOKUP_LIMIT
    assert eleventh.verdict.facts["wait_s"] == WINDOW_S
    assert binder.counter.kinds().count(EntryKind.BIND) == 1


def test_a_number_that_was_proven_or_counted_before_never_waits(binder: Binder, session: TillSession) -> None:
    for place in range(MOST):
        session.too_many_phones(f"139{place:08d}")

    proven = write_phone(binder.counter.desk, session, ports(binder), NEW_PHONE, "", "123456")
    binder.counter.clock.pass_by(timedelta(seconds=WINDOW_S))
    later = write_phone(binder.counter.desk, session, ports(binder), "13700137000", "", "")

    assert proven.member is not None
    assert later.verdict.reason is not Reason.PHONE_LOOKUP_LIMIT
