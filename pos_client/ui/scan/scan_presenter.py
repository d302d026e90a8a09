"""What the scan screen does with every key, scan and answer; it knows no Qt.

Apart from the widgets so that the rules of the screen (nothing stops the next scan, a late answer never covers a newer
one, Esc never destroys) can be read and tested in one place.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.entries import Entries
from pos_client.ui.scan.entry_text import CodeText
from pos_client.ui.scan.next_place import where_next
from pos_client.ui.scan.scan_view import ScanView, Workspace
from pos_client.ui.scan.screens_beside import ScreensBeside
from pos_client.ui.scan.sound import Sound, sound_of
from pos_client.ui.scan.undo_asking import UndoAsking
from pos_client.ui.till_port import Till
from pos_client.ui.tray.tray import Tray
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault, UndoReason

PAST_AFTER_S: Final = 60


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
        self.screens = ScreensBeside()
        self.entries = Entries(view)
        self.tray = Tray(now, view.show_tray)
        self.customer = Customer()
        self.status = LaneStatus()
        self.answer: TillAnswer | None = None
        self._fault: TillFault | None = None
        self._shown_number = 0
        self._shown_at = now()
        self._open = 0
        self.undoing = UndoAsking(view, self._take_back)

    def show_everything(self) -> None:
        """Draw the present state anew: at the start, and in another language."""
        self._view.show_status(self.status)
        self._show_customer()
        self.entries.show()
        self.undoing.show()
        self._view.show_workspace(self.workspace)
        self._show_verdict()

    def on_scanned(self, scan: Scan) -> None:
        """A code was read, whichever way: the next scan is always taken."""
        if self.screens.took(self.workspace, scan):
            return
        if self.workspace is Workspace.UNDO:
            self.undoing.put_aside()
        if self.workspace is Workspace.UNDO or self.screens.is_whole(self.workspace):
            self.go_home()
        if scan.source is ScanSource.CAMERA:
            # A gun beeps by itself.
            self._view.play(Sound.TICK)
        self.tray.see_scan(scan, self.customer, self.workspace)
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
        if not answer.is_quiet:
            self._view.play(sound_of(answer))
        self._take_customer(answer.customer)
        self.on_tick()

    def on_own_answer(self, answer: TillAnswer) -> None:
        """A deed of a screen beside the scan loop ended in a verdict: it is the newest, and is delivered soon."""
        self._tell(answer.number)
        self.on_answer(replace(answer, number=self._shown_number))
        self.sync_now()

    def on_customer(self, customer: Customer) -> None:
        """The purchase changed without a verdict."""
        if self._heard():
            self._show_verdict()
        self._take_customer(customer)

    def on_status(self, status: LaneStatus) -> None:
        """Something around changed."""
        if status != self.status:
            self.status = status
            self.tray.see_operator(status.operator_name)
            self._view.show_status(status)

    def on_fault(self, fault: TillFault) -> None:
        """The world said no to a deed."""
        self._heard()
        if fault.number >= self._shown_number:
            self._shown_number = fault.number
            self.on_unread(fault)

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

    def open(self, workspace: Workspace) -> None:
        """Use the middle for something; the same key again leads back."""
        target = Workspace.HOME if workspace is self.workspace else workspace
        if target is Workspace.AMOUNT:
            self.entries.begin_amount(self.customer.amount_minor, self.customer.usual_minor)
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
        if self.screens.typed(self.workspace, character):
            return
        if self.workspace is Workspace.UNDO and (character.isdecimal() or self.undoing.is_noting):
            self.undoing.type(character)
        elif self.workspace is Workspace.PROMOTER and character.isdecimal():
            self.choose_promoter(int(character) - 1)
        elif self.workspace is Workspace.AMOUNT:
            self.entries.type_amount(character)
        elif character.isascii() and character.isalnum():
            self._go(Workspace.CODE)
            self.entries.type_code(character)
            if submits:
                self.submit_if_complete()

    def submit_if_complete(self) -> None:
        """Look a phone number up as soon as it has all its digits."""
        if self.workspace is Workspace.CODE and self.entries.is_complete_number():
            self._submit_code()

    def backspace(self) -> None:
        """One character less."""
        if self.workspace is Workspace.UNDO:
            self.undoing.erase()
        elif not self.screens.erased(self.workspace):
            self.entries.erase(self.workspace)

    def clear_entry(self) -> None:
        """Begin again."""
        self.entries.clear(self.workspace)

    def enter(self) -> None:
        """The one blue button."""
        if self.screens.entered(self.workspace):
            return
        if self.workspace is Workspace.UNDO and self.undoing.is_noting:
            self.undoing.enter()
        elif self.workspace is Workspace.CODE:
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
        if self.customer.member and not self.screens.is_locked(self.workspace):
            self._tell(self._till.detach_member())

    def undo(self) -> None:
        """Take back: at once while it is free, else ask for the reason in place."""
        if self.screens.is_locked(self.workspace):
            return
        if self.answer and self.undo_left_s() > 0 and self.workspace is not Workspace.HISTORY:
            self.expect(self._till.undo(self.answer.undo_seq, UndoReason.SLIP))
            return
        if self.workspace is Workspace.UNDO:
            self.go_home()
            return
        chosen = screen.chosen_item() if (screen := self.screens.get(self.workspace)) else None
        self.undoing.begin(self.status.recent, chosen)
        self._go(Workspace.UNDO)

    def _take_back(self, seq: int, reason: UndoReason, note: str) -> None:
        self.expect(self._till.undo(seq, reason, note))
        self.go_home()

    def choose_promoter(self, place: int) -> None:
        """Who gets the credit from now on, counted from 0."""
        if 0 <= place < len(self.status.promoters):
            self._tell(self._till.choose_promoter(self.status.promoters[place].id))
            self.go_home()

    def put_amount(self, minor: int) -> None:
        """An amount that was entered before."""
        self._tell(self._till.set_amount(minor))

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
        (self.expect if self.customer.awaits_amount else self._tell)(deed)
        # With a member in hand the amount is what his coupons are chosen by.
        has_set = self.customer.member and Workspace.BASKET in self.screens.known and not self.customer.awaits_amount
        self._go(Workspace.BASKET if has_set else Workspace.HOME)

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
        self.tray.see_customer(customer, is_open=self._open > 0)
        before, self.customer = self.customer, customer
        self._show_customer()
        target = where_next(before, customer, self.workspace)
        if target is Workspace.HOME or target in self.screens.known:
            self._go(target)

    def _show_customer(self) -> None:
        unfinished = self.entries.code if self.workspace is not Workspace.CODE else CodeText()
        self._view.show_customer(self.customer, unfinished)

    def _go(self, workspace: Workspace) -> None:
        if workspace is not self.workspace and not self.screens.is_locked(self.workspace):
            self.workspace = workspace
            self._view.show_workspace(workspace)
            self._show_customer()
