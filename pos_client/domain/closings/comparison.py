"""Two counts of the same range side by side: each figure that differs, with the one cause it is named by.

Apart from the counting because only whoever holds both can compare. Where entries are missing no figure is compared:
all of them would differ, and for that one reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pos_client.domain.journal_entry import EntryKind


class Cause(StrEnum):
    """Why two books of one range differ."""

    ENTRIES_MISSING = "entries-missing"
    ENTRY_REPLACED = "entry-replaced"
    CLOSE_ALTERED = "close-altered"
    COUNT_DIFFERS = "count-differs"
    REDEMPTIONS_DIFFER = "redemptions-differ"
    REFUSALS_DIFFER = "refusals-differ"
    ISSUES_DIFFER = "issues-differ"
    BINDINGS_DIFFER = "bindings-differ"
    HANDED_OVER_DIFFERS = "handed-over-differs"
    VOIDS_DIFFER = "voids-differ"
    OVERRIDES_DIFFER = "overrides-differ"
    PURCHASES_DIFFER = "purchases-differ"
    RETURNS_DIFFER = "returns-differ"
    POINTS_DIFFER = "points-differ"
    STAMPS_DIFFER = "stamps-differ"
    DAYS_DIFFER = "days-differ"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that differs.

    Attributes:
        about: which one, such as ``1001/A/accepted``; may be empty.
        ours, theirs: as JSON; None where one side has none.
    """

    cause: Cause
    about: str
    ours: Any = None
    theirs: Any = None

    def as_document(self) -> dict[str, Any]:
        """As it stands in an answer."""
        return {"cause": self.cause.value, "about": self.about, "ours": self.ours, "theirs": self.theirs}


_OF_KIND: Final = {
    EntryKind.REDEEM.value: Cause.REDEMPTIONS_DIFFER,
    EntryKind.REJECT.value: Cause.REFUSALS_DIFFER,
    EntryKind.ISSUE.value: Cause.ISSUES_DIFFER,
    EntryKind.BIND.value: Cause.BINDINGS_DIFFER,
    EntryKind.HAND_OVER.value: Cause.HANDED_OVER_DIFFERS,
}
_PLAIN: Final = (
    ("entries", Cause.COUNT_DIFFERS),
    ("voids", Cause.VOIDS_DIFFER),
    ("overrides", Cause.OVERRIDES_DIFFER),
    ("points", Cause.POINTS_DIFFER),
    ("days", Cause.DAYS_DIFFER),
)


def compare(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[Difference, ...]:
    """All differences between two documents of ``Totals.as_document``, in a fixed order; none where they agree."""
    found = [
        Difference(cause, "", ours.get(name), theirs.get(name))
        for name, cause in _PLAIN
        if ours.get(name) != theirs.get(name)
    ]
    found += _lines(ours.get("totals") or (), theirs.get("totals") or ())
    for name, cause in (("purchases", Cause.PURCHASES_DIFFER), ("returns", Cause.RETURNS_DIFFER)):
        one, other = (book.get("money") or {} for book in (ours, theirs))
        if one.get(name) != other.get(name):
            found.append(Difference(cause, "", one.get(name), other.get(name)))
    found += _named(Cause.STAMPS_DIFFER, ours.get("stamps"), theirs.get("stamps"))
    found += _named(Cause.HANDED_OVER_DIFFERS, ours.get("handed_over"), theirs.get("handed_over"))
    return tuple(found)


def _lines(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    left, right = ({_about(line): line for line in book} for book in (ours, theirs))
    for about in sorted(left.keys() | right.keys()):
        one, other = (_sums(book.get(about)) for book in (left, right))
        if one != other:
            kind, _, where = about.partition(" ")
            yield Difference(_OF_KIND.get(kind, Cause.COUNT_DIFFERS), where, one, other)


def _about(line: Mapping[str, Any]) -> str:
    parts = (line.get("campaign"), line.get("tier"), line.get("verdict"))
    return f"{line.get('kind')} " + "/".join("" if part is None else str(part) for part in parts)


def _sums(line: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if line is None else {"count": line.get("count"), "value_minor": line.get("value_minor")}


def _named(cause: Cause, ours: Mapping[str, int] | None, theirs: Mapping[str, int] | None) -> Iterator[Difference]:
    left, right = ours or {}, theirs or {}
    for name in sorted(left.keys() | right.keys()):
        if left.get(name) != right.get(name):
            yield Difference(cause, name, left.get(name), right.get(name))
