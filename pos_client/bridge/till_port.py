"""What the bridge asks of the lane, in its own words; put together in ``bootstrap``.

The lane decides on its own thread and says so within seconds, or raises ``HostRefused`` with the problem
``till-busy``: nothing here ever waits for a host, and no host's slowness reaches the lane.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pos_client.domain.basket import Basket
from pos_client.domain.host_receipt import HostReceipt


@dataclass(frozen=True, slots=True)
class Asked:
    """A basket at the host's till and what the customer showed there.

    Attributes:
        codes: as scanned or typed, the member's own first.
    """

    basket: Basket
    codes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What the lane would take off.

    Attributes:
        verdict: the verdict document, None where there was no code to judge.
        by_line: what comes off each line, by its place from 0.
        redeems: whether a code would be redeemed.
        hold_s: how long the figures are promised.
    """

    verdict: Mapping[str, Any] | None
    discount_minor: int
    by_line: Mapping[int, int]
    redeems: bool
    hold_s: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """A proposal that the host has written into its own books.

    Attributes:
        proposal_id: 32 hexadecimal characters; the ``txn`` of the purchase. The same one is written once.
        discount_minor: what was agreed.
        redeems: whether codes are to be redeemed.
    """

    proposal_id: str
    asked: Asked
    receipt: HostReceipt
    discount_minor: int
    redeems: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the lane wrote.

    Attributes:
        is_written: False where the coupons do not give what was agreed any more: then nothing was written.
        discount_minor: what was in fact taken off.
        verdict: the verdict document, None where there was no code.
    """

    is_written: bool
    discount_minor: int
    verdict: Mapping[str, Any] | None


class Till(Protocol):
    """The lane. Every method may be called from any thread."""

    def propose(self, asked: Asked) -> Quote:
        """Judge; nothing is written and nothing is held.

        Raises:
            BasketInvalid: the basket is in another currency than the store's.
            PosError: the world says no; ask again.
        """

    def accept(self, accepted: Accepted) -> Outcome:
        """Write it down, once for each ``proposal_id`` however often it is called.

        Raises:
            PosError: the world says no; nothing was written, or it cannot be known yet: ask again.
        """

    def reject(self, proposal_id: str, reason: str) -> None:
        """The host does not want it: let go of whatever is held for it."""
