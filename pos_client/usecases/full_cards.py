"""Cards that became full in a purchase: the stamps that went, and the coupon that came for them, belong together.

Apart from the returns because undoing a purchase asks for them too: whoever keeps the coupon does not get the stamps
back, and whose coupon is taken does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pos_client.domain.journal_entry import Entry, EntryKind

from .desk import Desk


@dataclass(frozen=True, slots=True)
class FullCard:
    """One time that a card was full.

    Attributes:
        emptied: the entry that took its stamps. reward: the coupon for them; None where the pool was empty.
    """

    emptied: Entry
    reward: Entry | None

    @property
    def account(self) -> str:
        """Of the card."""
        return str(self.emptied.fields()["ref"])

    @property
    def stamps(self) -> int:
        """How many it took."""
        return -int(self.emptied.fields()["amount"])

    def is_used(self, desk: Desk) -> bool:
        """Whether the coupon was used, as far as this lane knows."""
        return self.reward is not None and is_used(desk, self.reward)


def full_cards(entries: Iterable[Entry]) -> list[FullCard]:
    """Those of a purchase, from what stands of its entries, oldest first; each coupon follows its stamps."""
    found: list[FullCard] = []
    before: Entry | None = None
    for entry in entries:
        if entry.kind is EntryKind.EARN and entry.fields()["why"] == "reward":
            found.append(FullCard(entry, None))
        elif before and found and found[-1].emptied is before and is_for_stamps(entry):
            found[-1] = FullCard(before, entry)
        before = entry
    return found


def is_for_stamps(entry: Entry) -> bool:
    """Whether a coupon was given out for a full card."""
    return entry.kind is EntryKind.ISSUE and entry.fields()["why"] == "stamps"


def is_used(desk: Desk, issue: Entry) -> bool:
    """Whether a coupon that was given out has been used here."""
    return bool(desk.journal.uses_of(str(issue.fields()["coupon_id"])))
