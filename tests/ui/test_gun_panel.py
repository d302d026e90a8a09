"""The scanner test in the window: learns, says what is wrong, writes the station's file, and takes effect at once."""

import os
import pty
import tomllib
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.gun import serial_gun
from pos_client.config.settings import SerialGunSettings, WedgeSettings
from pos_client.domain.errors import GunLost
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.gun_view import TEST_TEXT, GunReport, GunState
from script import screen_facts as facts

from .gun_desk import CODE, Desk

STATION = """# the cash desk at the east door
[camera]
source = "none"  # it has only a gun

[wedge]
# told by its speed
min_length = 8
prefix = ""
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return tmp_path / "station.toml"


@pytest.fixture
def desk(qtbot: QtBot, station: Path) -> Iterator[Desk]:
    """Return a counter whose window is shown."""
    made = Desk(qtbot, station, WedgeSettings())
    yield made
    made.close()


def test_the_icon_and_a_key_open_it_and_esc_leaves(desk: Desk) -> None:
    window = desk.window
    QTest.mouseClick(window.top_bar.gun, Qt.MouseButton.LeftButton)
    by_icon = desk.presenter.workspace
    desk.key(Qt.Key.Key_Escape, "\x1b", 500)
    left = desk.presenter.workspace
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)

    assert (by_icon, left, desk.presenter.workspace) == (Workspace.GUN, Workspace.HOME, Workspace.GUN)
    assert window.top_bar.gun.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_five_scans_are_learned_saved_and_used_without_a_restart(desk: Desk, station: Path) -> None:
    station.write_text(STATION, "utf-8")
    desk.shoot(after_ms=40)
    desk.presenter.open(Workspace.GUN)
    panel = desk.window.page.gun
    for _ in range(5):
        desk.shoot(TEST_TEXT, 40)
    shown = [value.text() for value in panel.values]
    desk.key(Qt.Key.Key_Return, "\r", 900)
    saved = (panel.advice.text(), panel.save_button.isEnabled())
    desk.presenter.go_home()
    desk.shoot(after_ms=40)

    assert shown == [TEST_TEXT, "5 / 5", "p50 40 ms · p99 40 ms", "无 · Enter", "正确", "未设置"]
    assert saved == ("已保存，本机从现在起按它识别扫码枪。", False)
    assert station.read_text("utf-8").startswith(STATION.partition("prefix")[0])
    assert tomllib.loads(station.read_text("utf-8"))["wedge"] == {
        "min_length": 8,
        "prefix": "",
        "max_gap_ms": 80,
        "median_gap_ms": 60,
        "silence_ms": 100,
    }
    assert desk.till.deeds == [("scan", CODE, ScanSource.TYPED), ("scan", CODE, ScanSource.WEDGE)]


def test_a_prefix_is_learned_and_needs_no_speed_from_then_on(desk: Desk, station: Path) -> None:
    desk.presenter.open(Workspace.GUN)
    for _ in range(5):
        desk.shoot(TEST_TEXT, 5, prefix=Qt.Key.Key_F10)
    advice = desk.window.page.gun.advice.text()
    desk.key(Qt.Key.Key_Return, "\r", 900)
    desk.presenter.go_home()
    desk.shoot("R1", 250, prefix=Qt.Key.Key_F10)

    assert advice == "扫码枪以 F10 开头，识别不会出错。"
    assert tomllib.loads(station.read_text("utf-8")) == {"wedge": {"prefix": "F10"}}
    assert desk.till.deeds == [("scan", "R1", ScanSource.WEDGE)]


def test_nothing_is_redeemed_and_no_button_pressed_meanwhile(desk: Desk) -> None:
    desk.presenter.on_answer(facts.to_confirm())
    desk.presenter.open(Workspace.GUN)
    desk.window.page.gun.leave_button.setFocus(Qt.FocusReason.TabFocusReason)
    for suffix in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Enter):
        desk.shoot(suffix=suffix)
        desk.key(Qt.Key.Key_Return, "\r", 5)

    assert (desk.till.deeds, desk.pressed, desk.presenter.workspace) == ([], [], Workspace.GUN)
    assert desk.window.page.gun.values[1].text() == "3 / 5"


def test_enter_and_blank_of_a_person_are_still_theirs(desk: Desk) -> None:
    desk.presenter.on_answer(facts.to_confirm())
    desk.presenter.open(Workspace.GUN)
    desk.key(Qt.Key.Key_Return, "\r", 900)
    desk.window.page.gun.leave_button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.key(Qt.Key.Key_Space, " ", 900)

    assert (desk.till.deeds, desk.presenter.workspace) == ([], Workspace.HOME)


def test_a_gun_without_a_suffix_is_counted_after_a_silence(desk: Desk) -> None:
    desk.presenter.open(Workspace.GUN)
    desk.shoot(TEST_TEXT, suffix=None)

    desk.qtbot.waitUntil(lambda: desk.window.page.gun.values[1].text() == "1 / 5")


def test_begin_again_forgets(desk: Desk) -> None:
    desk.presenter.open(Workspace.GUN)
    desk.shoot(TEST_TEXT)
    QTest.mouseClick(desk.window.page.gun.again_button, Qt.MouseButton.LeftButton)

    assert desk.window.page.gun.values[1].text() == "0 / 5"


@pytest.mark.parametrize(
    ("text", "row", "advice"),
    [
        (TEST_TEXT.lower(), "变成小写", "大写变成了小写。请关闭 Caps Lock（大写锁定），再测一次。"),
        (TEST_TEXT[::-1], "不对", "收到的字符不对。请把枪和电脑都设为美式键盘，再测一次。"),
        (TEST_TEXT[:20] + TEST_TEXT[22:], "丢了字符", "字符有丢失或重复。请把枪的按键间隔调长，再测一次。"),
    ],
)
def test_a_wrong_layout_is_named_with_what_to_do(desk: Desk, text: str, row: str, advice: str) -> None:
    desk.presenter.open(Workspace.GUN)
    desk.shoot(text)

    assert (desk.window.page.gun.values[4].text(), desk.window.page.gun.advice.text()) == (row, advice)


def test_a_file_that_is_no_settings_is_left_alone_and_told(desk: Desk, station: Path) -> None:
    station.write_text("[wedge\n", "utf-8")
    desk.presenter.open(Workspace.GUN)
    for _ in range(5):
        desk.shoot(TEST_TEXT)
    desk.key(Qt.Key.Key_Return, "\r", 900)

    assert station.read_text("utf-8") == "[wedge\n"
    assert desk.window.page.gun.advice.text().startswith("设置文件有误：")
    assert desk.window.page.gun.save_button.isEnabled() is True


def test_a_serial_scan_is_judged_or_in_the_test_shown(desk: Desk) -> None:
    desk.clerk.scanner_bridge.on_scan(Scan(CODE, ScanSource.SERIAL, facts.NOW))
    desk.settle()
    desk.presenter.open(Workspace.GUN)
    desk.clerk.scanner_bridge.on_scan(Scan(TEST_TEXT, ScanSource.SERIAL, facts.NOW))
    desk.settle()

    assert desk.till.deeds == [("scan", CODE, ScanSource.SERIAL)]
    assert desk.window.page.gun.advice.text() == "串口枪正常：测试码完整收到。"
    assert desk.window.top_bar.gun.accessibleName() == "扫码枪正常，最近 14:32"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (GunState.OPENING, ""),
        (GunState.CONNECTED, ""),
        (GunState.ABSENT, "找不到串口枪"),
        (GunState.DENIED, "串口枪无权限"),
        (GunState.BUSY, "串口枪被占用"),
        (GunState.LOST, "串口枪断开"),
    ],
)
def test_the_line_is_in_the_upper_edge_with_the_next_step(desk: Desk, state: GunState, words: str) -> None:
    desk.clerk.guns.bridge.on_state(GunReport(state, "COM3"))
    QCoreApplication.sendPostedEvents(desk.clerk.guns)
    gun = desk.window.top_bar.gun

    assert gun.text() == words
    assert ("COM3" in gun.toolTip()) == bool(words)
    assert gun.accessibleName().endswith("还没有收到扫码枪")


def test_the_panel_tells_of_the_line_too(desk: Desk) -> None:
    desk.presenter.open(Workspace.GUN)
    desk.clerk.guns.bridge.on_state(GunReport(GunState.LOST, "COM3"))
    QCoreApplication.sendPostedEvents(desk.clerk.guns)
    panel = desk.window.page.gun

    assert panel.advice.text() == "串口扫码枪断开（COM3）。 重新插好扫码枪，会自动恢复；摄像头仍可用。"
    assert GunLost.reason == GunState.LOST.value


@pytest.mark.parametrize("why", ["garbled", "too-long", "unfinished", "no-prefix"])
def test_what_is_no_text_is_told_and_the_next_scan_taken(desk: Desk, why: str) -> None:
    desk.clerk.guns.bridge.on_trouble(why)
    QCoreApplication.sendPostedEvents(desk.clerk.guns)
    told = desk.window.page.verdict.accessibleName()
    desk.shoot()
    desk.presenter.on_answer(facts.redeemed())

    assert "扫码枪发来的内容读不出" in told
    assert desk.till.deeds == [("scan", CODE, ScanSource.WEDGE)]
    assert "读不出" not in desk.window.page.verdict.accessibleName()


def test_everything_has_a_name(desk: Desk) -> None:
    panel = desk.window.page.gun
    desk.presenter.open(Workspace.GUN)

    assert panel.code.accessibleName() == "测试码"
    assert [value.accessibleName() for value in panel.values][:2] == ["内容: —", "次数: 0 / 5"]


def test_a_serial_gun_goes_all_the_way_and_back_again(desk: Desk) -> None:
    near, far = pty.openpty()
    tty.setraw(far)
    guns, scanned = desk.clerk.guns, desk.clerk.scanner_bridge.on_scan
    desk.clerk.start({"gun": serial_gun(SerialGunSettings(port=os.ttyname(far)), scanned, guns.bridge)})
    os.close(far)
    gun = desk.window.top_bar.gun
    desk.qtbot.waitUntil(lambda: gun.accessibleName().startswith("串口枪已连接"))
    os.write(near, f"{CODE}\r".encode())
    desk.qtbot.waitUntil(lambda: desk.till.deeds == [("scan", CODE, ScanSource.SERIAL)])
    os.write(near, b"\xff\xfe\r")
    desk.qtbot.waitUntil(lambda: "读不出" in desk.window.page.verdict.accessibleName())
    os.close(near)
    desk.qtbot.waitUntil(lambda: gun.text() == "串口枪断开")

    assert desk.clerk.stop() is True
    assert desk.window.banner.isVisible() is True
