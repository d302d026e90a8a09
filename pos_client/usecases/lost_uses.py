"""What this lane gave away that was another's: its own entry, who had it recorded first, and a sentence for both.

Apart from the status because that only counts. The centre decides; the lane shows what it was told when it delivered.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.verdict import Fact, Notice

from .desk import Desk


@dataclass(frozen=True, slots=True)
class LostUse:
    """An entry of this lane that came second.

    Attributes:
        holder: as the centre named it (store, lane, operator, seq, at, tier); empty where it named none.
        lost_minor: what is lost; 0 where the entry was taken back, or gave nothing.
        notice: what to tell of it.
    """

    entry: Entry
    holder: Mapping[str, Any]
    lost_minor: int
    notice: Notice


def lost_uses(desk: Desk) -> Sequence[LostUse]:
    """All of this lane's, oldest first; those that were taken back too."""
    return [_lost(entry) for entry in desk.journal.conflicts()]


def standing_conflicts(desk: Desk) -> int:
    """How many a person has yet to look at: those that were not taken back."""
    return sum(1 for entry in desk.journal.conflicts() if not entry.voided)


def _lost(entry: Entry) -> LostUse:
    fields = entry.fields()
    holder: dict[str, Any] = json.loads(entry.holder) if entry.holder else {}
    is_use = entry.kind is EntryKind.REDEEM
    worth = int(fields.get("discount_minor") or fields.get("value_minor") or 0) if is_use else 0
    lost = 0 if entry.voided else worth
    facts: dict[str, Fact] = {
        "seq": entry.seq,
        "store": str(holder.get("store_name") or holder.get("store") or "?"),
        "lane": str(holder.get("lane") or "?"),
        "operator": str(holder.get("operator_name") or holder.get("operator") or "?"),
        "lost_minor": lost,
    }
    at = _moment(holder.get("at"))
    facts |= {"at": at} if at else {}
    said = "lost-use-undone" if entry.voided else "lost-use" if is_use else "lost-record"
    return LostUse(entry, holder, lost, Notice(said, facts))


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
