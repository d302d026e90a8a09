"""A counter with people and PINs, for tests: a real desk on a real till thread behind the real window, keys with times.

Keys go to the native window, as the desktop delivers them, with the time stamps of a gun or of a person.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.gun import Gun
from pos_client.config.settings import WedgeSettings
from pos_client.config.wording import Wording
from pos_client.domain.keyed_hash import pin_pepper
from pos_client.domain.pins import PinBook, PinRecord, Stretch, bound, parse
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.assets import resources_folder
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.shift.override_page import OverridePage
from pos_client.ui.shift.override_view import OverrideView
from pos_client.ui.shift.shift_page import ShiftPage
from pos_client.ui.shift.shift_steps import ShiftView
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from tests import builders as a
from tests.fakes.desk_fakes import CountedWakes, SetContact
from tests.unit.usecases.counter import CLERK, COLLEAGUE, PROMOTER, SECRET, Counter

BOSS = "S01"
PINS = {CLERK: "482915", COLLEAGUE: "739204", BOSS: "615038"}
PEPPER = pin_pepper(SECRET)
A_PERSON_MS = 150


def people(shop: dict[str, list[a.Row]]) -> None:
    """Two clerks, a promoter and a supervisor."""
    shop["staff"] = [
        a.staff_row(CLERK, name="小王"),
        a.staff_row(COLLEAGUE, name="小李"),
        a.staff_row(PROMOTER, name="小陈", role="promoter"),
        a.staff_row(BOSS, name="周主管", role="supervisor"),
    ]


def a_book(pins: dict[str, str]) -> PinBook:
    """PINs as the centre hands them out; stretched cheaply, because nobody attacks a test."""
    how = {name: Stretch(name.encode().ljust(16), n=16) for name in pins}
    staff = {name: PinRecord(how[name], bound(how[name].of(pin), PEPPER)).as_document() for name, pin in pins.items()}
    return parse({"required": bool(pins), "staff": staff}, PEPPER)


class Booth:
    """A counter.

    Args:
        counter: its desk. pins: by staff id; empty for a store without PINs.
        attended: somebody stands there when the window opens.
    """

    def __init__(self, qtbot: QtBot, counter: Counter, pins: dict[str, str], *, attended: bool = False) -> None:
        self.qtbot, self.counter = qtbot, counter
        counter.pins = a_book(pins)
        self.time: datetime = counter.clock.wall
        self.session = TillSession(counter.desk, "" if pins and not attended else CLERK, PROMOTER)
        self.till = TillLane(counter.desk, self.session, CountedWakes(), SetContact(), lambda _promoter: None)
        line = DeskLine(self.till, counter.desk, self.session, CounterTools(attended=attended))
        wording, gun = Wording.load(resources_folder()), Gun(WedgeSettings(prefix="F9"))
        self.clerk = ClerkWindow(self.till, wording, resources_folder(), Looks(), lambda: self.time, gun, None, line)
        self.till.listen(self.clerk.till_bridge)
        self.window, self.presenter = self.clerk.window, self.clerk.window.presenter
        self.clerk.show()
        qtbot.waitExposed(self.window)
        self.clerk.start({"till": self.till})
        self.time_ms = 1_000_000
        self.settle()
        qtbot.waitUntil(lambda: bool(self.shift.steps.facts.people))

    @property
    def shift(self) -> ShiftPage:
        """The log-in."""
        page = self.window.body.page(Workspace.SHIFT)
        assert isinstance(page, ShiftPage)
        return page

    @property
    def override(self) -> OverridePage:
        """The override."""
        page = self.window.body.page(Workspace.OVERRIDE)
        assert isinstance(page, OverridePage)
        return page

    @property
    def seen(self) -> ShiftView:
        """What the log-in shows."""
        return self.shift.steps.view()

    @property
    def asked(self) -> OverrideView:
        """What the override shows."""
        return self.override.steps.view()

    def settle(self) -> None:
        """Let the till thread and the queued signals finish what was asked so far."""
        done: list[bool] = []
        self.clerk.window.body  # noqa: B018 - the window must be alive
        line = self.shift.around.line
        line.ask(lambda _desk, _session: None, lambda _found: done.append(True))
        self.qtbot.waitUntil(lambda: bool(done))

    def key(self, key: Qt.Key, text: str = "", after_ms: int = A_PERSON_MS) -> None:
        """Press and let go of a key, some time after the last one."""
        self.time_ms += after_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self.time_ms)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def type(self, text: str) -> None:
        """A person's digits and letters, one after the other, until the window has believed them."""
        for character in text:
            self.key(Qt.Key(ord(character.upper())), character)
        self.key(Qt.Key.Key_Shift, "", 500)
        self.qtbot.wait(160)

    def enter(self) -> None:
        """A person's Enter."""
        self.key(Qt.Key.Key_Return, "\r", 500)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        """A key without a character."""
        QTest.keyClick(self.window, key)
        self.settle()

    def shoot(self, text: str, gap_ms: int = 5) -> None:
        """The gun reads a code."""
        self.time_ms += 1_000
        for character in text:
            self.key(Qt.Key(ord(character.upper())), character, gap_ms)
        self.key(Qt.Key.Key_Return, "\r", gap_ms)
        self.qtbot.wait(5)
        self.settle()

    def show(self, text: str) -> None:
        """The camera reads a code."""
        self.clerk.scanner_bridge.on_scan(Scan(text, ScanSource.CAMERA, self.time))
        self.qtbot.wait(5)
        self.settle()

    def log_in(self, number: str = "1", pin: str = PINS[CLERK]) -> None:
        """By the number of a tile and a PIN."""
        self.type(number)
        self.type(pin)
        self.enter()

    def wait(self, seconds: float) -> None:
        """Time goes by, for the window and for the desk."""
        self.time += timedelta(seconds=seconds)
        self.counter.clock.pass_by(timedelta(seconds=seconds))
        self.window.tick()
        self.settle()

    def close(self) -> None:
        """The counter closes."""
        self.window.close()
        assert self.clerk.stop()
        # What the till said last finds its window still there.
        QCoreApplication.sendPostedEvents()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
