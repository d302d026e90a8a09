"""A slip: what a customer may take home of one deed at the counter. It names goods and codes, and nobody.

Apart from the verdict because it is made later, from what the journal holds, as often as somebody asks for it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .local_text import LocalText
from .reward import Reward
from .verdict import EntryRef


class SlipKind(StrEnum):
    """Of what it is."""

    PURCHASE = "purchase"
    REDEMPTION = "redemption"
    HAND_OVER = "hand-over"
    RETURN = "return"
    BINDING = "binding"


@dataclass(frozen=True, slots=True)
class SlipGoods:
    """Pieces of one article, and what all of them cost by the shelf; 0 for what is given."""

    name: LocalText
    quantity: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class SlipCoupon:
    """A coupon that was used, and what it took off."""

    name: LocalText
    off_minor: int


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip.

    Attributes:
        entry: the journal's entry that it is of. store: its name. booth, lane: where.
        at: aware UTC.
        receipt_no: of the host's till, empty where none is known.
        goods: bought, come back or handed over. coupons: used.
        total_minor: by the shelf; None where no goods are known. off_minor: what coupons and points took off.
        refund_minor: of a return, what was paid out.
        points_paid: points that paid, worth ``points_minor``.
        rewards: earned and given; points that were taken back have a negative amount. A coupon has its code where this
            lane still knows it.
        print_no: 1 for the first; every later one is a reprint.
        is_taken_back: a later entry took it back.
    """

    kind: SlipKind
    entry: EntryRef
    store: str
    booth: str
    lane: int
    at: datetime
    receipt_no: str = ""
    goods: tuple[SlipGoods, ...] = ()
    coupons: tuple[SlipCoupon, ...] = ()
    total_minor: int | None = None
    off_minor: int = 0
    refund_minor: int = 0
    points_paid: int = 0
    points_minor: int = 0
    rewards: tuple[Reward, ...] = ()
    print_no: int = 1
    is_taken_back: bool = False
