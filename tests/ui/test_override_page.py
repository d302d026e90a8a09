"""The supervisor's panel with real keys: why, who, PIN; nothing of a PIN is shown, kept or taken from a gun."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.shift.override_page import OverridePage, Step
from script import screen_facts as facts
from script.draw_screens import Stage


@pytest.fixture
def page(shown: Stage) -> OverridePage:
    """The panel, opened by F10 on a verdict that needs a supervisor."""
    shown.presenter.on_answer(
        facts.refused(Reason.OVER_FLOOR_VALUE, VerdictKind.SUPERVISOR, limit_minor=5000, value_minor=8000)
    )
    press(shown, Qt.Key.Key_F10)
    page = shown.clerk.window.body.pages[Workspace.OVERRIDE]
    assert isinstance(page, OverridePage)
    return page


def press(stage: Stage, *keys: Qt.Key) -> None:
    """A person's keys, to the window."""
    for key in keys:
        QTest.keyClick(stage.clerk.window, key)


def digits(stage: Stage, text: str) -> None:
    """A person's digits."""
    QTest.keyClicks(stage.clerk.window, text)


def words(page: OverridePage) -> str:
    """Everything that stands on the panel."""
    labels = page.findChildren(QLabel)
    return " ".join(label.text() + label.accessibleName() for label in labels)


def test_ten_keys_lead_from_the_verdict_to_the_approval(shown: Stage, page: OverridePage) -> None:
    digits(shown, "31")
    digits(shown, "271828")
    press(shown, Qt.Key.Key_Return)

    assert shown.till.deeds[-1] == ("override", "E1009", "identity-checked")
    assert shown.presenter.workspace is Workspace.HOME


def test_a_pin_is_dots_and_counted(shown: Stage, page: OverridePage) -> None:
    digits(shown, "11271828")

    assert page.step is Step.PIN
    assert page.entry.shown.text().count("●") == 6
    assert "271828" not in words(page)
    press(shown, Qt.Key.Key_Backspace)
    assert page.entry.shown.text().count("●") == 5


def test_leaving_forgets_the_pin(shown: Stage, page: OverridePage) -> None:
    digits(shown, "11271")
    press(shown, Qt.Key.Key_Escape, Qt.Key.Key_F10)

    assert (page.step, shown.presenter.workspace) == (Step.WHY, Workspace.OVERRIDE)
    digits(shown, "11")
    assert page.entry.shown.text().strip() == ""


def test_backspace_leads_to_the_question_before(shown: Stage, page: OverridePage) -> None:
    digits(shown, "11")
    steps = []
    for _ in range(2):
        press(shown, Qt.Key.Key_Backspace)
        steps.append(page.step)

    assert steps == [Step.WHO, Step.WHY]


def test_head_office_answers_by_telephone(shown: Stage, page: OverridePage) -> None:
    digits(shown, "63")
    assert page.step is Step.TELEPHONE
    assert "7KQ2 M9XD" in words(page)

    digits(shown, "ab12cd34")
    press(shown, Qt.Key.Key_Return)
    assert shown.till.deeds[-1] == ("override", "", "head-office-agreed")


def test_without_a_pin_nothing_is_asked(shown: Stage, page: OverridePage) -> None:
    before = len(shown.till.deeds)
    digits(shown, "11")
    press(shown, Qt.Key.Key_Return)

    assert len(shown.till.deeds) == before


def test_a_number_that_is_not_offered_chooses_nothing(shown: Stage, page: OverridePage) -> None:
    digits(shown, "909")

    assert page.step is Step.WHY


def test_a_scan_is_judged_and_the_question_stays(shown: Stage, page: OverridePage) -> None:
    digits(shown, "1")
    shown.clerk.guns.take(Scan("C0DE", ScanSource.CAMERA, facts.NOW))

    assert shown.till.deeds[-1][0] == "scan"


def test_the_verdict_offers_it_as_its_next_step(shown: Stage, page: OverridePage) -> None:
    press(shown, Qt.Key.Key_Escape)
    verdict = shown.clerk.window.page.verdict
    verdict.deed_button.click()

    assert (verdict.deed_button.isVisible(), shown.presenter.workspace) == (True, Workspace.OVERRIDE)
