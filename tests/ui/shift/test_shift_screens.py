"""Log-in and override, at both sizes, in both languages, at two sizes of text: nothing cut, too small or nameless."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from pos_client.domain.practice_pins import CLERK_PIN, SUPERVISOR_PIN
from pos_client.ui.fitting import SMALLEST_PX, FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.pin_pad import LEAST_KEY_PX, PinPad
from pos_client.ui.training_stripe import TrainingStripe
from script.clerk_stage import LANGUAGES, SIZES, Stage
from script.shift_screens import SCREENS, shift_page
from script.training_screens import SCREENS as PRACTICE
from tests.ui.conftest import MakeStage

TARGET = 48


@pytest.fixture
def stages(qtbot: QtBot) -> Iterator[list[Stage]]:
    """Collect windows that are closed after the test."""
    made: list[Stage] = []
    yield made
    for stage in made:
        stage.close()


def where(widget: QWidget, window: QWidget) -> QRect:
    """Return a widget's place in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.long
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_can_be_read_hit_and_spoken(
    stages: list[Stage], name: str, language: str, size: tuple[int, int], percent: int
) -> None:
    stage = Stage(language, dark=False, text_percent=percent)
    stages.append(stage)
    stage.draw(*size)
    SCREENS[name](stage)
    stage.draw(*size)
    window = stage.clerk.window
    page = window.body.page(stage.presenter.workspace)
    widgets = [
        widget for widget in page.findChildren(QWidget) if widget.isVisibleTo(window) and not widget.size().isEmpty()
    ]
    labels = [widget for widget in widgets if isinstance(widget, FittedLabel) and widget.text().strip()]
    buttons = [widget for widget in widgets if isinstance(widget, QAbstractButton)]

    assert [label.text() for label in labels if label.is_cut()] == []
    assert [label.text() for label in labels if label.shown_font().pixelSize() < SMALLEST_PX] == []
    assert [button.text() for button in buttons if isinstance(button, KeyButton) and button.is_cut()] == []
    assert [
        (button.accessibleName(), button.size().toTuple())
        for button in buttons
        if button.height() < TARGET or button.width() < TARGET
    ] == []
    pads = [widget for widget in widgets if isinstance(widget, PinPad)]
    keys = [key for pad in pads for key in pad.keys.findChildren(QAbstractButton)]
    assert [key.size().toTuple() for key in keys if min(key.width(), key.height()) < LEAST_KEY_PX] == []
    assert [button for button in buttons if not button.accessibleName()] == []
    assert [
        (one.accessibleName(), other.accessibleName())
        for one, other in combinations(buttons, 2)
        if where(one, window).intersects(where(other, window))
    ] == []
    inside = where(page, window)
    assert [button.accessibleName() for button in buttons if not inside.contains(where(button, window))] == []


def test_practice_alone_says_its_pins(make_stage: MakeStage) -> None:
    stage = make_stage("en")
    SCREENS["shift"](stage)
    of_a_counter = shift_page(stage).message.text()
    PRACTICE["training-shift"](stage)

    said = shift_page(stage).message.text()
    assert CLERK_PIN not in of_a_counter
    assert CLERK_PIN in said
    assert SUPERVISOR_PIN in said
    assert stage.clerk.window.findChildren(TrainingStripe)
