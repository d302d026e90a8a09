"""What was half done when the next customer's code came: put aside, and brought back by one touch; it knows no Qt.

Apart from the presenter because it only remembers: codes in memory and nowhere else, told as masked names and amounts.
Whatever comes back is judged anew, so a coupon that was used meanwhile is refused like any other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pos_client.domain.scan import Scan
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import Customer

MOST: Final = 8


@dataclass(frozen=True, slots=True)
class TrayItem:
    """One purchase that waits.

    Attributes:
        at: since when, aware UTC. member: masked, empty for nobody. amount_minor: of the receipt.
        has_coupon: a coupon waits for Enter or an amount. workspace: the panel that was open.
        scans: what was shown; told to nobody.
    """

    at: datetime
    member: str = ""
    amount_minor: int | None = None
    has_coupon: bool = False
    workspace: Workspace = Workspace.HOME
    scans: tuple[Scan, ...] = ()

    def __repr__(self) -> str:
        """Nothing of a code, whoever writes it into a log."""
        return f"TrayItem({len(self.scans)} scans, {self.workspace})"


class Tray:
    """The purchases put aside, newest first.

    Args:
        now: aware UTC wall clock. on_change: told after each change.
    """

    def __init__(self, now: Callable[[], datetime], on_change: Callable[[int], None]) -> None:
        self._now, self._on_change = now, on_change
        self._items: tuple[TrayItem, ...] = ()
        self._scans: tuple[Scan, ...] = ()
        self._before: TrayItem | None = None
        self._whose = ""
        self._operator = ""

    def items(self) -> tuple[TrayItem, ...]:
        """Newest first."""
        return self._items

    def see_scan(self, scan: Scan, customer: Customer, workspace: Workspace) -> None:
        """A code was read while this purchase was in hand."""
        is_again = bool(self._scans) and self._scans[-1].text == scan.text
        half = customer.amount_minor is not None or customer.awaits_confirm or customer.awaits_amount
        if not is_again and self._before is None and (half or (customer.member and workspace is not Workspace.HOME)):
            self._before = self._item(customer, workspace)
            self._whose = customer.member.view.ref if customer.member else ""
        self._scans = (*self._scans, scan)[-MOST:] if not is_again else self._scans

    def see_customer(self, customer: Customer, *, is_open: bool) -> None:
        """What is in hand now; ``is_open``: a deed is still to be answered."""
        before, whose = self._before, customer.member.view.ref if customer.member else ""
        if before is not None and self._is_another(before, whose, customer):
            self._items = (before, *self._items)[:MOST]
            self._scans = self._scans[len(before.scans) :]
            self._before = None
            self._on_change(len(self._items))
        elif not is_open:
            self._before = None
        if customer == Customer():
            self._scans = ()

    def take(self, place: int) -> TrayItem | None:
        """Take one out; None where there is none."""
        if not 0 <= place < len(self._items):
            return None
        item = self._items[place]
        self._items = self._items[:place] + self._items[place + 1 :]
        self._on_change(len(self._items))
        return item

    def clear(self) -> None:
        """The day is closed, or somebody else works here now."""
        self._items, self._before, self._scans = (), None, ()
        self._on_change(0)

    def see_operator(self, name: str) -> None:
        """Who works here; what another left half done is not his to end."""
        if self._operator and name != self._operator and self._items:
            self.clear()
        self._operator = name

    def _item(self, customer: Customer, workspace: Workspace) -> TrayItem:
        return TrayItem(
            self._now(),
            customer.member.view.masked if customer.member else "",
            customer.amount_minor,
            has_coupon=customer.awaits_confirm or customer.awaits_amount,
            workspace=workspace,
            scans=self._scans,
        )

    def _is_another(self, before: TrayItem, whose: str, customer: Customer) -> bool:
        """A member gives way to another; nobody's coupon that waited gives way to another coupon."""
        if self._whose:
            return bool(whose) and whose != self._whose
        still_waits = customer.awaits_amount or not customer.awaits_confirm
        return before.has_coupon and not whose and not still_waits
