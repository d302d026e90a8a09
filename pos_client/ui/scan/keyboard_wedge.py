"""Hears a scanner gun that types like a keyboard, whatever has the focus, and keeps its keys from everybody else.

It filters the native window, through which every key passes once before any widget sees it; a filter on the whole
application would be asked about every repaint too. Who typed is decided elsewhere, by a classifier without Qt.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWindow

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.typing import Typing

_STX: Final = "\x02"
_ALONE: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_SUFFIXES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Pressed(StrEnum):
    """What was pressed, as far as it matters here."""

    CHARACTER = "character"
    SUFFIX = "suffix"
    PREFIX = "prefix"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the classifier says.

    Attributes:
        is_guns: nobody else may see the key.
        is_in_doubt: it may be the gun's. begins: and those before it were a person's.
        scanned: a scan that ended with this key, or had ended before it; empty without one.
    """

    is_guns: bool = False
    is_in_doubt: bool = False
    begins: bool = False
    scanned: str = ""


class GunClassifier(Protocol):
    """Tells a gun from a person by prefix or by speed."""

    @property
    def silence_ms(self) -> int:
        """Ends a scan that has no suffix."""

    @property
    def patience_ms(self) -> int:
        """Ends a scan that began with a prefix."""

    def key(self, pressed: Pressed, character: str, at_ms: int) -> Ruling:
        """Rule on a key press."""

    def silence(self, now_ms: int) -> Ruling:
        """Rule on a moment without a key."""


class KeyboardWedge(QObject):
    """An event filter for the native window.

    Signals:
        scanned: a Scan of the gun.

    Args:
        classifier: of this station's gun.
        typing: gets a person's characters.
        now: aware UTC wall clock.
        prefix: name of the key that begins a scan, for example ``F9``; empty for none.
    """

    scanned = Signal(object)

    def __init__(
        self, classifier: GunClassifier, typing: Typing, now: Callable[[], datetime], prefix: str = ""
    ) -> None:
        super().__init__()
        self._classifier = classifier
        self._typing = typing
        self._now = now
        self._prefix = Qt.Key[f"Key_{prefix}"] if prefix else None
        # Between the clock of key events and ours.
        self._offset_ms = 0
        self._timers = [QTimer(self), QTimer(self)]
        for timer, interval in zip(self._timers, (classifier.silence_ms, classifier.patience_ms), strict=True):
            timer.setSingleShot(True)
            timer.setInterval(interval)
            timer.setTimerType(Qt.TimerType.PreciseTimer)
            timer.timeout.connect(self._on_silence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the gun's keys and a person's characters; let everything else through."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(watched, QWindow):
            return False
        if not isinstance(event, QKeyEvent) or event.key() in _ALONE:
            return False
        pressed = self._pressed(event)
        if event.isAutoRepeat():
            return pressed is Pressed.CHARACTER
        return self._judge(pressed, event)

    def _judge(self, pressed: Pressed, event: QKeyEvent) -> bool:
        clock_ms = time.monotonic_ns() // 1_000_000
        at_ms = event.timestamp() or clock_ms
        self._offset_ms = at_ms - clock_ms
        ruling = self._classifier.key(pressed, event.text() if pressed is Pressed.CHARACTER else "", at_ms)
        self._hand_over(ruling)
        for timer in self._timers:
            timer.start()
        if ruling.is_in_doubt:
            self._typing.doubt(event.text(), begins=ruling.begins)
            return True
        if not ruling.is_guns:
            self._typing.believe()
        return ruling.is_guns

    def _pressed(self, event: QKeyEvent) -> Pressed:
        if event.text() == _STX or event.key() == self._prefix:
            return Pressed.PREFIX
        if event.key() in _SUFFIXES:
            return Pressed.SUFFIX
        # A blank alone presses the button that has the focus; inside a scan it is a character.
        is_blank_key = event.key() == Qt.Key.Key_Space and not self._typing.is_open
        is_command = bool(event.modifiers() & _COMMANDS)
        if is_command or is_blank_key or not event.text() or not event.text().isprintable():
            return Pressed.OTHER
        return Pressed.CHARACTER

    def _hand_over(self, ruling: Ruling) -> None:
        if ruling.scanned:
            self._typing.take_back()
            self.scanned.emit(Scan(ruling.scanned, ScanSource.WEDGE, self._now()))

    @Slot()
    def _on_silence(self) -> None:
        ruling = self._classifier.silence(time.monotonic_ns() // 1_000_000 + self._offset_ms)
        self._hand_over(ruling)
        if not ruling.scanned:
            self._typing.believe()
