"""The language changes while the window runs: every word, nothing lost, and no word of the other language is left."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from script.clerk_stage import Stage
from script.scan_screens import SCREENS

from .conftest import MakeStage
from .walk import seen

# Names of people, shops and keys, and the other language's name for itself, are the same in both.
_NAMES = re.compile(r"华联超市|日化台|城西店|小李|小陈|小王|阿芳|赵姐|李敏|周主管|吴店长|王\*\*|金卡|中文")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{3,}")
_SAME = re.compile(
    r"Enter|Esc|Del|Ctrl|Caps Lock|English|pos-client|E-[A-Z]{2,3}[- ][\w -]*|RuntimeError"
    r"|/dev/\w+|0123456789(?i:abc[d-z]*)|ABCD"
)


def words(stage: Stage) -> list[str]:
    """Return every text that can be seen, and every name that can be heard."""
    window = stage.clerk.window
    found: list[str] = [window.windowTitle()]
    for widget in seen(window):
        found += texts_of(widget)
    return [text for text in found if text.strip()]


def texts_of(widget: QWidget) -> list[str]:
    """Return the texts of one widget."""
    said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    if isinstance(widget, QLabel | QAbstractButton):
        said.append(widget.text())
    return said


def left_over(texts: list[str], language: str) -> list[str]:
    """Return the texts that hold words of the other language."""
    foreign = _CHINESE if language == "en" else _ENGLISH
    return [text for text in texts if foreign.search(_SAME.sub("", _NAMES.sub("", text)))]


@pytest.mark.parametrize("name", SCREENS)
def test_every_word_changes(make_stage: MakeStage, name: str) -> None:
    stage = make_stage("zh")
    SCREENS[name](stage)
    stage.draw(1280, 800)
    chinese = words(stage)
    stage.clerk.translations.use("en")
    stage.draw(1280, 800)
    english = words(stage)
    stage.clerk.translations.use("zh")

    assert left_over(chinese, "zh") == []
    assert left_over(english, "en") == []
    # A deed under way is said again only if its answer takes its time again.
    assert words(stage) == chinese or name == "checking"


def test_the_key_changes_it_and_the_verdict_stays(shown: Stage) -> None:
    SCREENS["used"](shown)
    before = shown.clerk.window.page.verdict.headline.text()
    QTest.keyClick(shown.clerk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert (before, shown.clerk.window.page.verdict.headline.text()) == ("已用过", "Already used")


def test_half_typed_numbers_survive_it(make_stage: MakeStage) -> None:
    stage = make_stage("zh")
    stage.type("13800")
    stage.clerk.translations.toggle()

    assert stage.clerk.window.page.code_entry.shown.text() == "138 00"
    assert stage.clerk.window.page.code_entry.hint.text() == "6 more digits"


def test_one_and_many_are_told_apart(make_stage: MakeStage) -> None:
    stage = make_stage("en")
    stage.type("1380013800")

    assert stage.clerk.window.page.code_entry.hint.text() == "1 more digit"
