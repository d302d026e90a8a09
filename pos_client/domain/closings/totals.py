"""What a range of entries adds up to. A pure sum over bodies: the same bytes give the same figures at lane and centre.

Apart from the close because the centre counts with it as well. Nothing outside the range is asked: an entry that was
taken back inside the range does not stand, one that is taken back after the cut stands here and is a void there. A
field that is missing or of another kind counts as nothing, because a well-signed entry may say anything.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from pos_client.domain.journal_entry import EntryKind

Fields = Mapping[str, Any]
REFUSED: Final = "refused"
# What a lane writes about itself: none of it is a customer's, and a day is over although such entries follow.
QUIET: Final = frozenset(
    {
        EntryKind.LOGIN, EntryKind.LOGOUT, EntryKind.OPEN_DAY, EntryKind.CLOSE_DAY, EntryKind.CACHE_SWAP,
        EntryKind.TIME_CONFIRM, EntryKind.TIME_JUMP, EntryKind.RESYNC_GAP, EntryKind.EXPORT, EntryKind.ENROL,
    }
)  # fmt: skip
_LARGEST: Final = 2**53 - 1
_LONGEST: Final = 80
_Money = tuple[str, int, int]
_Key = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """Deeds of one sort: how many stand, and what they took off (minor units).

    Attributes:
        campaign: 0 for none. tier: A, B, C or empty.
        verdict: of a redemption; ``refused`` of a refusal; of a binding its action; else empty.
        kind: redeem, reject, issue, bind or hand_over.
    """

    campaign: int
    tier: str
    verdict: str
    kind: str
    count: int
    value_minor: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a range.

    Attributes:
        entries: how many there are, of all kinds.
        lines: deeds that stand, by campaign, tier, verdict, kind.
        voids: how many deeds were taken back in the range and what they were worth; ``voids_across`` of them were
            written before it.
        overrides: entries that a supervisor agreed to, and their worth.
        purchases, returns: how many stand, shelf price, discount.
        points, stamps, handed_over: net sums; stamps by card, things by item.
        days: business days of the deeds.
    """

    entries: int
    lines: tuple[Line, ...]
    voids: tuple[int, int]
    voids_across: int
    overrides: tuple[int, int]
    purchases: tuple[int, int, int]
    returns: tuple[int, int, int]
    points: int
    stamps: Mapping[str, int]
    handed_over: Mapping[str, int]
    days: tuple[str, ...]

    def as_document(self) -> dict[str, Any]:
        """As it stands in a ``close_day`` entry (``docs/closing.md``)."""
        return {
            "entries": self.entries,
            "totals": [
                {
                    "campaign": line.campaign,
                    "tier": line.tier,
                    "verdict": line.verdict,
                    "kind": line.kind,
                    "count": line.count,
                    "value_minor": line.value_minor,
                }
                for line in self.lines
            ],
            "voids": {"count": self.voids[0], "value_minor": self.voids[1], "across": self.voids_across},
            "overrides": {"count": self.overrides[0], "value_minor": self.overrides[1]},
            "money": {"purchases": _money(self.purchases), "returns": _money(self.returns)},
            "points": self.points,
            "stamps": dict(sorted(self.stamps.items())),
            "handed_over": dict(sorted(self.handed_over.items())),
            "days": list(self.days),
        }


@dataclass(slots=True)
class Counting:
    """Adds entries up, one after the other in the order of their numbers.

    Attributes:
        deeds: how many of them are a customer's.
    """

    deeds: int = 0
    _entries: int = 0
    _standing: dict[int, tuple[_Key, int, str]] = field(default_factory=dict)
    _money: dict[int, _Money] = field(default_factory=dict)
    _voids: list[int] = field(default_factory=lambda: [0, 0, 0])
    _overrides: list[int] = field(default_factory=lambda: [0, 0])
    _accounts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _days: set[str] = field(default_factory=set)

    def take(self, fields: Fields) -> None:
        """Count one entry's body."""
        kind, seq, epoch = _text(fields, "kind"), _whole(fields, "seq"), _whole(fields, "epoch")
        self._entries += 1
        self._seen.add((epoch, seq))
        if kind in QUIET:
            return
        self.deeds += 1
        self._days |= {day} if (day := _day(fields)) else set()
        self._account(fields)
        if _text(fields, "supervisor") or kind == EntryKind.OVERRIDE:
            self._overrides[0] += 1
            self._overrides[1] += _worth(fields)
        if kind == EntryKind.VOID:
            self._void(fields, epoch)
        elif kind == EntryKind.TRANSACTION:
            sort = "returns" if _text(fields, "returns") else "purchases"
            self._money[seq] = (sort, _whole(fields, "basket_minor"), _whole(fields, "discount_minor"))
        elif kind in _VERDICT:
            self._standing[seq] = (_key(kind, fields), _value(kind, fields), _text(fields, "promoter"))

    def totals(self) -> Totals:
        """What has been counted so far."""
        lines: defaultdict[_Key, list[int]] = defaultdict(lambda: [0, 0])
        for key, value, _ in self._standing.values():
            lines[key][0] += 1
            lines[key][1] += value
        return Totals(
            entries=self._entries,
            lines=tuple(Line(*key, *sums) for key, sums in sorted(lines.items())),
            voids=(self._voids[0], self._voids[1]),
            voids_across=self._voids[2],
            overrides=(self._overrides[0], self._overrides[1]),
            purchases=self._sum("purchases"),
            returns=self._sum("returns"),
            points=self._accounts["points"],
            stamps=self._of("stamps:", 1),
            handed_over=self._of("stock:", -1),
            days=tuple(sorted(self._days)),
        )

    def promoters(self) -> dict[str, tuple[int, int]]:
        """Redemptions that stand for each promoter: count and value; empty text for nobody."""
        sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for key, value, promoter in self._standing.values():
            if key[3] == EntryKind.REDEEM:
                sums[promoter][0] += 1
                sums[promoter][1] += value
        return {name: (count, value) for name, (count, value) in sorted(sums.items())}

    def _void(self, fields: Fields, epoch: int) -> None:
        target = (_whole(fields, "target_epoch") or epoch, _whole(fields, "target_seq"))
        is_here = target in self._seen and target[0] == epoch
        if is_here:
            self._standing.pop(target[1], None)
            self._money.pop(target[1], None)
        # An intent that came to nothing took nothing: its void names neither a value nor an amount.
        if "value_minor" in fields or "amount" in fields:
            self._voids[0] += 1
            self._voids[1] += _whole(fields, "value_minor")
            self._voids[2] += not is_here

    def _account(self, fields: Fields) -> None:
        ref = _text(fields, "ref")
        if ref == "points" or ref.startswith(("stamps:", "stock:")):
            self._accounts[ref] += _whole(fields, "amount")

    def _of(self, prefix: str, sign: int) -> dict[str, int]:
        named = {
            ref.removeprefix(prefix): sign * sum_ for ref, sum_ in self._accounts.items() if ref.startswith(prefix)
        }
        return {name: sum_ for name, sum_ in sorted(named.items()) if sum_}

    def _sum(self, sort: str) -> tuple[int, int, int]:
        found = [money for money in self._money.values() if money[0] == sort]
        return len(found), sum(money[1] for money in found), sum(money[2] for money in found)


_VERDICT: Final[Mapping[str, str]] = {
    EntryKind.REDEEM: "verdict",
    EntryKind.REJECT: "",
    EntryKind.ISSUE: "",
    EntryKind.BIND: "action",
    EntryKind.HAND_OVER: "",
}


def _key(kind: str, fields: Fields) -> _Key:
    named = _VERDICT[kind]
    verdict = REFUSED if kind == EntryKind.REJECT else _text(fields, named) if named else ""
    tier = _text(fields, "tier") if kind == EntryKind.REDEEM else ""
    return _whole(fields, "campaign"), tier, verdict, str(kind)


def _value(kind: str, fields: Fields) -> int:
    if kind == EntryKind.REDEEM:
        return _whole(fields, "discount_minor")
    return _whole(fields, "value_minor") if kind == EntryKind.ISSUE else 0


def _worth(fields: Fields) -> int:
    return _whole(fields, "discount_minor") or _whole(fields, "value_minor")


def _money(sums: tuple[int, int, int]) -> dict[str, int]:
    return {"count": sums[0], "basket_minor": sums[1], "discount_minor": sums[2]}


def _whole(fields: Fields, name: str) -> int:
    value = fields.get(name)
    return value if type(value) is int and -_LARGEST <= value <= _LARGEST else 0


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""


def _day(fields: Fields) -> str:
    """The business day, where it is one."""
    text = _text(fields, "business_date")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
