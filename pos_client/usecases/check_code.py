"""Check a code: the verdict that a redemption would give without asking the network. Nothing is written.

With a basket it also says what a purchase of it would earn; no codes are taken from the pool for that.
"""

from dataclasses import replace

from pos_client.domain.judge import Permission, Quote, permission_alone
from pos_client.domain.offers.offer import RedeemOn
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, Verdict, VerdictKind

from .appraise import Case, appraise, completed, refused
from .desk import Desk
from .earning import Earning
from .notices import notices
from .paper import check_paper
from .stacking import in_turn
from .transaction import Request, Transaction, not_trusted, sort_out, without_coupon


class CheckCode:
    """Answers what would happen, from the cache and the journal alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, request: Request) -> Verdict:
        """The verdict on one code, or on several shown together."""
        if self._desk.is_revoked:
            return not_trusted()
        transaction = sort_out(self._desk, request)
        cases = transaction.cases(request.attribution.operator)
        verdict = self._verdict(transaction, cases)
        if verdict.kind is VerdictKind.READY and transaction.context.basket:
            earning = Earning(self._desk, transaction.time, transaction.context, transaction.member)
            verdict = replace(verdict, rewards=earning.would_earn(cases, verdict))
        return replace(verdict, notices=notices(self._desk, transaction.time))

    def _verdict(self, transaction: Transaction, cases: list[Case]) -> Verdict:
        if transaction.unusable or not transaction.coupons:
            return without_coupon(self._desk, transaction)
        return in_turn(self._desk, cases, lambda case: self._one(case, transaction), frozenset({VerdictKind.READY}))

    def _one(self, case: Case, transaction: Transaction) -> Verdict:
        if case.paper:
            return check_paper(self._desk, case)
        quoted = appraise(self._desk, case)
        if isinstance(quoted, Verdict):
            return quoted
        if not self._desk.claims.reachable():
            alone = self._desk.alone(transaction.time, case.context, case.coupon.offer)
            allowed = permission_alone(case.coupon, case.context, quoted.discount_minor, alone)
            if not isinstance(allowed, Permission):
                return refused(self._desk, case, allowed, Tier.LANE)
        return self._ready(case, quoted)

    def _ready(self, case: Case, quoted: Quote) -> Verdict:
        offer = case.coupon.offer
        waits = offer is not None and offer.redeem_on is RedeemOn.CONFIRM
        verdict = Verdict(VerdictKind.READY, Reason.CONFIRM if waits else Reason.CAN_REDEEM, lines=quoted.lines)
        return completed(self._desk, case, verdict, used=False, discount_minor=quoted.discount_minor)
