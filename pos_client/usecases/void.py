"""Take a deed back: entries are added, none is removed. Freely by its own operator for a short time only.

With a redemption goes what it gave beside its discount; with a purchase all that was written with it. What belongs to a
purchase is not taken back alone, because points and coupons were counted over all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pos_client.domain.journal_entry import Entry, EntryDraft, EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.undo_note import cleaned, names_somebody
from pos_client.domain.verdict import CouponOutcome, Notice, Verdict, VerdictKind

from .accounts import holder_named
from .authorise import Signature, supervisor_refusal
from .burning import reach
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .full_cards import full_cards, is_used
from .notices import notices
from .ports import OpenIntent
from .purchase_record import PurchaseRecord, purchase_with
from .trade_drafts import POINTS, TradeWriter

_CAN_BE_TAKEN_BACK = frozenset({EntryKind.REDEEM, EntryKind.TRANSACTION, EntryKind.HAND_OVER})
# A deed of nobody named: any supervisor is somebody else.
_NOBODY = " "
_GOES_WITH_IT = _CAN_BE_TAKEN_BACK | {EntryKind.EARN, EntryKind.BURN, EntryKind.ISSUE}


class Void:
    """Takes back a redemption, a purchase or a hand-over, or cancels an intent that came to nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(
        self, seq: int, reason: str, attribution: Attribution, who: Signature | None = None, note: str = ""
    ) -> Verdict:
        """The verdict; ``voided`` is on disk when it returns.

        Args:
            seq: of the entry.
            reason: stable.
            attribution: who takes it back.
            who: a supervisor who allows it, where one must.
            note: a few words beside the reason; a phone number in them is refused.
        """
        if names_somebody(note):
            return Verdict(VerdictKind.REFUSED, Reason.NOTE_NAMES_SOMEBODY, {"seq": seq})
        time = self._desk.trusted_time()
        writer = EntryWriter(self._desk, time, self._desk.context(time), attribution)
        entry = self._desk.journal.entry(seq)
        if entry and entry.kind in _CAN_BE_TAKEN_BACK and not entry.voided:
            asks = self._asks_for_a_supervisor(entry, time, attribution)
            allowed = supervisor_refusal(self._desk, who, other_than=_doer(entry)) if asks and who else asks
            # An own mistake of a moment ago needs nobody, whoever stands beside.
            supervisor = who.staff_id if asks and who else ""
            beside = {name: said for name, said in (("supervisor", supervisor), ("note", cleaned(note))) if said}
            verdict = allowed or self._refusal(entry) or self._take_back(entry, reason, writer, beside)
        elif intents := [item for item in self._desk.journal.open_intents() if item.entry.seq == seq]:
            # A number stands in every epoch; the newest one is the one that a person sees.
            verdict = self._cancel(intents[-1], reason, writer)
        else:
            verdict = Verdict(VerdictKind.REFUSED, Reason.VOID_NOT_POSSIBLE, {"seq": seq})
        return replace(verdict, notices=verdict.notices + notices(self._desk, time))

    def refusal(self, entry: Entry, attribution: Attribution) -> Verdict | None:
        """Why it cannot be taken back by this person now; None where it can."""
        if entry.kind not in _CAN_BE_TAKEN_BACK or entry.voided:
            return Verdict(VerdictKind.REFUSED, Reason.VOID_NOT_POSSIBLE, {"seq": entry.seq})
        return self._asks_for_a_supervisor(entry, self._desk.trusted_time(), attribution) or self._refusal(entry)

    def goes_with(self, entry: Entry) -> Sequence[Entry]:
        """What is taken back with it."""
        return self._beside(entry)

    def _asks_for_a_supervisor(self, entry: Entry, time: TrustedTime, attribution: Attribution) -> Verdict | None:
        """Freely by its own operator, for a short time; else a supervisor must."""
        fields, free_s = entry.fields(), self._desk.limits().void_free_s
        if fields["operator"] != attribution.operator:
            return Verdict(VerdictKind.SUPERVISOR, Reason.VOID_OTHER_OPERATOR, {"seq": entry.seq})
        if time.now - datetime.fromisoformat(fields["at"]) > timedelta(seconds=free_s):
            return Verdict(VerdictKind.SUPERVISOR, Reason.VOID_TOO_LATE, {"seq": entry.seq, "limit": free_s // 60})
        return None

    def _refusal(self, entry: Entry) -> Verdict | None:
        """What is part of more is not taken back alone, and nobody can change that."""
        record = self._purchase(entry)
        if entry.kind is EntryKind.REDEEM and record:
            return Verdict(VerdictKind.REFUSED, Reason.VOID_PART_OF_PURCHASE, {"seq": record.sale.seq})
        if entry.kind is EntryKind.TRANSACTION and (record is None or record.returns):
            return Verdict(VerdictKind.REFUSED, Reason.VOID_NOT_POSSIBLE, {"seq": entry.seq})
        return self._points_gone(entry)

    def _points_gone(self, entry: Entry) -> Verdict | None:
        """Points that were earned with it and spent since: the goods may come back, the purchase cannot be undone."""
        earned = sum(int(e.fields()["amount"]) for e in self._beside(entry) if e.fields().get("ref") == POINTS)
        if earned <= 0:
            return None
        fields = entry.fields()
        number = int(fields.get("member_number") or 0)
        holder = holder_named(self._desk, str(fields.get("member_ref") or ""), number)
        left = reach(self._desk, holder, earned)
        if earned <= left:
            return None
        return Verdict(VerdictKind.REFUSED, Reason.POINTS_SHORT, {"missing": earned - left, "balance": left})

    def _purchase(self, entry: Entry) -> PurchaseRecord | None:
        txn = str(entry.fields().get("txn") or "")
        return purchase_with(self._desk, txn) if txn else None

    def _take_back(self, entry: Entry, reason: str, writer: EntryWriter, said: Mapping[str, str]) -> Verdict:
        fields = entry.fields()
        beside = self._beside(entry)
        used = [other for other in beside if other.kind is EntryKind.ISSUE and is_used(self._desk, other)]
        # Stamps whose coupon was used stay with the coupon.
        kept = [*used, *(card.emptied for card in full_cards(beside) if card.reward in used)]
        trade = TradeWriter(writer, str(fields.get("txn") or ""), str(fields.get("member_ref") or ""))
        draft = _back(entry, reason, writer, trade)
        drafts = [replace(draft, fields={**draft.fields, **said})]
        drafts += [trade.take_back(other, reason) for other in beside if other not in kept]
        ref = self._desk.journal.append_all(drafts)[0]
        coupons = [other for other in (entry, *beside) if other.kind is EntryKind.REDEEM]
        outcomes = tuple(self._outcome(coupon) for coupon in coupons)
        told = (Notice("reward-used", {"count": len(used)}),) if used else ()
        facts = {"seq": entry.seq}
        return Verdict(VerdictKind.ACCEPTED, Reason.VOIDED, facts, entry=ref, coupons=outcomes, notices=told)

    def _outcome(self, coupon: Entry) -> CouponOutcome:
        fields = coupon.fields()
        offer = self._desk.cache.offer(int(fields["campaign"] or 0))
        name, facts = offer.name if offer else None, {"seq": coupon.seq}
        return CouponOutcome(str(fields["coupon_id"]), used=False, why=Reason.VOIDED, name=name, facts=facts)

    def _beside(self, entry: Entry) -> Sequence[Entry]:
        """What goes with it: all of a purchase, or what a coupon gave beside its discount."""
        txn = str(entry.fields().get("txn") or "")
        if not txn or entry.kind is EntryKind.HAND_OVER:
            return ()
        own = (entry.epoch, entry.seq)
        together = [other for other in self._desk.journal.of_purchase(txn) if not other.voided]
        return [other for other in together if other.kind in _GOES_WITH_IT and (other.epoch, other.seq) != own]

    def _cancel(self, intent: OpenIntent, reason: str, writer: EntryWriter) -> Verdict:
        seq = intent.entry.seq
        ref = self._desk.journal.append_void(writer.cancel(intent, None, reason), seq)
        self._desk.claims.release(intent.claim_id, reason)
        return Verdict(VerdictKind.ACCEPTED, Reason.VOIDED, {"seq": seq}, entry=ref)


def _back(entry: Entry, reason: str, writer: EntryWriter, trade: TradeWriter) -> EntryDraft:
    if entry.kind is EntryKind.REDEEM:
        return replace(writer.void(entry.fields(), entry.seq, reason), target=(entry.epoch, entry.seq))
    return trade.take_back(entry, reason)


def _doer(entry: Entry) -> str:
    """Whose deed it was: who allows it to be taken back is somebody else."""
    return str(entry.fields()["operator"]) or _NOBODY
