"""Which of several coupons may be used together, and how their verdicts become one."""

from collections.abc import Sequence
from dataclasses import replace

from pos_client.domain.offers.offer import Stacking
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .appraise import Case

_GOOD = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING, VerdictKind.READY})


def clash(case: Case, used: Sequence[Case]) -> Reason | None:
    """Why a coupon cannot join those that are used already."""
    if any(other.coupon.coupon_id == case.coupon.coupon_id and case.coupon.coupon_id for other in used):
        return Reason.REPEATED_IN_BASKET
    mine = _stacking(case)
    for other in map(_stacking, used):
        if mine.exclusive or other.exclusive or (mine.group and mine.group == other.group):
            return Reason.NOT_STACKABLE
    return None


def combined(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict of a transaction: the first good one leads, else the first; every coupon's outcome is kept."""
    good = [verdict for verdict in verdicts if verdict.kind in _GOOD]
    lead = next((verdict for verdict in good if verdict.kind is VerdictKind.PENDING), None) or (good or verdicts)[0]
    return replace(
        lead,
        coupons=tuple(outcome for verdict in verdicts for outcome in verdict.coupons),
        discount_minor=sum(verdict.discount_minor for verdict in good),
        lines=tuple(line for verdict in good for line in verdict.lines),
        notices=lead.notices,
    )


def _stacking(case: Case) -> Stacking:
    return case.coupon.offer.stacking if case.coupon.offer else Stacking()
