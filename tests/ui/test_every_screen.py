"""Every state of the window, at both sizes and in both languages: nothing cut, nothing too small, nothing nameless."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QListWidget, QWidget

from pos_client.ui.fitting import SMALLEST_PX, FittedLabel
from pos_client.ui.key_button import KeyButton
from script.draw_screens import LANGUAGES, SCREENS, SIZES, Stage

from .conftest import MakeStage, seen

TARGET = 48


def where(widget: QWidget, window: QWidget) -> QRect:
    """Return a widget's place in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def played(make_stage: MakeStage, name: str, language: str, size: tuple[int, int]) -> tuple[Stage, list[QWidget]]:
    """Return the window in a state at a size, and what can be seen of it."""
    stage = make_stage(language)
    stage.draw(*size)
    SCREENS[name](stage)
    stage.draw(*size)
    return stage, seen(stage.clerk.window)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
class TestScreen:
    """One state of the window."""

    def test_can_be_read_hit_and_spoken(
        self, make_stage: MakeStage, name: str, language: str, size: tuple[int, int]
    ) -> None:
        stage, widgets = played(make_stage, name, language, size)
        window = stage.clerk.window
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
        assert [button for button in buttons if not button.accessibleName()] == []
        assert [lists for lists in widgets if isinstance(lists, QListWidget) and not lists.accessibleName()] == []
        overlapping = [
            (one.accessibleName(), other.accessibleName())
            for one, other in combinations(buttons, 2)
            if where(one, window).intersects(where(other, window))
        ]
        assert overlapping == []
        outside = [button.accessibleName() for button in buttons if not window.rect().contains(where(button, window))]
        assert outside == []


@pytest.mark.parametrize("percent", [150, 200])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["idle", "member", "used", "confirm", "amount", "phone", "undo", "promoter", "help", "gun", "gun-lost"]
)
def test_large_text_loses_nothing(make_stage: MakeStage, name: str, language: str, percent: int) -> None:
    stage = make_stage(language, text_percent=percent)
    SCREENS[name](stage)
    stage.draw(1280, 800)
    widgets = seen(stage.clerk.window)

    cut = [widget.text() for widget in widgets if isinstance(widget, FittedLabel | KeyButton) and widget.is_cut()]

    assert cut == []
