"""Redeem: the verdict and, before anybody sees green, the journal entry that records it.

Order: local hard rules, then the centre's claim under an intent that is already on disk, then this lane alone within
its signed limits. One ``claim_id``, derived from the intent, is used on every rung and on every retry.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.judge import Permission, Quote, Refusal, permission_alone
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import EntryRef, Notice, Tier, Verdict, VerdictKind

from .appraise import Case, appraise, completed, refused
from .ask_claim import Answered, ask_claim
from .desk import Desk
from .entry_drafts import EntryWriter, Grant
from .notices import notices
from .ports import OpenIntent, UseTaken
from .stacking import in_turn
from .transaction import Request, Transaction, sort_out, without_coupon

_REDEEMED: Final = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})


class Redeem:
    """Redeems what was shown. One at a time: the till lane is serial."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, request: Request) -> Verdict:
        """The verdict; accepted and pending are on disk when it returns.

        Raises:
            DiskFull, StorageUnavailable: nothing was redeemed.
            CacheMissing: no data was ever fetched.
        """
        transaction = sort_out(self._desk, request)
        writer = EntryWriter(self._desk, transaction.time, transaction.context, request.attribution)
        verdict = self._verdict(transaction, writer)
        return replace(verdict, notices=verdict.notices + notices(self._desk, transaction.time))

    def _verdict(self, transaction: Transaction, writer: EntryWriter) -> Verdict:
        if transaction.unusable:
            code, verdict = transaction.unusable.code, without_coupon(self._desk, transaction)
            if verdict.kind is VerdictKind.READY:
                return verdict
            return self._note_refusal(writer, None, code.kind.value, code.text, verdict)
        if not transaction.coupons:
            return without_coupon(self._desk, transaction)
        cases = transaction.cases(writer.attribution.operator)
        return in_turn(self._desk, cases, lambda case: self._one(case, writer), _REDEEMED)

    def _one(self, case: Case, writer: EntryWriter) -> Verdict:
        quoted = appraise(self._desk, case)
        if isinstance(quoted, Verdict):
            return self._note_refusal(writer, case, case.coupon.code_kind, case.token, quoted)
        code_hash = self._desk.hasher.code_hash(case.token or case.coupon.coupon_id)
        answered = ask_claim(self._desk, case, quoted, writer, code_hash)
        if answered.refusal:
            return self._given_up(case, writer, answered, answered.refusal)
        if answered.granted_use:
            quoted = replace(quoted, use_no=answered.granted_use)
            grant = Grant(answered.tier, VerdictKind.ACCEPTED, Reason.ACCEPTED, answered.claim_id, answered.intent_seq)
            return self._write(case, writer, quoted, grant, code_hash, answered)
        quoted = replace(quoted, use_no=answered.intent.use_no) if answered.intent else quoted
        return self._alone(case, writer, quoted, answered, code_hash)

    def _alone(self, case: Case, writer: EntryWriter, quoted: Quote, answered: Answered, code_hash: str) -> Verdict:
        alone = self._desk.alone(writer.time, case.context)
        allowed = permission_alone(case.coupon, case.context, quoted.discount_minor, alone)
        if not isinstance(allowed, Permission):
            return self._given_up(case, writer, answered, refused(self._desk, case, allowed, Tier.LANE))
        grant = Grant(Tier.LANE, VerdictKind.PENDING, allowed.reason, answered.claim_id, answered.intent_seq)
        verdict = self._write(case, writer, quoted, grant, code_hash, answered)
        return replace(verdict, notices=(Notice("near-limit"),)) if allowed.near_limit else verdict

    def _write(
        self, case: Case, writer: EntryWriter, quoted: Quote, grant: Grant, code_hash: str, answered: Answered
    ) -> Verdict:
        try:
            entry = self._desk.journal.append(writer.redeem(case.coupon, quoted, code_hash, grant))
        except UseTaken as taken:
            verdict = refused(self._desk, case, Refusal(Reason.ALREADY_USED, use=taken.use))
            return self._given_up(case, writer, answered, verdict)
        verdict = Verdict(grant.kind, grant.reason, tier=grant.tier, lines=quoted.lines, entry=entry)
        return completed(self._desk, case, verdict, used=True, discount_minor=quoted.discount_minor)

    def _given_up(self, case: Case, writer: EntryWriter, answered: Answered, verdict: Verdict) -> Verdict:
        """No redemption after an intent: its claim, should it stand, is given back when this entry arrives."""
        if answered.intent is None:
            return self._note_refusal(writer, case, case.coupon.code_kind, case.token, verdict)
        entry = cancel_intent(self._desk, writer, answered.intent, case, verdict.reason.value)
        return replace(verdict, entry=entry)

    def _note_refusal(
        self, writer: EntryWriter, case: Case | None, code_kind: str, text: str, verdict: Verdict
    ) -> Verdict:
        """Write a refusal down for the day's figures; one that cannot be written is still a refusal."""
        draft = writer.reject(
            code_kind, self._desk.hasher.code_hash(text), verdict.reason, case.coupon if case else None
        )
        with suppress(StorageUnavailable):
            return replace(verdict, entry=self._desk.journal.append(draft))
        return verdict


def cancel_intent(desk: Desk, writer: EntryWriter, intent: OpenIntent, case: Case | None, reason: str) -> EntryRef:
    """End an intent without a redemption."""
    draft = writer.cancel(intent, case.coupon if case else None, reason)
    return desk.journal.append_void(draft, intent.entry.seq)
