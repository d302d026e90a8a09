"""The till as the window knows it: deeds go in and return at once, answers come back through a listener.

Apart from the widgets so that ``bootstrap`` can put the serial till thread behind it, and a test or the screenshot
script a scripted one.
"""

from typing import Protocol

from pos_client.domain.scan import Scan
from pos_client.usecases.set_view import SetChange
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault, UndoReason


class Till(Protocol):
    """What the window asks for. Every call queues a deed to the till thread and returns its number at once.

    Numbers count up from 1 over all deeds; the answer carries the number of its deed, so that a late answer to an
    older scan is never shown over a newer one.
    """

    def submit_scan(self, scan: Scan) -> int:
        """Judge what was read: coupon, member, phone number or anything else."""

    def choose_coupon(self, coupon_id: str) -> int:
        """Judge a coupon of the member's list."""

    def choose_member(self, ref: str) -> int:
        """One of the members among whom a person must choose."""

    def change_set(self, change: SetChange) -> int:
        """Offer the customer's coupons together, or change which of them are ticked."""

    def set_amount(self, minor: int | None) -> int:
        """The receipt's amount in fen; None takes it away. A coupon that waits is judged again."""

    def confirm(self) -> int:
        """Redeem what is ready."""

    def undo(self, seq: int | None, reason: UndoReason, note: str = "") -> int:
        """Take a redemption back; None means the latest one. ``note``: a few words beside the reason."""

    def choose_promoter(self, staff_id: str) -> int:
        """From now on this promoter gets the credit; empty for nobody."""

    def detach_member(self) -> int:
        """The customer in hand is no member any more."""

    def report_masked_shown(self) -> int:
        """Somebody held the key that shows the member in full: written down."""

    def request_sync(self) -> int:
        """Deliver and fetch now."""


class TillListener(Protocol):
    """Where the till thread hands its answers; every call may come from any thread and returns at once."""

    def on_answer(self, answer: TillAnswer) -> None:
        """A verdict."""

    def on_customer(self, customer: Customer) -> None:
        """The purchase in hand changed without a verdict."""

    def on_status(self, status: LaneStatus) -> None:
        """The lane's surroundings changed, or a second has passed."""

    def on_fault(self, fault: TillFault) -> None:
        """The world said no to a deed; nothing was written."""
