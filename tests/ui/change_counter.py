"""The screen for another phone number at a real desk and a centre that answers, and what a person does at it.

Apart from the tests because there are many of them.
"""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.member.change_page import ChangePage
from pos_client.ui.member.change_view import ChangeView
from pos_client.ui.scan.scan_view import Workspace
from tests import builders as a
from tests.unit.usecases.bind_desk import OTHER_PHONE
from tests.unit.usecases.counter import CLERK

from .bind_counter import BindDesk

NEW = OTHER_PHONE.removeprefix("+86")
MASKED = f"{NEW[:3]}****{NEW[-4:]}"
SLOT = a.a_member_slot().text()


class ChangeDesk(BindDesk):
    """The window with the screen for another number, and a member who comes."""

    @property
    def screen(self) -> ChangePage:
        """The screen."""
        page = self.desk.window.body.page(Workspace.PHONE)
        assert isinstance(page, ChangePage)
        return page

    @property
    def seen(self) -> ChangeView:
        """What it shows."""
        return self.screen.steps.view()

    @property
    def hint(self) -> str:
        """The sentence where the clerk looks."""
        return self.screen.panel.hint.text()

    @property
    def said(self) -> Reason | None:
        """The verdict that is shown."""
        answer = self.desk.window.presenter.answer
        return answer.verdict.reason if answer else None

    def comes(self, code: str) -> None:
        """A member shows or says something."""
        presenter = self.desk.window.presenter
        answer = self.desk.session.scan(Scan(code, ScanSource.CAMERA, self.binder.counter.clock.wall), 1)
        presenter.on_own_answer(answer)
        self.desk.settle()

    def open(self) -> None:
        """A finger on the card's button."""
        QTest.mouseClick(self.desk.window.page.home.card.number_button, Qt.MouseButton.LeftButton)
        self.desk.settle()
        assert self.workspace is Workspace.PHONE

    def enter(self) -> None:
        """The blue button, by key."""
        self.press(Qt.Key.Key_Return)


def assert_changed(at: ChangeDesk, proof: str, supervisor: str | None = None) -> None:
    """One entry, sealed for the centre; the new number stands nowhere but masked."""
    (fields,) = at.bindings()
    assert (fields["action"], fields["proof"], fields.get("supervisor")) == ("change_phone", proof, supervisor)
    assert (fields["member_ref"], fields["operator"]) == ("m7", CLERK)
    assert at.binder.centre.opened(str(fields["phone_sealed"])) == OTHER_PHONE
    assert all(NEW not in str(entry.fields()) for entry in at.binder.counter.entries())
    assert (at.workspace, at.said) == (Workspace.HOME, Reason.NUMBER_CHANGED)
    assert at.desk.window.page.home.card.name.text().endswith(MASKED)
    assert MASKED in at.desk.window.page.verdict.reason.text()
    at.press(Qt.Key.Key_Escape)
    at.open()
    assert at.seen.number.text == ""
