"""The receipt that a customer hands in: which purchase is meant, and whether it may be taken.

Apart from the purchase because a receipt is only a name: it may come as a code among the codes that are shown, or as a
number on the basket, and is refused for its own reasons before anything is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos_client.domain.basket import Basket, of_amount
from pos_client.domain.codes.receipt_code import ReceiptCode
from pos_client.domain.codes.router import route
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.purchase import BasketSource, Receipt, receipt_of_code
from pos_client.domain.reasons import Reason
from pos_client.domain.till_context import Refusal

from .desk import Desk
from .trade_drafts import receipt_of
from .transaction import Request


@dataclass(frozen=True, slots=True)
class Handed:
    """A request, with its receipt taken out.

    Attributes:
        codes: those that are no receipts. basket: given, else what the receipt says was paid.
        receipt: from a receipt code; None where none was shown.
    """

    codes: Sequence[str]
    basket: Basket | None
    receipt: Receipt | None = None

    def source(self) -> BasketSource:
        """How the goods became known."""
        if self.basket and self.basket.lines:
            return BasketSource.LINES
        return BasketSource.RECEIPT if self.receipt else BasketSource.AMOUNT


def handed_in(desk: Desk, request: Request) -> Handed:
    """Take the receipt out of what was shown."""
    codes: list[str] = []
    receipt: Receipt | None = None
    for text in request.codes:
        value = route(text).value
        if isinstance(value, ReceiptCode):
            receipt = receipt_of_code(value)
        else:
            codes.append(text)
    basket = request.basket
    if basket is None and receipt is not None:
        basket = of_amount(receipt.total_minor, desk.cache.store().currency)
    return Handed(codes, basket, receipt)


def receipt_refusal(desk: Desk, receipt: Receipt | None, basket: Basket, today: date) -> Refusal | None:
    """Why a receipt is not taken, or None."""
    if receipt is None:
        return None
    days = desk.trade().receipt_days
    if receipt.store != desk.identity.store:
        return Refusal(Reason.RECEIPT_OTHER_STORE, {"store_no": receipt.store})
    if receipt.is_older_than(days, today) or receipt.day > today:
        return Refusal(Reason.RECEIPT_TOO_OLD, {"day": receipt.day, "limit": days})
    if receipt.total_minor != basket.total_minor:
        facts = {"receipt_minor": receipt.total_minor, "total_minor": basket.total_minor}
        return Refusal(Reason.RECEIPT_DIFFERS, facts)
    taken = desk.journal.standing(EntryKind.TRANSACTION, receipt_of(receipt.fingerprint))
    return Refusal(Reason.RECEIPT_TAKEN, {"seq": taken[0].seq}) if taken else None
