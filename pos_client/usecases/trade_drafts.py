"""What a purchase writes down beside its redemptions: the goods, points, stamps, coupons given out, things handed over.

Apart from the drafts of redemptions because these move accounts (``docs/deeds.md``): each names one, and by how much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pos_client.domain.journal_entry import Entry, EntryDraft, EntryKind

from .booth_port import PooledCoupon
from .entry_drafts import EntryWriter

POINTS: Final = "points"
KEPT_IN_VOID: Final = ("coupon_id", "use_no", "claim_id", "campaign", "value_minor", "member_ref", "txn", "ref")


def stamps_of(card: str) -> str:
    """The account of a stamp card."""
    return f"stamps:{card}"


def stock_of(item: str) -> str:
    """The account of things at a booth."""
    return f"stock:{item}"


def issued(coupon_id: str) -> str:
    """The account that finds who got a coupon."""
    return f"issued:{coupon_id}"


def receipt_of(fingerprint: str) -> str:
    """The account of which one standing purchase may exist."""
    return f"receipt:{fingerprint}"


def return_of(txn: str, number: int) -> str:
    """The account of a purchase's first, second, … return."""
    return f"return:{txn}:{number}"


@dataclass(frozen=True, slots=True)
class TradeWriter:
    """Drafts entries of one purchase.

    Attributes:
        writer: of the moment and the desk. txn: the purchase's id.
        member_ref: whose purchase it is, empty for nobody's. member_number: his number, 0 where it is not known.
    """

    writer: EntryWriter
    txn: str
    member_ref: str = ""
    member_number: int = 0

    def transaction(self, goods: Mapping[str, Any], ref: str) -> EntryDraft:
        """What was bought, or came back."""
        member = self.writer.context.member
        proof = {"member_proof": member.proof if member else "", "member_number": self.member_number}
        return self._draft(EntryKind.TRANSACTION, {**goods, **proof, "ref": ref, "amount": 0})

    def earn(self, account: str, amount: int, campaign: int, why: str) -> EntryDraft:
        """Points or stamps; fewer where ``amount`` is negative."""
        return self._draft(EntryKind.EARN, {"ref": account, "amount": amount, "campaign": campaign, "why": why})

    def burn(self, points: int, value_minor: int, hold: tuple[str, str], campaign: int = 0) -> EntryDraft:
        """Points that pay; ``hold`` is the centre's hold (empty for a lane alone) and the tier."""
        paid = {"value_minor": value_minor, "hold_id": hold[0], "tier": hold[1], "campaign": campaign}
        return self._draft(EntryKind.BURN, {"ref": POINTS, "amount": -points, **paid})

    def issue(self, coupon: PooledCoupon, by: int, why: str, place: int | None = None) -> EntryDraft:
        """A coupon of the pool is somebody's now; ``by`` is the offer that gave it."""
        given = {
            "ref": issued(coupon.coupon_id),
            "amount": 0,
            "coupon_id": coupon.coupon_id,
            "code_kind": "signed_coupon",
            "campaign": coupon.campaign,
            "by": by,
            "why": why,
            "place": place,
            "first_day": coupon.first_day.isoformat(),
            "last_day": coupon.last_day.isoformat(),
            "value_minor": coupon.value_minor,
        }
        return self._draft(EntryKind.ISSUE, given)

    def hand_over(self, item: str, quantity: int, right: Entry, more: Mapping[str, Any]) -> EntryDraft:
        """A thing leaves the booth; ``right`` is the entry that entitles to it."""
        about = {"of_seq": right.seq, "of_epoch": right.epoch, "item": item, **more}
        return self._draft(EntryKind.HAND_OVER, {"ref": stock_of(item), "amount": -quantity, **about})

    def take_back(self, entry: Entry, reason: str) -> EntryDraft:
        """A void of an entry, with the account it moves back."""
        fields = entry.fields()
        kept: dict[str, Any] = {name: fields[name] for name in KEPT_IN_VOID if name in fields}
        back = {"target_seq": entry.seq, "reason": reason, "amount": -int(fields.get("amount") or 0)}
        common = self.writer.common()
        return EntryDraft(EntryKind.VOID, common | kept | back, target=(entry.epoch, entry.seq))

    def _draft(self, kind: EntryKind, fields: Mapping[str, Any]) -> EntryDraft:
        named = {"txn": self.txn, "member_ref": self.member_ref}
        return EntryDraft(kind, {**self.writer.common(), **named, **fields})
