"""Widgets that nobody holds any more are taken down on the window's thread, whichever thread allocates."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos_client.ui.sweeping import Sweeper

PLENTY = 20_000


class Knot(QObject):
    """Something of Qt's in a cycle; notes on which thread it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.myself = self


def knot(gone_on: list[int]) -> None:
    """Tie one, and let go of it."""
    weakref.finalize(Knot(), lambda: gone_on.append(threading.get_ident()))


def on_another_thread() -> list[list[int]]:
    """What a busy worker does: makes far more objects than the collector waits for."""
    made: list[list[int]] = []
    thread = threading.Thread(target=lambda: made.extend([number] for number in range(PLENTY)))
    thread.start()
    thread.join()
    return made


def test_no_cycle_is_swept_on_another_thread(qtbot: QtBot) -> None:
    here, gone_on, window = threading.get_ident(), list[int](), QObject()
    sweeper = Sweeper(window)
    sweeper.begin()
    try:
        knot(gone_on)
        made = on_another_thread()
        assert gone_on == []
        qtbot.waitUntil(lambda: gone_on == [here])
        assert len(made) == PLENTY
    finally:
        sweeper.end()


def test_without_it_another_thread_would_sweep() -> None:
    gone_on: list[int] = []
    knot(gone_on)
    on_another_thread()

    assert gone_on
    assert gone_on[0] != threading.get_ident()


def test_the_last_one_gives_the_collector_back() -> None:
    window = QObject()
    first, second = Sweeper(window), Sweeper(window)
    for sweeper in (first, second):
        sweeper.begin()
    first.end()
    first.end()
    in_between = gc.isenabled()
    second.end()

    assert (in_between, gc.isenabled()) == (False, True)
