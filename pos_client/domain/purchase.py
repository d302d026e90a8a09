"""One purchase at the host's till as this program knows it: its name, its fingerprint, and purchases that are one.

The fingerprint keeps the same receipt from being handed in twice. Purchases that are one (of one member on one day, or
of consecutive receipts) earn the steps of a tier together, so that nobody gains or loses by splitting a basket.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from .basket import Basket, BasketLine
from .business_time import day_of
from .codes.receipt_code import ReceiptCode

FINGERPRINT_LENGTH: Final = 32


class BasketSource(StrEnum):
    """How the goods became known."""

    LINES = "lines"
    AMOUNT = "amount"
    RECEIPT = "receipt"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which receipt of the host's till a purchase is of.

    Attributes:
        number: its name there. till: 0 where the name says it. day: in the store's calendar.
    """

    store: int
    number: str
    total_minor: int
    day: date
    till: int = 0

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal characters: the same for the same receipt, however it came here."""
        text = f"{self.store}|{self.till}|{self.number}|{self.day.isoformat()}|{self.total_minor}"
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:FINGERPRINT_LENGTH]

    def is_older_than(self, days: int, today: date) -> bool:
        """Whether it is too old to be handed in."""
        return today - self.day > timedelta(days=days)


def receipt_of_code(code: ReceiptCode) -> Receipt:
    """The receipt that a receipt code names."""
    return Receipt(code.store, str(code.receipt), code.total_minor, day_of(code.day), code.till)


def receipt_of_basket(basket: Basket, store: int, today: date) -> Receipt | None:
    """The receipt that a basket names, None where it names none."""
    return Receipt(store, basket.receipt_no, basket.total_minor, today) if basket.receipt_no else None


def together(baskets: Iterable[Basket]) -> Basket:
    """Purchases that are one: all their lines, or only the amount where one of them has no lines."""
    known = list(baskets)
    total = sum(basket.total_minor for basket in known)
    lines: tuple[BasketLine, ...] = ()
    if all(basket.lines for basket in known):
        lines = tuple(line for basket in known for line in basket.lines)
    return Basket(known[0].currency, total, lines)
