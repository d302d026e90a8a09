"""A slip of something that this lane wrote down: read from its journal, with the codes that were given out.

Apart from the deeds because nothing is decided here and no entry is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from pos_client.domain import local_text
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.effects import PassCode, reservation
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.slip import Slip, SlipCoupon, SlipGoods, SlipKind
from pos_client.domain.verdict import EntryRef

from .desk import Desk
from .hand_over import thing_named
from .trade_drafts import POINTS

_KINDS: Final = {
    EntryKind.TRANSACTION: SlipKind.PURCHASE,
    EntryKind.REDEEM: SlipKind.REDEMPTION,
    EntryKind.HAND_OVER: SlipKind.HAND_OVER,
    EntryKind.BIND: SlipKind.BINDING,
}


@dataclass(frozen=True, slots=True)
class MakeSlip:
    """Makes slips at one desk."""

    desk: Desk

    def __call__(self, seq: int) -> Slip | None:
        """The slip of an entry, counted as printed; of a coupon that paid for a purchase, the purchase's.

        None where this lane has no such entry, or one of which there is nothing to print.
        """
        entry = self.desk.journal.entry(seq)
        if entry is None or entry.kind not in _KINDS:
            return None
        beside = self._beside(entry)
        sale = next((one for one in beside if one.kind is EntryKind.TRANSACTION), None)
        if sale and entry.kind is EntryKind.REDEEM:
            entry = sale
        slip = self._slip(entry, () if entry.kind is EntryKind.HAND_OVER else beside)
        return replace(slip, print_no=self.desk.slips.count_print(slip.entry))

    def _beside(self, entry: Entry) -> Sequence[Entry]:
        txn = str(entry.fields().get("txn") or "")
        return [one for one in self.desk.journal.of_purchase(txn) if not one.voided] if txn else []

    def _slip(self, entry: Entry, beside: Sequence[Entry]) -> Slip:
        fields, identity = entry.fields(), self.desk.identity
        used = beside or [entry]
        bare = Slip(
            _KINDS[entry.kind],
            EntryRef(entry.epoch, entry.seq, entry.hash.hex()),
            self.desk.cache.store().name,
            str(fields["booth"] or identity.booth),
            identity.lane,
            datetime.fromisoformat(fields["at"]),
            coupons=tuple(_coupon(one.fields()) for one in used if one.kind is EntryKind.REDEEM),
            rewards=tuple(self._rewards(used)),
            is_taken_back=entry.voided,
        )
        if entry.kind is EntryKind.TRANSACTION:
            return _with_goods(bare, fields, beside)
        if entry.kind is EntryKind.HAND_OVER:
            return replace(bare, goods=(SlipGoods(thing_named(self.desk, fields), -int(fields["amount"]), 0),))
        return replace(bare, off_minor=sum(coupon.off_minor for coupon in bare.coupons))

    def _rewards(self, entries: Sequence[Entry]) -> list[Reward]:
        found = [one for entry in entries if entry.kind is EntryKind.EARN for one in self._earned(entry.fields())]
        found += [one for entry in entries if entry.kind is EntryKind.REDEEM for one in self._due(entry.fields())]
        today = self.desk.context(self.desk.trusted_time()).today
        return found + [self._issued(one.fields(), today) for one in entries if one.kind is EntryKind.ISSUE]

    def _earned(self, fields: dict[str, Any]) -> list[Reward]:
        """Points and stamps; a full card that became a coupon is told by the coupon."""
        if fields["why"] == "reward":
            return []
        kind = RewardKind.POINTS if fields["ref"] == POINTS else RewardKind.STAMPS
        return [Reward(kind, int(fields["campaign"] or 0), int(fields["amount"]))]

    def _due(self, fields: dict[str, Any]) -> list[Reward]:
        """What is still to be paid for goods that were reserved, or the deposit that was paid back."""
        offer = self.desk.cache.offer(int(fields["campaign"] or 0))
        booked = reservation(offer.effects) if offer else None
        if booked is None or offer is None:
            return []
        if fields.get("outcome") == "deposit_back":
            return [Reward(RewardKind.DEPOSIT_BACK, offer.number, booked.deposit_minor, booked.name)]
        return [Reward(RewardKind.BALANCE_DUE, offer.number, booked.balance_minor, booked.name)]

    def _issued(self, fields: dict[str, Any], today: date) -> Reward:
        coupon_id, campaign, by = str(fields["coupon_id"]), int(fields["campaign"]), int(fields["by"])
        offer, giver = self.desk.cache.offer(campaign), self.desk.cache.offer(by)
        is_code = giver is not None and any(isinstance(effect, PassCode) for effect in giver.effects)
        return Reward(
            RewardKind.PASS_CODE if is_code else RewardKind.COUPON,
            by,
            name=offer.name if offer else local_text.parse(coupon_id),
            place=fields["place"],
            issues=campaign,
            coupon_id=coupon_id,
            code=self.desk.slips.code_of(coupon_id) or self._pooled(coupon_id, campaign, today),
            last_day=date.fromisoformat(fields["last_day"]),
        )

    def _pooled(self, coupon_id: str, campaign: int, today: date) -> str:
        """A code that the data still holds, because the centre has not heard yet that it was given."""
        pool = self.desk.booth.pool_coupons(campaign, today)
        return next((coupon.text for coupon in pool if coupon.coupon_id == coupon_id), "")


def _with_goods(bare: Slip, fields: dict[str, Any], beside: Sequence[Entry]) -> Slip:
    burnt = [entry.fields() for entry in beside if entry.kind is EntryKind.BURN]
    return replace(
        bare,
        kind=SlipKind.RETURN if fields["returns"] else SlipKind.PURCHASE,
        receipt_no=str(fields["receipt_no"]),
        goods=tuple(map(_goods, fields["lines"])),
        total_minor=fields["basket_minor"],
        off_minor=fields["discount_minor"],
        refund_minor=int(fields.get("refund_minor") or 0),
        points_paid=-sum(int(burn["amount"]) for burn in burnt if burn["value_minor"]),
        points_minor=sum(int(burn["value_minor"]) for burn in burnt),
    )


def _goods(line: dict[str, Any]) -> SlipGoods:
    """A line's name is not kept; its brand and number tell it apart."""
    name = " ".join(filter(None, (line["brand"], line["gtin"]))) or line["category"] or "–"
    return SlipGoods(LocalText(name, name), line["quantity"], line["quantity"] * line["unit_minor"])


def _coupon(fields: dict[str, Any]) -> SlipCoupon:
    name = fields.get("coupon_name") or fields["coupon_id"]
    return SlipCoupon(local_text.parse(name), int(fields["discount_minor"]))
