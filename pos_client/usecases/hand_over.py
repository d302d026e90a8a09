"""Hand over a thing that somebody is entitled to: a sample, a prize, a gift; once, and off the booth's stock.

Apart from redeeming because the thing changes hands later, by somebody's hand: the entry says that it did, and which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_client.domain import local_text
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.effects import Gift, Reservation, Sample, gifts, things
from pos_client.domain.offers.offer import Offer
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.rewards import still_earned
from pos_client.domain.store_profile import is_supervisor
from pos_client.domain.verdict import Fact, Notice, Verdict, VerdictKind

from .accounts import Accounts
from .authorise import Signature, pin_refusal
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .purchase_record import purchase_with
from .thing_names import thing_names
from .trade_drafts import TradeWriter

_GIVES = (EntryKind.REDEEM, EntryKind.TRANSACTION, EntryKind.BIND)


Thing = Gift | Sample | Reservation


@dataclass(frozen=True, slots=True)
class Owed:
    """A thing that somebody is entitled to and has not got.

    Attributes:
        right: the entry that entitles to it.
    """

    right: Entry
    item: str
    quantity: int
    gift: Thing
    campaign: int


@dataclass(frozen=True, slots=True)
class HandOverRequest:
    """What to hand over.

    Attributes:
        seq: number of the entry that entitles to it. item: which of several things; empty for the only one.
        instead: another item that is given for it. supervisor: staff id of who agreed to that.
        pin: his, as typed.
    """

    seq: int
    item: str = ""
    instead: str = ""
    supervisor: str = ""
    pin: str = ""


class HandOver:
    """Records what leaves the booth. One at a time: the till lane is serial."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def owed(self, day: date) -> Sequence[Owed]:
        """All things of a day that are still to be handed over, oldest right first."""
        return [owed for entry in self._desk.journal.of_day(day, _GIVES) for owed in self.owed_by(entry)]

    def __call__(self, request: HandOverRequest, attribution: Attribution) -> Verdict:
        """The verdict; what was handed over is on disk when it returns."""
        entry = self._desk.journal.entry(request.seq)
        found = [owed for owed in self.owed_by(entry) if request.item in {"", owed.item}] if entry else []
        if not found:
            return Verdict(VerdictKind.REFUSED, Reason.NOTHING_TO_HAND_OVER, {"seq": request.seq})
        refusal = self._refusal(request, found[0])
        return refusal or self._recorded(request, found[0], attribution)

    def owed_by(self, entry: Entry) -> list[Owed]:
        """What this entry entitles to and nobody has got yet."""
        if entry.voided or entry.kind not in _GIVES:
            return []
        fields = entry.fields()
        campaigns = [item["campaign"] for item in fields.get("gifts", ())] or [fields.get("campaign")]
        offers = [offer for offer in map(self._desk.cache.offer, filter(None, campaigns)) if offer]
        things = [(gift, offer) for offer in offers for gift in _things(offer, fields)]
        if not things:
            return []
        record = purchase_with(self._desk, str(fields.get("txn") or ""))
        kept = record.kept(record.returned(), record.returned_minor()) if record else None
        if record and kept is None:
            return []
        return [
            Owed(entry, gift.item, getattr(gift, "quantity", 1), gift, offer.number)
            for gift, offer in things
            if not self._is_given(entry, gift.item) and (kept is None or still_earned(offer, kept.basket))
        ]

    def _is_given(self, right: Entry, item: str) -> bool:
        """Whether this right was served: under the item itself, or under another that was given instead."""
        entries = self._desk.journal.of_purchase(str(right.fields().get("txn") or ""))
        for entry in entries:
            fields = entry.fields() if entry.kind is EntryKind.HAND_OVER and not entry.voided else {}
            of_this = (fields.get("of_epoch"), fields.get("of_seq")) == (right.epoch, right.seq)
            if of_this and (fields["swapped_for"] or fields["item"]) == item:
                return True
        return False

    def _refusal(self, request: HandOverRequest, owed: Owed) -> Verdict | None:
        facts = {"item": owed.gift.name}
        if request.instead and not is_supervisor(self._desk.cache.staff(), request.supervisor):
            return Verdict(VerdictKind.SUPERVISOR, Reason.SWAP_NEEDS_SUPERVISOR, facts)
        nobody = pin_refusal(self._desk, Signature(request.supervisor, request.pin)) if request.instead else None
        if nobody:
            return nobody
        stock = Accounts(self._desk).stock_of(request.instead or owed.item)
        if stock is not None and stock.quantity < owed.quantity:
            return Verdict(VerdictKind.REFUSED, Reason.OUT_OF_STOCK, {"item": self._given(request, owed)})
        return None

    def _recorded(self, request: HandOverRequest, owed: Owed, attribution: Attribution) -> Verdict:
        time, fields = self._desk.trusted_time(), owed.right.fields()
        txn = str(fields.get("txn") or "")
        writer = EntryWriter(self._desk, time, self._desk.context(time), attribution, txn)
        item = request.instead or owed.item
        more = {
            "campaign": owed.campaign,
            "coupon_id": fields.get("coupon_id") or "",
            "swapped_for": owed.item if request.instead else "",
            "supervisor": request.supervisor if request.instead else "",
        }
        draft = TradeWriter(writer, txn, str(fields.get("member_ref") or "")).hand_over(
            item, owed.quantity, owed.right, more
        )
        ref = self._desk.journal.append(draft)
        left = Accounts(self._desk).stock_of(item)
        given = self._given(request, owed)
        low = (Notice("stock-low", {"item": given, "count": left.quantity}),) if left and left.is_low else ()
        kind = RewardKind.SAMPLE if isinstance(owed.gift, Sample) else RewardKind.GIFT
        told = Reward(kind, owed.campaign, owed.quantity, given, item)
        facts: dict[str, Fact] = {"item": given, "count": owed.quantity}
        return Verdict(VerdictKind.ACCEPTED, Reason.HANDED_OVER, facts, entry=ref, notices=low, rewards=(told,))

    def _given(self, request: HandOverRequest, owed: Owed) -> LocalText:
        """The name of what leaves the booth, which may be something else than what was owed."""
        return thing_named(self._desk, {"campaign": 0, "item": request.instead}) if request.instead else owed.gift.name


def _things(offer: Offer, fields: Mapping[str, Any]) -> tuple[Thing, ...]:
    """What an offer entitles to, reserved goods too, unless they were given up for the deposit."""
    return gifts(offer.effects) if fields.get("outcome") == "deposit_back" else things(offer.effects)


def thing_named(desk: Desk, fields: Mapping[str, Any]) -> LocalText:
    """The name of what an entry says was handed over, or its item where no offer names it any more."""
    offer = desk.cache.offer(int(fields.get("campaign") or 0))
    named = {thing.item: thing.name for thing in things(offer.effects)} if offer else {}
    # Something else may have been given instead, which another offer names.
    name = named.get(fields["item"]) or thing_names(desk).get(fields["item"])
    return name or local_text.parse(str(fields["item"]))
