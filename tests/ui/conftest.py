"""The clerk's window for tests of widgets: the real one, with a till that writes down what it is asked for."""

from collections.abc import Iterator
from typing import Protocol

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from script.draw_screens import Stage


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


def seen(window: QWidget) -> list[QWidget]:
    """Return the widgets that a person would see."""
    return [
        widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window) and not widget.size().isEmpty()
    ]
