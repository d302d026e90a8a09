"""The centre on a sheet of paper: who holds which coupon, once these entries have arrived in this order.

A reference to compare the real one with. It knows nothing of tables, networks or tiers; it was written from the
protocol's sentences: the first to be recorded holds the use, a void frees it, and a freed use goes to whoever was
second.
"""

from dataclasses import dataclass, field
from typing import Any

from pos_client.domain.journal_entry import Entry, EntryKind

ACCEPTED, CONFLICT = "accepted", "conflict"


@dataclass
class Holder:
    """Who has a coupon: a claim (``seq`` 0) or a redemption."""

    lane: int
    claim: str
    seq: int = 0


@dataclass
class PaperCentre:
    """What stands on the paper.

    Attributes:
        holders: of each coupon. waiting: redemptions that lost it, in the order in which they came.
        results: of every redemption, by lane and number. voided: the same, taken back.
    """

    holders: dict[str, Holder] = field(default_factory=dict)
    waiting: dict[str, list[Holder]] = field(default_factory=dict)
    results: dict[tuple[int, int], str] = field(default_factory=dict)
    voided: set[tuple[int, int]] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def claimed(self, lane: int, coupon: str, claim: str) -> bool:
        """A lane asks; whether it has the coupon now."""
        if claim in self.gone:
            return False
        holder = self.holders.setdefault(coupon, Holder(lane, claim))
        return holder.claim == claim

    def arrived(self, lane: int, entry: Entry) -> None:
        """One entry, at its turn; the same again changes nothing."""
        fields = entry.fields()
        if entry.kind is EntryKind.REDEEM and (lane, entry.seq) not in self.results:
            self._redeem(fields["coupon_id"], Holder(lane, fields["claim_id"] or f"{lane}-{entry.seq}", entry.seq))
        if entry.kind is EntryKind.VOID:
            self._void(lane, fields)

    def _redeem(self, coupon: str, new: Holder) -> None:
        holder = self.holders.setdefault(coupon, new)
        is_own = holder.claim == new.claim
        self.results[new.lane, new.seq] = ACCEPTED if is_own else CONFLICT
        if is_own:
            self.holders[coupon] = new
        else:
            self.waiting.setdefault(coupon, []).append(new)

    def _void(self, lane: int, fields: dict[str, Any]) -> None:
        target, coupon = (lane, fields["target_seq"]), fields["coupon_id"]
        if target in self.voided or not coupon:
            return
        self.voided.add(target)
        self.waiting[coupon] = [one for one in self.waiting.get(coupon, []) if (one.lane, one.seq) != target]
        claim = fields["claim_id"] or f"{lane}-{target[1]}"
        self.gone.add(claim)
        holder = self.holders.get(coupon)
        if holder is not None and holder.claim == claim:
            self.released(coupon, claim)

    def released(self, coupon: str, claim: str) -> None:
        """A claim is given back; the second in line has the coupon now."""
        self.gone.add(claim)
        if coupon in self.holders and self.holders[coupon].claim == claim:
            del self.holders[coupon]
            if self.waiting.get(coupon):
                self.holders[coupon] = self.waiting[coupon].pop(0)
