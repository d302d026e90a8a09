"""Take a redemption back: an entry is added, none is removed. Freely by its own operator for a short time only."""

from dataclasses import replace
from datetime import datetime, timedelta

from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import CouponOutcome, Verdict, VerdictKind

from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .notices import notices
from .ports import OpenIntent


class Void:
    """Takes back a redemption, or cancels an intent that came to nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, seq: int, reason: str, attribution: Attribution) -> Verdict:
        """The verdict; ``voided`` is on disk when it returns."""
        time = self._desk.trusted_time()
        writer = EntryWriter(self._desk, time, self._desk.context(time), attribution)
        entry = self._desk.journal.entry(seq)
        if entry and entry.kind is EntryKind.REDEEM and not entry.voided:
            verdict = self._refusal(entry, time, attribution) or self._take_back(entry, reason, writer)
        elif intents := [item for item in self._desk.journal.open_intents() if item.entry.seq == seq]:
            # A number stands in every epoch; the newest one is the one that a person sees.
            verdict = self._cancel(intents[-1], reason, writer)
        else:
            verdict = Verdict(VerdictKind.REFUSED, Reason.VOID_NOT_POSSIBLE, {"seq": seq})
        return replace(verdict, notices=notices(self._desk, time))

    def _refusal(self, entry: Entry, time: TrustedTime, attribution: Attribution) -> Verdict | None:
        """Freely by its own operator, for a short time; else a supervisor must."""
        fields, free_s = entry.fields(), self._desk.limits().void_free_s
        if fields["operator"] != attribution.operator:
            return Verdict(VerdictKind.SUPERVISOR, Reason.VOID_OTHER_OPERATOR, {"seq": entry.seq})
        if time.now - datetime.fromisoformat(fields["at"]) > timedelta(seconds=free_s):
            return Verdict(VerdictKind.SUPERVISOR, Reason.VOID_TOO_LATE, {"seq": entry.seq, "limit": free_s // 60})
        return None

    def _take_back(self, entry: Entry, reason: str, writer: EntryWriter) -> Verdict:
        fields = entry.fields()
        ref = self._desk.journal.append_void(writer.void(fields, entry.seq, reason), entry.seq)
        outcome = CouponOutcome(str(fields["coupon_id"]), used=False, why=Reason.VOIDED)
        return Verdict(VerdictKind.ACCEPTED, Reason.VOIDED, {"seq": entry.seq}, entry=ref, coupons=(outcome,))

    def _cancel(self, intent: OpenIntent, reason: str, writer: EntryWriter) -> Verdict:
        seq = intent.entry.seq
        ref = self._desk.journal.append_void(writer.cancel(intent, None, reason), seq)
        self._desk.claims.release(intent.claim_id, reason)
        return Verdict(VerdictKind.ACCEPTED, Reason.VOIDED, {"seq": seq}, entry=ref)
