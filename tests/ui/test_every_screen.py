"""Every state of the gallery and every page, at each size and text size, in both languages, and in words much longer.

Nothing is cut, too small for a finger or an eye, nameless, in another's way, or out of the keyboard's reach.
"""

import gc

import pytest
from pytestqt.qtbot import QtBot

from pos_client.ui.screens import PAGES
from script.clerk_stage import LANGUAGES, SIZES, Play, Stage
from script.gallery import CLERK, sizes_of

from . import walk
from .conftest import MakeStage
from .pseudo_locale import speak_at_length

# All of the gallery's states take minutes; these differ in what stands where. The others are walked in the long tests.
SHORT = (
    *("idle", "member", "used", "confirm", "amount", "phone", "undo", "promoter", "help", "gun", "gun-lost"),
    *("shift-pin", "override-pin", "history-detail", "settings-camera", "tray", "set", "bind", "prize", "receipt"),
    *("close-conflicts", "close-sign", "dashboard"),
)

# A window that is not shown hands a new height on by one layout with each drawing; a shown one does so at once.
_LEVELS = 5


def found(stage: Stage, play: Play, sizes: tuple[tuple[int, int], ...] = SIZES) -> list[str]:
    """Play a state and return what is wrong with it at each size."""
    stage.draw(*sizes[0])
    play(stage)
    faults = []
    for size in sizes:
        stage.draw(*size)
        for _ in range(_LEVELS):
            stage.draw(*size)
            wrong = list(walk.faults(stage.clerk.window))
            if not wrong:
                break
        faults += [f"{size[0]}x{size[1]}: {fault}" for fault in wrong]
    return faults


# Each state in one language and at one size here; in all, with large text and in words much longer in the long tests.
ONCE = tuple((name, LANGUAGES[number % 2], number % len(sizes_of(CLERK[name]))) for number, name in enumerate(CLERK))
SHORT_ONCE = tuple((name, LANGUAGES[number % 2]) for number, name in enumerate(SHORT))


@pytest.mark.parametrize(("name", "language", "size"), ONCE)
def test_a_state_can_be_read_hit_and_spoken(make_stage: MakeStage, name: str, language: str, size: int) -> None:
    assert found(make_stage(language), CLERK[name].play, (sizes_of(CLERK[name])[size],)) == []


@pytest.mark.long
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLERK)
def test_it_can_in_both_languages_with_large_text(
    make_stage: MakeStage, name: str, language: str, percent: int
) -> None:
    assert found(make_stage(language, text_percent=percent), CLERK[name].play, sizes_of(CLERK[name])) == []


@pytest.mark.parametrize(("name", "language"), SHORT_ONCE)
def test_large_text_loses_nothing(make_stage: MakeStage, name: str, language: str) -> None:
    assert found(make_stage(language, text_percent=200), CLERK[name].play, ((1280, 800),)) == []


@pytest.mark.long
def test_every_page_is_among_them(qtbot: QtBot) -> None:
    del qtbot
    led_to = set()
    for name in (*SHORT, "shift", "member-choice", "change-number", "override-who", "network"):
        stage = Stage()
        CLERK[name].play(stage)
        led_to.add(stage.presenter.workspace)
        stage.close()
        gc.collect()

    assert {page.workspace for page in PAGES} <= led_to


def cut_when_longer(make_stage: MakeStage, name: str, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """Play a state in words longer by two fifths and return what does not fit."""
    stage = make_stage("en")
    speak_at_length(stage)
    return [fault for fault in found(stage, CLERK[name].play, sizes) if "cut: " in fault]


@pytest.mark.parametrize("name", SHORT)
def test_words_longer_by_two_fifths_fit(make_stage: MakeStage, name: str) -> None:
    assert cut_when_longer(make_stage, name, (SIZES[len(name) % len(SIZES)],)) == []


@pytest.mark.long
@pytest.mark.parametrize("name", CLERK)
def test_they_fit_everywhere(make_stage: MakeStage, name: str) -> None:
    assert cut_when_longer(make_stage, name, sizes_of(CLERK[name])) == []


def unreached(make_stage: MakeStage, qtbot: QtBot, name: str) -> list[str]:
    """Play a state and return the controls that Tab does not reach."""
    stage = make_stage()
    stage.draw(1280, 800)
    CLERK[name].play(stage)
    stage.clerk.window.show()
    stage.clerk.window.activateWindow()
    qtbot.waitUntil(stage.clerk.window.isActiveWindow)
    return walk.out_of_reach(stage.clerk.window)


@pytest.mark.parametrize("name", SHORT)
def test_every_control_is_reached_by_tab(make_stage: MakeStage, qtbot: QtBot, name: str) -> None:
    assert unreached(make_stage, qtbot, name) == []


@pytest.mark.long
@pytest.mark.parametrize("name", CLERK)
def test_it_is_reached_everywhere(make_stage: MakeStage, qtbot: QtBot, name: str) -> None:
    assert unreached(make_stage, qtbot, name) == []
