"""What entries of the trade say: points, stamps, purchases, coupons given out, things handed over (docs/deeds.md).

Apart from the redemptions because these move accounts and so count in their journal's order only.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pos_client.domain.journal_entry import EntryKind

from .entry_fields import BadField, day, hexadecimal, plain, signed, text, whole

POINTS: Final = "points"
STAMPS: Final = "stamps:"
STOCK: Final = "stock:"
RECEIPT: Final = "receipt:"
RETURN: Final = "return:"
ISSUED: Final = "issued:"
LONGEST_CARD: Final = 50
# What fits beside ``stock:`` in a name of the booth's own.
LONGEST_ITEM: Final = 60
_LONGEST_ID: Final = 40
_LONGEST_RETURN: Final = 60


@dataclass(frozen=True, slots=True)
class TradeFacts:
    """The fields that the centre acts on, empty or 0 where a kind has none of them.

    Attributes:
        ref, amount: the account, and by how much it moves.
        why: of ``earn`` and ``issue``.
        returns: the purchase that a return takes back.
        item: of ``hand_over``, and ``booth`` where it lay.
        hold_id: of ``burn``.
    """

    ref: str = ""
    amount: int = 0
    txn: str = ""
    why: str = ""
    promoter: str = ""
    booth: str = ""
    item: str = ""
    hold_id: str = ""
    returns: str = ""
    currency: str = ""
    basket_minor: int = 0
    discount_minor: int = 0
    business_date: str = ""

    @property
    def fingerprint(self) -> str:
        """Of what may stand only once, a receipt or one return of a purchase; empty where none is known."""
        if self.ref.startswith(RETURN):
            return hashlib.sha256(self.ref.encode()).hexdigest()[:32]
        return self.ref.removeprefix(RECEIPT) if self.ref.startswith(RECEIPT) else ""


def read(kind: EntryKind, document: Mapping[str, Any]) -> TradeFacts:
    """Read an entry of one of ``KINDS``, or what a void says of such a one.

    Raises:
        BadField: a field is missing, or is not what the contract says.
    """
    return KINDS[kind](document) if kind in KINDS else TradeFacts(ref=text(document, "ref", 120, needed=False))


def _earn(document: Mapping[str, Any]) -> TradeFacts:
    return _movement(document, plain(document, "why", 20, needed=False))


def _burn(document: Mapping[str, Any]) -> TradeFacts:
    facts = _movement(document, "burn", hexadecimal(document, "hold_id"))
    if facts.ref != POINTS or facts.amount > 0:
        raise BadField("bad-field")
    return facts


def _movement(document: Mapping[str, Any], why: str, hold_id: str = "") -> TradeFacts:
    ref = text(document, "ref", len(STAMPS) + LONGEST_CARD)
    card = ref.removeprefix(STAMPS) if ref.startswith(STAMPS) else ""
    if ref != POINTS and not card:
        raise BadField("bad-field")
    text(document, "member_ref", _LONGEST_ID)
    return TradeFacts(ref, signed(document, "amount"), hexadecimal(document, "txn"), why, hold_id=hold_id)


def _transaction(document: Mapping[str, Any]) -> TradeFacts:
    ref, returns = plain(document, "ref", _LONGEST_RETURN, needed=False), hexadecimal(document, "returns")
    txn, currency = hexadecimal(document, "txn"), plain(document, "currency", 3)
    is_meant = ref.startswith(f"{RETURN}{returns}:") if returns else _is_receipt(ref)
    if not txn or len(currency) != 3 or (ref and not is_meant):
        raise BadField("bad-field")
    return TradeFacts(
        ref=ref,
        txn=txn,
        promoter=text(document, "promoter", 40, needed=False),
        returns=returns,
        currency=currency,
        basket_minor=whole(document, "basket_minor"),
        discount_minor=whole(document, "discount_minor", absent=0),
        business_date=day(document, "business_date"),
    )


def _is_receipt(ref: str) -> bool:
    return ref.startswith(RECEIPT) and bool(hexadecimal({"ref": ref.removeprefix(RECEIPT)}, "ref"))


def _issue(document: Mapping[str, Any]) -> TradeFacts:
    ref = plain(document, "ref", len(ISSUED) + _LONGEST_ID)
    if ref != ISSUED + text(document, "coupon_id", _LONGEST_ID):
        raise BadField("bad-field")
    return TradeFacts(ref=ref, txn=hexadecimal(document, "txn"), why=plain(document, "why", 20, needed=False))


def _hand_over(document: Mapping[str, Any]) -> TradeFacts:
    item, amount = text(document, "item", LONGEST_ITEM), signed(document, "amount")
    if amount >= 0 or text(document, "ref", len(STOCK) + LONGEST_ITEM) != STOCK + item:
        raise BadField("bad-field")
    booth = text(document, "booth", 120, needed=False)
    return TradeFacts(ref=STOCK + item, amount=amount, txn=hexadecimal(document, "txn"), booth=booth, item=item)


KINDS: Final[Mapping[EntryKind, Callable[[Mapping[str, Any]], TradeFacts]]] = {
    EntryKind.EARN: _earn,
    EntryKind.BURN: _burn,
    EntryKind.TRANSACTION: _transaction,
    EntryKind.ISSUE: _issue,
    EntryKind.HAND_OVER: _hand_over,
}
