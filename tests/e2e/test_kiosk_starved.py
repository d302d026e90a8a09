"""A kiosk on a real home whose till, desk, printer, camera or customer falls silent; only its clock is the test's."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.asking import LateShelf, crm_desks
from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.two_windows import kiosk_window
from pos_client.bootstrap.window import _devices, _printer
from pos_client.storage.lock import WINDOW
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.kiosk.kiosk_screen import KioskScreen
from pos_client.ui.kiosk.kiosk_window import KioskWindow
from pos_client.ui.kiosk.states import Place
from pos_client.ui.kiosk.use_of_coupons import USED
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import Level
from tests.fakes.desk_fakes import CountedWakes
from tests.fakes.kiosk_visit import knock, shoot, touch
from tests.fakes.network_printer import NetworkPrinter
from tests.fakes.shop import LaneHome, Shop

CLERK = "E1001"
WITHIN_MS = 15_000
pytestmark = pytest.mark.qt_log_ignore("Error loading text-to-speech plug-in", extend=True)


class Kiosk:
    """One kiosk with the threads of its lane.

    Attributes:
        till_waits: set while the till's thread is held up.
    """

    def __init__(self, window: KioskWindow, line: DeskLine, qtbot: QtBot, passed: list[float]) -> None:
        self.window, self.screen = window, window.screen
        self._line, self._qtbot, self._passed = line, qtbot, passed
        self._go_on = threading.Event()

    def hold_till(self) -> None:
        """The till's thread does nothing any more."""
        self._line.ask(lambda _desk, _session: self._go_on.wait(60), lambda _found: None)

    def let_till_go(self) -> None:
        """It goes on."""
        self._go_on.set()

    def wait(self, seconds: float) -> None:
        """The kiosk's clock moves on."""
        self._passed[0] += seconds
        self.window.tick()

    def sees(self, place: Place) -> None:
        """Return once a screen is there."""
        self._qtbot.waitUntil(lambda: self.screen.place is place, timeout=WITHIN_MS)


@contextmanager
def the_kiosk(lane: LaneHome, qtbot: QtBot) -> Iterator[Kiosk]:
    """The kiosk that ``run`` makes, with its real journal, till thread and devices."""
    files = LaneFiles.of(lane.home)
    passed = [1000.0]
    with ExitStack() as closing:
        journal = files.open_journal(WINDOW, 2.0)
        closing.callback(journal.close)
        api = files.api(files.server_time(journal))
        closing.callback(api.close)
        desk = files.desk(journal, *crm_desks(api, files.orders, LateShelf()))
        session = TillSession(desk, CLERK)
        till = TillLane(desk, session, CountedWakes(), Contact, lambda _staff: None)
        line = DeskLine(till, desk, session)
        window = kiosk_window(files, till, line, lambda: passed[0])
        till.listen(window.till_bridge)
        window.show()
        window.runner.start({"till": till} | _devices(files, window, _printer(files)))
        kiosk = Kiosk(window, line, qtbot, passed)
        closing.callback(window.runner.stop)
        closing.callback(window.screen.end)
        closing.callback(kiosk.let_till_go)
        yield kiosk


@pytest.fixture
def lane(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> LaneHome:
    """Return a lane that keeps its secrets in its home."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    return shop.lane(0)


def redeemed(lane: LaneHome) -> int:
    """How many redemptions stand in a journal that is whole."""
    assert lane.run("journal", "verify").document["ok"]
    return len(lane.run("journal", "show", "--kind", "redeem").document["entries"])


def words_on(screen: KioskScreen) -> str:
    """Everything that any label of any page holds."""
    return " ".join(label.text() for label in screen.findChildren(QLabel))


def test_a_till_that_is_silent_is_given_up_and_its_late_answer_is_told(
    shop: Shop, lane: LaneHome, qtbot: QtBot
) -> None:
    (code,) = shop.mint("coupon")
    lane.run("sync")
    with the_kiosk(lane, qtbot) as kiosk:
        kiosk.hold_till()
        shoot(kiosk.screen, code)
        kiosk.sees(Place.CHECKING)
        kiosk.wait(8)
        given_up = kiosk.screen.place, kiosk.screen.result.card.level
        kiosk.let_till_go()
        qtbot.waitUntil(lambda: kiosk.screen.result.card.level in USED, timeout=WITHIN_MS)

    assert given_up == (Place.RESULT, Level.SYSTEM)
    assert redeemed(lane) == 1


def test_staff_are_told_when_nobody_can_check_their_pin(lane: LaneHome, qtbot: QtBot) -> None:
    lane.run("sync")
    with the_kiosk(lane, qtbot) as kiosk:
        kiosk.hold_till()
        knock(kiosk.screen)
        at_first = kiosk.screen.staff.fault.text()
        kiosk.wait(8)
        at_last = kiosk.screen.staff.fault.text()

    assert (at_first, at_last) == ("请稍等…", "本机没有反应，请关机再开机，数据不会丢")


def test_a_printer_that_hangs_costs_a_slip_and_no_redemption(shop: Shop, lane: LaneHome, qtbot: QtBot) -> None:
    (code,) = shop.mint("coupon")
    lane.run("sync")
    printer = NetworkPrinter(hangs=True)
    (lane.home / "station.toml").write_text(f'[printer]\nto = "{printer.place}"\nwait_s = 2\n', "utf-8")
    try:
        with the_kiosk(lane, qtbot) as kiosk:
            shoot(kiosk.screen, code)
            kiosk.sees(Place.RESULT)
            level = kiosk.screen.result.card.level
            kiosk.wait(10)
            keepsake = kiosk.screen.result.keepsake.text
            qtbot.wait(300)
    finally:
        printer.close()

    assert level in USED
    assert keepsake.startswith("RDM ")
    assert redeemed(lane) == 1
    assert lane.run("printer").document["waiting"] == []


def test_a_camera_that_never_opens_is_none(lane: LaneHome, qtbot: QtBot) -> None:
    lane.run("sync")
    with the_kiosk(lane, qtbot) as kiosk:
        kiosk.window.scanner_bridge.on_camera(CameraState.WATCHING)
        touch(kiosk.screen.attract.start)
        kiosk.sees(Place.GUIDE)
        qtbot.waitUntil(lambda: "红光" in kiosk.screen.guide.line.text(), timeout=WITHIN_MS)
        kiosk.window.scanner_bridge.on_camera(CameraState.STARTING)
        qtbot.wait(100)
        kiosk.wait(10)
        line = kiosk.screen.guide.line.text()

    assert line == "把码放到扫码枪前"


def test_who_goes_away_is_asked_and_then_forgotten(shop: Shop, lane: LaneHome, qtbot: QtBot) -> None:
    (member,) = shop.mint("member")
    shop.mint("coupon", 2, "--member", member)
    lane.run("sync")
    with the_kiosk(lane, qtbot) as kiosk:
        screen = kiosk.screen
        shoot(screen, member)
        kiosk.sees(Place.COUPONS)
        greeted = screen.coupons.title.text()
        kiosk.wait(45)
        asked = screen.place
        kiosk.wait(24)
        still = screen.place
        kiosk.wait(1)
        gone, words = screen.place, words_on(screen)
        detached = kiosk.window.presenter.coupons()

    assert "*" in greeted
    assert (asked, still, gone) == (Place.STILL_THERE, Place.STILL_THERE, Place.ATTRACT)
    assert "*" not in words
    assert detached.cards == ()
    assert redeemed(lane) == 0
