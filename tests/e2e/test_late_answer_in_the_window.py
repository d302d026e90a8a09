"""The centre's no comes half a second after the green: the real window says so while the customer stands there."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.asking import LateShelf, crm_desks
from pos_client.bootstrap.lane import LaneFiles
from pos_client.config.wording import Wording
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import Tier, VerdictKind
from pos_client.storage.lock import WINDOW
from pos_client.ui.assets import resources_folder
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import TillAnswer
from tests.fakes.desk_fakes import CountedWakes
from tests.fakes.fault_proxy import FaultMix
from tests.fakes.shop import LaneHome
from tests.fakes.store_shop import CUT, StoreShop

WITHIN_MS = 15_000
CLERK = "E1001"


@contextmanager
def the_window(home: Path) -> Iterator[ClerkWindow]:
    """A counter with its real window, journal, till thread and ladder."""
    files = LaneFiles.of(home)
    with ExitStack() as closing:
        journal = files.open_journal(WINDOW, 2.0)
        closing.callback(journal.close)
        api, late = files.api(files.server_time(journal)), LateShelf()
        closing.callback(api.close)
        desk = files.desk(journal, *crm_desks(api, files.orders, late))
        till = TillLane(desk, TillSession(desk, CLERK), CountedWakes(), Contact, lambda _staff: None)
        late.on_news = partial(till.take_late, late.take)
        wording = Wording.load(resources_folder(), "Asia/Shanghai")
        clerk = ClerkWindow(till, wording, resources_folder(), Looks(), lambda: datetime.now(UTC))
        till.listen(clerk.till_bridge)
        clerk.show()
        clerk.start({"till": till})
        closing.callback(clerk.window.close)
        closing.callback(clerk.stop)
        yield clerk


def answer_of(clerk: ClerkWindow) -> TillAnswer:
    """What stands on the screen."""
    answer = clerk.window.presenter.answer
    assert answer is not None
    return answer


def scan(clerk: ClerkWindow, qtbot: QtBot, code: str) -> TillAnswer:
    """A code is shown; what the clerk sees first."""
    before = clerk.window.presenter.answer
    clerk.window.presenter.on_scanned(Scan(code, ScanSource.WEDGE, datetime.now(UTC)))
    qtbot.waitUntil(lambda: clerk.window.presenter.answer is not before, timeout=WITHIN_MS)
    return answer_of(clerk)


def known_there(lane: LaneHome) -> LaneHome:
    """The lane, once the store's server has heard of it from the centre."""
    ends = time.monotonic() + 20
    while not lane.run("sync").document["store_server"]:
        assert time.monotonic() < ends, "the store's server does not know the lane"
    return lane


def test_the_screen_is_corrected_and_the_key_takes_it_back(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    with StoreShop(tmp_path) as shop:
        elsewhere, here = shop.lane(1), known_there(shop.lane(0))
        warm_up, coupon = shop.coupons(2, "--store", "1")
        # The store's server hears neither from the other lane nor from the centre what is done there.
        shop.store_wan.mix = CUT
        shop.store.kill()
        used = elsewhere.run("redeem", coupon, "--operator", CLERK).document
        shop.store.start()
        shop.wan.mix = FaultMix(delay_reply=1.0, delay_s=0.6)
        with the_window(here.home) as clerk:
            scan(clerk, qtbot, warm_up)
            qtbot.wait(1_500)
            green = scan(clerk, qtbot, coupon)
            panel = clerk.window.page.verdict
            badge = panel.code.text()
            qtbot.waitUntil(lambda: answer_of(clerk).is_unasked, timeout=WITHIN_MS)
            corrected, words = answer_of(clerk), panel.reason.text()
            offered = panel.undo_button.isVisibleTo(panel)
            dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
            QTest.keyClick(clerk.window, Qt.Key.Key_F8)
            qtbot.waitUntil(lambda: answer_of(clerk).verdict.reason is Reason.VOIDED, timeout=WITHIN_MS)

    assert used["tier"] == "A"
    assert (green.verdict.kind, green.verdict.tier) == (VerdictKind.ACCEPTED, Tier.STORE)
    assert badge.startswith("本店")
    assert (corrected.verdict.reason, corrected.verdict.tier) == (Reason.LATE_USED, Tier.CRM)
    assert corrected.verdict.use is not None
    assert corrected.verdict.use.lane == 2
    assert "2 号机" in words
    assert offered
    assert dialogs == []
