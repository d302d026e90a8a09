"""C12: looks are made beside the till, tests play and show, and a clerk is told what to do."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.ui.bridges import CameraPicture, Sighting
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.settings.camera_measure import CameraMeasure
from pos_client.ui.settings.settings_page import SettingsPage
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.machine_checks import Finding, Light
from tests.unit.usecases.counter import Counter, a_counter

from .counter_desk import CounterDesk


@dataclass
class Parts:
    """Parts of a machine, each as it is told."""

    found: dict[str, Finding] = field(
        default_factory=lambda: {"network": Finding(Light.GOOD), "disk": Finding(Light.BAD, "1 MB free")}
    )
    threads: set[str] = field(default_factory=set)

    def names(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self.found)

    def look(self, name: str) -> Finding:
        """One look."""
        self.threads.add(threading.current_thread().name)
        return self.found[name]


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    return a_counter(tmp_path_factory.mktemp("counter"))


@pytest.fixture
def parts() -> Parts:
    return Parts()


@pytest.fixture
def desk(counter: Counter, parts: Parts, qtbot: QtBot) -> Iterator[CounterDesk]:
    made = CounterDesk(counter, CounterTools(checks=parts))
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    QTest.keyClick(made.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    yield made
    made.close()


def page_of(desk: CounterDesk) -> SettingsPage:
    page = desk.window.body.page(Workspace.SETTINGS)
    assert isinstance(page, SettingsPage)
    return page


def test_opening_looks_at_everything_beside_the_till(desk: CounterDesk, parts: Parts, qtbot: QtBot) -> None:
    page = page_of(desk)
    qtbot.waitUntil(lambda: page.tiles["disk"].finding.light is Light.BAD)

    assert page.isVisible()
    assert page.tiles["network"].finding.light is Light.GOOD
    assert parts.threads == {"checks"}
    assert page.tiles["disk"].accessibleName() == "Disk: broken"


def test_a_part_says_what_mends_it_and_t_looks_again(desk: CounterDesk, parts: Parts, qtbot: QtBot) -> None:
    page = page_of(desk)
    qtbot.waitUntil(lambda: page.tiles["disk"].finding.light is Light.BAD)
    QTest.mouseClick(page.tiles["disk"], Qt.MouseButton.LeftButton)
    assert "delete nothing" in page.detail.mend.text()
    parts.found["disk"] = Finding(Light.GOOD)
    QTest.keyClicks(desk.window, "t")
    qtbot.waitUntil(lambda: page.tiles["disk"].finding.light is Light.GOOD)

    assert page.detail.mend.text() == "Nothing to do."


def test_the_sound_test_plays_every_sound_by_name(desk: CounterDesk, qtbot: QtBot) -> None:
    page, heard = page_of(desk), list[Sound]()
    desk.window.page.sounded.connect(heard.append)
    page.choose("sound")
    page.detail._next.setInterval(1)
    QTest.keyClicks(desk.window, "t")
    qtbot.waitUntil(lambda: len(heard) == len(Sound))

    assert heard == list(Sound)


def test_the_camera_test_shows_the_picture_and_its_figures(desk: CounterDesk) -> None:
    page = page_of(desk)
    page.tiles["camera"] = page.tiles["network"]
    page.choose("camera")
    sharp = np.tile(np.array([0, 255], np.uint8).repeat(8), (480, 40))
    desk.window.body.show_picture(CameraPicture(sharp, (Sighting(((0, 0),) * 4, believed=True),)))

    assert page.detail.figures[3][1].text() == "640 × 480"


def test_a_loudspeaker_that_went_is_red(desk: CounterDesk) -> None:
    desk.window.body.show_sound(can_be_heard=False)

    assert page_of(desk).tiles["sound"].finding.light is Light.BAD


def test_a_blurred_picture_measures_less_sharp_than_a_sharp_one() -> None:
    sharp = np.tile(np.array([0, 255], np.uint8).repeat(8), (100, 20))
    ramp = np.tile(np.linspace(0, 255, 320).astype(np.uint8), (100, 1))
    figures = []
    for picture in (sharp, ramp):
        measure = CameraMeasure()
        for number in range(41):
            measure.take(number / 10, picture, has_code=number % 2 == 0, is_read=number % 4 == 0)
        figures.append(measure.figures())

    assert figures[0].sharpness == 100
    assert figures[1].sharpness < 10
    assert figures[0].fps == pytest.approx(10)
    assert figures[0].read_percent in range(45, 56)
