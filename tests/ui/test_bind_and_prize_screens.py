"""Binding and hand-over in every state, at both sizes, in both languages, with large text: nothing is cut."""

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos_client.ui.fitting import SMALLEST_PX, FittedLabel
from pos_client.ui.key_button import KeyButton
from script import bind_screens, handover_screens
from script.clerk_stage import LANGUAGES, SIZES, Stage

from .conftest import MakeStage
from .walk import seen

SCREENS: dict[str, Callable[[Stage], object]] = {**bind_screens.SCREENS, **handover_screens.SCREENS}
TARGET = 48


def where(widget: QWidget, window: QWidget) -> QRect:
    """Return a widget's place in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.long
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_can_be_read_hit_and_spoken(make_stage: MakeStage, name: str, language: str, percent: int) -> None:
    stage = make_stage(language, text_percent=percent)
    stage.draw(*SIZES[0])
    SCREENS[name](stage)
    for size in SIZES:
        stage.draw(*size)
        stage.draw(*size)
        window = stage.clerk.window
        widgets = seen(window)
        body = [widget for widget in widgets if window.body.isAncestorOf(widget)]
        labels = [widget for widget in body if isinstance(widget, FittedLabel) and widget.text().strip()]
        buttons = [widget for widget in body if isinstance(widget, QAbstractButton)]

        assert [label.text() for label in labels if label.is_cut()] == []
        assert [label.text() for label in labels if label.shown_font().pixelSize() < SMALLEST_PX] == []
        assert [button.text() for button in buttons if isinstance(button, KeyButton) and button.is_cut()] == []
        small = [b.accessibleName() for b in buttons if b.height() < TARGET or b.width() < TARGET]
        assert small == []
        assert [button for button in buttons if not button.accessibleName()] == []
        crossing = [
            (one.accessibleName(), other.accessibleName())
            for one, other in combinations(buttons, 2)
            if where(one, window).intersects(where(other, window))
        ]
        assert crossing == []
        assert [b.accessibleName() for b in buttons if not window.rect().contains(where(b, window))] == []
        digits = [re.sub(r"[ -]", "", label.text()) for label in labels]
        assert [text for text in digits if re.search(r"\d{11}", text)] == []
