"""Arrange coupons over one basket: which of them together save most, and what each takes off which line.

Apart from judging each coupon because the answer is about all of them; ``docs/offers.md`` says what is best.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from pos_client.domain.judge import Quote, Refusal, hard_refusal, member_refusal
from pos_client.domain.offers.combination import Best, Candidate, Left, best
from pos_client.domain.verdict import Choice, OtherChoice

from .appraise import Case, left_for_member
from .desk import Desk

CHOICE_S: Final = 0.03
"""How long a customer is made to wait for the proof that nothing saves more."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The cases in the order in which their coupons apply, each with its part; and how good the whole is.

    ``choice`` is None where there was nothing to choose: nothing is known of the basket, or no coupon may be used.
    """

    cases: tuple[Case, ...]
    choice: Choice | None = None


def arranged(desk: Desk, cases: Sequence[Case]) -> Arrangement:
    """Choose among the coupons that this customer may use now; the others stay as they are, to be refused."""
    basket = cases[0].context.basket if cases else None
    if basket is None:
        return Arrangement(tuple(cases))
    able: list[Case] = []
    others: list[Case] = []
    for case in cases:
        (able if _may_be_used(case) else others).append(case)
    if not able:
        return Arrangement(tuple(cases))
    until = monotonic() + CHOICE_S
    found = best(basket, [_candidate(case) for case in able], lambda: monotonic() >= until, _caps(desk, able))
    return Arrangement((*_planned(able, found), *others), _choice(found))


def _may_be_used(case: Case) -> bool:
    """Whether nothing but basket and other coupons stands in its way."""
    coupon = case.coupon
    if not coupon.coupon_id or coupon.offer is None or hard_refusal(coupon, case.context):
        return False
    return member_refusal(coupon, coupon.offer, case.context) is None


def _candidate(case: Case) -> Candidate:
    coupon = case.coupon
    if coupon.offer is None:
        raise ValueError("a coupon without an offer is no candidate")
    value = coupon.left_minor if coupon.is_partial else coupon.value_minor
    return Candidate(coupon.coupon_id, coupon.offer, value, coupon.last_day)


def _caps(desk: Desk, cases: Sequence[Case]) -> dict[int, Left]:
    """What is left to the member of each campaign."""
    return {case.coupon.offer.number: left_for_member(desk, case) for case in cases if case.coupon.offer}


def _planned(cases: Sequence[Case], found: Best) -> list[Case]:
    """Each case with its part: first those that are used, in their order, then the others."""
    waiting: dict[str, list[Case]] = {}
    for case in cases:
        waiting.setdefault(case.coupon.coupon_id, []).append(case)
    planned: list[Case] = []
    for applied in found.chosen:
        case = waiting[applied.candidate.coupon_id].pop(0)
        planned.append(replace(case, planned=Quote(_use_no(case), applied.saving_minor, applied.lines)))
    for candidate in found.beside:
        case = waiting[candidate.coupon_id].pop(0)
        planned.append(replace(case, planned=Quote(_use_no(case), 0)))
    for left in found.left_out:
        case = waiting[left.candidate.coupon_id].pop(0)
        planned.append(replace(case, planned=Refusal(left.reason, left.facts)))
    return planned


def _use_no(case: Case) -> int:
    return case.coupon.next_use_no() or 1


def _choice(found: Best) -> Choice:
    others = tuple(
        OtherChoice(tuple(candidate.coupon_id for candidate in other.candidates), other.saving_minor)
        for other in found.alternatives
    )
    return Choice(found.saving_minor, found.bound_minor, others)
