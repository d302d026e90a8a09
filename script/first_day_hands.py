"""The hands and eyes of a clerk: real keys, clicks and a gun's bursts on the native window, and what can be read there.

Apart from the tasks so that nothing in them can reach a presenter or a page. Every deed is counted.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QTableView, QWidget

from script.gun_burst import shoot

PATIENCE_S: Final = 10.0
# As slow as somebody on the first day; a gun types each key within a millisecond or two.
BETWEEN_KEYS_MS: Final = 110
READS_MS: Final = 300
"""Nobody answers what a screen shows sooner; within 200 ms after a scan another Enter is taken for the gun's own."""
_LOOK_MS: Final = 5
_ROLES: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_PLAIN: Final = Qt.KeyboardModifier.NoModifier


def pass_time(milliseconds: int) -> None:
    """Let the window live that long; Qt's own wait would hold up the till's thread meanwhile."""
    ends = time.monotonic() + milliseconds / 1_000
    while True:
        QCoreApplication.processEvents()
        if time.monotonic() >= ends:
            return
        time.sleep(0.002)


class NotSeenError(AssertionError):
    """What should be on the screen is not; the message says what is."""


class Hands:
    """Does what a person does at a window.

    Attributes:
        actions: keys, clicks, scans; a number that is typed counts once. digits: of such numbers, beside the actions.
        paused_s: how long the person took between keys.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.begin()

    def begin(self) -> None:
        """Count anew."""
        self.actions = self.digits = 0
        self.paused_s = 0.0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """One key."""
        self.actions += 1
        self._pause(READS_MS)
        QTest.keyClick(self._native(), key, modifier)

    def type(self, digits: str) -> None:
        """A number, digit by digit."""
        self.actions += 1
        self.digits += len(digits)
        for digit in digits:
            self._pause()
            QTest.keyClick(self._native(), Qt.Key(ord(digit)))
        self._pause()

    def scan(self, text: str) -> None:
        """The gun reads a code: all its keys at once, and its Enter."""
        self.actions += 1
        self._pause(READS_MS)
        shoot(self._native(), text)

    def click(self, words: str) -> None:
        """The mouse, on the button that says so."""
        self.actions += 1
        self._pause(READS_MS)
        found = [one for one in self._seen() if isinstance(one, QAbstractButton) and words in _said(one)]
        enabled = [one for one in found if one.isEnabled()]
        if len(enabled) != 1:
            raise NotSeenError(f"{len(enabled)} buttons say {words!r}: {self.read()}")
        middle = enabled[0].mapTo(self._window, enabled[0].rect().center())
        QTest.mouseClick(self._native(), Qt.MouseButton.LeftButton, _PLAIN, QPoint(middle))

    def see(self, *words: str) -> str:
        """Wait until all of these words can be read; returns them. Raises NotSeenError."""
        self.wait(lambda: all(each in self.read() for each in words), f"{words}")
        return " · ".join(words)

    def see_no_more(self, words: str) -> None:
        """Wait until these words have gone. Raises NotSeenError."""
        self.wait(lambda: words not in self.read(), f"the end of {words!r}")

    def wait(self, what: Callable[[], bool], name: str) -> None:
        """Wait for something in the world. Raises NotSeenError."""
        ends = time.monotonic() + PATIENCE_S
        while not what():
            if time.monotonic() > ends:
                raise NotSeenError(f"{name} not seen; on the screen: {self.read()}")
            pass_time(_LOOK_MS)

    def read(self) -> str:
        """Every word that can be seen."""
        return "\n".join(words for one in self._seen() if (words := _words(one)))

    def _pause(self, milliseconds: int = BETWEEN_KEYS_MS) -> None:
        """A person is slower than a gun."""
        began = time.monotonic()
        pass_time(milliseconds)
        self.paused_s += time.monotonic() - began

    def _seen(self) -> list[QWidget]:
        return [one for one in self._window.findChildren(QWidget) if one.isVisible() and not one.size().isEmpty()]

    def _native(self) -> QWindow:
        native = self._window.windowHandle()
        if native is None:
            raise NotSeenError("the window is not shown")
        return native


def _said(button: QAbstractButton) -> str:
    return f"{button.text()} {button.accessibleName()}"


def _words(one: QWidget) -> str:
    if isinstance(one, QLabel):
        return one.text()
    if isinstance(one, QAbstractButton):
        return _said(one)
    if isinstance(one, QAbstractItemView) and one.model() is not None:
        return "\n".join(_rows(one))
    return one.accessibleName()


def _rows(table: QAbstractItemView) -> list[str]:
    """Lists are drawn by hand; what a screen reader says of a row is what stands there."""
    model, nowhere = table.model(), QModelIndex()
    columns = model.columnCount(nowhere) if isinstance(table, QTableView) else 1
    cells = [model.index(row, column) for row in range(min(model.rowCount(nowhere), 50)) for column in range(columns)]
    shown = (model.data(cell, role) for cell in cells for role in _ROLES)
    return [str(words) for words in shown if words]
