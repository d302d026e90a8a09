"""Decide on one coupon, up to the moment before it is written down: rules, points, the centre's claim, this lane alone.

Apart from redeeming because a purchase decides on all of its coupons first and writes them down in one commit. Order:
local hard rules, then points that it costs, then the claim under an intent that is already on disk (the centre, the
store's server), then this lane alone within its signed limits. One ``claim_id``, derived from the intent, is used on
every rung and every retry. What the store's server alone grants, of a coupon that other stores may use as well, goes by
the same limits: the store is as alone against the chain as a lane is.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from pos_client.domain.coupon import CouponFacts
from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.judge import Permission, Quote, Refusal, permission_alone
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import EntryRef, Notice, Tier, Verdict, VerdictKind

from .appraise import Case, appraise, completed, refused
from .ask_claim import Answered, ask_claim
from .burning import Held, hold_points
from .desk import Desk
from .entry_drafts import EntryWriter, Grant
from .overriding import Consent, Overridden, overridden
from .paper import appraise_paper
from .ports import OpenIntent
from .recognise import MemberShown

_UNDECIDED: Final = Grant(Tier.LANE, VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE)


@dataclass(frozen=True, slots=True)
class Decided:
    """A coupon that may be used now; nothing but its redemption is missing.

    Attributes:
        held: points that it costs, None where it costs none.
        near_limit: the lane alone is close to a limit.
        overridden: what a supervisor set aside for it.
    """

    case: Case
    quoted: Quote
    grant: Grant
    code_hash: str
    answered: Answered
    held: Held | None = None
    near_limit: bool = False
    overridden: tuple[Overridden, ...] = ()

    def is_of_part(self, case: Case) -> bool:
        """Whether it takes one of the uses that this lane alone has of a limited campaign, that of ``case``."""
        own, other = self.case.coupon.offer, case.coupon.offer
        is_same = own is not None and other is not None and own.number == other.number
        return is_same and self.grant.tier is Tier.LANE

    def draft(self, writer: EntryWriter) -> EntryDraft:
        """Its redemption."""
        drafted = writer.paper if self.case.paper else writer.redeem
        return drafted(self.case.coupon, self.quoted, self.code_hash, self.grant)

    def override_drafts(self, writer: EntryWriter) -> list[EntryDraft]:
        """What a supervisor allowed, to stand in the same commit."""
        return [one.draft(writer, self.case, self.quoted.use_no) for one in self.overridden]

    def granted(self) -> "Decided":
        """The same; where a supervisor had to allow it, it says so."""
        reason = Reason.ACCEPTED_OVERRIDE if self.overridden else self.grant.reason
        return replace(self, grant=replace(self.grant, reason=reason))


class Deciding:
    """Decides on the coupons of one request.

    Args:
        desk: this lane. writer: of the moment.
        member: who stands here, None for nobody.
        consent: a supervisor's, where he stands here too.
    """

    def __init__(
        self, desk: Desk, writer: EntryWriter, member: MemberShown | None, consent: Consent | None = None
    ) -> None:
        self._desk, self._writer, self._member, self._consent = desk, writer, member, consent

    def decide(self, case: Case, before: Sequence[Decided] = ()) -> Decided | Verdict:
        """What may be used; else the refusal, which is written down. ``before``: decided on for the same commit."""
        if case.paper:
            return self._paper(case)
        quoted, excused = self._appraised(case, before)
        if isinstance(quoted, Verdict):
            return self._noted(case, quoted)
        held = self._points(case, sum(one.held.points for one in before if one.held))
        if isinstance(held, Refusal):
            return self._noted(case, refused(self._desk, case, held))
        code_hash = self._desk.hasher.code_hash(case.token or case.coupon.coupon_id)
        answered = ask_claim(self._desk, case, quoted, self._writer, code_hash)
        if answered.refusal:
            return self._given_up(case, answered, answered.refusal, held)
        if not (answered.granted_use and answered.is_final):
            asked = Decided(case, quoted, _UNDECIDED, code_hash, answered, held, overridden=excused)
            return self._alone(asked, before)
        grant = Grant(answered.tier, VerdictKind.ACCEPTED, Reason.ACCEPTED, answered.claim_id, answered.intent_seq)
        quoted = replace(quoted, use_no=answered.granted_use)
        return Decided(case, quoted, grant, code_hash, answered, held, overridden=excused).granted()

    def _appraised(
        self, case: Case, before: Sequence[Decided]
    ) -> tuple[Quote, tuple[Overridden, ...]] | tuple[Verdict, tuple[()]]:
        """The quote, and what a supervisor had to set aside for it."""
        quoted = appraise(self._desk, case)
        if isinstance(quoted, Quote):
            return quoted, ()
        again = appraise(self._desk, replace(case, is_excused=True)) if self._consent else quoted
        if isinstance(again, Verdict):
            return quoted, ()
        why = Refusal(quoted.reason, quoted.facts, quoted.kind)
        setting = self._set_aside(why, again.discount_minor, before)
        if isinstance(setting, Refusal):
            return refused(self._desk, case, setting), ()
        return again, (setting,)

    def _set_aside(self, why: Refusal, value_minor: int, before: Sequence[Decided]) -> Overridden | Refusal:
        earlier = [one for decided in before for one in decided.overridden]
        return overridden(self._desk, self._writer, self._consent, (why, value_minor), earlier)

    def verdict(self, decided: Decided, entry: EntryRef | None = None) -> Verdict:
        """What to tell of a coupon that was decided on, and written down where ``entry`` names it."""
        grant, quoted = decided.grant, decided.quoted
        verdict = Verdict(grant.kind, grant.reason, tier=grant.tier, lines=quoted.lines, entry=entry)
        done = completed(self._desk, decided.case, verdict, used=True, discount_minor=quoted.discount_minor)
        return replace(done, notices=(Notice("near-limit"),)) if decided.near_limit else done

    def give_up(self, decided: Decided, verdict: Verdict) -> Verdict:
        """It was decided on and cannot be used after all: what was claimed and held is given back."""
        return self._given_up(decided.case, decided.answered, verdict, decided.held)

    def note_refusal(self, coupon: CouponFacts | None, code_kind: str, text: str, verdict: Verdict) -> Verdict:
        """Write a refusal down for the day's figures; one that cannot be written is still a refusal."""
        draft = self._writer.reject(code_kind, self._desk.hasher.code_hash(text), verdict.reason, coupon)
        with suppress(StorageUnavailable):
            return replace(verdict, entry=self._desk.journal.append(draft))
        return verdict

    def _noted(self, case: Case, verdict: Verdict) -> Verdict:
        return self.note_refusal(case.coupon, case.coupon.code_kind, case.token, verdict)

    def _paper(self, case: Case) -> Decided | Verdict:
        """Nobody grants a maker's paper: it is taken or not, and no claim stands behind it."""
        quoted = appraise_paper(self._desk, case)
        if isinstance(quoted, Verdict):
            return self._noted(case, quoted)
        grant = Grant(Tier.LANE, VerdictKind.ACCEPTED, Reason.ACCEPTED_PAPER)
        return Decided(case, quoted, grant, self._desk.hasher.code_hash(case.token), Answered())

    def _points(self, case: Case, taken: int) -> Held | Refusal | None:
        offer = case.coupon.offer
        price = offer.points_price if offer else 0
        return hold_points(self._desk, self._member, price, taken) if price else None

    def _alone(self, asked: Decided, before: Sequence[Decided]) -> Decided | Verdict:
        case, answered = asked.case, asked.answered
        use_no = answered.granted_use or (answered.intent.use_no if answered.intent else asked.quoted.use_no)
        quoted, tier = replace(asked.quoted, use_no=use_no), answered.tier if answered.granted_use else Tier.LANE
        alone = self._desk.alone(self._writer.time, case.context, case.coupon.offer)
        alone = replace(alone, is_counted=bool(answered.granted_use))
        if alone.part_left is not None:
            alone = replace(alone, part_left=alone.part_left - sum(one.is_of_part(case) for one in before))
        allowed = permission_alone(case.coupon, case.context, quoted.discount_minor, alone)
        if isinstance(allowed, Refusal):
            setting = self._set_aside(allowed, quoted.discount_minor, (*before, asked))
            if isinstance(setting, Refusal):
                return self._given_up(case, answered, refused(self._desk, case, setting, tier), asked.held)
            asked, allowed = (
                replace(asked, overridden=(*asked.overridden, setting)),
                Permission(Reason.ACCEPTED_OVERRIDE),
            )
        grant = Grant(tier, VerdictKind.PENDING, allowed.reason, answered.claim_id, answered.intent_seq)
        return replace(asked, quoted=quoted, grant=grant, near_limit=allowed.near_limit).granted()

    def _given_up(self, case: Case, answered: Answered, verdict: Verdict, held: Held | None) -> Verdict:
        """No redemption after an intent: its claim, should it stand, is given back when this entry arrives.

        A claim that is known to stand is given back at once as well, without anybody waiting for it.
        """
        if held and held.hold_id:
            self._desk.points.release_points(held.hold_id)
        if answered.intent is None:
            return self._noted(case, verdict)
        entry = cancel_intent(self._desk, self._writer, answered.intent, case, verdict.reason.value)
        if answered.granted_use:
            self._desk.claims.release_soon(answered.claim_id, verdict.reason.value)
        return replace(verdict, entry=entry)


def cancel_intent(desk: Desk, writer: EntryWriter, intent: OpenIntent, case: Case | None, reason: str) -> EntryRef:
    """End an intent without a redemption."""
    draft = writer.cancel(intent, case.coupon if case else None, reason)
    return desk.journal.append_void(draft, intent.entry.seq)
