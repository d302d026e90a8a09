"""UX 5.18 on touch: the banner and the chip lead to which hop fails, what works and what to do; in place, no dialog."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.network.network_page import NetworkPage
from pos_client.ui.network.way_view import HopState, way_view
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import LaneStatus, Network
from pos_client.usecases.way_out import Hop
from script import screen_facts as facts
from script.clerk_stage import Stage

from . import walk

GOOD, FAILS, UNKNOWN, RESTS = HopState.GOOD, HopState.FAILS, HopState.UNKNOWN, HopState.RESTS


def hops(status: LaneStatus) -> list[HopState]:
    """Return how each hop is, from the counter outwards."""
    return [state for _, state in way_view(status, facts.NOW).hops]


@pytest.mark.parametrize(
    ("hop", "store_server", "states"),
    [
        (Hop.LOCAL, None, [FAILS, UNKNOWN, UNKNOWN]),
        (Hop.LOCAL, False, [FAILS, UNKNOWN, UNKNOWN]),
        (Hop.LOCAL, True, [GOOD, FAILS, UNKNOWN]),
        (Hop.STORE, None, [GOOD, FAILS, UNKNOWN]),
        (Hop.OURS, None, [GOOD, GOOD, FAILS]),
        (Hop.CERTIFICATE, None, [GOOD, GOOD, FAILS]),
        (None, None, [UNKNOWN, UNKNOWN, UNKNOWN]),
    ],
)
def test_what_lies_before_the_break_is_whole_and_what_lies_behind_is_not_known(
    hop: Hop | None, store_server: bool | None, states: list[HopState]
) -> None:
    status = LaneStatus(network=Network.OFFLINE_FRESH, hop=hop, store_server=store_server)

    assert hops(status) == states


def test_nothing_is_called_broken_in_a_store_that_is_offline_by_design() -> None:
    assert hops(LaneStatus(network=Network.OFFLINE_STORE, hop=Hop.STORE)) == [RESTS, RESTS, RESTS]


def test_an_old_contact_proves_nothing() -> None:
    seen = [
        hops(LaneStatus(network=Network.ONLINE, last_contact=facts.NOW - timedelta(seconds=age))) for age in (40, 41)
    ]

    assert seen == [[GOOD] * 3, [UNKNOWN] * 3]


@pytest.fixture
def shown(stage: Stage, qtbot: QtBot) -> Stage:
    stage.clerk.window.show()
    stage.clerk.window.activateWindow()
    qtbot.waitUntil(stage.clerk.window.isActiveWindow)
    return stage


def page_of(stage: Stage) -> NetworkPage:
    page = stage.clerk.window.body.page(Workspace.NETWORK)
    assert isinstance(page, NetworkPage)
    return page


def test_a_touch_on_the_banner_tells_why_and_the_verdict_stays(shown: Stage) -> None:
    shown.presenter.on_answer(facts.redeemed())
    shown.presenter.on_status(facts.status(Network.OFFLINE_STALE, hop=Hop.STORE))
    QTest.mouseClick(shown.clerk.window.banner, Qt.MouseButton.LeftButton)
    page = page_of(shown)

    assert (page.isVisible(), shown.clerk.window.page.verdict.isVisible()) == (True, True)
    assert page.title.text() == "店里的外网不通"
    assert page.rows[Hop.STORE].accessibleName() == "店里的外网: 卡在这里"
    assert "路由器" in page.rows[Hop.STORE].mend.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_banner_is_reached_and_pressed_by_keys(shown: Stage, key: Qt.Key) -> None:
    window = shown.clerk.window
    shown.presenter.on_status(facts.status(Network.OFFLINE_FRESH, hop=Hop.OURS))
    for _ in range(40):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        if window.banner.hasFocus():
            break
    QTest.keyClick(window.banner, key)

    assert shown.presenter.workspace is Workspace.NETWORK


def test_ctrl_n_and_the_chip_lead_there_too_and_esc_leads_back(shown: Stage) -> None:
    window, seen = shown.clerk.window, []
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    seen.append(shown.presenter.workspace)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    seen.append(shown.presenter.workspace)
    QTest.mouseClick(window.top_bar.network, Qt.MouseButton.LeftButton)
    seen.append(shown.presenter.workspace)

    assert seen == [Workspace.NETWORK, Workspace.HOME, Workspace.NETWORK]
    assert shown.till.deeds == [("sync",)]


def test_a_banner_without_words_is_no_button(shown: Stage) -> None:
    shown.presenter.on_status(facts.status(Network.ONLINE))
    QTest.mouseClick(shown.clerk.window.banner, Qt.MouseButton.LeftButton)

    assert shown.presenter.workspace is Workspace.HOME
    assert shown.clerk.window.banner.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_next_scan_and_a_typed_number_go_on_as_ever(shown: Stage) -> None:
    shown.presenter.open(Workspace.NETWORK)
    shown.type("1")

    assert shown.presenter.workspace is Workspace.CODE


def test_enter_tries_again_and_t_leads_to_the_network_test(shown: Stage) -> None:
    window = shown.clerk.window
    shown.presenter.open(Workspace.NETWORK)
    QTest.keyClick(window, Qt.Key.Key_Return)
    QTest.keyClicks(window, "t")

    assert shown.till.deeds == [("sync",)]
    assert shown.presenter.workspace is Workspace.SETTINGS


def test_a_conflict_leads_to_the_redemptions_that_need_a_decision(shown: Stage) -> None:
    shown.presenter.on_status(facts.status(Network.CONFLICT))
    QTest.mouseClick(shown.clerk.window.banner, Qt.MouseButton.LeftButton)
    page = shown.clerk.window.body.page(Workspace.HISTORY)

    assert isinstance(page, HistoryPage)
    assert (shown.clerk.window.banner.more.text(), page.search.ask.in_conflict) == ("查看", True)
    assert page.box.conflicts.isVisible()
    page.box.conflicts.click()
    assert (page.search.ask.in_conflict, page.box.conflicts.isVisible()) == (False, False)


def test_an_upload_after_a_time_offline_is_told_for_three_seconds(stage: Stage) -> None:
    banner, told = stage.clerk.window.banner, []
    for network in (Network.OFFLINE_FRESH, Network.SYNCING, Network.ONLINE):
        stage.presenter.on_status(facts.status(network))
    for _ in range(3):
        told.append(banner.words.text())
        stage.wait(1.5)

    assert told == ["已上传 86 笔", "已上传 86 笔", ""]


def test_a_redemption_that_is_sent_at_once_is_no_news(stage: Stage) -> None:
    for network in (Network.ONLINE, Network.SYNCING, Network.ONLINE):
        stage.presenter.on_status(facts.status(network))

    assert stage.clerk.window.banner.words.text() == ""


def test_a_store_that_is_offline_by_design_is_told_calmly(shown: Stage) -> None:
    shown.presenter.on_status(facts.status(Network.OFFLINE_STORE, hop=Hop.STORE))
    QTest.mouseClick(shown.clerk.window.banner, Qt.MouseButton.LeftButton)
    page = page_of(shown)

    assert shown.clerk.window.banner.band.property("tone") == "info"
    assert page.title.text() == "本店按离线方式工作"
    assert {row.property("tone") for row in page.rows.values()} == {""}


@pytest.mark.parametrize("y", [0, 47])
def test_the_banner_is_as_high_as_a_finger_needs_and_hides_no_control(shown: Stage, y: int) -> None:
    shown.presenter.on_status(facts.status(network=Network.OFFLINE_FRESH))
    window = shown.clerk.window
    touched = window.childAt(window.banner.mapTo(window, QPoint(500, y)))

    assert touched is not None
    assert touched is window.banner or window.banner.isAncestorOf(touched)
    reach, controls = walk.where(window.banner, window), walk.controls(walk.seen(window))
    assert [walk.called(one) for one in controls if walk.where(one, window).intersects(reach)] == []


def test_a_certificate_that_proves_nothing_is_not_the_stores_line(shown: Stage) -> None:
    shown.presenter.on_status(facts.status(Network.OFFLINE_FRESH, hop=Hop.CERTIFICATE))
    QTest.mouseClick(shown.clerk.window.banner, Qt.MouseButton.LeftButton)
    page = page_of(shown)

    assert page.title.text() == "服务器证书不对"
    assert page.rows[Hop.OURS].accessibleName() == "我们的服务器：证书: 卡在这里"
    assert "日期" in page.rows[Hop.OURS].mend.text()
    assert page.rows[Hop.STORE].accessibleName() == "店里的外网: 正常"
