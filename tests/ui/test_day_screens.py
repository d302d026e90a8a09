"""Every state of the day's end and of its figures, at each size and text size: nothing cut, too small or nameless."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QListWidget, QWidget

from pos_client.ui.dashboard.bar_chart import BarChart
from pos_client.ui.fitting import SMALLEST_PX, FittedLabel
from pos_client.ui.key_button import KeyButton
from script.clerk_stage import SIZES as TWO_SIZES
from script.clerk_stage import Stage
from script.close_screens import SCREENS as CLOSE
from script.dashboard_screens import SCREENS as DASHBOARD
from script.gallery import TALL

from .walk import seen

SCREENS = CLOSE | DASHBOARD
SIZES = (*TWO_SIZES, TALL)
TARGET = 48


@pytest.fixture
def stages(qapp: object) -> Iterator[list[Stage]]:
    """Return a list whose windows are closed afterwards."""
    del qapp
    made: list[Stage] = []
    yield made
    for stage in made:
        stage.close()


def played(
    stages: list[Stage], name: str, language: str, size: tuple[int, int], percent: int = 100
) -> tuple[Stage, list[QWidget]]:
    """Return a window in a state, and what can be seen of its screen."""
    stage = Stage(language, text_percent=percent)
    stages.append(stage)
    stage.draw(*size)
    SCREENS[name](stage)
    stage.draw(*size)
    QCoreApplication.processEvents()
    stage.draw(*size)
    page = stage.clerk.window.body.currentWidget()
    return stage, [one for one in seen(stage.clerk.window) if page and page.isAncestorOf(one)]


def cut(widgets: list[QWidget]) -> list[str]:
    """Return what cannot be read whole."""
    words = [one.text() for one in widgets if isinstance(one, FittedLabel | KeyButton) and one.is_cut()]
    return words + [one.accessibleName() for one in widgets if isinstance(one, BarChart) and one.is_cut()]


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_it_can_be_read_hit_and_spoken(stages: list[Stage], name: str, language: str, size: tuple[int, int]) -> None:
    stage, widgets = played(stages, name, language, size)
    window = stage.clerk.window
    buttons = [one for one in widgets if isinstance(one, QAbstractButton)]

    assert cut(widgets) == []
    labels = [one for one in widgets if isinstance(one, FittedLabel) and one.text().strip()]
    assert [one.text() for one in labels if one.shown_font().pixelSize() < SMALLEST_PX] == []
    keys = [one for one in buttons if isinstance(one, KeyButton)]
    assert [one.accessibleName() for one in keys if one.height() < TARGET or one.width() < TARGET] == []
    assert [one for one in keys if not one.accessibleName()] == []
    assert [one for one in widgets if isinstance(one, QListWidget) and not one.accessibleName()] == []
    places = {one: QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in keys}
    assert [1 for one, other in combinations(keys, 2) if places[one].intersects(places[other])] == []
    assert [one.accessibleName() for one in keys if not window.rect().contains(places[one])] == []


@pytest.mark.long
@pytest.mark.parametrize("percent", [150, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_large_text_loses_nothing(stages: list[Stage], name: str, language: str, percent: int) -> None:
    stage, widgets = played(stages, name, language, (1280, 800), percent)
    window = stage.clerk.window
    keys = [one for one in widgets if isinstance(one, KeyButton)]
    places = [QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in keys]

    assert cut(widgets) == []
    assert [1 for one, other in combinations(places, 2) if one.intersects(other)] == []
    assert [1 for one in places if not window.rect().contains(one)] == []
