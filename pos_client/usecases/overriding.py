"""An override: a supervisor allows what the lane's own rules leave to a person, under limits of its own.

Apart from deciding because it is a deed of another person, with his reason, and an entry of its own in the same commit
as the redemption that it allows. What is final stays final: only what the judge itself left to a person is in his hand.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.domain.judge import Refusal
from pos_client.domain.override import OVERRIDABLE, OverrideReason, OverrideUsage, breach
from pos_client.domain.pins import heard, spoken, telephone_answer
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .appraise import Case
from .authorise import Signature, supervisor_refusal
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter

CHALLENGE: Final = "telephone_challenge"
HEAD_OFFICE: Final = "HQ"
NOT_BELIEVED: Final = frozenset(
    {
        Reason.NOT_A_SUPERVISOR,
        Reason.PIN_NEEDED,
        Reason.PIN_WRONG,
        Reason.PIN_LOCKED,
        Reason.PIN_NOT_SET,
        Reason.TELEPHONE_ANSWER_WRONG,
        Reason.OVERRIDE_SECOND_PERSON,
        Reason.OVERRIDE_NEEDS_CLERK,
    }
)
"""Another supervisor, or the same once more, may still allow it."""


@dataclass(frozen=True, slots=True)
class OverrideAsk:
    """Who wants to allow it, and why: a code of ``OverrideReason``.

    Attributes:
        answer: what the head office answered by telephone to this lane's challenge; then nobody else signs.
    """

    who: Signature
    reason: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """A supervisor who was believed, and his reason. ``proof``: ``pin``, ``telephone``, or ``id`` alone."""

    supervisor: str
    reason: OverrideReason
    proof: str


@dataclass(frozen=True, slots=True)
class Overridden:
    """One refusal that a supervisor set aside.

    Attributes:
        why: what the lane's rules said. value_minor: what the redemption takes off.
    """

    consent: Consent
    why: Refusal
    value_minor: int

    def draft(self, writer: EntryWriter, case: Case, use_no: int | None) -> EntryDraft:
        """The entry that stands beside the redemption."""
        figures = {name: fact for name, fact in self.why.facts.items() if isinstance(fact, int | str)}
        fields = {
            "supervisor": self.consent.supervisor,
            "reason": self.consent.reason.value,
            "proof": self.consent.proof,
            "overridden": self.why.reason.value,
            "figures": figures,
            "coupon_id": case.coupon.coupon_id,
            "of_use": use_no,
            "value_minor": self.value_minor,
        }
        return EntryDraft(EntryKind.OVERRIDE, writer.common(case.coupon) | fields)


@dataclass(frozen=True, slots=True)
class OverridesLeft:
    """What supervisors may still allow at this lane today; ``value_minor`` together."""

    count: int
    value_minor: int


def left_today(desk: Desk) -> OverridesLeft:
    """What is left of the overrides' own limits.

    Raises:
        CacheMissing: before the first data.
    """
    time, limits = desk.trusted_time(), desk.limits()
    usage = _usage(desk, desk.context(time).today, ())
    count, value = limits.override_count - usage.count, limits.override_value_minor - usage.value_minor
    return OverridesLeft(max(0, count), max(0, value))


def consent_of(desk: Desk, ask: OverrideAsk | None, attribution: Attribution) -> Consent | Verdict | None:
    """Believe a supervisor, or say why not; None where nobody wants to override anything.

    Raises:
        DiskFull, StorageUnavailable: a try could not be counted, so nobody was believed.
    """
    if ask is None:
        return None
    try:
        reason = OverrideReason(ask.reason)
    except ValueError:
        return Verdict(VerdictKind.REFUSED, Reason.OVERRIDE_REASON_UNKNOWN)
    if ask.answer:
        refused_answer = _answer_refusal(desk, ask.answer, attribution)
        return refused_answer or Consent(HEAD_OFFICE, reason, "telephone")
    refusal = supervisor_refusal(desk, ask.who, other_than=attribution.operator)
    return refusal or Consent(ask.who.staff_id, reason, "pin" if desk.pins().has(ask.who.staff_id) else "id")


def new_challenge(desk: Desk) -> str:
    """8 characters to read to the head office by telephone; the one before is worth nothing any more."""
    challenge = spoken(secrets.token_bytes(5))
    desk.journal.remember(CHALLENGE, challenge)
    return challenge


def _answer_refusal(desk: Desk, answer: str, attribution: Attribution) -> Verdict | None:
    """Whether it is the head office's answer. A challenge is used up by the first answer, right or wrong."""
    challenge, pepper = desk.journal.meta(CHALLENGE), desk.pins().pepper
    if not attribution.operator:
        return Verdict(VerdictKind.REFUSED, Reason.OVERRIDE_NEEDS_CLERK)
    desk.journal.remember(CHALLENGE, "")
    if challenge and pepper:
        right = telephone_answer(pepper, desk.identity.device, challenge)
        if hmac.compare_digest(right.encode(), heard(answer).encode()):
            return None
    return Verdict(VerdictKind.REFUSED, Reason.TELEPHONE_ANSWER_WRONG)


def overridden(
    desk: Desk, writer: EntryWriter, consent: Consent | None, refused: tuple[Refusal, int], before: Sequence[Overridden]
) -> Overridden | Refusal:
    """What a consent makes of a refusal: set aside, or still standing.

    Args:
        desk: this lane.
        writer: of the moment.
        consent: None for nobody's.
        refused: the refusal, and the value that it refused.
        before: what was set aside for the same commit, of which nothing is written yet.
    """
    refusal, value_minor = refused
    if consent is None or refusal.kind is not VerdictKind.SUPERVISOR or refusal.reason not in OVERRIDABLE:
        return refusal
    usage, limits = _usage(desk, writer.context.today, before), desk.limits()
    broken = breach(value_minor, usage, limits)
    if broken is Reason.OVERRIDE_COUNT_LIMIT:
        return Refusal(broken, {"limit": limits.override_count})
    if broken:
        return Refusal(broken, {"limit_minor": limits.override_value_minor, "value_minor": value_minor})
    return Overridden(consent, refusal, value_minor)


def _usage(desk: Desk, today: date, before: Sequence[Overridden]) -> OverrideUsage:
    """What was allowed today; one that was taken back since counts all the same, or a day would have no bound."""
    allowed = desk.journal.of_day(today, (EntryKind.OVERRIDE,))
    values = [int(entry.fields().get("value_minor") or 0) for entry in allowed] + [one.value_minor for one in before]
    return OverrideUsage(len(values), sum(values))
