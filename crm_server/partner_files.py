"""Settlement files for the others: each brand's goods by day and store, each host store's receipts one by one.

Apart from the CPS settlement because that divides money among campaigns, and these name what the partner has in his own
books. By the same rule as there, a void is a line of its own below nothing, on the day on which it was made.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from .settled_entries import Settled, purchases, settled_entries
from .settlement import REVERSAL, SALE

BRAND_KEY: Final = ("business_date", "store", "brand", "currency", "line")
BRAND_FIGURES: Final = ("pieces", "basket_minor", "discount_minor", "paid_minor")
HOST_COLUMNS: Final = (
    *("business_date", "store", "booth", "lane", "receipt_no", "currency", "line"),
    *("basket_minor", "discount_minor", "paid_minor", "device", "epoch", "seq"),
)


def brand_lines(connection: Connection) -> list[dict[str, Any]]:
    """Goods by brand; what was sold as a bare amount stands under no brand."""
    sums: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys(BRAND_FIGURES, 0))
    for entry in purchases(settled_entries(connection)):
        for brand, figures in _goods(entry):
            for day, sign in _signs(entry):
                key = (day, entry.minor("store"), brand, _text(entry, "currency"), SALE if sign > 0 else REVERSAL)
                for name, value in figures.items():
                    sums[key][name] += sign * value
    return [{**dict(zip(BRAND_KEY, key, strict=True)), **sums[key]} for key in sorted(sums) if any(sums[key].values())]


def host_lines(connection: Connection) -> list[dict[str, Any]]:
    """Purchases and returns at each host store, with the receipt that he knows them by."""
    rows = []
    for entry in purchases(settled_entries(connection)):
        basket, off = entry.minor("basket_minor"), entry.minor("discount_minor")
        for day, sign in _signs(entry):
            named = {"business_date": day, "store": entry.minor("store"), "booth": _text(entry, "booth")}
            named |= {"lane": entry.minor("lane"), "receipt_no": _text(entry, "receipt_no")}
            named |= {"currency": _text(entry, "currency"), "line": SALE if sign > 0 else REVERSAL}
            money = {"basket_minor": sign * basket, "discount_minor": sign * off, "paid_minor": sign * (basket - off)}
            rows.append({**named, **money, "device": entry.device, "epoch": entry.epoch, "seq": entry.seq})
    return sorted(rows, key=lambda row: tuple(row[name] for name in HOST_COLUMNS))


def _signs(entry: Settled) -> list[tuple[str, int]]:
    """The days on which an entry counts, and how: sold or given back, and once more when it was taken back."""
    sign = -1 if entry.body.get("returns") else 1
    return [(entry.day, sign)] + ([(entry.voided_on, -sign)] if entry.voided_on else [])


def _goods(entry: Settled) -> Iterator[tuple[str, dict[str, int]]]:
    listed = entry.body.get("lines")
    lines = [line for line in listed if isinstance(line, dict)] if isinstance(listed, list) else []
    if not lines:
        yield "", _figures(0, entry.minor("basket_minor"), entry.minor("discount_minor"))
    for line in lines:
        pieces = int(line.get("quantity") or 0)
        basket = pieces * int(line.get("unit_minor") or 0)
        yield str(line.get("brand") or ""), _figures(pieces, basket, int(line.get("discount_minor") or 0))


def _figures(pieces: int, basket: int, off: int) -> dict[str, int]:
    return {"pieces": pieces, "basket_minor": basket, "discount_minor": off, "paid_minor": basket - off}


def _text(entry: Settled, name: str) -> str:
    return str(entry.body.get(name) or "")
