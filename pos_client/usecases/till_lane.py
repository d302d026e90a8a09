"""The till lane: one thread that decides, redeems and takes back, one deed at a time.

Deeds are queued and return at once; answers go to a listener from this thread. Because there is one such thread, a
typed and a scanned copy of the same code can never race each other.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from pos_client.domain.errors import PosError
from pos_client.domain.scan import Scan

from .desk import Desk
from .hold import end_overdue
from .lane_status import ContactSource, lane_status
from .late_answers import Late
from .ports import SyncNow
from .set_view import SetChange
from .till_session import TillSession
from .till_view import Customer, LaneStatus, TillAnswer, TillFault, UndoReason

STATUS_EVERY_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Deed:
    """Something to do on this thread, under its number."""

    number: int
    work: Callable[[int], TillAnswer | None]
    is_unasked: bool = False
    is_aside: bool = False


class Listener(Protocol):
    """Where answers go."""

    def on_answer(self, answer: TillAnswer) -> None:
        """A verdict."""

    def on_customer(self, customer: Customer) -> None:
        """The purchase in hand changed without a verdict."""

    def on_status(self, status: LaneStatus) -> None:
        """The lane's surroundings."""

    def on_fault(self, fault: TillFault) -> None:
        """The world said no to a deed."""


class TillLane:
    """Fulfils the window's ``Till`` port.

    Args:
        desk: ports of this lane.
        session: the dialogue that this thread leads.
        sync: woken after every entry.
        contact: the way to the centre.
        on_promoter: remembers the chosen promoter.
    """

    def __init__(
        self,
        desk: Desk,
        session: TillSession,
        sync: SyncNow,
        contact: ContactSource,
        on_promoter: Callable[[str], None],
    ) -> None:
        self._desk, self._session, self._sync, self._contact = desk, session, sync, contact
        self._on_promoter = on_promoter
        self._deeds: queue.SimpleQueue[_Deed | None] = queue.SimpleQueue()
        self._numbers = iter(range(1, 1 << 62))
        self._numbering = threading.Lock()
        self._listener: Listener | None = None
        self._told: Customer | None = None

    def listen(self, listener: Listener) -> None:
        """Tell where answers go; before ``run``."""
        self._listener = listener

    def submit_scan(self, scan: Scan) -> int:
        """Judge what was read."""
        return self._queue(lambda number: self._session.scan(scan, number))

    def choose_coupon(self, coupon_id: str) -> int:
        """Judge a coupon of the member's list."""
        return self._queue(lambda number: self._session.choose_coupon(coupon_id, number))

    def choose_member(self, ref: str) -> int:
        """One of several members."""
        return self._queue(lambda number: self._session.choose_member(ref, number))

    def change_set(self, change: SetChange) -> int:
        """Offer coupons together, or change which of them are ticked."""
        return self._queue(lambda number: self._session.change_set(change, number))

    def set_amount(self, minor: int | None) -> int:
        """The receipt's amount in fen."""
        return self._queue(lambda number: self._session.set_amount(minor, number))

    def confirm(self) -> int:
        """Redeem what is ready."""
        return self._queue(self._session.confirm)

    def undo(self, seq: int | None, reason: UndoReason, note: str = "") -> int:
        """Take a redemption back."""
        return self._queue(lambda number: self._session.undo(seq, reason, number, note))

    def choose_promoter(self, staff_id: str) -> int:
        """From now on this promoter gets the credit."""

        def choose(_number: int) -> None:
            self._session.promoter = staff_id
            self._on_promoter(staff_id)

        return self._queue(choose)

    def detach_member(self) -> int:
        """The customer in hand is no member any more."""
        return self._queue(lambda _number: self._session.detach_member())

    def report_masked_shown(self) -> int:
        """Nothing more than the mask is held on this lane, so there is nothing to write down."""
        return self._queue(lambda _number: None)

    def request_sync(self) -> int:
        """Deliver and fetch now."""
        return self._queue(lambda _number: self._sync.wake())

    def take_late(self, answers: Callable[[], Sequence[Late]]) -> int:
        """Servers' answers came after the lane had decided: a deed like any other, in its turn."""
        return self._queue(lambda number: self._session.late(answers(), number), is_unasked=True)

    def do(self, deed: Callable[[], None]) -> int:
        """Do something else on this thread, in its turn; the deed itself keeps what it finds, and raises nothing."""
        return self._queue(lambda _number: deed(), is_aside=True)

    def wake(self) -> None:
        """Look now whether it is to stop."""
        self._deeds.put(None)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; deeds that were queued before are finished first."""
        self._tell_status()
        while not stop.is_set() or not self._deeds.empty():
            try:
                deed = self._deeds.get(timeout=STATUS_EVERY_S)
            except queue.Empty:
                self._tell_status()
                continue
            if deed is not None:
                self._do(deed)

    def _queue(
        self, work: Callable[[int], TillAnswer | None], *, is_unasked: bool = False, is_aside: bool = False
    ) -> int:
        with self._numbering:
            number = next(self._numbers)
            self._deeds.put(_Deed(number, work, is_unasked, is_aside))
        return number

    def _do(self, deed: "_Deed") -> None:
        listener = self._listener
        if listener is None:
            return
        try:
            answer = deed.work(deed.number)
        except PosError as fault:
            listener.on_fault(TillFault(fault.reason, deed.number, fault.detail, tuple(fault.facts.items())))
            return
        if answer is None:
            # Who asked for nothing must not be taken for an answer to what somebody did ask.
            if not deed.is_unasked:
                self._tell_customer(unless_told=deed.is_aside)
        else:
            self._told = answer.customer
            listener.on_answer(answer)
            if answer.verdict.entry is not None:
                self._sync.wake()
        self._tell_status()

    def _tell_customer(self, *, unless_told: bool = False) -> None:
        customer = self._session.customer()
        if self._listener is not None and not (unless_told and customer == self._told):
            self._told = customer
            self._listener.on_customer(customer)

    def _tell_status(self) -> None:
        if self._listener is None:
            return
        session = self._session
        try:
            if session.end_idle_purchase():
                self._tell_customer()
            if end_overdue(self._desk):
                self._sync.wake()
            status = lane_status(self._desk, session.operator, session.promoter, self._contact())
        except PosError as fault:
            self._listener.on_fault(TillFault(fault.reason, 0, fault.detail, tuple(fault.facts.items())))
            return
        self._listener.on_status(status)
