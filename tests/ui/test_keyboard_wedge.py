"""A gun that types: heard with any widget focused, pressing nothing, leaving what a person half typed.

Keys go to the native window, as the desktop delivers them, with the time stamps of a gun or of a person.
"""

from collections.abc import Iterator
from functools import partial
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.gun import Gun
from pos_client.config.settings import WedgeSettings
from pos_client.config.wording import Wording
from pos_client.domain.scan import ScanSource
from pos_client.ui.assets import resources_folder
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.usecases.till_view import UndoReason
from script import screen_facts as facts

CODE = "71002600418833"
SCANNED = ("scan", CODE, ScanSource.WEDGE)


class Desk(QObject):
    """A counter with a gun and a keyboard, and an eye on every button."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.till = facts.ScriptedTill()
        wording = Wording.load(resources_folder())
        looks = Looks(gun_prefix="F9")
        self.clerk = ClerkWindow(self.till, wording, resources_folder(), looks, lambda: facts.NOW, Gun(WedgeSettings()))
        self.window = self.clerk.window
        self.presenter = self.window.presenter
        self.clerk.show()
        qtbot.waitExposed(self.window)
        self.presenter.on_status(facts.status())
        self.time_ms = 1_000_000
        self.pressed: list[str] = []
        for button in self.window.findChildren(QAbstractButton):
            button.clicked.connect(partial(self.note, button))

    def note(self, button: QAbstractButton, *_checked: object) -> None:
        """Write down that a button was pressed."""
        self.pressed.append(button.accessibleName())

    def key(self, key: Qt.Key, text: str = "", after_ms: int = 5, *, repeats: bool = False) -> None:
        """Press and let go of a key, some time after the last one."""
        self.time_ms += after_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, repeats)
            event.setTimestamp(self.time_ms)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def type(self, text: str, after_ms: int) -> None:
        """Press one key after the other."""
        for character in text:
            self.key(Qt.Key(ord(character.upper())), character, after_ms)

    def shoot(self, text: str = CODE, after_ms: int = 5, suffix: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Scan with the gun, a moment after whatever was before."""
        self.time_ms += 1_000
        self.type(text, after_ms)
        if suffix is not None:
            self.key(suffix, "\t" if suffix is Qt.Key.Key_Tab else "\r", after_ms)
        self.settle()

    def settle(self) -> None:
        """Let signals that are queued arrive."""
        QCoreApplication.sendPostedEvents(self.clerk)

    def focus(self, where: str) -> QWidget | None:
        """Put the keyboard's focus somewhere."""
        places: dict[str, QWidget] = {
            "button": self.window.function_bar.undo,
            "tile": self.window.page.home.tiles[Workspace.CODE],
            "promoter": self.window.top_bar.promoter,
            "list": self.window.page.home.card.coupons,
        }
        if where == "list":
            self.presenter.on_answer(facts.member_found())
        widget = places.get(where)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
        return widget


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """Return a counter whose window is shown."""
    made = Desk(qtbot)
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("where", ["nowhere", "button", "tile", "promoter", "list"])
@pytest.mark.parametrize("gap_ms", [0, 5, 20, 35])
def test_a_scan_is_heard_whatever_has_the_focus(desk: Desk, where: str, gap_ms: int) -> None:
    desk.focus(where)
    before = desk.presenter.workspace
    desk.shoot(after_ms=gap_ms)

    assert desk.till.deeds == [SCANNED]
    assert desk.pressed == []
    assert desk.presenter.workspace is before
    assert desk.presenter.entries.code.text == ""


@pytest.mark.parametrize("suffix", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_enter_and_tab_both_end_a_scan(desk: Desk, suffix: Qt.Key) -> None:
    widget = desk.focus("button")
    desk.shoot(suffix=suffix)

    assert desk.till.deeds == [SCANNED]
    assert desk.window.focusWidget() is widget


def test_a_gun_without_a_suffix_ends_by_silence(desk: Desk) -> None:
    desk.shoot(suffix=None)

    desk.qtbot.waitUntil(lambda: desk.till.deeds == [SCANNED])


def test_a_prefix_needs_no_speed(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F9)
    desk.type("R", 90)
    desk.type("1", 400)
    desk.key(Qt.Key.Key_Return, "\r", 400)
    desk.settle()

    assert desk.till.deeds == [("scan", "R1", ScanSource.WEDGE)]


@pytest.mark.parametrize("half", ["1", "13800", "138001380"])
def test_a_half_typed_number_is_kept(desk: Desk, half: str) -> None:
    desk.type(half, 150)
    desk.qtbot.waitUntil(lambda: desk.presenter.entries.code.text == half)
    desk.shoot()

    assert desk.till.deeds == [SCANNED]
    assert (desk.presenter.workspace, desk.presenter.entries.code.text) == (Workspace.CODE, half)


def test_a_half_typed_amount_is_kept(desk: Desk) -> None:
    desk.presenter.open(Workspace.AMOUNT)
    desk.type("138", 150)
    desk.qtbot.waitUntil(lambda: desk.presenter.entries.amount.text == "138")
    desk.shoot()

    assert desk.till.deeds == [SCANNED]
    assert desk.presenter.entries.amount.text == "138"


def test_a_gun_chooses_no_reason_and_no_promoter(desk: Desk) -> None:
    for workspace in (Workspace.UNDO, Workspace.PROMOTER):
        desk.presenter.open(workspace)
        desk.shoot()

    assert desk.till.deeds == [SCANNED, SCANNED]


def test_a_person_chooses_a_reason(desk: Desk) -> None:
    desk.presenter.undo()
    desk.type("2", 150)

    desk.qtbot.waitUntil(lambda: desk.till.deeds == [("undo", 231, UndoReason.CUSTOMER_RETURN)])


@pytest.mark.parametrize("gap_ms", [60, 90, 120, 300])
def test_a_person_is_never_taken_for_a_gun(desk: Desk, gap_ms: int) -> None:
    desk.type("1380013", gap_ms)
    desk.key(Qt.Key.Key_Escape, "\x1b", gap_ms)

    assert desk.till.deeds == []
    assert desk.presenter.entries.code.text == "1380013"


def test_a_persons_digit_opens_the_phone_number_with_it(desk: Desk) -> None:
    desk.type("1", 150)

    desk.qtbot.waitUntil(lambda: desk.presenter.entries.code.text == "1")
    assert desk.window.page.stack.currentWidget() is desk.window.page.code_entry


def test_a_persons_eleven_digits_are_looked_up(desk: Desk) -> None:
    number = "138" + "00138" + "000"
    desk.type(number, 120)

    desk.qtbot.waitUntil(lambda: desk.till.deeds == [("scan", number, ScanSource.TYPED)])


def test_a_persons_enter_is_the_blue_button(desk: Desk) -> None:
    desk.presenter.on_answer(facts.to_confirm())
    desk.key(Qt.Key.Key_Return, "\r", 500)

    assert desk.till.deeds == [("confirm",)]


def test_a_persons_blank_presses_the_button_with_the_focus(desk: Desk) -> None:
    desk.focus("promoter")
    desk.key(Qt.Key.Key_Space, " ", 500)

    assert len(desk.pressed) == 1
    assert desk.presenter.workspace is Workspace.PROMOTER


def test_a_key_that_is_held_down_types_once(desk: Desk) -> None:
    desk.key(Qt.Key.Key_1, "1", 300)
    for _ in range(20):
        desk.key(Qt.Key.Key_1, "1", 30, repeats=True)
    desk.key(Qt.Key.Key_Escape, "\x1b", 300)

    assert (desk.till.deeds, desk.presenter.entries.code.text) == ([], "1")


def test_the_gun_that_was_heard_is_shown(desk: Desk) -> None:
    before = desk.window.top_bar.gun.accessibleName()
    desk.shoot()

    assert before == "还没有收到扫码枪"
    assert desk.window.top_bar.gun.accessibleName() == "扫码枪正常，最近 14:32"


def test_none_of_many_scans_is_lost(desk: Desk) -> None:
    chance = Random(2026)
    places = ["nowhere", "button", "tile", "promoter", "list"]
    expected = []
    for _ in range(300):
        text = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=chance.randint(6, 40)))
        desk.focus(chance.choice(places))
        desk.shoot(text, chance.choice([0, 3, 8, 15, 30]), chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Tab]))
        expected.append(("scan", text, ScanSource.WEDGE))

    assert desk.till.deeds == expected
    assert desk.pressed == []


def test_no_widget_lets_an_input_method_in(desk: Desk) -> None:
    widgets = [desk.window, *desk.window.findChildren(QWidget)]
    open_to_it = [
        type(widget).__name__
        for widget in widgets
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]

    assert open_to_it == []
