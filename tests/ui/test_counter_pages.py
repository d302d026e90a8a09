"""History, settings and tray in every state, at both sizes, in both languages, with large text: nothing is cut."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QTableView

from pos_client.ui.fitting import SMALLEST_PX, FittedLabel
from pos_client.ui.key_button import KeyButton
from script import history_screens, settings_screens, tray_screens
from script.clerk_stage import LANGUAGES, SIZES, Play

from .conftest import MakeStage
from .walk import seen

SCREENS: dict[str, Play] = {
    **history_screens.SCREENS,
    **settings_screens.SCREENS,
    **tray_screens.SCREENS,
}
TARGET = 48


@pytest.mark.long
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_can_be_read_hit_and_spoken(
    make_stage: MakeStage, name: str, language: str, size: tuple[int, int], percent: int
) -> None:
    stage = make_stage(language, text_percent=percent)
    stage.draw(*size)
    SCREENS[name](stage)
    stage.draw(*size)
    window = stage.clerk.window
    widgets = seen(window)
    labels = [widget for widget in widgets if isinstance(widget, FittedLabel) and widget.text().strip()]
    buttons = [widget for widget in widgets if isinstance(widget, QAbstractButton) and widget.text() is not None]

    assert [label.text() for label in labels if label.is_cut()] == []
    assert [label.text() for label in labels if label.shown_font().pixelSize() < SMALLEST_PX] == []
    assert [button.text() for button in buttons if isinstance(button, KeyButton) and button.is_cut()] == []
    small = [
        b for b in buttons if (b.height() < TARGET or b.width() < TARGET) and not isinstance(b.parent(), QTableView)
    ]
    assert [(button.accessibleName(), button.size().toTuple()) for button in small] == []
    assert [button for button in buttons if not button.accessibleName() and button not in small] == []
    places = [(b.accessibleName(), QRect(b.mapTo(window, QPoint(0, 0)), b.size())) for b in buttons]
    crossing = [
        (one[0], other[0])
        for number, one in enumerate(places)
        for other in places[number + 1 :]
        if one[1].intersects(other[1])
    ]
    assert crossing == []
    assert [name for name, place in places if not window.rect().contains(place)] == []
