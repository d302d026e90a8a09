"""Ten thousand scans among a person's keys: none lost, none mistaken, no button pressed, nothing half typed lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_client.config.settings import WedgeSettings
from pos_client.devices.gun_lesson import learn_timing

from .gun_desk import Desk
from .wedge_replay import SLOW, Replay, every_shot, learned

MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeDesk]:
    """Open counters whose gun is recognised by given limits."""
    made: list[Desk] = []

    def make(**limits: int | str) -> Desk:
        made.append(Desk(qtbot, tmp_path / "station.toml", WedgeSettings.model_validate({"prefix": "F9", **limits})))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """Return a counter that has learned the slowest gun which can still be told from a person by its speed."""
    return make_desk(**learned(35, 8))


def test_every_case_is_heard_once(desk: Desk) -> None:
    outcome = Replay(desk, Random(1)).run(len(every_shot()))

    assert outcome.scans == 384
    assert (outcome.lost, outcome.mistaken, outcome.pressed, outcome.overwritten) == (0, 0, 0, [])
    assert outcome.in_order


@pytest.mark.long
def test_ten_thousand_scans(desk: Desk) -> None:
    outcome = Replay(desk, Random(2026)).run(10_000)

    assert outcome.scans == 10_000
    assert (outcome.lost, outcome.mistaken, outcome.pressed, outcome.overwritten) == (0, 0, 0, [])
    assert outcome.in_order


def test_two_thousand_digits_of_a_person_are_no_scan(desk: Desk) -> None:
    outcome = Replay(desk, Random(3)).person_alone(2_000)

    assert (outcome.mistaken, outcome.pressed, outcome.overwritten) == (0, 0, [])


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        pytest.param({"max_gap_ms": 20, "median_gap_ms": 10, "silence_ms": 50}, "lost", id="limits of a quicker gun"),
        pytest.param({"max_gap_ms": 200, "median_gap_ms": 130, "silence_ms": 250}, "mistaken", id="limits of a person"),
    ],
)
def test_wrong_limits_are_felt(make_desk: MakeDesk, limits: dict[str, int], fault: str) -> None:
    outcome = Replay(make_desk(**limits), Random(4)).run(len(every_shot()))

    assert getattr(outcome, fault) > 10


@pytest.mark.parametrize("gap_ms", sorted(SLOW))
def test_a_gun_as_slow_as_a_person_is_given_a_prefix(gap_ms: int) -> None:
    assert learn_timing([range(0, 20 * gap_ms, gap_ms)] * 5).proposal is None


def test_no_input_method_is_asked_for(desk: Desk) -> None:
    desk.window.activateWindow()
    for place in ("nowhere", "button", "tile", "promoter", "list"):
        widget = desk.focus(place)
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
        QApplication.sendEvent(widget or desk.window, query)

        assert query.value(Qt.InputMethodQuery.ImEnabled) in {None, False}
    assert QGuiApplication.focusObject() is not None
