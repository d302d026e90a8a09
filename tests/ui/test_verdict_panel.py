"""The verdict: colour, shape and words of each level; it stays, turns grey, and is said once."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QMetaMethod
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QColor, QImage
from pytestqt.qtbot import QtBot

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import TillAnswer, TillFault
from script import screen_facts as facts
from script.clerk_stage import Stage

LEVELS: list[tuple[TillAnswer, str, str]] = [
    (facts.redeemed(), "#007a6e", "已核销"),
    (facts.redeemed(VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE), "#cfc2f7", "已核销·待同步"),
    (facts.to_confirm(), "#0b5cad", "可用，请确认"),
    (facts.member_found(), "#0b5cad", "会员已识别"),
    (facts.refused(Reason.BELOW_THRESHOLD, missing_minor=1200, threshold_minor=10000), "#ffc233", "还差一点"),
    (facts.repeat(), "#b3261e", "已用过"),
    (facts.repeat(own=True), "#ffc233", "刚刚已核销"),
    (facts.refused(Reason.EXPIRED, last_day=facts.TODAY), "#b3261e", "已过期"),
    (facts.refused(Reason.NETWORK_NEEDED), "#3a4450", ""),
]


def corner(picture: QImage) -> str:
    """Return the colour of the strip, beside everything that stands on it."""
    return str(QColor(picture.pixel(picture.width() - 4, picture.height() - 70)).name())


@pytest.mark.parametrize(
    ("answer", "colour", "headline"), LEVELS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_level_has_its_colour_and_word(stage: Stage, answer: TillAnswer, colour: str, headline: str) -> None:
    stage.presenter.on_answer(answer)
    panel = stage.clerk.window.page.verdict

    assert corner(stage.draw(1280, 800)) == colour
    assert panel.headline.text() == headline or not headline


def test_the_shapes_differ_where_colours_are_the_same(stage: Stage) -> None:
    pictures = set()
    for answer, _, _ in LEVELS:
        stage.presenter.on_answer(answer)
        stage.draw(1280, 800)
        pictures.add(bytes(stage.clerk.window.page.verdict.shape.grab().toImage().constBits()))

    assert len(pictures) == len(LEVELS)


def test_it_never_moves(stage: Stage) -> None:
    places = set()
    for answer, _, _ in LEVELS:
        stage.presenter.on_answer(answer)
        stage.draw(1280, 800)
        places.add(stage.clerk.window.page.verdict.geometry().getRect())
    for workspace in Workspace:
        stage.presenter.open(workspace)
        stage.draw(1280, 800)
        places.add(stage.clerk.window.page.verdict.geometry().getRect())

    assert len(places) == 1


def test_it_stays_until_the_next_scan_and_turns_grey(stage: Stage) -> None:
    stage.presenter.on_answer(facts.redeemed())
    stage.wait(61)
    panel = stage.clerk.window.page.verdict

    assert corner(stage.draw(1280, 800)) == "#ffffff"
    assert (panel.headline.text(), panel.amount.text()) == ("已核销", "减 ¥20.00")
    stage.presenter.on_answer(facts.redeemed())
    assert corner(stage.draw(1280, 800)) == "#007a6e"


def test_a_repeat_says_when_where_and_by_whom(stage: Stage) -> None:
    stage.presenter.on_answer(facts.repeat())

    spoken = stage.clerk.window.page.verdict.facts.accessibleName()

    assert spoken == "今天 12:18 · 2小时前; 城西店 3号机; 小陈"


def test_a_redemption_says_who_what_whose_and_where(stage: Stage) -> None:
    stage.presenter.on_answer(facts.redeemed())

    spoken = stage.clerk.window.page.verdict.facts.accessibleName()

    assert spoken == "王** 138****1234; 满100减20; 小李; 华联超市·日化台"


def test_checking_is_said_only_if_the_answer_is_not_there_at_once(stage: Stage, qtbot: QtBot) -> None:
    panel = stage.clerk.window.page.verdict
    stage.clerk.window.page.show_checking()
    at_once = panel.headline.text()
    qtbot.waitUntil(lambda: panel.headline.text() == "正在核对…")
    stage.clerk.window.page.show_checking()
    stage.presenter.on_answer(facts.redeemed())

    assert at_once == "请扫码"
    assert panel.headline.text() == "已核销"
    assert not stage.clerk.window.page._checking.isActive()


def test_the_blue_button_confirms_and_the_ring_takes_back(stage: Stage) -> None:
    panel = stage.clerk.window.page.verdict
    stage.presenter.on_answer(facts.to_confirm())
    panel.confirm_button.click()
    stage.presenter.on_answer(facts.answer(facts.redeemed().verdict, 2, undo_until=facts.NOW + timedelta(seconds=8)))
    panel.undo_button.click()

    assert [deed[0] for deed in stage.till.deeds] == ["confirm", "undo"]


@pytest.mark.parametrize(
    ("reason", "opens"),
    [
        (Reason.BASKET_NEEDED, Workspace.AMOUNT),
        (Reason.MEMBER_NEEDED, Workspace.CODE),
        (Reason.ALREADY_USED, Workspace.HISTORY),
    ],
)
def test_the_next_step_is_a_button(stage: Stage, reason: Reason, opens: Workspace) -> None:
    stage.presenter.on_answer(facts.refused(reason))
    stage.clerk.window.page.verdict.deed_button.click()

    assert stage.presenter.workspace is opens


def test_a_fault_gets_the_words_of_a_command(stage: Stage) -> None:
    stage.presenter.on_fault(TillFault("disk-full", 1))
    panel = stage.clerk.window.page.verdict

    assert panel.reason.text() == "磁盘已满，没有核销，也没有丢失记录。"
    assert panel.code.text() == "E-SYS disk-full"


def test_it_is_announced_once(stage: Stage) -> None:
    said: list[str] = []

    stage.clerk.window.page.verdict.announced.connect(said.append)
    stage.presenter.on_answer(facts.repeat())
    stage.presenter.show_everything()
    stage.wait(61)

    assert said == ["已用过 这张券 今天 12:18 在城西店 3 号机由小陈核销过。 换一张券，或查看那一笔记录。"]


def test_a_screen_reader_is_told_at_once(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", said.append)
    stage.clerk.show()
    verdict = stage.clerk.window.page.verdict
    qtbot.waitUntil(lambda: verdict.isSignalConnected(QMetaMethod.fromSignal(verdict.announced)))
    stage.presenter.on_answer(facts.repeat())

    spoken = [event for event in said if isinstance(event, QAccessibleAnnouncementEvent)]
    assert [event.message().partition(" ")[0] for event in spoken] == ["已用过"]
    assert spoken[0].politeness() is QAccessible.AnnouncementPoliteness.Assertive
