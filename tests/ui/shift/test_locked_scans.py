"""A code that is shown while nobody is at the counter: not judged, not lost, offered for a minute after the log-in."""

import pytest
from PySide6.QtCore import Qt

from pos_client.domain.journal_entry import EntryKind
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.shift.shift_steps import Note, Step
from tests import builders as a

from .booth import Booth

COUPON, OTHER = a.a_signed_coupon().text(), a.a_signed_coupon(2).text()


def redeemed(booth: Booth) -> int:
    """Return how many coupons were redeemed."""
    return booth.counter.kinds().count(EntryKind.REDEEM)


@pytest.fixture
def shown_locked(booth: Booth) -> Booth:
    """Return a locked counter at which the gun has read a coupon."""
    booth.shoot(COUPON)
    return booth


def test_it_says_log_in_first_and_judges_nothing(shown_locked: Booth) -> None:
    assert (shown_locked.seen.note, shown_locked.seen.kept) == (Note.SCAN_KEPT, 1)
    assert shown_locked.shift.message.text() == "请先登录，扫到的码已留着。"
    assert redeemed(shown_locked) == 0


def test_it_is_offered_after_the_log_in(shown_locked: Booth) -> None:
    shown_locked.log_in()
    assert (shown_locked.seen.step, shown_locked.seen.left_s) == (Step.OFFER, 60)
    assert redeemed(shown_locked) == 0
    shown_locked.enter()
    shown_locked.settle()

    assert shown_locked.presenter.workspace is Workspace.HOME
    assert redeemed(shown_locked) == 1


def test_the_offer_ends_after_a_minute(shown_locked: Booth) -> None:
    shown_locked.log_in()
    shown_locked.wait(59)
    assert shown_locked.seen.step is Step.OFFER
    shown_locked.wait(2)

    assert (shown_locked.presenter.workspace, shown_locked.seen.kept) == (Workspace.HOME, 0)
    assert redeemed(shown_locked) == 0


def test_the_next_scan_is_taken_instead(shown_locked: Booth) -> None:
    shown_locked.log_in()
    shown_locked.shoot(OTHER)

    assert (shown_locked.presenter.workspace, redeemed(shown_locked)) == (Workspace.HOME, 1)


def test_several_are_kept_in_their_order_and_one_twice_is_one(booth: Booth) -> None:
    for text in (COUPON, OTHER, OTHER):
        booth.show(text)
    assert booth.seen.kept == 2
    booth.log_in()
    booth.enter()
    booth.settle()

    assert redeemed(booth) == 2


def test_what_was_shown_long_before_is_nobodys_business(shown_locked: Booth) -> None:
    shown_locked.wait(601)
    shown_locked.log_in()

    assert shown_locked.presenter.workspace is Workspace.HOME


def test_not_now_leads_on(shown_locked: Booth) -> None:
    shown_locked.log_in()
    shown_locked.press(Qt.Key.Key_Escape)

    assert (shown_locked.presenter.workspace, redeemed(shown_locked)) == (Workspace.HOME, 0)


@pytest.mark.parametrize("gap_ms", [0, 5, 20])
def test_a_burst_into_the_pin_pad_is_a_scan_and_no_pin(booth: Booth, gap_ms: int) -> None:
    booth.type("1")
    booth.type("482")
    booth.shoot("71002600418833", gap_ms)

    assert (booth.seen.digits, booth.seen.kept) == (3, 1)
    booth.type("915")
    booth.enter()
    assert booth.session.operator != ""
