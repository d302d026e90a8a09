"""Goods come back: the money, the points and the coupons that were earned with them, in one commit.

What the purchase would have earned without these goods stays; the rest is taken back. Coupons that paid for it are
given back where their offer says so and all of the purchase came back. Used rewards cannot be taken back and are told.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pos_client.domain.journal_entry import Entry, EntryDraft, EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import RewardKind
from pos_client.domain.rewards import of_offer, still_earned
from pos_client.domain.verdict import Notice, Verdict, VerdictKind

from .accounts import Accounts, holder_named
from .burning import reach, worth_up
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .full_cards import full_cards
from .notices import notices
from .purchase_record import PurchaseRecord, paid_for, purchase_of
from .returned_coupons import surplus
from .trade_drafts import POINTS, TradeWriter, return_of

Pieces = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """What comes back.

    Attributes:
        seq: number of the purchase's entry.
        pieces: pieces by line; None for all that is left.
        amount_minor: of a purchase without lines, shelf price of what comes back; None for all that is left.
    """

    seq: int
    pieces: Pieces | None = None
    amount_minor: int | None = None


class ReturnGoods:
    """Records returns. One at a time: the till lane is serial."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, request: ReturnRequest, attribution: Attribution) -> Verdict:
        """The verdict; a return that is recorded is on disk when it returns.

        Raises:
            DiskFull, StorageUnavailable: nothing was recorded.
        """
        time = self._desk.trusted_time()
        writer = EntryWriter(self._desk, time, self._desk.context(time), attribution, uuid.uuid4().hex)
        record = purchase_of(self._desk, request.seq)
        if record is None:
            return Verdict(VerdictKind.REFUSED, Reason.PURCHASE_UNKNOWN, {"seq": request.seq})
        back = _coming_back(record, request)
        if back is None:
            return Verdict(VerdictKind.REFUSED, Reason.RETURN_TOO_MUCH, {"seq": request.seq})
        verdict = _Return(self._desk, writer, record, back).recorded()
        return replace(verdict, notices=verdict.notices + notices(self._desk, time))


@dataclass(frozen=True, slots=True)
class _Back:
    """What comes back now: pieces by line, their shelf price, and what was paid for them."""

    pieces: dict[int, int]
    shelf_minor: int
    refund_minor: int


def _coming_back(record: PurchaseRecord, request: ReturnRequest) -> _Back | None:
    """The goods of a return; None where that is more than is left, or nothing."""
    fields, before = record.fields, record.returned()
    if not fields["lines"]:
        return _amount_back(record, request.amount_minor)
    left = {place: line["quantity"] - before.get(place, 0) for place, line in enumerate(fields["lines"])}
    wanted = dict(left if request.pieces is None else request.pieces)
    pieces = {place: count for place, count in wanted.items() if count}
    if not pieces or any(place not in left or not 0 < count <= left[place] for place, count in pieces.items()):
        return None
    refund = shelf = 0
    for place, count in pieces.items():
        line, gone = fields["lines"][place], before.get(place, 0)
        shelf += count * line["unit_minor"]
        refund += paid_for(line, gone + count) - paid_for(line, gone)
    return _Back(pieces, shelf, refund)


def _amount_back(record: PurchaseRecord, amount_minor: int | None) -> _Back | None:
    fields, gone = record.fields, record.returned_minor()
    left = fields["basket_minor"] - gone
    amount = left if amount_minor is None else amount_minor
    if not 0 < amount <= left:
        return None
    paid = fields["basket_minor"] - fields["discount_minor"]
    refund = paid * (gone + amount) // fields["basket_minor"] - paid * gone // fields["basket_minor"]
    return _Back({}, amount, refund)


class _Return:
    """One return on its way into the journal."""

    def __init__(self, desk: Desk, writer: EntryWriter, record: PurchaseRecord, back: _Back) -> None:
        self._desk, self._record, self._back = desk, record, back
        returned = record.returned()
        for place, count in back.pieces.items():
            returned[place] = returned.get(place, 0) + count
        self._kept = record.kept(returned, record.returned_minor() + back.shelf_minor)
        number = int(record.fields.get("member_number") or 0)
        self._holder = holder_named(desk, str(record.fields["member_ref"]), number)
        self._trade = TradeWriter(writer, writer.txn, self._holder.ref, self._holder.number)
        self._notices: list[Notice] = []
        self._short = 0
        self._settled = sum(int(entry.fields().get("points_charged") or 0) for entry in record.returns)

    def recorded(self) -> Verdict:
        points = self._points_back()
        refund = self._back.refund_minor - self._charged()
        drafts = [self._entry(refund), *points, *self._stamps_back(), *self._coupons_back(), *self._restored()]
        ref = self._desk.journal.append_all(drafts)[0]
        facts = {"refund_minor": refund, "seq": self._record.sale.seq}
        found = (*self._notices, *self._goods_to_take_back())
        return Verdict(VerdictKind.ACCEPTED, Reason.RETURN_RECORDED, facts, entry=ref, notices=found)

    def _entry(self, refund_minor: int) -> EntryDraft:
        fields, back = self._record.fields, self._back
        lines = [{**fields["lines"][place], "place": place, "quantity": count} for place, count in back.pieces.items()]
        goods: dict[str, Any] = {
            "returns": self._record.txn,
            "basket_source": fields["basket_source"],
            "receipt_no": fields["receipt_no"],
            "currency": fields["currency"],
            "basket_minor": back.shelf_minor,
            "discount_minor": back.shelf_minor - back.refund_minor,
            "refund_minor": refund_minor,
            "points_charged": self._short,
            "lines": [_part(line, fields["lines"][line["place"]], self._record.returned()) for line in lines],
            "coupons": [],
            "owed": [],
        }
        return self._trade.transaction(goods, return_of(self._record.txn, len(self._record.returns) + 1))

    def _points_back(self) -> list[EntryDraft]:
        """Points earned by what came back; and points that paid for it, in its part of the shelf price."""
        burnt = sum(-int(entry.fields()["amount"]) for entry in self._record.of_kind(EntryKind.BURN) if _paid(entry))
        shelf, gone = self._record.fields["basket_minor"], self._record.returned_minor()
        again = burnt * (gone + self._back.shelf_minor) // shelf - burnt * gone // shelf if shelf else 0
        taken: list[EntryDraft] = []
        for campaign, earned in self._earned(POINTS).items():
            keep = self._still_gives(campaign, RewardKind.POINTS)
            if earned > keep:
                taken.append(self._trade.earn(POINTS, keep - earned, campaign, "return"))
        taken = self._within_reach(taken, again)
        return [*taken, self._trade.earn(POINTS, again, 0, "refund")] if again else taken

    def _within_reach(self, taken: list[EntryDraft], again: int) -> list[EntryDraft]:
        """No more points than this lane may take of the member: a balance never falls below zero in a store.

        Points that he gets back now are within reach too, and what an earlier return charged in money is settled.
        """
        settled = self._settled
        owed = sum(-int(draft.fields["amount"]) for draft in taken) - settled - again
        left, drafts = max(0, reach(self._desk, self._holder, owed) + again), list[EntryDraft]()
        for draft in taken:
            wanted = -int(draft.fields["amount"])
            wanted, settled = max(0, wanted - settled), max(0, settled - wanted)
            points = min(wanted, left)
            left -= points
            self._short += wanted - points
            if points:
                drafts.append(replace(draft, fields={**draft.fields, "amount": -points}))
        return drafts

    def _charged(self) -> int:
        """Points that were spent meanwhile cannot be taken back: what they paid is kept of the refund."""
        policy, before = self._desk.trade().points, self._settled
        worth = worth_up(policy, before + self._short) - worth_up(policy, before)
        charge = min(self._back.refund_minor, worth)
        if charge:
            self._notices.append(Notice("points-charged", {"count": self._short, "charge_minor": charge}))
        return charge

    def _stamps_back(self) -> list[EntryDraft]:
        accounts = {str(e.fields()["ref"]) for e in self._record.of_kind(EntryKind.EARN)} - {POINTS}
        taken: list[EntryDraft] = []
        for account in sorted(accounts):
            left = Accounts(self._desk).stamps(self._holder, account.removeprefix("stamps:"))
            for campaign, earned in self._earned(account).items():
                lost = earned - self._still_gives(campaign, RewardKind.STAMPS)
                refilled, emptied = self._refilled(account, lost - left)
                taken += refilled
                left += emptied
                gone = min(left, lost)
                if gone > 0:
                    left -= gone
                    taken.append(self._trade.earn(account, -gone, campaign, "return"))
        return taken

    def _refilled(self, account: str, missing: int) -> tuple[list[EntryDraft], int]:
        """Cards that were full only with these goods have their stamps back, and their unused coupons go."""
        drafts: list[EntryDraft] = []
        stamps = 0
        for card in (card for card in full_cards(self._record.entries) if card.account == account):
            if stamps >= missing:
                break
            if card.is_used(self._desk):
                self._notices.append(Notice("reward-used", {"count": 1}))
            else:
                both = [card.emptied, *([card.reward] if card.reward else [])]
                drafts += [self._trade.take_back(entry, "return") for entry in both]
                stamps += card.stamps
        return drafts, stamps

    def _earned(self, account: str) -> dict[int, int]:
        """What stands of an account's earnings by campaign: of the purchase, less what earlier returns took."""
        sums: dict[int, int] = {}
        later = [str(entry.fields()["txn"]) for entry in self._record.returns]
        for entry in (*self._record.entries, *(one for txn in later for one in self._desk.journal.of_purchase(txn))):
            fields = entry.fields()
            if entry.kind is EntryKind.EARN and fields["ref"] == account and fields["why"] not in {"reward", "refund"}:
                sums[fields["campaign"]] = sums.get(fields["campaign"], 0) + fields["amount"]
        return sums

    def _still_gives(self, campaign: int, kind: RewardKind) -> int:
        """How much of a kind an offer gives for the goods that stay. Member, day and hour were right then."""
        offer = self._desk.cache.offer(campaign)
        if self._kept is None or offer is None or not still_earned(offer, self._kept.basket):
            return 0
        return sum(reward.amount for reward in of_offer(offer, self._kept) if reward.kind is kind)

    def _coupons_back(self) -> list[EntryDraft]:
        """Coupons and codes that the remaining goods would not have earned; used ones are told and stay."""
        over = surplus(self._desk, self._record, self._kept, self._holder.ref, self._still_issues)
        if over.used:
            self._notices.append(Notice("reward-used", {"count": over.used}))
        return [self._trade.take_back(entry, "return") for entry in over.entries]

    def _still_issues(self, campaign: int) -> int:
        return self._still_gives(campaign, RewardKind.COUPON) + self._still_gives(campaign, RewardKind.PASS_CODE)

    def _restored(self) -> list[EntryDraft]:
        """Coupons that paid for it, where all of it came back and their offer restores them."""
        if self._kept is not None:
            return []
        restored = []
        for entry in self._record.of_kind(EntryKind.REDEEM):
            offer = self._desk.cache.offer(entry.fields()["campaign"] or 0)
            if offer and offer.restore_on_return:
                restored.append(self._trade.take_back(entry, "return"))
        return restored

    def _goods_to_take_back(self) -> list[Notice]:
        """Gifts that went with the purchase, for a person to ask back."""
        given = self._record.of_kind(EntryKind.HAND_OVER) if self._kept is None else []
        return [Notice("gifts-to-take-back", {"count": len(given)})] if given else []


def _part(line: Mapping[str, Any], whole: Mapping[str, Any], before: Mapping[int, int]) -> dict[str, Any]:
    """A line of a return: with the part of the discount that belongs to these pieces."""
    gone, count = before.get(line["place"], 0), line["quantity"]
    refund = paid_for(whole, gone + count) - paid_for(whole, gone)
    return {**line, "discount_minor": count * whole["unit_minor"] - refund}


def _paid(burn: Entry) -> bool:
    """Whether the points paid for goods, and not for a coupon."""
    return bool(burn.fields()["value_minor"])
