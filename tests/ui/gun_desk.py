"""A counter with a gun and a keyboard, for tests: the real window, keys with time stamps, an eye on every button.

Keys go to the native window, as the desktop delivers them, with the time stamps of a gun or of a person.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.gun import Bench, Gun
from pos_client.config.settings import WedgeSettings
from pos_client.config.wording import Wording
from pos_client.ui.assets import resources_folder
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.window import ClerkWindow, Looks
from script import screen_facts as facts

CODE = "71002600418833"


class Desk(QObject):
    """A counter with a gun and a keyboard, and an eye on every button.

    Args:
        station: the station's settings file.
        wedge: how its gun is recognised at first.
    """

    def __init__(self, qtbot: QtBot, station: Path, wedge: WedgeSettings) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.till = facts.ScriptedTill()
        wording = Wording.load(resources_folder())
        gun = Gun(wedge)
        self.bench = Bench(station, gun)
        self.clerk = ClerkWindow(self.till, wording, resources_folder(), Looks(), lambda: facts.NOW, gun, self.bench)
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

    def key(
        self,
        key: Qt.Key,
        text: str = "",
        after_ms: int = 5,
        *,
        repeats: bool = False,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press and let go of a key, some time after the last one, perhaps with another one held."""
        self.time_ms += after_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text, repeats)
            event.setTimestamp(self.time_ms)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def type(self, text: str, after_ms: int) -> None:
        """Press one key after the other."""
        for character in text:
            self.key(Qt.Key(ord(character.upper())), character, after_ms)

    def shoot(
        self,
        text: str = CODE,
        after_ms: int = 5,
        suffix: Qt.Key | None = Qt.Key.Key_Return,
        prefix: Qt.Key | None = None,
        pause_ms: int = 1_000,
    ) -> None:
        """Scan with the gun, a moment after whatever was before."""
        self.time_ms += pause_ms
        if prefix is not None:
            self.key(prefix, "", 0)
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
        if where == "list" and self.presenter.customer.member is None:
            self.presenter.on_answer(facts.member_found())
        widget = places.get(where)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
        return widget

    def close(self) -> None:
        """The window goes."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
