"""A kiosk's call on the clerk's screen: there within a second, with a reason and no number, not over the verdict."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.config.wording import Wording
from pos_client.ui.assets import resources_folder
from pos_client.ui.assistance.assistance_side import AssistanceSide
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.scan.sound import Sound
from script import kiosk_facts as kiosk
from script.clerk_stage import LANGUAGES, SIZES, Stage
from script.kiosk_stage import OneCall

from .conftest import MakeStage
from .walk import seen


class Counter:
    """A clerk's window with an ear for kiosks."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.calls = stage, OneCall()
        self.heard: list[Sound] = []
        wording = Wording.load(resources_folder())
        self.side = AssistanceSide(stage.clerk, self.calls, 1, wording, lambda: stage.time)
        stage.clerk.window.page.sounded.connect(self.heard.append)

    def look(self) -> None:
        """Half a second has passed."""
        self.side.look()


@pytest.fixture
def counter(stage: Stage) -> Counter:
    """Return a counter in Chinese."""
    return Counter(stage)


def test_the_card_says_who_why_and_what_without_a_number(counter: Counter) -> None:
    counter.calls.kept = kiosk.call()
    counter.look()

    assert counter.side.card.isVisibleTo(counter.stage.clerk.window)
    assert counter.side.card.title.text() == "3 号自助机呼叫"
    assert counter.side.card.line.text() == "看到结果 · 已用过 · 王** · 已等 12秒钟"


def test_the_bell_rings_until_somebody_goes(counter: Counter) -> None:
    counter.calls.kept = kiosk.call()
    for _ in range(60):
        counter.look()
        counter.stage.time = counter.stage.wait(0.5)
    before = list(counter.heard)
    QTest.mouseClick(counter.side.card.button, Qt.MouseButton.LeftButton)
    for _ in range(60):
        counter.look()
        counter.stage.wait(0.5)

    assert before == [Sound.HELP, Sound.HELP]
    assert counter.heard == before
    assert counter.side.card.title.text() == "李敏 去 3 号自助机"


def test_who_was_helped_is_off_the_screen(counter: Counter) -> None:
    counter.calls.kept = kiosk.call(taken_by="小李")
    counter.look()
    QTest.mouseClick(counter.side.card.button, Qt.MouseButton.LeftButton)

    assert counter.calls.kept is None
    assert not counter.side.card.isVisibleTo(counter.stage.clerk.window)


def test_after_90_seconds_it_looks_and_reads_otherwise(counter: Counter) -> None:
    counter.calls.kept = kiosk.call(91)
    counter.look()

    assert counter.side.card.property("tone") == "no"
    assert counter.side.card.title.text() == "3 号自助机等太久了，请马上去"


def test_a_scan_is_taken_as_ever(counter: Counter) -> None:
    counter.calls.kept = kiosk.call()
    counter.look()
    counter.stage.type("138")

    assert counter.stage.presenter.entries.code.text == "138"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_and_the_verdict_is_free(
    make_stage: MakeStage, language: str, size: tuple[int, int], percent: int
) -> None:
    counter = Counter(make_stage(language, text_percent=percent))
    counter.calls.kept = kiosk.call(91)
    counter.stage.draw(*size)
    counter.look()
    counter.stage.draw(*size)
    card, verdict = counter.side.card, counter.stage.clerk.window.page.verdict
    labels = [label for label in seen(card) if isinstance(label, FittedLabel)]
    place = verdict.mapTo(counter.stage.clerk.window.body, verdict.rect().topLeft())

    assert [label.text() for label in labels if label.is_cut()] == []
    assert not card.button.is_cut()
    assert card.button.height() >= 48
    assert not card.geometry().intersects(verdict.rect().translated(place))
