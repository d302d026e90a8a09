"""What the scan screen does with every key, scan and answer; it knows no Qt.

Apart from the widgets so that the rules of the screen (nothing stops the next scan, a late answer never covers a newer
one, Esc never destroys) can be read and tested in one place.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.entries import Entries
from pos_client.ui.scan.entry_text import CodeText
from pos_client.ui.scan.scan_view import ScanView, Screen, Workspace
from pos_client.ui.scan.sound import SOUND_OF, Sound
from pos_client.ui.till_port import Till
from pos_client.usecases.till_view import Customer, LaneStatus, RecentItem, TillAnswer, TillFault, UndoReason

PAST_AFTER_S: Final = 60
UNDO_REASONS: Final = (
    UndoReason.WRONG_COUPON,
    UndoReason.CUSTOMER_RETURN,
    UndoReason.WRONG_AMOUNT,
    UndoReason.DUPLICATE,
    UndoReason.OTHER,
)


class ScanPresenter:
    """The scan screen's rules.

    Args:
        till: takes the deeds; answers come to ``on_answer`` and its sisters.
        view: the screen.
        now: aware UTC wall clock.
    """

    def __init__(self, till: Till, view: ScanView, now: Callable[[], datetime]) -> None:
        self._till = till
        self._view = view
        self._now = now
        self.workspace = Workspace.HOME
        self.screens: dict[Workspace, Screen] = {}
        self.entries = Entries(view)
        self.customer = Customer()
        self.status = LaneStatus()
        self.answer: TillAnswer | None = None
        self._fault: TillFault | None = None
        self._shown_number = 0
        self._shown_at = now()
        self._open = 0
        self._undo_item: RecentItem | None = None

    def show_everything(self) -> None:
        """Draw the present state anew: at the start, and in another language."""
        self._view.show_status(self.status)
        self._show_customer()
        self.entries.show()
        self._view.show_undo(self._undo_item)
        self._view.show_workspace(self.workspace)
        self._show_verdict()

    # what arrives

    def on_scanned(self, scan: Scan) -> None:
        """A code was read, whichever way: the next scan is always taken."""
        if screen := self.screens.get(self.workspace):
            if screen.take_scan(scan):
                return
            if screen.takes_whole:
                self.go_home()
        if scan.source is ScanSource.CAMERA:
            # A gun beeps by itself.
            self._view.play(Sound.TICK)
        self.expect(self._till.submit_scan(scan))

    def on_answer(self, answer: TillAnswer) -> None:
        """A verdict; one that is older than what is shown is not shown, nor a correction of what has gone."""
        if answer.is_unasked and self._open:
            return
        if not answer.is_unasked:
            self._heard()
        if answer.number < self._shown_number:
            return
        self._shown_number, self._shown_at = answer.number, self._now()
        self.answer, self._fault = answer, None
        self._view.show_answer(answer)
        self._view.play(SOUND_OF[answer.level])
        self._take_customer(answer.customer)
        self.on_tick()

    def on_customer(self, customer: Customer) -> None:
        """The purchase changed without a verdict."""
        if self._heard():
            self._show_verdict()
        self._take_customer(customer)

    def on_status(self, status: LaneStatus) -> None:
        """Something around changed."""
        if status != self.status:
            self.status = status
            self._view.show_status(status)

    def on_fault(self, fault: TillFault) -> None:
        """The world said no to a deed."""
        self._heard()
        if fault.number >= self._shown_number:
            self._shown_number = fault.number
            self._fault = fault
            self._view.show_fault(fault)
            self._view.play(Sound.NO)

    def on_unread(self, fault: TillFault) -> None:
        """A device sent what is no text: no deed was asked for, and the next scan is taken as ever."""
        self._fault = fault
        self._view.show_fault(fault)
        self._view.play(Sound.NO)

    def on_tick(self) -> None:
        """Time has passed: an old verdict turns grey, a free undo ends."""
        if self.answer is None:
            return
        self._view.show_age(is_past=self._age_s() > PAST_AFTER_S, undo_left_s=self.undo_left_s())

    # keys and touches

    def open(self, workspace: Workspace) -> None:
        """Use the middle for something; the same key again leads back."""
        target = Workspace.HOME if workspace is self.workspace else workspace
        if target is Workspace.AMOUNT:
            self.entries.begin_amount(self.customer.amount_minor)
        self._go(target)

    def go_home(self) -> None:
        """Back to scanning; whatever is half typed is kept."""
        self._go(Workspace.HOME)

    def type_character(self, character: str, *, submits: bool = True) -> None:
        """A person's key: a number begins or goes on, a reason or a promoter is chosen.

        Args:
            character: what was typed.
            submits: a number that is complete with it is looked up at once.
        """
        screen = self.screens.get(self.workspace)
        if screen and screen.type_character(character):
            return
        if self.workspace is Workspace.UNDO and character.isdecimal():
            self.choose_undo_reason(int(character) - 1)
        elif self.workspace is Workspace.PROMOTER and character.isdecimal():
            self.choose_promoter(int(character) - 1)
        elif self.workspace is Workspace.AMOUNT:
            self.entries.type_amount(character)
        elif character.isascii() and character.isalnum():
            self._type_code(character)
            if submits:
                self.submit_if_complete()

    def submit_if_complete(self) -> None:
        """Look a phone number up as soon as it has all its digits."""
        if self.workspace is Workspace.CODE and self.entries.is_complete_number():
            self._submit_code()

    def backspace(self) -> None:
        """One character less."""
        screen = self.screens.get(self.workspace)
        if not (screen and screen.backspace()):
            self.entries.erase(self.workspace)

    def clear_entry(self) -> None:
        """Begin again."""
        self.entries.clear(self.workspace)

    def enter(self) -> None:
        """The one blue button."""
        screen = self.screens.get(self.workspace)
        if screen and screen.enter():
            return
        if self.workspace is Workspace.CODE:
            self._submit_code()
        elif self.workspace is Workspace.AMOUNT:
            self._submit_amount()
        elif self.customer.awaits_confirm:
            self.expect(self._till.confirm())

    def choose_coupon(self, coupon_id: str) -> None:
        """A coupon of the member's list."""
        self.expect(self._till.choose_coupon(coupon_id))

    def detach_member(self) -> None:
        """The customer is no member any more."""
        if self.customer.member:
            self._tell(self._till.detach_member())

    def undo(self) -> None:
        """Take back: at once while it is free, else ask for the reason in place."""
        answer = self.answer
        if answer and self.undo_left_s() > 0 and self.workspace is not Workspace.HISTORY:
            self.expect(self._till.undo(answer.undo_seq, UndoReason.SLIP))
            return
        if self.workspace is Workspace.UNDO:
            self.go_home()
            return
        chosen = self._view.selected_item() if self.workspace is Workspace.HISTORY else None
        self._undo_item = chosen if chosen and chosen.can_undo else self._latest_undoable()
        self._view.show_undo(self._undo_item)
        self._go(Workspace.UNDO)

    def choose_undo_reason(self, place: int) -> None:
        """The reason, counted from 0."""
        if self._undo_item and 0 <= place < len(UNDO_REASONS):
            self.expect(self._till.undo(self._undo_item.seq, UNDO_REASONS[place]))
            self._undo_item = None
            self.go_home()

    def choose_promoter(self, place: int) -> None:
        """Who gets the credit from now on, counted from 0."""
        if 0 <= place < len(self.status.promoters):
            self._tell(self._till.choose_promoter(self.status.promoters[place].id))
            self.go_home()

    def sync_now(self) -> None:
        """Deliver and fetch now."""
        self._tell(self._till.request_sync())

    def undo_left_s(self) -> float:
        """How long F8 is still free; 0 where there is nothing to take back."""
        if self.answer is None or self.answer.undo_until is None:
            return 0.0
        free_s = (self.answer.undo_until - self.answer.at).total_seconds()
        return max(0.0, free_s - self._age_s())

    def _age_s(self) -> float:
        """Since the verdict stands here. The answer's own time is trusted time; this machine's clock may differ."""
        return (self._now() - self._shown_at).total_seconds()

    def _latest_undoable(self) -> RecentItem | None:
        return next((item for item in self.status.recent if item.can_undo and not item.undone), None)

    def _type_code(self, character: str) -> None:
        if self.workspace is not Workspace.CODE:
            self._go(Workspace.CODE)
        self.entries.type_code(character)

    def _submit_code(self) -> None:
        if not self.entries.code.text:
            return
        scan = Scan(self.entries.take_code(), ScanSource.TYPED, self._now())
        self._go(Workspace.HOME)
        self.expect(self._till.submit_scan(scan))

    def _submit_amount(self) -> None:
        if not self.entries.accepts_amount():
            return
        deed = self._till.set_amount(self.entries.amount.minor)
        if self.customer.awaits_amount:
            self.expect(deed)
        else:
            self._tell(deed)
        self.go_home()

    def expect(self, number: int) -> None:
        """A deed that ends in a verdict: the old one must not be taken for it."""
        self._tell(number)
        self._view.show_checking()

    def _tell(self, _number: int) -> None:
        """A deed was queued; each is answered once, by a verdict, a fault or the purchase in hand."""
        self._open += 1

    def _heard(self) -> bool:
        """One of the deeds is answered; True where none is left open."""
        self._open = max(0, self._open - 1)
        return self._open == 0

    def _show_verdict(self) -> None:
        if self._fault:
            self._view.show_fault(self._fault)
        elif self.answer:
            self._view.show_answer(self.answer)
        else:
            self._view.show_nothing()
        self.on_tick()

    def _take_customer(self, customer: Customer) -> None:
        is_new = customer.member != self.customer.member or customer.awaits_confirm
        self.customer = customer
        self._show_customer()
        if is_new and customer.member:
            self._go(Workspace.HOME)

    def _show_customer(self) -> None:
        unfinished = self.entries.code if self.workspace is not Workspace.CODE else CodeText()
        self._view.show_customer(self.customer, unfinished)

    def _go(self, workspace: Workspace) -> None:
        if workspace is not self.workspace:
            self.workspace = workspace
            self._view.show_workspace(workspace)
            self._show_customer()
