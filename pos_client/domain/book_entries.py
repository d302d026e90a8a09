"""A lane's book as reports read it: entries of some days, and what each void among them takes back.

Apart from the journal because the centre reads the same from its inbox. Only bodies count, never how far an entry was
delivered or what became of it: a day's figures stay what they were, and a void stands on the day on which it was made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .journal_entry import EntryKind

Fields = Mapping[str, Any]
# Finds an entry of the same device by epoch and number; None where it is not known.
Find = Callable[[str, int, int], "BookEntry | None"]


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An entry: whose, which, and its body."""

    device: str
    epoch: int
    seq: int
    kind: EntryKind
    fields: Fields

    def text(self, name: str) -> str:
        """A field as text, empty where it has none."""
        return str(self.fields.get(name) or "")

    def whole(self, name: str) -> int:
        """A field as a whole number, 0 where it has none."""
        value = self.fields.get(name)
        return value if type(value) is int else 0


@dataclass(frozen=True, slots=True)
class Move:
    """Something that was done, or with ``sign`` -1 taken back.

    Attributes:
        of: the deed, which says whose it is. at: the entry that stands on this day: the deed itself, or its void.
    """

    of: BookEntry
    at: BookEntry
    sign: int


def moves(entries: Iterable[BookEntry], find: Find) -> list[Move]:
    """Deeds of these entries and voids of deeds, by device, epoch and number."""
    found = []
    for entry in sorted(entries, key=lambda one: (one.device, one.epoch, one.seq)):
        if entry.kind is not EntryKind.VOID:
            found.append(Move(entry, entry, 1))
            continue
        target = find(entry.device, entry.whole("target_epoch") or entry.epoch, entry.whole("target_seq"))
        if target is not None:
            found.append(Move(target, entry, -1))
    return found
