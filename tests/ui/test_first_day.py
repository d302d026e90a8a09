"""A clerk's first day on the real window: ten tasks by real keys, none dearer than the paper allows."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_client.ui.screens import KEYS
from script import first_day_hands
from script.first_day import Outcome, play, table, verdict
from script.first_day_hands import Hands, NotSeenError
from script.first_day_shop import Shop
from script.first_day_tasks import TASKS

ROOT = Path(__file__).resolve().parents[2]
WELL = tuple(Outcome(task.name, "zh", task.allowed, 0, task.allowed, 0.1, "seen") for task in TASKS)


@pytest.fixture
def shop(qtbot: QtBot, tmp_path: Path) -> Iterator[Shop]:
    """Return a booth in the morning, before anybody has logged in."""
    made = Shop(tmp_path, "en")
    yield made
    assert made.close()


class Opened(QObject):
    """Hears of every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


def test_a_first_day_costs_no_more_than_the_paper_allows(qtbot: QtBot, tmp_path: Path) -> None:
    outcomes = list(play(tmp_path, "zh"))

    assert verdict(outcomes, ("zh",)), table(outcomes)


@pytest.mark.xdist_group("virtual-screen")
@pytest.mark.long
def test_the_script_plays_both_languages_on_a_display() -> None:
    if shutil.which("xvfb-run") is None:
        pytest.skip("no Xvfb here")
    screen = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1280x800x24", "env", "QT_QPA_PLATFORM=xcb"]
    done = subprocess.run(
        [*screen, sys.executable, "script/first_day.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert '"platform": "xcb", "within": true' in done.stdout.splitlines()[-1]


def test_one_action_too_many_fails_the_day() -> None:
    too_many = (replace(WELL[0], actions=2), *WELL[1:])

    assert verdict(list(WELL), ("zh",))
    assert not verdict(list(too_many), ("zh",))
    assert "TOO MANY" in table(list(too_many))


def test_a_task_that_was_not_reached_fails_the_day() -> None:
    assert not verdict(list(WELL[:-1]), ("zh",))
    assert not verdict(list(WELL), ("zh", "en"))


def test_what_is_not_on_the_screen_is_said(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_day_hands, "PATIENCE_S", 0.2)
    hands = Hands(shop.clerk.window)
    hands.see("Who is at the counter?")

    with pytest.raises(NotSeenError, match="Redeemed"):
        hands.see("Redeemed")


def test_a_screen_that_is_made_opens_no_window_and_takes_no_keyboard(shop: Shop) -> None:
    window, opened = shop.clerk.window, Opened()
    hands = Hands(window)
    hands.see("Who is at the counter?")
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(opened)
    for workspace in KEYS:
        if workspace in window.body.workspaces:
            window.body.page(workspace)
    application.removeEventFilter(opened)
    hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert opened.kinds == []
    hands.see("谁在柜台？")
