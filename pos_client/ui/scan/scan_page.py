"""The scan screen itself: puts camera, workspace, own day and verdict in their places and shows what it is told.

It decides nothing: the presenter does. It stands apart from the frame so that later screens get the same frame.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_client.config.wording import Wording
from pos_client.domain.business_time import local_date
from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.ui.scan.camera_column import CameraColumn
from pos_client.ui.scan.choice_panels import PromoterPanel
from pos_client.ui.scan.entry_panels import AmountEntry, CodeEntry
from pos_client.ui.scan.entry_text import AmountText, CodeText
from pos_client.ui.scan.gun_panel import GunPanel
from pos_client.ui.scan.help_panel import HelpPanel
from pos_client.ui.scan.home_panel import HomePanel
from pos_client.ui.scan.middle import Middle
from pos_client.ui.scan.places import Places
from pos_client.ui.scan.receipt_photo import ReceiptPhoto
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.side_column import SideColumn
from pos_client.ui.scan.sound import Sound
from pos_client.ui.scan.undo_panel import UndoPanel
from pos_client.ui.scan.verdict_panel import VerdictPanel
from pos_client.ui.scan.verdict_words import parts_of, parts_of_fault
from pos_client.ui.scan.whole_verdict import WholeVerdict
from pos_client.ui.theme import Theme
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.till_view import Customer, LaneStatus, RecentItem, TillAnswer, TillFault

# An answer of the lane itself is there sooner, and must not be announced by a flicker.
_CHECKING_AFTER_MS: Final = 120
_WHOLE_MIDDLE: Final = frozenset({Workspace.HELP, Workspace.BASKET})


class ScanPage(QWidget):
    """The screen of a clerk; a ``ScanView``.

    Signals:
        workspace_asked: whoever owns it makes it now.
        status_shown, customer_shown, workspace_shown, answer_shown: the frame around shows it too.
        sounded: a Sound that should be heard.
        camera_shown: a CameraState.
        undo_shown: a RecentItem would be taken back; what exactly comes back may be told to the panel.
    """

    status_shown = Signal(object)
    customer_shown = Signal(object)
    workspace_asked = Signal(object)
    workspace_shown = Signal(object)
    answer_shown = Signal(object)
    sounded = Signal(object)
    camera_shown = Signal(object)
    undo_shown = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._wording, self._now, self.language = wording, now, "zh"
        self._status, self._customer, self.can_bind = LaneStatus(), Customer(), False
        self._camera: tuple[CameraState, CameraTrouble | None] = (CameraState.NONE, None)
        self.photo = ReceiptPhoto(self, self._show_still)
        self.camera = CameraColumn(theme)
        self.home = HomePanel(theme, wording)
        self.code_entry = CodeEntry()
        self.amount_entry = AmountEntry(wording)
        self.undo_panel = UndoPanel(wording)
        self.promoters = PromoterPanel()
        self.help, self.gun = HelpPanel(), GunPanel(wording)
        self.side = SideColumn(theme, wording, longest=14)
        self.verdict = VerdictPanel(theme)
        self._panels: dict[Workspace, QWidget] = {
            Workspace.HOME: self.home,
            Workspace.CODE: self.code_entry,
            Workspace.AMOUNT: self.amount_entry,
            Workspace.UNDO: self.undo_panel,
            Workspace.PROMOTER: self.promoters,
            Workspace.HELP: self.help,
            Workspace.GUN: self.gun,
        }
        self._own = tuple(self._panels.values())
        self.stack = Middle(theme)
        for panel in self._own:
            self.stack.addWidget(panel)
        self.places = Places(self, self.camera, self.stack, self.side, self.verdict)
        self.whole = WholeVerdict(self.places, self)
        self._checking = _once_after(self, _CHECKING_AFTER_MS, self.verdict.show_checking)

    def add_panel(self, workspace: Workspace, panel: QWidget) -> None:
        """Give the middle one more use."""
        self._panels[workspace] = panel
        self.stack.addWidget(panel)

    def show_workspace(self, workspace: Workspace) -> None:
        """Use the middle for this, and put the keyboard where it is of use."""
        self.workspace_asked.emit(workspace)
        self.whole.end()
        self.stack.setCurrentWidget(self._panels.get(workspace, self.home))
        self.places.set_help(shown=workspace in _WHOLE_MIDDLE)
        self._offer_feed()
        self._show_still()
        if workspace is Workspace.HOME and self._customer.member:
            self.home.card.coupons.setFocus()
        elif self.focusWidget() is not None:
            self.focusWidget().clearFocus()
        # At the end: a screen of its own says where its keyboard is.
        self.workspace_shown.emit(workspace)

    def show_code_entry(self, text: CodeText) -> None:
        """The phone number or code as far as it is typed."""
        self.code_entry.show_text(text)

    def show_amount_entry(self, text: AmountText, *, asks_again: bool) -> None:
        """The amount as far as it is typed."""
        self.amount_entry.show_text(text, asks_again=asks_again)

    def show_customer(self, customer: Customer, unfinished: CodeText) -> None:
        """The purchase in hand."""
        is_new = customer.member is not None and customer.member != self._customer.member
        self._customer = customer
        self.photo.see_customer(customer)
        self.customer_shown.emit(customer)
        self._offer_feed()
        today = local_date(self._now(), self._status.zone)
        self.home.show_customer(customer, unfinished, self.language, today)
        if is_new and self.stack.currentWidget() is self.home:
            self.home.card.coupons.setFocus()

    def _show_still(self) -> None:
        """The receipt stands before whoever types its amount."""
        types_amount = self.stack.currentWidget() is self.amount_entry
        self.camera.show_still(self.photo.image if types_amount else None)

    def _offer_feed(self) -> None:
        has_member = self._customer.member is not None
        self.places.offer_feed(offered=has_member and self.stack.currentWidget() is self.home)

    def show_status(self, status: LaneStatus) -> None:
        """Everything around."""
        self._status = status
        self._wording.zone = status.zone
        self.side.show_status(status, self.language)
        self.promoters.show_status(status)
        self.status_shown.emit(status)

    def show_camera(self, state: CameraState, trouble: CameraTrouble | None = None) -> None:
        """The camera came or went; why, and what helps, is said where its picture was, in a command's words."""
        self._camera = (state, trouble)
        said = ""
        if trouble is not None:
            line, step = self._wording.of_fault(CameraUnavailable(trouble=trouble))
            said = f"{line.in_language(self.language)}\n{step.in_language(self.language)}"
        self.camera.viewfinder.show_state(state, said)
        self.camera_shown.emit(state)

    def show_answer(self, answer: TillAnswer) -> None:
        """A verdict, at once."""
        self._checking.stop()
        parts = parts_of(answer, self._wording, self.language)
        if parts.opens is Workspace.BIND and not self.can_bind:
            parts = replace(parts, opens=Workspace.CODE)
        free_s = (answer.undo_until - answer.at).total_seconds() if answer.undo_until else -1.0
        offered = answer.customer.offered
        self.verdict.name_confirm(offered.count if offered else 0)
        self.verdict.show_parts(parts, can_confirm=answer.customer.awaits_confirm, undo_s=free_s)
        self.whole.begin()
        self.answer_shown.emit(answer)

    def show_fault(self, fault: TillFault) -> None:
        """The world said no; the words come from the same table as a command's."""
        self._checking.stop()
        parts = parts_of_fault(fault, self.tr("Cannot decide now"), self._wording, self.language)
        self.verdict.show_parts(parts, can_confirm=False, undo_s=-1.0)
        self.whole.begin()

    def show_nothing(self) -> None:
        """No verdict yet."""
        self._checking.stop()
        self.verdict.show_idle()

    def show_checking(self) -> None:
        """A deed is under way; said only if its answer is not there at once."""
        self._checking.start()

    def show_age(self, *, is_past: bool, undo_left_s: float) -> None:
        """The verdict's age."""
        self.verdict.show_age(is_past=is_past, undo_left_s=undo_left_s)

    def show_undo(self, item: RecentItem | None, note: str | None) -> None:
        """What would be taken back; while words are typed nothing more is asked of the desk."""
        self.undo_panel.show_item(item, self.language, note)
        if item is not None and not note:
            self.undo_shown.emit(item)

    def show_tray(self, count: int) -> None:
        """How many purchases wait."""
        self.home.show_tray(count)

    def play(self, sound: Sound) -> None:
        """Let it be heard."""
        self.sounded.emit(sound)

    def retranslate(self, language: str) -> None:
        """All labels; what is shown is shown anew by the presenter."""
        self.language = language
        for panel in (*self._own, self.camera, self.side, self.verdict):
            panel.retranslate()  # type: ignore[attr-defined]
        if self._camera[1] is not None:
            self.show_camera(*self._camera)
        self.home.card.retranslate()
        self.gun.speak(language)


def _once_after(parent: QWidget, pause_ms: int, deed: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause_ms)
    timer.timeout.connect(deed)
    return timer
