"""The counter's own figures of a day: who came, what was shown, what was refused and why.

Apart from the statement because these are about the booth and not about anybody's credit. They come from the journal
alone, so they are there without a network.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pos_client.domain.journal_entry import Entry, EntryKind

from .desk import Desk

_DEEDS = (
    EntryKind.REDEEM,
    EntryKind.REJECT,
    EntryKind.BIND,
    EntryKind.TRANSACTION,
    EntryKind.ISSUE,
    EntryKind.HAND_OVER,
)


@dataclass(frozen=True, slots=True)
class Counters:
    """Figures of one day at this lane.

    Attributes:
        purchases, returns, goods_minor: purchases that stand, returns, and what was paid less what was given back.
        redemptions, issued, handed_over (pieces), voided: that stand; and how many deeds were taken back.
        new_members: bound for the first time. without_purchase: of these, who bought nothing the same day.
        known_members: members who bought and were known before.
        refusals: by reason, the most frequent first. by_hour: deeds by the store's hour.
        categories: pieces bought by category.
    """

    business_date: date
    purchases: int = 0
    returns: int = 0
    goods_minor: int = 0
    redemptions: int = 0
    issued: int = 0
    handed_over: int = 0
    voided: int = 0
    new_members: int = 0
    without_purchase: int = 0
    known_members: int = 0
    refusals: Mapping[str, int] = field(default_factory=dict)
    by_hour: Mapping[int, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)


def counters(desk: Desk, day: date) -> Counters:
    """The figures of a day."""
    entries = desk.journal.of_day(day, _DEEDS)
    standing = [entry for entry in entries if not entry.voided]
    bodies = [entry.fields() for entry in standing if entry.kind is EntryKind.TRANSACTION]
    sales, returns = [one for one in bodies if not one["returns"]], [one for one in bodies if one["returns"]]
    bound = [entry.fields() for entry in standing if entry.kind is EntryKind.BIND]
    new = {one["member_ref"] for one in bound if one.get("action") == "new"}
    buyers = {one["member_ref"] for one in sales if one["member_ref"]}
    zone = ZoneInfo(desk.cache.store().zone)
    return Counters(
        business_date=day,
        purchases=len(sales),
        returns=len(returns),
        goods_minor=sum(map(_paid, sales)) - sum(map(_paid, returns)),
        redemptions=_count(standing, EntryKind.REDEEM),
        issued=_count(standing, EntryKind.ISSUE),
        handed_over=sum(abs(int(e.fields()["amount"])) for e in standing if e.kind is EntryKind.HAND_OVER),
        voided=len(entries) - len(standing),
        new_members=len(new),
        without_purchase=len(new - buyers),
        known_members=len(buyers - new),
        refusals=_frequent(str(e.fields()["reason"]) for e in standing if e.kind is EntryKind.REJECT),
        by_hour=dict(sorted(Counter(_hour(entry, zone) for entry in standing).items())),
        categories=_categories(sales),
    )


def _count(entries: list[Entry], kind: EntryKind) -> int:
    return sum(entry.kind is kind for entry in entries)


def _paid(fields: Mapping[str, int]) -> int:
    return fields["basket_minor"] - fields["discount_minor"]


def _hour(entry: Entry, zone: ZoneInfo) -> int:
    return datetime.fromisoformat(entry.fields()["at"]).astimezone(zone).hour


def _frequent(reasons: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(reasons).items(), key=lambda one: (-one[1], one[0])))


def _categories(sales: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    pieces: Counter[str] = Counter()
    for sale in sales:
        for line in sale["lines"]:
            pieces[line["category"] or "-"] += line["quantity"]
    return dict(sorted(pieces.items(), key=lambda one: (-one[1], one[0])))
