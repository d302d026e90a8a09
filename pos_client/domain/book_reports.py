"""Reports of a lane's book: by campaign, brand, clerk, promoter, hour and tier; refusals, voids, and the day's sheet.

Pure, and apart from the files because lane and centre make the same ones: the same entries give the same rows, sorted,
in minor units. A void counts against whom its deed was for, on the day and in the hour in which it was made.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from .book_entries import BookEntry, Find, Move, moves
from .journal_entry import EntryKind
from .report_table import Cell, Table

_USES: Final = ("redemptions", "discount_minor", "voided", "voided_minor")
_SALES: Final = ("purchases", "basket_minor", "paid_minor", "returns", "refund_minor")
_PIECES: Final = ("pieces", "basket_minor", "discount_minor", "paid_minor")
_VOIDS: Final = (
    *("business_date", "device", "epoch", "seq", "at", "operator"),
    *("target_epoch", "target_seq", "kind", "campaign", "coupon_id", "value_minor", "currency", "reason"),
)
# What the day's sheet tells of other entries: the field that says of what, and the one that says how many.
_DETAIL: Final = {
    EntryKind.EARN: ("ref", "amount"),
    EntryKind.BURN: ("ref", "amount"),
    EntryKind.HAND_OVER: ("item", "amount"),
    EntryKind.ISSUE: ("campaign", ""),
    EntryKind.REJECT: ("reason", ""),
    EntryKind.BIND: ("action", ""),
}
_Figure = tuple[str, str, int, int]
Zones = Callable[[BookEntry], str]
# The column's name, what stands in it, and whether purchases count there too.
_Grouping = tuple[str, Callable[[Move], Cell], bool]
Sums = dict[tuple[Cell, ...], dict[str, int]]


class BookReport(StrEnum):
    """The reports of a book."""

    CAMPAIGNS = "campaigns"
    BRANDS = "brands"
    CLERKS = "clerks"
    PROMOTERS = "promoters"
    HOURS = "hours"
    TIERS = "tiers"
    REFUSALS = "refusals"
    VOIDS = "voids"
    DAY = "day"


def book_report(name: BookReport, entries: Iterable[BookEntry], find: Find, zone_of: Zones) -> Table:
    """A report.

    Args:
        name: which.
        entries: all entries of the days that it is about.
        find: gives what a void takes back, also of an earlier day.
        zone_of: the IANA time zone of an entry's store, for hours.
    """
    done = moves(entries, find)
    if name is BookReport.VOIDS:
        return _voids(done)
    if name is BookReport.REFUSALS:
        return _counted(name, ("business_date", "reason"), [one for one in done if one.of.kind is EntryKind.REJECT])
    if name is BookReport.BRANDS:
        return _brands(done)
    if name is BookReport.DAY:
        return _day(done)
    keys: dict[BookReport, _Grouping] = {
        BookReport.CAMPAIGNS: ("campaign", lambda one: one.of.whole("campaign"), False),
        BookReport.TIERS: ("tier", lambda one: one.of.text("tier"), False),
        BookReport.CLERKS: ("operator", lambda one: one.of.text("operator"), True),
        BookReport.PROMOTERS: ("promoter", lambda one: one.of.text("promoter"), True),
        BookReport.HOURS: ("hour", lambda one: hour_of(one.at, zone_of(one.at)), True),
    }
    return _by(name, done, keys[name])


def hour_of(entry: BookEntry, zone: str) -> str:
    """The hour in the store's day, ``14``; empty where the entry names no time."""
    try:
        return f"{datetime.fromisoformat(entry.text('at')).astimezone(ZoneInfo(zone)):%H}"
    except ValueError:
        return ""


def uses(one: Move) -> dict[str, int]:
    """What a redemption or its void adds to the figures of uses."""
    minor = one.of.whole("discount_minor")
    return {"redemptions": 1, "discount_minor": minor} if one.sign > 0 else {"voided": 1, "voided_minor": minor}


def sales(one: Move) -> dict[str, int]:
    """What a purchase, a return or the void of one adds to the figures of sales."""
    if one.of.text("returns"):
        return {"returns": one.sign, "refund_minor": one.sign * one.of.whole("refund_minor")}
    basket = one.sign * one.of.whole("basket_minor")
    return {
        "purchases": one.sign,
        "basket_minor": basket,
        "paid_minor": basket - one.sign * one.of.whole("discount_minor"),
    }


def _by(name: BookReport, done: Sequence[Move], how: _Grouping) -> Table:
    field, key, with_sales = how
    figures = _USES + (_SALES if with_sales else ())
    sums: Sums = defaultdict(lambda: dict.fromkeys(figures, 0))
    for one in done:
        added = uses(one) if one.of.kind is EntryKind.REDEEM else {}
        if with_sales and one.of.kind is EntryKind.TRANSACTION:
            added = sales(one)
        if added:
            _add(sums[one.at.text("business_date"), key(one), one.of.text("currency")], added)
    return _table(name, ("business_date", field, "currency"), figures, sums)


def _brands(done: Sequence[Move]) -> Table:
    """Pieces and money by the brand of the lines; what has no lines stands under no brand."""
    sums: Sums = defaultdict(lambda: dict.fromkeys(_PIECES, 0))
    for one in done:
        if one.of.kind is EntryKind.TRANSACTION:
            sign = -one.sign if one.of.text("returns") else one.sign
            for brand, figures in _lines(one.of):
                counted = {field: sign * value for field, value in figures.items()}
                _add(sums[one.at.text("business_date"), brand, one.of.text("currency")], counted)
    return _table(BookReport.BRANDS, ("business_date", "brand", "currency"), _PIECES, sums)


def _lines(entry: BookEntry) -> Iterable[tuple[str, dict[str, int]]]:
    listed = entry.fields.get("lines")
    lines = [line for line in listed if isinstance(line, dict)] if isinstance(listed, list) else []
    if not lines:
        basket, off = entry.whole("basket_minor"), entry.whole("discount_minor")
        yield "", {"pieces": 0, "basket_minor": basket, "discount_minor": off, "paid_minor": basket - off}
    for line in lines:
        pieces = int(line.get("quantity") or 0)
        basket, off = pieces * int(line.get("unit_minor") or 0), int(line.get("discount_minor") or 0)
        figures = {"pieces": pieces, "basket_minor": basket, "discount_minor": off, "paid_minor": basket - off}
        yield str(line.get("brand") or ""), figures


def _voids(done: Sequence[Move]) -> Table:
    """What was taken back, one row each; an intent that came to nothing is none."""
    told = [one for one in done if one.sign < 0 and one.of.kind is not EntryKind.INTENT]
    return Table(BookReport.VOIDS.value, _VOIDS, tuple(map(_void, told)))


def _void(one: Move) -> tuple[Cell, ...]:
    at, of = one.at, one.of
    who = (at.text("business_date"), at.device, at.epoch, at.seq, at.text("at"), at.text("operator"))
    what = (of.epoch, of.seq, of.kind.value, of.whole("campaign"), of.text("coupon_id"), _worth(of))
    return (*who, *what, of.text("currency"), at.text("reason"))


def _worth(entry: BookEntry) -> int:
    """What an entry gave away, or of a purchase its basket."""
    return entry.whole("basket_minor" if entry.kind is EntryKind.TRANSACTION else "value_minor")


def _day(done: Sequence[Move]) -> Table:
    """Every figure of the day in one list: what, of what, how many, how much."""
    sums: Sums = defaultdict(lambda: dict.fromkeys(("count", "value_minor"), 0))
    for one in done:
        for what, detail, count, value in _figures(one):
            key = (one.at.text("business_date"), what, detail, one.of.text("currency"))
            _add(sums[key], {"count": count, "value_minor": value})
    return _table(BookReport.DAY, ("business_date", "what", "of", "currency"), ("count", "value_minor"), sums)


def _figures(one: Move) -> Iterable[_Figure]:
    """What an entry adds to the day's sheet: what, of what, how many, how much."""
    of, sign = one.of, one.sign
    if of.kind is EntryKind.REDEEM:
        return _of_use(of, sign)
    if of.kind is EntryKind.TRANSACTION:
        return _of_purchase(of, sign)
    detail = _DETAIL.get(of.kind)
    if detail is None:
        return ()
    field, counts_by = detail
    count = of.whole(counts_by) if counts_by else 1
    name = "refused" if of.kind is EntryKind.REJECT else of.kind.value
    return ((name, str(of.fields.get(field) or ""), sign * count, 0),)


def _of_use(of: BookEntry, sign: int) -> Iterable[_Figure]:
    off = of.whole("discount_minor")
    yield "redeemed" if sign > 0 else "voided", "", 1, off
    yield "tier", of.text("tier"), sign, sign * off
    yield "campaign", str(of.whole("campaign")), sign, sign * off


def _of_purchase(of: BookEntry, sign: int) -> Iterable[_Figure]:
    if of.text("returns"):
        yield "returned", "", sign, sign * of.whole("refund_minor")
        return
    yield "bought", "", sign, sign * of.whole("basket_minor")
    yield "paid", "", sign, sign * (of.whole("basket_minor") - of.whole("discount_minor"))


def _counted(name: BookReport, fields: tuple[str, ...], done: Sequence[Move]) -> Table:
    sums: Sums = defaultdict(lambda: {"count": 0})
    for one in done:
        _add(sums[tuple(one.of.text(field) for field in fields)], {"count": one.sign})
    return _table(name, fields, ("count",), sums)


def _add(sums: dict[str, int], added: dict[str, int]) -> None:
    for name, value in added.items():
        sums[name] += value


def _table(name: BookReport, fields: tuple[str, ...], figures: tuple[str, ...], sums: Sums) -> Table:
    rows = tuple((*key, *(sums[key][figure] for figure in figures)) for key in sorted(sums))
    return Table(name.value, (*fields, *figures), rows)
