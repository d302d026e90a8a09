"""Keys, chips and banner of the frame; what is a deed and what only leads somewhere."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.till_view import Network
from script import screen_facts as facts
from script.clerk_stage import Stage

UI = Path(__file__).resolve().parents[2] / "pos_client" / "ui"


@pytest.mark.parametrize(
    ("key", "workspace"),
    [
        (Qt.Key.Key_F1, Workspace.HELP),
        (Qt.Key.Key_F2, Workspace.CODE),
        (Qt.Key.Key_F3, Workspace.AMOUNT),
        (Qt.Key.Key_F6, Workspace.HISTORY),
        (Qt.Key.Key_F7, Workspace.PROMOTER),
        (Qt.Key.Key_F8, Workspace.UNDO),
    ],
)
def test_a_key_and_its_button_lead_to_the_same_place(shown: Stage, key: Qt.Key, workspace: Workspace) -> None:
    window = shown.clerk.window
    QTest.keyClick(window, key)
    by_key = shown.presenter.workspace
    QTest.keyClick(window, Qt.Key.Key_Escape)
    by_escape = shown.presenter.workspace
    beside = {Workspace.UNDO: window.function_bar.undo, Workspace.PROMOTER: window.top_bar.promoter}
    button = window.function_bar.keys.get(workspace) or beside[workspace]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert (by_key, by_escape, shown.presenter.workspace) == (workspace, Workspace.HOME, workspace)


def test_only_deeds_that_exist_have_a_key(shown: Stage) -> None:
    buttons = [button for button in shown.clerk.window.function_bar.findChildren(QPushButton) if not button.isEnabled()]

    assert buttons == []


def test_tiles_lead_there_too(shown: Stage) -> None:
    reached = []
    for tile in shown.clerk.window.page.home.tiles.values():
        shown.presenter.go_home()
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
        reached.append(shown.presenter.workspace)

    assert reached == list(shown.clerk.window.page.home.tiles)


def test_the_promoter_chip_opens_the_choice_and_a_number_chooses(shown: Stage) -> None:
    QTest.mouseClick(shown.clerk.window.top_bar.promoter, Qt.MouseButton.LeftButton)
    QTest.keyClick(shown.clerk.window, Qt.Key.Key_4)

    assert shown.till.deeds == [("promoter", "P04")]


def test_arrows_choose_a_coupon_and_enter_uses_it(shown: Stage) -> None:
    shown.presenter.on_answer(facts.member_found())
    coupons = shown.clerk.window.page.home.card.coupons
    QTest.keyClick(coupons, Qt.Key.Key_Down)
    QTest.keyClick(coupons, Qt.Key.Key_Return)

    assert shown.till.deeds == [("choose", "C-2")]


def test_coupons_that_cannot_be_used_are_folded_and_cannot_be_chosen(shown: Stage) -> None:
    shown.presenter.on_answer(facts.member_found())
    coupons = shown.clerk.window.page.home.card.coupons
    folded = [row.title for row in coupons.rows()]
    coupons.setCurrentRow(3)
    coupons.press_current()
    unfolded = [(row.title, row.note) for row in coupons.rows()]
    coupons.setCurrentRow(4)
    coupons.press_current()

    assert folded == ["满100减20", "洗发水立减10", "护发素试用装", "另有 2 张现在不可用"]
    assert unfolded[3:] == [("满200减50", "还差一点"), ("洗发水立减10", "非本店券")]
    assert shown.till.deeds == []


def test_enter_is_the_blue_button_even_when_a_list_has_the_focus(shown: Stage) -> None:
    shown.presenter.on_answer(facts.to_confirm())
    QTest.keyClick(shown.clerk.window.page.home.card.coupons, Qt.Key.Key_Return)

    assert shown.till.deeds == [("confirm",)]


def test_delete_detaches_the_member(shown: Stage) -> None:
    shown.presenter.on_answer(facts.member_found())
    QTest.keyClick(shown.clerk.window, Qt.Key.Key_Delete)

    assert shown.till.deeds == [("detach",)]


def test_the_keypad_types_like_the_keyboard(shown: Stage) -> None:
    page = shown.clerk.window.page
    shown.presenter.open(Workspace.AMOUNT)
    for name in ("1", "3", "8", "."):
        button = next(key for key in page.amount_entry.keypad.findChildren(QPushButton) if key.text() == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.amount_entry.keypad.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.amount_entry.enter_button, Qt.MouseButton.LeftButton)

    assert shown.till.deeds == [("amount", 13_800)]


def test_text_grows_and_shrinks_and_returns(shown: Stage) -> None:
    window = shown.clerk.window
    seen: list[int] = []
    window.text_size_changed.connect(seen.append)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_Minus):
        QTest.keyClick(window, key, control)

    assert seen == [125, 150, 125, 100, 100]


@pytest.mark.parametrize(
    ("network", "chip", "words"),
    [
        (Network.ONLINE, "在线 · 12秒钟前", ""),
        (Network.SLOW, "网络慢", ""),
        (Network.OFFLINE_FRESH, "离线", "离线可用 · 数据 14:07（25分钟前） · 待上传 12"),
        (Network.OFFLINE_STALE, "离线", "离线 · 数据已 9小时 未更新 · 待上传 12"),
        (Network.OFFLINE_EXPIRED, "离线", "离线过久 · 数据已 1天 未更新 · 待上传 12"),
        (Network.OFFLINE_STORE, "离线门店", "离线门店，今晚收班时上传 · 待上传 12"),
        (Network.SYNCING, "正在上传", "正在上传 31/86"),
        (Network.CONFLICT, "有冲突", "有 2 笔需处理"),
        (Network.CLOCK, "请校准时钟", "本机时钟不可信"),
        (Network.DISK, "磁盘快满", "磁盘快满了"),
    ],
)
def test_what_the_network_is_called(stage: Stage, network: Network, chip: str, words: str) -> None:
    stage.presenter.on_status(facts.status(network))

    assert (stage.clerk.window.top_bar.network.text(), stage.clerk.window.banner.words.text()) == (chip, words)


def test_the_banner_pushes_nothing(stage: Stage) -> None:
    places = set()
    for network in Network:
        stage.presenter.on_status(facts.status(network))
        stage.draw(1280, 800)
        places.add(stage.clerk.window.page.geometry().getRect())
    stage.clerk.window.show_failure("sync", "RuntimeError")
    stage.draw(1280, 800)
    places.add(stage.clerk.window.page.geometry().getRect())

    assert len(places) == 1


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_the_camera_keeps_its_half_whatever_the_panels_that_are_not_seen_would_need(
    stage: Stage, size: tuple[int, int]
) -> None:
    page = stage.clerk.window.page
    heights = []
    for workspace in (Workspace.HOME, Workspace.CODE, Workspace.GUN, Workspace.NETWORK, Workspace.OVERRIDE):
        stage.presenter.open(workspace)
        stage.draw(*size)
        stage.draw(*size)
        heights.append((page.camera.height(), page.stack.height()))

    assert [abs(camera - panel) <= 2 for camera, panel in heights] == [True] * 5


@pytest.mark.parametrize("worker", ["till", "scanner", "sync", "other"])
def test_a_part_that_stopped_is_named(stage: Stage, worker: str) -> None:
    stage.clerk.window.show_failure(worker, "RuntimeError")
    crash = stage.clerk.window.crash

    assert crash.words.text().endswith("请重新启动程序。")
    assert crash.code.text() == f"E-SYS {worker} RuntimeError"


@pytest.mark.parametrize("state", CameraState)
def test_the_camera_is_never_the_only_way(stage: Stage, state: CameraState) -> None:
    stage.camera(state)
    viewfinder = stage.clerk.window.page.camera.viewfinder

    expected = {
        CameraState.NONE: "没有摄像头，请用扫码枪",
        CameraState.STARTING: "摄像头启动中…",
        CameraState.WATCHING: "",
        CameraState.LOST: "摄像头断开，扫码枪可用",
    }
    assert viewfinder.words() == expected[state]
    assert stage.clerk.window.top_bar.camera.accessibleName() != ""


def test_no_button_is_pressed_by_an_enter_that_was_meant_for_nobody(stage: Stage) -> None:
    buttons = stage.clerk.window.findChildren(QPushButton)

    assert [button.accessibleName() for button in buttons if button.autoDefault() or button.isDefault()] == []


def test_only_the_theme_sets_a_style_sheet() -> None:
    setters = [path.name for path in UI.rglob("*.py") if "setStyleSheet" in path.read_text("utf-8")]

    assert setters == ["theme.py"]


def test_the_banner_tells_what_was_begun_and_whether_the_stores_server_is_there(stage: Stage) -> None:
    banner = stage.clerk.window.banner
    stage.presenter.on_status(facts.status(unfinished=2))
    begun = banner.words.text()
    stage.presenter.on_status(facts.status(Network.OFFLINE_FRESH, store_server=True))
    there = banner.words.text()
    stage.presenter.on_status(facts.status(Network.OFFLINE_FRESH, store_server=False))

    assert begun == "有 2 笔核销没做完"
    assert "本店服务器在" in there
    assert "本店服务器连不上" in banner.words.text()


def test_a_closed_window_leaves_no_widget_behind(qapp: QApplication) -> None:
    gc.collect()
    before = len(qapp.topLevelWidgets())
    for _ in range(2):
        stage = Stage("zh")
        stage.draw(1280, 800)
        stage.close()
    del stage
    gc.collect()

    assert len(qapp.topLevelWidgets()) == before


def test_f11_gives_each_answer_the_whole_window_for_three_seconds(shown: Stage, qtbot: QtBot) -> None:
    window, page = shown.clerk.window, shown.clerk.window.page
    QTest.keyClick(window, Qt.Key.Key_F11)
    page.whole.end()
    shown.presenter.on_answer(facts.member_found())
    page.whole.end()
    focus = window.focusWidget()
    shown.presenter.on_answer(facts.redeemed())

    assert not page.side.isVisible()
    qtbot.waitUntil(lambda: page.verdict.size() == page.size())
    qtbot.waitUntil(page.side.isVisible, timeout=5_000)
    assert page.verdict.height() < page.height()
    assert window.focusWidget() is focus


def test_whoever_goes_on_has_the_window_back(shown: Stage) -> None:
    window, page = shown.clerk.window, shown.clerk.window.page
    QTest.keyClick(window, Qt.Key.Key_F11)
    shown.presenter.on_answer(facts.repeat())
    QTest.keyClick(window, Qt.Key.Key_F2)
    after_a_key = page.side.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F11)
    shown.presenter.on_answer(facts.redeemed())

    assert after_a_key
    assert page.side.isVisible()
