"""A maker's coupon 8110 at this counter: judged under the signed paper policy, kept as paper, taken without a claim.

Apart from our own coupons because nobody grants its use: most pieces carry the same code, and the centre knows none of
them. One that has a serial number counts as used once, so that a second time is seen, at this lane before it is given
and at the centre afterwards.
"""

from typing import Final

from pos_client.domain.calendar_rules import clock_refusal
from pos_client.domain.codes.coupon_8110 import judge_paper
from pos_client.domain.judge import Quote, Refusal
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TimeQuality
from pos_client.domain.verdict import Verdict, VerdictKind

from .appraise import Case, completed, refused
from .desk import Desk

_BY_DATE: Final = frozenset({Reason.EXPIRED, Reason.NOT_YET_VALID})


def appraise_paper(desk: Desk, case: Case) -> Quote | Verdict:
    """What the paper saves after the coupons before it, or the refusal as a verdict."""
    if case.paper is None:
        raise ValueError("this case is none of paper")
    use = next(iter(desk.journal.uses_of(case.coupon.coupon_id)), None)
    if use:
        return refused(desk, case, Refusal(Reason.ALREADY_USED, use=use))
    context = case.context
    judged = judge_paper(case.paper, desk.trade().paper, context.basket, context.today, case.taken)
    if not isinstance(judged, Refusal):
        doubt = clock_refusal(case.coupon, context)
        use_no = 1 if case.paper.serial else None
        return refused(desk, case, doubt) if doubt else Quote(use_no, judged.discount_minor, judged.lines)
    if judged.reason in _BY_DATE and context.time_quality is TimeQuality.SUSPECT:
        # Only a clock that cannot be believed says so.
        judged = Refusal(Reason.CLOCK_SUSPECT, kind=VerdictKind.SUPERVISOR)
    return refused(desk, case, judged)


def check_paper(desk: Desk, case: Case) -> Verdict:
    """What would happen; nothing is written."""
    quoted = appraise_paper(desk, case)
    if isinstance(quoted, Verdict):
        return quoted
    verdict = Verdict(VerdictKind.READY, Reason.CAN_REDEEM, lines=quoted.lines)
    return completed(desk, case, verdict, used=False, discount_minor=quoted.discount_minor)
