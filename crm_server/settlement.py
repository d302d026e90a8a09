"""The CPS settlement: what each campaign brought at which booth, by promoter and day, to the last fen.

Apart from the other reports because money is paid by it. A purchase's amounts are divided among the campaigns of its
coupons in proportion to what each took off (evenly where none took anything), rounded down, and the fen that are left
go one each to the campaigns with the largest remainders, at a tie to the smaller number; without a coupon they stand
under campaign 0. A return and a void are lines of their own below nothing, on the day on which they happened, so that a
day that was settled never changes. Lines are sorted by their key; the same inbox gives the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection

from pos_client.domain.journal_entry import EntryKind

from .settled_entries import Settled, purchases, settled_entries

KEY: Final = ("business_date", "store", "booth", "promoter", "campaign", "currency", "line")
FIGURES: Final = ("redemptions", "purchases", "basket_minor", "discount_minor", "commission_base_minor")
SALE: Final = "sale"
REVERSAL: Final = "reversal"
NO_CAMPAIGN: Final = 0

Sums = dict[tuple[Any, ...], dict[str, int]]


def settlement_lines(connection: Connection) -> list[dict[str, Any]]:
    """The lines, each with ``KEY`` and ``FIGURES``."""
    entries = settled_entries(connection)
    bought = {entry.txn: entry for entry in purchases(entries) if not entry.body.get("returns")}
    sums: Sums = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
    for entry in entries:
        if entry.kind is EntryKind.TRANSACTION:
            _add_purchase(sums, entry, bought)
        elif entry.kind is EntryKind.REDEEM:
            _add_redemption(sums, entry)
    return [
        {**dict(zip(KEY, key, strict=True)), **figures}
        for key, figures in sorted(sums.items())
        if any(figures.values())
    ]


def _add_purchase(sums: Sums, entry: Settled, bought: Mapping[str, Settled]) -> None:
    returned = bought.get(str(entry.body.get("returns") or ""))
    shares = _weights(entry) or (_weights(returned) if returned else {}) or {NO_CAMPAIGN: 1}
    basket, paid = entry.minor("basket_minor"), entry.minor("basket_minor") - entry.minor("discount_minor")
    baskets, bases = divided(basket, shares), divided(paid, shares)
    sign = -1 if entry.body.get("returns") else 1
    for campaign in shares:
        figures = {"purchases": 1, "basket_minor": baskets[campaign], "commission_base_minor": bases[campaign]}
        _add(sums, entry, campaign, figures, sign)


def _add_redemption(sums: Sums, entry: Settled) -> None:
    figures = {"redemptions": 1, "discount_minor": entry.minor("discount_minor")}
    if entry.is_alone:
        basket = entry.minor("basket_minor")
        base = max(0, basket - entry.minor("discount_minor"))
        figures |= {"basket_minor": basket, "commission_base_minor": base}
    _add(sums, entry, entry.minor("campaign"), figures, 1)


def _add(sums: Sums, entry: Settled, campaign: int, figures: Mapping[str, int], sign: int) -> None:
    signs = [(entry.day, sign)] + ([(entry.voided_on, -sign)] if entry.voided_on else [])
    for day, of_day in signs:
        line = SALE if of_day > 0 else REVERSAL
        key = (day, entry.minor("store"), *(str(entry.body.get(name) or "") for name in ("booth", "promoter")))
        of_key = sums[*key, campaign, str(entry.body.get("currency") or ""), line]
        for name, value in figures.items():
            of_key[name] += of_day * value


def _weights(entry: Settled) -> dict[int, int]:
    """What the coupons of a purchase took off, by campaign; each counts 1 where none took anything."""
    weights: dict[int, int] = defaultdict(int)
    for coupon in _coupons(entry):
        weights[_whole(coupon.get("campaign"))] += _whole(coupon.get("discount_minor"))
    return dict(weights) if any(weights.values()) else dict.fromkeys(sorted(weights), 1)


def _coupons(entry: Settled) -> Iterable[Mapping[str, Any]]:
    found = entry.body.get("coupons")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _whole(value: object) -> int:
    return value if type(value) is int and value >= 0 else 0


def divided(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """An amount in proportion to weights, in whole units that add up to it (largest remainders; ties: smaller key)."""
    total = sum(weights.values())
    shares = {key: amount * weight // total for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(amount * weights[key] % total), key))
    for key in by_remainder[: amount - sum(shares.values())]:
        shares[key] += 1
    return shares
