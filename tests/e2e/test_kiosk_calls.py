"""A customer calls from a kiosk, and a clerk at another lane, in a window of another process, says that he comes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytestqt.qtbot import QtBot

from pos_client.ui.kiosk.kiosk_screen import KioskScreen
from pos_client.ui.kiosk.states import Place
from tests.fakes.clerk_child import HELPED
from tests.fakes.kiosk_visit import Play, Seen, at, touch, visit
from tests.fakes.shop import LaneHome, Shop

pytestmark = pytest.mark.qt_log_ignore("Error loading text-to-speech plug-in", extend=True)


@pytest.fixture(autouse=True)
def plain_keys(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Keep a lane's secrets in its home."""
    del qtbot
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")


@contextmanager
def a_clerk(lane: LaneHome) -> Iterator[list[str]]:
    """A clerk's window in a process of its own; what stood on its cards is there when it has ended."""
    cards: list[str] = []
    line = [sys.executable, "-m", "tests.fakes.clerk_child", str(lane.home)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield cards
            process.terminate()
            cards += process.communicate(timeout=30)[0].splitlines()
            assert process.returncode == 0
        finally:
            process.kill()


def title(screen: KioskScreen, words: str) -> Seen:
    """What the help screen says."""
    return Seen(words, lambda: words in screen.help.title.text())


@pytest.fixture
def lanes(shop: Shop) -> tuple[LaneHome, LaneHome]:
    """Return a kiosk and a counter that share a folder for calls."""
    kiosk, counter = shop.lane(0), shop.lane(1)
    for lane in (kiosk, counter):
        assert lane.run("sync").code == 0
        settings = f'[kiosk]\ncalls = "{shop.root / "share" / "calls"}"\nelsewhere = "12 号柜台"\n'
        (lane.home / "station.toml").write_text(settings, "utf-8")
    return kiosk, counter


def test_a_clerk_comes_though_the_way_to_him_breaks_meanwhile(shop: Shop, lanes: tuple[LaneHome, LaneHome]) -> None:
    kiosk, counter = lanes
    share, away = shop.root / "share", shop.root / "away"
    said: list[str] = []

    def break_the_way() -> None:
        share.rename(away)
        share.write_text("a share that is not mounted")

    def mend_the_way() -> None:
        share.unlink()
        away.rename(share)

    def play(screen: KioskScreen) -> Play:
        yield Seen("a clerk", lambda: any((share / "calls").glob("clerk-*.here")))
        touch(screen.attract.start)
        yield at(screen, Place.GUIDE)
        touch(screen.bar.help)
        yield at(screen, Place.HELP)
        yield title(screen, "店员正在过来")
        said.append(screen.bar.help.text())
        break_the_way()
        yield title(screen, "请到12 号柜台")
        said.append(screen.help.line.text())
        touch(screen.help.cancel)
        touch(screen.bar.help)
        yield title(screen, "请到12 号柜台")
        mend_the_way()
        yield title(screen, "店员正在过来")
        (counter.home / HELPED).touch()
        yield at(screen, Place.GUIDE)
        said.append(screen.bar.help.text())

    with a_clerk(counter) as cards:
        visit(kiosk.home, "none", play)

    assert said == ["店员正在过来", "呼叫没送到，那里有人帮您", "呼叫店员"]
    assert [card.split("|")[0] for card in cards] == ["1 号自助机呼叫", "1 号自助机呼叫", "李静 去 1 号自助机"]
    assert all("扫码页" in card for card in cards)
