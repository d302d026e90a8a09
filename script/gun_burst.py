"""A keyboard gun's burst on a native window, for plays that drive it with real keys.

Apart from the hands because a gun is no person: the time of each of its keys is the gun's, however busy the machine is
that hears them.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest

_PLAIN = Qt.KeyboardModifier.NoModifier


def shoot(window: QWindow, text: str) -> None:
    """All keys of a code at once, and Enter."""
    at_ms = _now_ms(window)
    for character in text:
        held = Qt.KeyboardModifier.ShiftModifier if character.isupper() else _PLAIN
        _press(window, Qt.Key(ord(character.upper())), character, held, at_ms)
    _press(window, Qt.Key.Key_Return, "\r", _PLAIN, at_ms)


def _press(window: QWindow, key: Qt.Key, text: str, held: Qt.KeyboardModifier, at_ms: int) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, held, text)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(window, event)


class _Stamps(QObject):
    """Hears when a key was pressed."""

    at_ms = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        del watched
        if isinstance(event, QKeyEvent):
            self.at_ms = event.timestamp()
        return False


def _now_ms(window: QWindow) -> int:
    """By the clock of the keys that a person presses here; Shift alone means nothing to anybody."""
    stamps = _Stamps()
    window.installEventFilter(stamps)
    QTest.keyClick(window, Qt.Key.Key_Shift)
    window.removeEventFilter(stamps)
    return stamps.at_ms
