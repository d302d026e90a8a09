"""Redeem: the verdict and, before anybody sees green, the journal entries that record it.

What one coupon gives beside its discount (points, stamps, coupons for another time) is written in the same commit.
"""

import uuid
from dataclasses import dataclass, replace
from typing import Final

from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.judge import Refusal
from pos_client.domain.offers.effects import Reservation, reservation
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.rewards import Bought, of_offer
from pos_client.domain.verdict import EntryRef, Verdict, VerdictKind

from .appraise import Case, refused
from .deciding import Decided, Deciding
from .desk import Desk
from .entry_drafts import EntryWriter
from .granting import Given, Granting
from .notices import notices
from .overriding import consent_of
from .ports import UseTaken
from .recognise import MemberShown
from .stacking import in_turn
from .trade_drafts import TradeWriter
from .transaction import Request, Transaction, not_trusted, sort_out, without_coupon

REDEEMED: Final = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})


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
        if self._desk.is_revoked:
            return not_trusted()
        consent = consent_of(self._desk, request.override, request.attribution)
        if isinstance(consent, Verdict):
            return consent
        transaction = sort_out(self._desk, request)
        attribution = transaction.credited(request.attribution)
        writer = EntryWriter(self._desk, transaction.time, transaction.context, attribution, uuid.uuid4().hex)
        deciding = Deciding(self._desk, writer, transaction.member, consent)
        verdict = self._verdict(transaction, deciding, writer, returns_deposit=request.returns_deposit)
        return replace(verdict, notices=verdict.notices + notices(self._desk, transaction.time))

    def _verdict(
        self, transaction: Transaction, deciding: Deciding, writer: EntryWriter, *, returns_deposit: bool
    ) -> Verdict:
        if transaction.unusable:
            other, verdict = transaction.unusable, without_coupon(self._desk, transaction)
            if verdict.kind is VerdictKind.READY:
                return verdict
            return deciding.note_refusal(other.facts, other.code.kind.value, other.code.text, verdict)
        if not transaction.coupons:
            return without_coupon(self._desk, transaction)
        one = _One(self._desk, writer, deciding, transaction.member, returns_deposit)
        return in_turn(self._desk, transaction.cases(writer.attribution.operator), one.redeem, REDEEMED)


@dataclass(frozen=True, slots=True)
class _One:
    """Redeems the coupons of one request, each in a commit of its own."""

    desk: Desk
    writer: EntryWriter
    deciding: Deciding
    member: MemberShown | None
    returns_deposit: bool

    def redeem(self, case: Case) -> Verdict:
        booked = reservation(case.coupon.offer.effects) if case.coupon.offer else None
        if self.returns_deposit and booked is None:
            return refused(self.desk, case, Refusal(Reason.NO_DEPOSIT))
        decided = self.deciding.decide(case)
        if isinstance(decided, Verdict):
            return decided
        given = coupon_rewards(self.desk, self.writer, decided, self.member)
        if self.returns_deposit and booked:
            given = replace(given, rewards=(_deposit_back(decided, booked),))
        beside = [*price_of(self.writer, decided), *decided.override_drafts(self.writer), *given.drafts]
        try:
            entry = self._write(decided, beside, has_more=bool(beside or given.rewards))
        except UseTaken as taken:
            verdict = refused(self.desk, case, Refusal(Reason.ALREADY_USED, use=taken.use))
            return self.deciding.give_up(decided, verdict)
        verdict = self.deciding.verdict(decided, entry)
        return replace(verdict, rewards=given.rewards, notices=verdict.notices + given.notices)

    def _write(self, decided: Decided, beside: list[EntryDraft], *, has_more: bool) -> EntryRef:
        """Where nothing else is given, now or later, one entry that needs no name for what belongs together."""
        if not has_more:
            return self.desk.journal.append(decided.draft(replace(self.writer, txn="")))
        draft = decided.draft(self.writer)
        if self.returns_deposit:
            draft = replace(draft, fields={**draft.fields, "outcome": "deposit_back"})
        return self.desk.journal.append_all([draft, *beside])[0]


def _deposit_back(decided: Decided, booked: Reservation) -> Reward:
    offer = decided.case.coupon.offer
    return Reward(RewardKind.DEPOSIT_BACK, offer.number if offer else 0, booked.deposit_minor, booked.name, booked.item)


def coupon_rewards(desk: Desk, writer: EntryWriter, decided: Decided, member: MemberShown | None) -> Given:
    """What one coupon gives beside its discount."""
    offer = decided.case.coupon.offer
    trade = TradeWriter(writer, writer.txn, member.view.ref if member else "")
    granting = Granting(desk, trade, member, writer.context.today)
    if offer:
        granting.give(of_offer(offer, _bought(decided)), "coupon")
    return granting.given()


def price_of(writer: EntryWriter, decided: Decided) -> list[EntryDraft]:
    """The points that a coupon costs."""
    held, coupon = decided.held, decided.case.coupon
    if held is None or coupon.offer is None:
        return []
    member = writer.context.member
    trade = TradeWriter(writer, writer.txn, member.ref if member else "")
    return [trade.burn(held.points, 0, (held.hold_id, held.tier.value), coupon.offer.number)]


def _bought(decided: Decided) -> Bought | None:
    """The basket after this one coupon."""
    basket = decided.case.context.basket
    return Bought.after(basket, decided.quoted.discount_minor, decided.quoted.lines) if basket else None
