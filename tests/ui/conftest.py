"""The clerk's window for tests of widgets: the real one, with a till that writes down what it is asked for."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from pytestqt.qtbot import QtBot

from pos_client.storage.journal import SqlJournal
from script.clerk_stage import Stage
from tests.unit.usecases.counter import Counter, OpenCounter, Tables, a_counter


class MakeStage(Protocol):
    """How a test asks for a window."""

    def __call__(self, language: str = "zh", *, dark: bool = False, text_percent: int = 100) -> Stage: ...


@pytest.fixture
def make_stage(qtbot: QtBot) -> Iterator[MakeStage]:
    """Make windows in a language; each is closed after the test."""
    made: list[Stage] = []

    def make(language: str = "zh", *, dark: bool = False, text_percent: int = 100) -> Stage:
        stage = Stage(language, dark=dark, text_percent=text_percent)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()
    made.clear()
    # A style sheet is laid on every widget that lives, and a window is a circle of references.
    gc.collect()


@pytest.fixture
def stage(make_stage: MakeStage) -> Stage:
    """Return a Chinese window of 1280 by 800, laid out but not shown."""
    made = make_stage()
    made.draw(1280, 800)
    return made


@pytest.fixture
def shown(stage: Stage, qtbot: QtBot) -> Stage:
    """Return that window, really shown and active."""
    stage.clerk.window.show()
    stage.clerk.window.activateWindow()
    qtbot.waitUntil(stage.clerk.window.isActiveWindow)
    return stage


@pytest.fixture
def open_counter(tmp_path: Path) -> Iterator[OpenCounter]:
    """Open a counter with a real journal and a real cache; the shop's rows may be changed."""
    opened: list[SqlJournal] = []

    def open_it(change: Callable[[Tables], object] | None = None, *, with_data: bool = True) -> Counter:
        counter = a_counter(tmp_path, change, with_data=with_data)
        opened.append(counter.journal)
        return counter

    yield open_it
    for journal in opened:
        journal.close()
