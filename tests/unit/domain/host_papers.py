"""Purchases and receipts of one day, valid by default; apart because matching and the host's files both need them."""

from datetime import UTC, date, datetime
from typing import Any

from pos_client.domain.host_match import OurPurchase
from pos_client.domain.host_receipt import HostLine, HostReceipt, ReceiptKind

DAY = date(2026, 3, 18)
NOON = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
SHAMPOO = HostLine("06901234567892", "洗发水", 1, 5_900)
TOOTHPASTE = HostLine("06901234567915", "牙膏", 2, 2_000)


def ours(number: str = "0042", **changes: Any) -> OurPurchase:
    """A purchase of 99.00 less 10.00."""
    fields: dict[str, Any] = {
        "txn": f"{number or 'none':0>32}",
        "seq": 1,
        "kind": ReceiptKind.SALE,
        "receipt_no": number,
        "day": DAY,
        "at": NOON,
        "currency": "CNY",
        "basket_minor": 9_900,
        "discount_minor": 1_000,
        "lines": (SHAMPOO, TOOTHPASTE),
    }
    return OurPurchase(**fields | changes)


def host(number: str = "0042", **changes: Any) -> HostReceipt:
    """The host's receipt of the same purchase."""
    fields: dict[str, Any] = {
        "till": "3",
        "receipt_no": number,
        "at": NOON,
        "day": DAY,
        "kind": ReceiptKind.SALE,
        "currency": "CNY",
        "total_minor": 8_900,
        "discount_minor": 1_000,
        "lines": (TOOTHPASTE, SHAMPOO),
    }
    return HostReceipt(**fields | changes)
