"""What exactly comes back when a deed is taken back, before it is: coupons, points, and what was given for it.

Apart from taking back because it only reads. A coupon of a purchase is not taken back alone: it stands for all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pos_client.domain import local_text
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.verdict import Verdict

from .desk import Attribution, Desk
from .full_cards import is_used
from .purchase_record import purchase_with
from .trade_drafts import POINTS
from .void import Void


@dataclass(frozen=True, slots=True)
class CouponBack:
    """A coupon that can be used again: its name, its last day where that is known, what it had taken off."""

    name: LocalText | None
    last_day: date | None
    value_minor: int


@dataclass(frozen=True, slots=True)
class UndoEffects:
    """What taking back does.

    Attributes:
        seq: of the entry that is taken back.
        coupons: that can be used again. points: of the member, negative where some are taken from him.
        issued: coupons that were given for it and are called back. kept: those among them that were used already.
        refusal: why it cannot be done by this person now; None where it can.
    """

    seq: int
    coupons: tuple[CouponBack, ...] = ()
    points: int = 0
    issued: int = 0
    kept: int = 0
    refusal: Verdict | None = None

    @property
    def value_minor(self) -> int:
        """What the customer saved and does not save any more."""
        return sum(coupon.value_minor for coupon in self.coupons)


def undo_target(desk: Desk, seq: int) -> int:
    """The number of what is really taken back: of the whole purchase, where a coupon of it is named."""
    entry = desk.journal.entry(seq)
    txn = str(entry.fields().get("txn") or "") if entry and entry.kind is EntryKind.REDEEM else ""
    record = purchase_with(desk, txn) if txn else None
    return record.sale.seq if record else seq


def undo_effects(desk: Desk, seq: int, attribution: Attribution, ends: Mapping[str, date]) -> UndoEffects | None:
    """What would come back; None where there is no such entry.

    Args:
        desk: this lane.
        seq: of the entry that was pointed at.
        attribution: who would do it.
        ends: last days of coupons, by id, as far as they are known.
    """
    target = undo_target(desk, seq)
    entry = desk.journal.entry(target)
    if entry is None:
        return None
    void = Void(desk)
    together = (entry, *void.goes_with(entry))
    issued = [other for other in together if other.kind is EntryKind.ISSUE]
    return UndoEffects(
        target,
        tuple(_coupon(desk, other, ends) for other in together if other.kind is EntryKind.REDEEM),
        -sum(int(other.fields()["amount"]) for other in together if other.fields().get("ref") == POINTS),
        len(issued),
        sum(is_used(desk, other) for other in issued),
        void.refusal(entry, attribution),
    )


def _coupon(desk: Desk, entry: Entry, ends: Mapping[str, date]) -> CouponBack:
    fields = entry.fields()
    offer = desk.cache.offer(int(fields.get("campaign") or 0))
    name = fields.get("coupon_name")
    last_day = ends.get(str(fields["coupon_id"])) or (offer.conditions.ends if offer else None)
    return CouponBack(local_text.parse(name) if name else None, last_day, int(fields.get("discount_minor") or 0))
