"""The way out of a kiosk against a real desk, its voice, and a gun that types where nobody does."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.gun import Gun
from pos_client.config.settings import WedgeSettings
from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.ui.assets import resources_folder
from pos_client.ui.kiosk.kiosk_typing import KioskTyping
from pos_client.ui.kiosk.kiosk_window import KioskStation, KioskWindow
from pos_client.ui.kiosk.staff_door import Asks
from pos_client.ui.kiosk.states import Event, Place
from pos_client.ui.kiosk.voice import QtVoice
from pos_client.usecases.desk import Desk
from pos_client.usecases.spare_key import SpareKey, spare_key
from pos_client.usecases.till_session import TillSession
from script import screen_facts as facts
from script.kiosk_stage import KioskStage
from tests.unit.usecases.conftest import open_counter  # noqa: F401 - a fixture
from tests.unit.usecases.counter import OpenCounter
from tests.unit.usecases.test_authorise import BOSS, PIN, WRONG, a_book, with_boss


class AtOnce:
    """A desk that is asked on this thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._session = desk, TillSession(desk, BOSS)

    def ask(self, work: Callable[[Desk, TillSession], Any], then: Callable[[Any], None]) -> None:
        """Do it now."""
        try:
            found = work(self._desk, self._session)
        except PosError as fault:
            found = fault
        then(found)


class Dead:
    """A desk that never answers again."""

    def ask(self, work: Callable[[Desk, TillSession], Any], then: Callable[[Any], None]) -> None:
        """Hear it, and nothing more."""


def a_kiosk(line: Asks, spare: SpareKey | None = None, now_s: Callable[[], float] = time.monotonic) -> KioskWindow:
    """A kiosk whose desk is asked this way."""
    wording, station = Wording.load(resources_folder()), KioskStation(full_screen=False, spare=spare)
    till, gun = facts.ScriptedTill(), Gun(WedgeSettings())
    return KioskWindow(till, wording, resources_folder(), station, lambda: facts.NOW, now_s, gun, line)


@pytest.fixture
def desk(open_counter: OpenCounter) -> Desk:  # noqa: F811
    """Return the desk of a store where the boss has a PIN."""
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    return counter.desk


@pytest.fixture
def kiosk(qtbot: QtBot, desk: Desk) -> Iterator[KioskWindow]:
    """Return a kiosk there."""
    del qtbot
    made = a_kiosk(AtOnce(desk))
    yield made
    made.screen.end()
    made.screen.deleteLater()


class Dying:
    """A kiosk whose till dies, and the seconds that pass there."""

    def __init__(self, spare: SpareKey | None) -> None:
        self.seconds = 100.0
        self.kiosk = a_kiosk(Dead(), spare, lambda: self.seconds)

    def wait(self, seconds: float) -> None:
        """Time goes by."""
        self.seconds += seconds
        self.kiosk.tick()

    def said(self) -> str:
        """What stands at the door."""
        return self.kiosk.screen.staff.fault.text()


@pytest.fixture
def dying(qtbot: QtBot, desk: Desk) -> Iterator[Dying]:
    """Return one that knew its people when it began."""
    del qtbot
    made = Dying(spare_key(desk))
    yield made
    made.kiosk.screen.end()
    made.kiosk.screen.deleteLater()


def knock(kiosk: KioskWindow) -> None:
    """Five taps in the corner."""
    for _ in range(5):
        QTest.mouseClick(kiosk.screen.corner, Qt.MouseButton.LeftButton)


def type_pin(kiosk: KioskWindow, pin: str) -> None:
    """Digits and Enter."""
    for digit in pin:
        QTest.mouseClick(kiosk.screen.staff.pad.keys[digit], Qt.MouseButton.LeftButton)
    QTest.mouseClick(kiosk.screen.staff.enter, Qt.MouseButton.LeftButton)


def test_a_wrong_pin_stays_and_the_right_one_leaves(kiosk: KioskWindow, qtbot: QtBot) -> None:
    kiosk.screen.show()
    knock(kiosk)
    offered = [button.text() for button in kiosk.screen.staff.people if button.isVisibleTo(kiosk.screen)]
    QTest.mouseClick(kiosk.screen.staff.people[0], Qt.MouseButton.LeftButton)
    type_pin(kiosk, WRONG)
    said, is_open = kiosk.screen.staff.fault.text(), kiosk.screen.isVisible()
    with qtbot.waitSignal(kiosk.screen.closed):
        type_pin(kiosk, PIN)

    assert len(offered) == 1
    assert "*" in offered[0]
    assert said
    assert is_open
    assert not kiosk.screen.isVisible()


def test_a_dead_till_holds_nobody_back_who_has_a_pin(dying: Dying, qtbot: QtBot) -> None:
    kiosk = dying.kiosk
    kiosk.screen.show()
    kiosk.runner._on_died("till", "RuntimeError")
    assert kiosk.presenter.machine.top is Place.OUT_OF_ORDER
    knock(kiosk)
    told = dying.said()
    QTest.mouseClick(kiosk.screen.staff.people[0], Qt.MouseButton.LeftButton)
    type_pin(kiosk, WRONG)
    wrong, is_open = dying.said(), kiosk.screen.isVisible()
    with qtbot.waitSignal(kiosk.screen.closed):
        type_pin(kiosk, PIN)

    assert told == "自助机没有反应；输入密码照样可以退出"
    assert "4" in wrong
    assert is_open


def test_at_a_dead_till_too_the_fifth_wrong_pin_costs_a_minute(dying: Dying) -> None:
    kiosk = dying.kiosk
    kiosk.screen.show()
    knock(kiosk)
    dying.wait(9)
    QTest.mouseClick(kiosk.screen.staff.people[0], Qt.MouseButton.LeftButton)
    for _ in range(5):
        type_pin(kiosk, WRONG)
    fifth = dying.said()
    dying.seconds += 30
    type_pin(kiosk, PIN)
    early, is_open = dying.said(), kiosk.screen.isVisible()
    dying.seconds += 31
    type_pin(kiosk, PIN)

    assert "1分钟" in fifth
    assert "30" in early
    assert is_open
    assert not kiosk.screen.isVisible()


def test_a_kiosk_that_never_knew_anybody_says_what_to_do(qtbot: QtBot) -> None:
    del qtbot
    dying = Dying(None)
    knock(dying.kiosk)
    dying.wait(9)

    assert "关机" in dying.said() or "重新开机" in dying.said()
    dying.kiosk.screen.end()
    dying.kiosk.screen.deleteLater()


def test_a_pin_that_was_begun_is_forgotten_with_the_door(kiosk: KioskWindow) -> None:
    knock(kiosk)
    QTest.mouseClick(kiosk.screen.staff.people[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(kiosk.screen.staff.pad.keys["7"], Qt.MouseButton.LeftButton)
    begun = kiosk.screen.staff.dots.text()
    QTest.mouseClick(kiosk.screen.staff.back, Qt.MouseButton.LeftButton)
    left, rest = kiosk.presenter.machine.top, kiosk.screen.staff.dots.text()
    knock(kiosk)

    assert (begun, left, rest) == ("•", Place.ATTRACT, "")
    assert kiosk.screen.staff.dots.text() == ""


def test_a_guns_characters_wake_nobody_and_a_persons_do() -> None:
    given: list[str] = []
    typing = KioskTyping(given.append)
    typing.doubt("7", begins=True)
    typing.doubt("1", begins=False)
    typing.take_back()
    after_gun = list(given)
    typing.doubt("1", begins=True)
    typing.doubt("3", begins=True)
    typing.believe()

    assert after_gun == []
    assert given == ["1", "3"]
    assert not typing.is_open


class Heard(QObject):
    """A voice that writes down what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []

    def speaks(self, language: str) -> bool:
        """English and Chinese."""
        return bool(language)

    def say(self, text: str, language: str) -> None:
        """Write it down."""
        self.said.append((text, language))

    def hush(self) -> None:
        """Nothing more."""
        self.said.append(("", ""))


def test_screens_are_read_out_only_to_who_asked(qtbot: QtBot) -> None:
    del qtbot
    stage, voice = KioskStage(), Heard()
    stage.screen.set_voice(voice)
    stage.scan_and(facts.repeat())
    quiet = [text for text, _ in voice.said if text]
    stage.wear(has_voice=True)
    stage.close()

    assert quiet == []
    assert [text for text, _ in voice.said if text] == ["这张券已使用 可以换一张券再扫 有疑问可以叫店员"]


def test_an_engine_that_lacks_a_language_is_silent(qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        voice = QtVoice(engine="mock")
        voice.say("您好", "zh")
        voice.say("Hello", "en")
        voice.hush()

    assert caught == []
    assert not voice.speaks("zh")
    assert voice.speaks("en")


def test_a_voice_is_offered_only_where_the_machine_speaks_the_language(qtbot: QtBot) -> None:
    del qtbot
    stage = KioskStage()
    stage.do(Event.ACCESS_ASKED)
    unknown = stage.screen.bar.voice.isVisibleTo(stage.screen)
    stage.screen.set_voice(QtVoice(stage.screen, engine="mock"))
    in_chinese = [button.isVisibleTo(stage.screen) for button in voice_buttons(stage)]
    stage.wear(language="en")
    in_english = [button.isVisibleTo(stage.screen) for button in voice_buttons(stage)]
    stage.close()

    assert unknown
    assert in_chinese == [False, False]
    assert in_english == [True, True]


def voice_buttons(stage: KioskStage) -> tuple[QWidget, QWidget]:
    """On the bar and among the ways to be served."""
    return stage.screen.bar.voice, stage.screen.access.toggles["has_voice"]


def test_where_the_pictures_come_from_is_written_down() -> None:
    licences = (resources_folder() / "LICENSES.md").read_text("utf-8")

    assert Path(resources_folder() / "pictures" / "scan-guide.jpg").stat().st_size > 50_000
    assert "make_scan_photo.py" in licences
