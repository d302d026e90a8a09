"""Which of several coupons may be used together, and how their verdicts become one."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from pos_client.domain.errors import DiskFull
from pos_client.domain.judge import Refusal
from pos_client.domain.offers.offer import Stacking
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Choice, Notice, Verdict, VerdictKind

from .appraise import Case, refused
from .arrange import arranged
from .desk import Desk

_GOOD = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING, VerdictKind.READY})


def clash(case: Case, used: Sequence[Case]) -> Reason | None:
    """Why a coupon cannot join those that are used already."""
    if any(other.coupon.coupon_id == case.coupon.coupon_id and case.coupon.coupon_id for other in used):
        return Reason.REPEATED_IN_BASKET
    if case.paper:
        # The maker pays for it; how our own campaigns go together says nothing about it.
        return None
    mine = _stacking(case)
    for other in (_stacking(other) for other in used if not other.paper):
        if mine.exclusive or other.exclusive or (mine.group and mine.group == other.group):
            return Reason.NOT_STACKABLE
    return None


def in_turn(
    desk: Desk, cases: Sequence[Case], judge: Callable[[Case], Verdict], counts: frozenset[VerdictKind]
) -> Verdict:
    """Judge coupons one after the other: a later one joins the earlier ones, and takes off what they left.

    Args:
        desk: this lane.
        cases: in the offers' own order.
        judge: gives one verdict.
        counts: the kinds of verdict after which a coupon is part of the transaction.

    Raises:
        DiskFull: nothing was written. Where something was, the verdict on it stands and a notice tells of the rest.
    """
    used: list[Case] = []
    verdicts: list[Verdict] = []
    arrangement = arranged(desk, cases)
    for case in arrangement.cases:
        # Where a choice was made, those of our own outside it are refused for a reason of their own.
        is_outside = arrangement.choice is not None and not case.planned and not case.paper
        reason = None if is_outside else clash(case, used)
        try:
            verdict = refused(desk, case, Refusal(reason)) if reason else judge(_after(case, verdicts))
        except DiskFull:
            if not used:
                raise
            verdicts[0] = replace(verdicts[0], notices=(Notice("stopped-disk-full"),))
            return combined(verdicts, arrangement.choice)
        used += [case] if verdict.kind in counts else []
        verdicts.append(verdict)
    return combined(verdicts, arrangement.choice)


def _after(case: Case, earlier: Sequence[Verdict]) -> Case:
    basket = case.context.basket
    if basket is None:
        return case
    taken: Counter[int] = Counter()
    for line in (line for verdict in earlier for line in verdict.lines):
        taken[line.place] += line.discount_minor
    remaining = basket.total_minor - sum(item.discount_minor for item in earlier)
    return replace(case, remaining_minor=max(0, remaining), taken=taken)


def combined(verdicts: Sequence[Verdict], choice: Choice | None = None) -> Verdict:
    """One verdict of a transaction: the first good one leads, else the first; every coupon's outcome is kept."""
    good = [verdict for verdict in verdicts if verdict.kind in _GOOD]
    lead = next((verdict for verdict in good if verdict.kind is VerdictKind.PENDING), None) or (good or verdicts)[0]
    return replace(
        lead,
        coupons=tuple(outcome for verdict in verdicts for outcome in verdict.coupons),
        discount_minor=sum(verdict.discount_minor for verdict in good),
        lines=tuple(line for verdict in good for line in verdict.lines),
        notices=lead.notices,
        choice=choice,
    )


def _stacking(case: Case) -> Stacking:
    return case.coupon.offer.stacking if case.coupon.offer else Stacking()
