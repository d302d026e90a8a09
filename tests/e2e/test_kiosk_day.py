"""A kiosk on a real home, as ``run --mode kiosk`` opens it: a visit from the first slide to thanks, and the way out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.ui.kiosk.kiosk_screen import KioskScreen
from pos_client.ui.kiosk.states import Place
from tests.fakes.held_up import HeldUp
from tests.fakes.kiosk_visit import Play, Seen, at, knock, leave, shoot, touch, type_pin, visit
from tests.fakes.network_printer import NO_PAPER, NetworkPrinter
from tests.fakes.receipt_reader import read_back
from tests.fakes.shop import LaneHome, Shop

BOSS, PIN, WRONG = "E1002", "246810", "135790"
# A machine without a speech service has a kiosk without a voice.
pytestmark = pytest.mark.qt_log_ignore("Error loading text-to-speech plug-in", extend=True)


@pytest.fixture(autouse=True)
def plain_keys(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Keep a lane's secrets in its home."""
    del qtbot
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")


@pytest.fixture
def lane(shop: Shop) -> LaneHome:
    """Return a lane of a store whose supervisor has a PIN."""
    pin = shop.root / "pin"
    pin.write_text(PIN + "\n")
    shop.server.command("staff", "set-pin", BOSS, "--pin-file", str(pin))
    return shop.lane(0)


def entries_of(lane: LaneHome, kind: str) -> int:
    """How many entries of a kind stand in the journal."""
    return len(lane.run("journal", "show", "--kind", kind).document["entries"])


def what_is_wrong(screen: KioskScreen) -> Seen:
    """Why nobody was let out; not that the desk is still thinking."""
    return Seen("what is wrong", lambda: bool(screen.staff.fault.text()) and "…" not in screen.staff.fault.text())


def printer_of(lane: LaneHome, place: str) -> None:
    """Name the lane's printer."""
    (lane.home / "station.toml").write_text(f'[printer]\nto = "{place}"\n', "utf-8")


def test_a_visit_from_the_first_slide_to_thanks_is_one_redemption(tmp_path: Path, shop: Shop, lane: LaneHome) -> None:
    (code,) = shop.mint("coupon")
    assert lane.run("sync").code == 0
    printer = NetworkPrinter()
    printer_of(lane, printer.place)
    said: list[str] = []

    def play(screen: KioskScreen) -> Play:
        yield at(screen, Place.ATTRACT)
        touch(screen.bar.language)
        said.append(screen.attract.start.text())
        touch(screen.attract.start)
        yield at(screen, Place.GUIDE)
        camera.hold(code)
        yield at(screen, Place.RESULT)
        said.append(screen.result.card.amount.text())
        yield Seen("the slip", lambda: screen.result.hands.text() == "Please take your slip")
        camera.lower()
        touch(screen.result.done)
        yield at(screen, Place.FAREWELL)
        said.append(screen.page.spoken())
        yield at(screen, Place.ATTRACT)
        said.append(screen.attract.start.text())
        yield from leave(screen, PIN)

    try:
        with HeldUp(tmp_path / "camera") as camera:
            ended = visit(lane.home, camera.source, play)
    finally:
        printer.close()
    (slip,) = printer.pages

    assert ended == 0
    assert said == ["Touch to begin", "¥10.00 off", "Thank you! Nothing of you stays on this screen", "点击开始"]
    assert entries_of(lane, "redeem") == 1
    assert lane.run("journal", "verify").document["ok"]
    assert any("10.00" in line for line in read_back(slip, "gbk").lines)


def test_all_coupons_are_used_though_the_paper_is_out_and_none_comes_later(shop: Shop, lane: LaneHome) -> None:
    (member,) = shop.mint("member")
    shop.mint("coupon", 2, "--member", member)
    assert lane.run("sync").code == 0
    printer = NetworkPrinter(paper=NO_PAPER)
    printer_of(lane, printer.place)
    shown: list[str] = []

    def play(screen: KioskScreen) -> Play:
        yield at(screen, Place.ATTRACT)
        shoot(screen, member)
        yield at(screen, Place.COUPONS)
        touch(screen.coupons.all)
        yield at(screen, Place.RESULT)
        yield Seen("a code to photograph", lambda: bool(screen.result.keepsake.text))
        shown.extend(screen.result.keepsake.text.splitlines())
        touch(screen.result.done)
        yield at(screen, Place.ATTRACT)
        shown.append(screen.result.keepsake.text)
        yield from leave(screen, PIN)

    try:
        ended = visit(lane.home, "none", play)
    finally:
        printer.close()
    waiting = lane.run("printer").document["waiting"]

    assert ended == 0
    # Whoever came may have had coupons before.
    *codes, afterwards = shown
    assert len(codes) >= 2
    assert {text[:4] for text in codes} == {"RDM "}
    assert afterwards == ""
    assert entries_of(lane, "redeem") == len(codes) == len(set(codes))
    assert lane.run("journal", "verify").document["ok"]
    assert (printer.pages, waiting) == ([], [])


def test_nothing_but_a_pin_ends_it_and_a_wrong_one_is_counted(shop: Shop, lane: LaneHome) -> None:
    del shop
    assert lane.run("sync").code == 0
    told: list[str] = []

    def play(screen: KioskScreen) -> Play:
        yield at(screen, Place.ATTRACT)
        QTest.keyClick(screen.windowHandle(), Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
        screen.close()
        yield Seen("that it is still there", screen.isVisible)
        knock(screen)
        yield Seen("who may leave", lambda: any(button.isVisible() for button in screen.staff.people))
        touch(screen.staff.people[0])
        type_pin(screen, WRONG)
        yield what_is_wrong(screen)
        told.append(screen.staff.fault.text())
        touch(screen.staff.back)
        yield from leave(screen, PIN)

    ended = visit(lane.home, "none", play)
    logins = lane.run("journal", "show", "--kind", "login").document["entries"]

    assert ended == 0
    assert "4" in told[0]
    assert len(logins) == 2


def test_after_five_wrong_pins_even_the_right_one_has_to_wait(shop: Shop, lane: LaneHome) -> None:
    del shop
    assert lane.run("sync").code == 0
    told: list[str] = []

    def play(screen: KioskScreen) -> Play:
        yield at(screen, Place.ATTRACT)
        knock(screen)
        yield Seen("who may leave", lambda: any(button.isVisible() for button in screen.staff.people))
        touch(screen.staff.people[0])
        for pin in (WRONG,) * 5 + (PIN,):
            type_pin(screen, pin)
            yield what_is_wrong(screen)
            told.append(screen.staff.fault.text())
        told.append(str(screen.isVisible()))

    visit(lane.home, "none", play)

    assert "1" in told[3]
    assert "1分钟" in told[4]
    assert told[5][:3] == told[4][:3]
    assert told[6] == "True"


def test_without_data_it_is_out_of_order_until_there_is_some(shop: Shop, lane: LaneHome) -> None:
    (code,) = shop.mint("coupon")
    shop.close()
    for file in lane.home.glob("cache*"):
        file.unlink()
    told: list[str] = []

    def play(screen: KioskScreen) -> Play:
        yield at(screen, Place.OUT_OF_ORDER)
        told.append(screen.page.spoken())
        shoot(screen, code)
        yield Seen("that it stays so", lambda: screen.place is Place.OUT_OF_ORDER)
        shop.reopen()
        yield at(screen, Place.ATTRACT)
        shoot(screen, code)
        yield at(screen, Place.RESULT)
        told.append(str(screen.result.card.level))

    visit(lane.home, "none", play)

    assert told == ["本机暂停使用 请到柜台", "ok"]
