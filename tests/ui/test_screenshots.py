"""The pictures in the papers: of every screen, alike each time they are drawn, and of nobody's telephone."""

import re
from pathlib import Path

import pytest

from script.clerk_stage import LANGUAGES
from script.flat_png import png
from script.gallery import ALL, PLAYS, SECTIONS, gallery_page, sizes_of
from script.scan_screens import SCREENS

from .conftest import MakeStage
from .test_language import words

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LARGEST_FOLDER = 52_000_000


def test_there_is_a_picture_of_every_screen() -> None:
    expected = {screen.file(language, size) for screen in ALL for language in LANGUAGES for size in sizes_of(screen)}

    assert {path.name for path in FOLDER.iterdir()} == expected


def test_the_page_of_pictures_shows_them_all() -> None:
    assert (FOLDER.parent / "screens.md").read_text("utf-8") == gallery_page()


def test_every_state_has_words_of_its_own_under_its_screen() -> None:
    named = {(section.kind, name) for section in SECTIONS for name in section.states}
    titles = [section.title[0].split()[0] for section in SECTIONS]
    headings = [(screen.kind, screen.group, screen.words) for screen in ALL]

    assert named == {(kind, name) for kind, plays in PLAYS.items() for name in plays}
    assert len(headings) == len(set(headings))
    numbered = (
        [f"C{one}" for one in range(1, 13)] + [f"K{one}" for one in range(1, 8)] + [f"E{one}" for one in range(1, 6)]
    )
    assert {*numbered, "D1"} <= set(titles)


def test_they_are_small_enough_to_be_kept() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LARGEST_FOLDER


def test_a_picture_is_alike_each_time(make_stage: MakeStage) -> None:
    drawn = []
    for _ in range(2):
        stage = make_stage("zh")
        SCREENS["used-offline"](stage)
        drawn.append(png(stage.draw(1280, 800)))

    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("name", SCREENS)
def test_no_whole_number_is_shown(make_stage: MakeStage, name: str) -> None:
    stage = make_stage("en")
    SCREENS[name](stage)
    stage.draw(1280, 800)
    digits = [re.sub(r"[ -]", "", text) for text in words(stage)]

    assert [text for text in digits if re.search(r"\d{11}", text)] == []
