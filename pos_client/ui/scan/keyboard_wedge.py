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
from pos_client.usecases.gun_view import GunBench

_STX: Final = "\x02"
# The separator inside of GS1 codes, which guns type as Ctrl+]; no person does.
_GS: Final = "\x1d"
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
_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_F_KEYS: Final = {int(Qt.Key[f"Key_F{number}"]): f"F{number}" for number in range(1, 25)}
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
    """Tells a gun from a person by prefix or by speed; what it says of itself may change while it is asked."""

    @property
    def prefix(self) -> str:
        """Name of the key that begins a scan, for example ``F9``; empty for none. STX is always one."""

    @property
    def is_prefixed(self) -> bool:
        """Whether every key now belongs to a scan that began with a prefix."""

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


class Typist(Protocol):
    """Whoever gets the characters that may be a person's, and is told what they were."""

    @property
    def is_open(self) -> bool:
        """Whether there are characters in doubt."""

    def doubt(self, character: str, *, begins: bool) -> None:
        """A character that may be a gun's; ``begins`` where those before it were a person's."""

    def believe(self) -> None:
        """They were a person's."""

    def take_back(self) -> None:
        """They were a gun's."""


class KeyboardWedge(QObject):
    """An event filter for the native window.

    Signals:
        scanned: a Scan of the gun. lesson_heard: the scanner test has taken a key or a silence.

    Args:
        classifier: of this station's gun.
        typing: gets a person's characters.
        now: aware UTC wall clock.
    """

    scanned = Signal(object)
    lesson_heard = Signal()

    def __init__(self, classifier: GunClassifier, typing: Typist, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._classifier = classifier
        self._typing = typing
        self._now = now
        self._bench: GunBench | None = None
        # Between the clock of key events and ours.
        self._offset_ms = 0
        self._timers = [QTimer(self), QTimer(self)]
        for timer in self._timers:
            timer.setSingleShot(True)
            timer.setTimerType(Qt.TimerType.PreciseTimer)
            timer.timeout.connect(self._on_silence)

    def teach(self, bench: GunBench | None) -> None:
        """Give the gun's keys to a scanner test from now on, instead of scanning; None ends it."""
        self._typing.believe()
        self._bench = bench

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the gun's keys and a person's characters; let everything else through."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            return self._keeps_from_shortcuts(event)
        if event.type() is not QEvent.Type.KeyPress or event.key() in _ALONE:
            return False
        pressed = self._pressed(event)
        if event.isAutoRepeat():
            return self._classifier.is_prefixed or pressed is Pressed.CHARACTER or event.key() in _ENTERS
        at_ms = self._time_of(event)
        taken = self._judge(pressed, event, at_ms) if self._bench is None else self._teach(self._bench, event, at_ms)
        for timer, interval in zip(
            self._timers, (self._classifier.silence_ms, self._classifier.patience_ms), strict=True
        ):
            timer.start(interval)
        return taken

    def _keeps_from_shortcuts(self, event: QKeyEvent) -> bool:
        """Inside of a scan no key is a command of the window, nor is the key that begins one."""
        is_guns = self._classifier.is_prefixed or self._pressed(event) is Pressed.PREFIX
        if is_guns:
            event.accept()
        return is_guns

    def _time_of(self, event: QKeyEvent) -> int:
        clock_ms = time.monotonic_ns() // 1_000_000
        at_ms = event.timestamp() or clock_ms
        self._offset_ms = at_ms - clock_ms
        return at_ms

    def _judge(self, pressed: Pressed, event: QKeyEvent, at_ms: int) -> bool:
        ruling = self._classifier.key(pressed, event.text() if pressed is Pressed.CHARACTER else "", at_ms)
        self._hand_over(ruling)
        if ruling.is_in_doubt:
            self._typing.doubt(event.text(), begins=ruling.begins)
            return True
        if not ruling.is_guns or pressed is Pressed.PREFIX:
            # What was in doubt before a prefix, or before a key that is a person's, was a person's too.
            self._typing.believe()
        return ruling.is_guns

    def _teach(self, bench: GunBench, event: QKeyEvent, at_ms: int) -> bool:
        is_text = event.text() == _GS or (event.text().isprintable() and not event.modifiers() & _COMMANDS)
        character = event.text() if is_text else ""
        taken = bench.key(character, "" if character else _name_of(event), at_ms)
        self.lesson_heard.emit()
        return taken

    def _pressed(self, event: QKeyEvent) -> Pressed:
        if event.text() == _STX or _F_KEYS.get(event.key(), "none") == self._classifier.prefix:
            return Pressed.PREFIX
        if event.key() in _SUFFIXES:
            return Pressed.SUFFIX
        if event.text() == _GS:
            return Pressed.CHARACTER
        # A blank alone presses the button that has the focus; inside a scan it is a character.
        is_inside = self._typing.is_open or self._classifier.is_prefixed
        is_blank_key = event.key() == Qt.Key.Key_Space and not is_inside
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
        now_ms = time.monotonic_ns() // 1_000_000 + self._offset_ms
        if self._bench is not None:
            self._bench.silence(now_ms)
            self.lesson_heard.emit()
            return
        ruling = self._classifier.silence(now_ms)
        self._hand_over(ruling)
        if not ruling.scanned:
            self._typing.believe()


def _name_of(event: QKeyEvent) -> str:
    """The name under which a gun's prefix or suffix is known; empty for every other key."""
    if event.text() == _STX:
        return "STX"
    if event.key() in _ENTERS:
        return "Enter"
    return "Tab" if event.key() == Qt.Key.Key_Tab else _F_KEYS.get(event.key(), "")
