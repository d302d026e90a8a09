"""Somebody before a kiosk that ``run --mode kiosk`` opened on a real home: touches, keys, and what he waits to see.

The window runs its own loop, threads and all, on the thread of the test; a play is a generator that says what it waits
for, and is gone on with when that is seen.
"""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_client import bootstrap
from pos_client.bootstrap import WindowKind
from pos_client.cli.verdict_document import verdict_document
from pos_client.ui.kiosk.kiosk_screen import KioskScreen
from pos_client.ui.kiosk.states import Place
from script import gun_burst

_LOOK_MS: Final = 20
_WITHIN_S: Final = 30.0


@dataclass(frozen=True)
class Seen:
    """Something that must come within half a minute: a name for it, and whether it is there."""

    what: str
    is_there: Callable[[], bool]


Play = Generator[Seen, None, None]


def at(screen: KioskScreen, place: Place) -> Seen:
    """A screen of the kiosk."""
    return Seen(f"the screen {place}", lambda: screen.place is place)


def touch(widget: QWidget) -> None:
    """A finger."""
    assert widget.isVisible(), widget
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def shoot(screen: KioskScreen, code: str) -> None:
    """A keyboard gun, wherever the focus is."""
    gun_burst.shoot(screen.windowHandle(), code)


def knock(screen: KioskScreen) -> None:
    """Five taps in the corner."""
    for _ in range(5):
        QTest.mouseClick(screen.corner, Qt.MouseButton.LeftButton)


def type_pin(screen: KioskScreen, pin: str) -> None:
    """Digits on the pad, and "end the kiosk"."""
    for digit in pin:
        touch(screen.staff.pad.keys[digit])
    touch(screen.staff.enter)


def leave(screen: KioskScreen, pin: str) -> Play:
    """Staff ends it."""
    knock(screen)
    yield Seen("who may leave", lambda: any(button.isVisible() for button in screen.staff.people))
    touch(screen.staff.people[0])
    type_pin(screen, pin)
    yield Seen("the end", lambda: not screen.isVisible())


class _Player(QObject):
    """Goes on with a play whenever what it waits for is seen."""

    def __init__(self, play: Callable[[KioskScreen], Play]) -> None:
        super().__init__()
        self._play = play
        self._rest: Play | None = None
        self._screen: KioskScreen | None = None
        self._seen = Seen("the kiosk", self._is_open)
        self._since = time.monotonic()
        self.failure: BaseException | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(_LOOK_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _is_open(self) -> bool:
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, KioskScreen) and one.isVisible()]
        self._screen = shown[0] if shown else None
        return bool(shown)

    def _look(self) -> None:
        try:
            if self._seen.is_there():
                self._go_on()
            elif time.monotonic() - self._since > _WITHIN_S:
                self._end(AssertionError(f"never seen: {self._seen.what}"))
        except BaseException as failure:  # noqa: BLE001 - whatever it is, the window ends and the test gets it
            self._end(None if isinstance(failure, StopIteration) else failure)

    def _go_on(self) -> None:
        if self._rest is None:
            assert self._screen is not None
            self._rest = self._play(self._screen)
        self._seen = next(self._rest)
        self._since = time.monotonic()

    def _end(self, failure: BaseException | None) -> None:
        self.timer.stop()
        self.failure = failure
        if self._screen is not None and self._screen.isVisible():
            self._screen.end()


def visit(home: Path, source: str, play: Callable[[KioskScreen], Play]) -> int:
    """Open a kiosk on a home, play, and return its exit code; the kiosk is closed by the play or after it.

    Raises:
        AssertionError: of the play, or what it never saw.
    """
    player = _Player(play)
    try:
        code = bootstrap.run_window(home, source, verdict_document, WindowKind.KIOSK)
    finally:
        player.timer.stop()
    if player.failure is not None:
        raise player.failure
    return code
