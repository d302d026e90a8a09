"""Fixed facts of coupons offered together, of members among whom one is chosen, and of what an undo brings back."""

from dataclasses import replace
from datetime import date, timedelta

from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, Use, Verdict, VerdictKind
from pos_client.usecases.set_view import Candidate, CouponSet, NextTier, OtherSet, SetRow
from pos_client.usecases.till_view import TillAnswer
from pos_client.usecases.undo_effects import CouponBack, UndoEffects
from script import screen_facts as facts

BONUS_5 = LocalText("会员加赠5", "Member bonus 5")
CONDITIONER_8 = LocalText("护发素减8", "8 off conditioner")


def _ticked(number: str, name: LocalText, off: int, ends: date) -> SetRow:
    outcome = CouponOutcome(number, used=True, why=Reason.CONFIRM, name=name, discount_minor=off, ends=ends)
    return SetRow(outcome, can_tick=True)


def _not(number: str, name: LocalText, why: Reason, *, can_tick: bool = False, **told: int) -> SetRow:
    return SetRow(CouponOutcome(number, used=False, why=why, name=name, facts=told), can_tick=can_tick)


def offered() -> CouponSet:
    """138 yuan, three coupons ticked, 62 yuan short of the next tier."""
    ticked = (
        _ticked("C-1", facts.HUNDRED_OFF_20, 2000, facts.TODAY),
        _ticked("C-2", facts.SHAMPOO_10, 1000, date(2026, 11, 30)),
        _ticked("C-6", BONUS_5, 500, date(2026, 12, 31)),
    )
    others = (
        _not("C-7", CONDITIONER_8, Reason.NOT_STACKABLE, can_tick=True),
        _not("C-4", facts.TWO_HUNDRED_OFF_50, Reason.BELOW_THRESHOLD, missing_minor=6200, threshold_minor=20_000),
    )
    sets = (
        OtherSet(("C-1", "C-2", "C-6"), 3500, is_chosen=True),
        OtherSet(("C-1", "C-2"), 3000, 500, (BONUS_5,), date(2026, 12, 31)),
        OtherSet(("C-7", "C-6"), 1300, 2200, (facts.HUNDRED_OFF_20, facts.SHAMPOO_10), facts.TODAY),
    )
    tier = NextTier(facts.TWO_HUNDRED_OFF_50, 6200, 20_000, 1500)
    return CouponSet(13_800, 3500, 3500, (*ticked, *others), sets, tier)


def changed() -> CouponSet:
    """The same with the second coupon unticked."""
    whole = offered()
    second = whole.rows[1]
    outcome = replace(second.outcome, used=False, discount_minor=0)
    rows = (whole.rows[0], replace(second, outcome=outcome, is_left_aside=True), *whole.rows[2:])
    sets = tuple(replace(found, is_chosen=False) for found in whole.sets)
    return replace(whole, saving_minor=2500, rows=rows, sets=sets, can_undo=True)


def used_meanwhile() -> CouponSet:
    """The same with the first coupon used at another store since."""
    whole = offered()
    use = Use(1, facts.NOW - timedelta(minutes=3), 7, 3, "S03", "城西店", "小陈")
    gone = replace(whole.rows[0].outcome, used=False, why=Reason.ALREADY_USED, discount_minor=0)
    rows = (SetRow(gone, use=use), *whole.rows[1:])
    sets = (OtherSet(("C-2", "C-6"), 1500, is_chosen=True),)
    return replace(whole, saving_minor=1500, best_minor=1500, rows=rows, sets=sets, next_tier=None)


def answer(shown: CouponSet, number: int = 2) -> TillAnswer:
    """The set as it waits for Enter."""
    ticked = tuple(row.outcome for row in shown.rows if row.outcome.used)
    told = {"count": len(ticked), "to_pay_minor": (shown.amount_minor or 0) - shown.saving_minor}
    verdict = Verdict(VerdictKind.READY, Reason.SET_READY, told, discount_minor=shown.saving_minor, coupons=ticked)
    customer = facts.customer(awaits_confirm=bool(ticked), offered=shown)
    return replace(facts.answer(verdict, number, customer=customer), is_quiet=True)


def nothing() -> TillAnswer:
    """An amount, and nothing that could be used for it."""
    shown = CouponSet(13_800)
    customer = facts.customer(member=replace(facts.member(), coupons=()), offered=shown)
    told = {"count": 0, "to_pay_minor": 13_800}
    return replace(facts.answer(Verdict(VerdictKind.READY, Reason.SET_NONE, told), 2, customer=customer), is_quiet=True)


def repeat() -> TillAnswer:
    """Enter was pressed, and one of the coupons is used by now."""
    shown = used_meanwhile()
    row = shown.rows[0]
    verdict = Verdict(VerdictKind.REFUSED, Reason.ALREADY_USED, coupons=(row.outcome,), use=row.use)
    return facts.answer(verdict, 3, customer=facts.customer(awaits_confirm=True, offered=shown))


def redeemed() -> TillAnswer:
    """Three coupons in one commit."""
    shown = offered()
    ticked = tuple(row.outcome for row in shown.rows if row.outcome.used)
    told = {"count": 3, "to_pay_minor": 10_300}
    verdict = Verdict(VerdictKind.ACCEPTED, Reason.SET_REDEEMED, told, discount_minor=3500, coupons=ticked)
    until = facts.NOW + timedelta(seconds=8)
    return facts.answer(verdict, 4, customer=facts.customer(amount_minor=None), undo_until=until, undo_seq=235)


CANDIDATES = (
    Candidate("M-1", "王** 138****1234", "gold", facts.STORE, date(2026, 11, 20), date(2024, 3, 8)),
    Candidate("M-2", "李** 139****1234", "silver", facts.STORE, date(2026, 10, 2), date(2023, 7, 1)),
    Candidate("M-3", "赵** 186****1234", "basic", "城西店", None, date(2025, 1, 15)),
)


def found_by_tail() -> TillAnswer:
    """Three members have these four digits."""
    verdict = Verdict(VerdictKind.READY, Reason.MEMBERS_FOUND, {"count": len(CANDIDATES)})
    return facts.answer(verdict, 2, customer=facts.customer(member=None, amount_minor=None, candidates=CANDIDATES))


def unknown_number() -> TillAnswer:
    """Nobody has this number."""
    return facts.answer(Verdict(VerdictKind.REFUSED, Reason.MEMBER_UNKNOWN), 2)


def effects() -> UndoEffects:
    """One coupon comes back, twenty points go."""
    return UndoEffects(231, (CouponBack(facts.HUNDRED_OFF_20, date(2026, 11, 30), 2000),), points=-20)


def effects_of_purchase() -> UndoEffects:
    """Three coupons come back, with points and a coupon that was given for the purchase."""
    coupons = (
        CouponBack(facts.HUNDRED_OFF_20, facts.TODAY, 2000),
        CouponBack(facts.SHAMPOO_10, date(2026, 11, 30), 1000),
        CouponBack(BONUS_5, date(2026, 12, 31), 500),
    )
    return UndoEffects(235, coupons, points=-103, issued=1)


def effects_too_late() -> UndoEffects:
    """Only a supervisor may take it back by now."""
    verdict = Verdict(VerdictKind.SUPERVISOR, Reason.VOID_TOO_LATE, {"seq": 231, "limit": 30})
    return replace(effects(), refusal=verdict)
