"""Hold a coupon for a customer who is still choosing: nobody else gets it, and nothing is redeemed yet.

A hold is an intent on disk with the claim behind it, so it survives a crash; redeeming takes it up. Only this lane ends
its own hold after the policy's time: a server that did so could give a use away whose redemption is on its way.
"""

from dataclasses import replace
from datetime import timedelta

from pos_client.domain.judge import Permission, permission_alone
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, Verdict, VerdictKind

from .appraise import Case, appraise, completed, refused
from .ask_claim import ask_claim
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .notices import notices
from .ports import OpenIntent
from .stacking import in_turn
from .transaction import Request, not_trusted, sort_out, without_coupon


class Hold:
    """Holds what was shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, request: Request) -> Verdict:
        """The verdict; what is held is on disk when it returns."""
        if self._desk.is_revoked:
            return not_trusted()
        transaction = sort_out(self._desk, request)
        if transaction.unusable or not transaction.coupons:
            return without_coupon(self._desk, transaction)
        writer = EntryWriter(self._desk, transaction.time, transaction.context, request.attribution)
        cases = transaction.cases(request.attribution.operator)
        verdict = in_turn(self._desk, cases, lambda case: self._one(case, writer), frozenset({VerdictKind.READY}))
        return replace(verdict, notices=verdict.notices + notices(self._desk, transaction.time))

    def _one(self, case: Case, writer: EntryWriter) -> Verdict:
        desk = self._desk
        quoted = appraise(desk, case)
        if isinstance(quoted, Verdict):
            return quoted
        code_hash = desk.hasher.code_hash(case.token or case.coupon.coupon_id)
        if desk.journal.open_intent(case.coupon.coupon_id) is None:
            desk.journal.append(writer.intent(case.coupon, quoted, code_hash, is_hold=True))
        answered = ask_claim(desk, case, quoted, writer, code_hash)
        intent = answered.intent
        if answered.refusal or intent is None:
            return self._let_go(case, writer, intent, answered.refusal)
        tier = answered.tier if answered.granted_use else Tier.LANE
        if not (answered.granted_use and answered.is_final):
            alone = desk.alone(writer.time, case.context, case.coupon.offer)
            alone = replace(alone, is_counted=bool(answered.granted_use))
            allowed = permission_alone(case.coupon, case.context, quoted.discount_minor, alone)
            if not isinstance(allowed, Permission):
                return self._let_go(case, writer, intent, refused(desk, case, allowed, tier))
        facts = {"hold_s": desk.trade().hold_s, "seq": intent.entry.seq}
        verdict = Verdict(VerdictKind.READY, Reason.HELD, facts, tier=tier, entry=intent.entry, lines=quoted.lines)
        return completed(desk, case, verdict, used=False, discount_minor=quoted.discount_minor)

    def _let_go(self, case: Case, writer: EntryWriter, intent: OpenIntent | None, verdict: Verdict | None) -> Verdict:
        """What cannot be held leaves no claim behind."""
        if intent:
            end(self._desk, writer, intent, "refused")
        if verdict:
            return verdict
        none = Verdict(VerdictKind.REFUSED, Reason.NETWORK_NEEDED)
        return completed(self._desk, case, none, used=False, discount_minor=0)


def end(desk: Desk, writer: EntryWriter, intent: OpenIntent, reason: str) -> None:
    """End a hold: on disk first, then at the server, which hears of it from the journal in any case."""
    desk.journal.append_void(writer.cancel(intent, None, reason), intent.entry.seq)
    desk.claims.release(intent.claim_id, reason)


def end_overdue(desk: Desk) -> int:
    """End the holds of this lane that are older than the policy allows; returns how many."""
    intents = desk.journal.open_intents()
    if not intents or desk.is_revoked:
        return 0
    time = desk.trusted_time()
    oldest = time.now - timedelta(seconds=desk.trade().hold_s)
    overdue = [intent for intent in intents if intent.at < oldest and is_hold(desk, intent)]
    writer = EntryWriter(desk, time, desk.context(time), Attribution(source="hold")) if overdue else None
    for intent in overdue:
        if writer:
            end(desk, writer, intent, "hold-ended")
    return len(overdue)


def is_hold(desk: Desk, intent: OpenIntent) -> bool:
    """Whether it waits for the customer, and not for an answer."""
    entry = desk.journal.entry(intent.entry.seq)
    return entry is not None and bool(entry.fields().get("hold"))
