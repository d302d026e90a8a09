"""The best set of coupons for the purchase in hand, as a clerk sees it: what is ticked, why, and what else could be.

Reading only, apart from deciding: it asks the check that every code is asked, with all coupons of the customer at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from pos_client.domain.basket import Basket
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.judge import Refusal, basket_refusal
from pos_client.domain.offers.offer import Stacking
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, Use, Verdict, VerdictKind

from .appraise import Case, refused
from .check_code import CheckCode
from .desk import Desk
from .recognise import CouponShown, recognise
from .set_view import CouponSet, NextTier, OtherSet, SetRow
from .transaction import Request

FITS: Final = frozenset({Reason.CAN_REDEEM, Reason.CONFIRM})
# Only other coupons stand in its way: ticking it may put one of those aside.
_OTHERS_IN_THE_WAY: Final = frozenset({Reason.NOT_STACKABLE, Reason.BETTER_WITHOUT, Reason.TRANSACTION_LIMIT})
_NONE: Final = Verdict(VerdictKind.READY, Reason.SET_EMPTY)
# So many thresholds are tried for what a little more would bring.
_TIERS: Final = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """What the customer of this purchase has.

    Attributes:
        shown: member, basket, his coupons (``picked``) and codes that were shown and wait.
        wanted: ids that are ticked; None for whatever saves most.
        gone: coupons that turned out to be used elsewhere since.
    """

    shown: Request
    wanted: frozenset[str] | None = None
    gone: Mapping[str, Use] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BestSet:
    """A set, and what to ask for when it is redeemed (``asked``; without a coupon where none is ticked)."""

    shown: CouponSet
    asked: Request


def best_set(desk: Desk, offered: Offered) -> BestSet:
    """What is ticked, why and why not, other sets, and the next tier.

    Raises:
        CacheMissing: before the first data.
    """
    own = _coupons(desk, offered)
    amount = offered.shown.basket.total_minor if offered.shown.basket else None
    locked: tuple[SetRow, ...] = ()
    if _is_by_phone(offered.shown):
        locked = _proof_needed(desk, offered, [coupon for coupon in own.values() if not coupon.text])
        own = {key: coupon for key, coupon in own.items() if coupon.text}
    if not own or amount is None:
        return BestSet(CouponSet(amount, rows=locked if amount else ()), _only(offered.shown, own, ()))
    best = _check(desk, offered.shown, own, own)
    by_id = {outcome.id: _plainer(outcome, own[outcome.id].facts, offered.shown.basket) for outcome in best.coupons}
    ticked = by_id
    if offered.wanted is not None:
        wanted = _check(desk, offered.shown, own, [key for key in own if key in offered.wanted])
        ticked = {outcome.id: outcome for outcome in wanted.coupons}
    rows = tuple(_row(by_id[key], ticked.get(key), own[key].facts) for key in own if key in by_id)
    rows = tuple(sorted(rows, key=_place))
    used = tuple(row.outcome.id for row in rows if row.outcome.used)
    saving = sum(row.outcome.discount_minor for row in rows if row.outcome.used)
    shown = CouponSet(
        amount_minor=amount,
        saving_minor=saving,
        best_minor=best.discount_minor if _fitting(best) else 0,
        rows=(*rows, *locked),
        sets=_sets(best, by_id, frozenset(used)),
        next_tier=_next_tier(desk, offered.shown, own, (saving, rows)),
    )
    return BestSet(shown, _only(offered.shown, own, used))


def beside(desk: Desk, shown: Request, ticked: Iterable[str], added: str) -> frozenset[str]:
    """What is ticked once one more is: whatever may not stand beside it is unticked."""
    own = _coupons(desk, Offered(shown))
    new = _stacking(own.get(added))
    kept = [key for key in ticked if not _clash(new, _stacking(own.get(key)))]
    return frozenset({*kept, added})


@dataclass(frozen=True, slots=True)
class _Coupon:
    """A coupon of the customer; ``text`` of its code, where it was shown."""

    facts: CouponFacts
    text: str = ""


_Coupons = Mapping[str, _Coupon]


def _coupons(desk: Desk, offered: Offered) -> dict[str, _Coupon]:
    """All coupons by id, those that are known to be used since with that use."""
    own = {coupon.coupon_id: _Coupon(coupon) for coupon in offered.shown.picked}
    time = desk.trusted_time()
    for text in offered.shown.codes:
        shown = recognise(desk, text, time)
        if isinstance(shown, CouponShown) and shown.facts.coupon_id:
            own[shown.facts.coupon_id] = _Coupon(shown.facts, text)
    for key, use in offered.gone.items():
        if key in own:
            facts = own[key].facts
            own[key] = _Coupon(replace(facts, uses=(*facts.uses, use)))
    return own


def _only(shown: Request, own: _Coupons, keys: Iterable[str]) -> Request:
    """The same request with these coupons and no others: by their codes, where those were shown."""
    chosen = [own[key] for key in keys]
    codes = tuple(coupon.text for coupon in chosen if coupon.text)
    return replace(shown, codes=codes, picked=tuple(coupon.facts for coupon in chosen if not coupon.text))


def _check(desk: Desk, shown: Request, own: _Coupons, keys: Iterable[str]) -> Verdict:
    chosen = tuple(keys)
    return CheckCode(desk)(_only(shown, own, chosen)) if chosen else _NONE


def _is_by_phone(shown: Request) -> bool:
    return shown.member is not None and shown.member.presence.proof == "phone"


def _proof_needed(desk: Desk, offered: Offered, own: Iterable[_Coupon]) -> tuple[SetRow, ...]:
    """A phone number alone entitles to nothing: what is there may be seen and not used."""
    member = offered.shown.member
    context = desk.context(desk.trusted_time(), offered.shown.basket, member.presence if member else None)
    cases = [Case(coupon.facts, context, "", member.view if member else None) for coupon in own]
    return tuple(SetRow(refused(desk, case, Refusal(Reason.PROOF_NEEDED)).coupons[0]) for case in cases)


def _plainer(outcome: CouponOutcome, facts: CouponFacts, basket: Basket | None) -> CouponOutcome:
    """What the goods lack comes before what other coupons shut out: a customer can buy more, and knows it then."""
    missing = basket_refusal(facts.offer, basket) if facts.offer and outcome.why in _OTHERS_IN_THE_WAY else None
    return replace(outcome, why=missing.reason, facts=missing.facts) if missing else outcome


def _row(best: CouponOutcome, ticked: CouponOutcome | None, facts: CouponFacts) -> SetRow:
    """``best``: beside all others. ``ticked``: beside those that are ticked, None where it is not."""
    may = best.why in FITS | _OTHERS_IN_THE_WAY
    use = facts.last_use() if best.why is Reason.ALREADY_USED else None
    if ticked is not None:
        return SetRow(replace(ticked, used=ticked.why in FITS), can_tick=may, use=use)
    return SetRow(replace(best, used=False, discount_minor=0), can_tick=may, is_left_aside=best.why in FITS, use=use)


def _place(row: SetRow) -> tuple[bool, bool, int]:
    """Ticked ones first, then those that could be; the order within stays that of the customer's list."""
    return (not row.outcome.used, not row.can_tick, -row.outcome.discount_minor)


def _fitting(verdict: Verdict) -> tuple[CouponOutcome, ...]:
    return tuple(outcome for outcome in verdict.coupons if outcome.why in FITS)


def _sets(best: Verdict, by_id: Mapping[str, CouponOutcome], ticked: frozenset[str]) -> tuple[OtherSet, ...]:
    """The best set first, then the others that the search found."""
    first = tuple(outcome.id for outcome in _fitting(best))
    if not first:
        return ()
    found = [OtherSet(first, best.discount_minor, is_chosen=frozenset(first) == ticked)]
    for other in best.choice.others if best.choice else ():
        kept = [by_id[key] for key in first if key not in other.coupons and key in by_id]
        days = [outcome.ends for outcome in kept if outcome.ends]
        found.append(
            OtherSet(
                other.coupons,
                other.saving_minor,
                best.discount_minor - other.saving_minor,
                tuple(outcome.name for outcome in kept if outcome.name),
                min(days) if days else None,
                frozenset(other.coupons) == ticked,
            )
        )
    return tuple(found)


def _next_tier(desk: Desk, shown: Request, own: _Coupons, now: tuple[int, tuple[SetRow, ...]]) -> NextTier | None:
    """The nearest threshold that would save more than what is ticked now (what it saves, all rows)."""
    saving, rows = now
    below = [row.outcome for row in rows if row.outcome.why is Reason.BELOW_THRESHOLD and row.outcome.name]
    below.sort(key=lambda outcome: _minor(outcome, "missing_minor"))
    for outcome in below[:_TIERS]:
        missing = _minor(outcome, "missing_minor")
        basket = shown.basket
        if basket is None or basket.lines or outcome.name is None:
            return None
        more = _check(desk, replace(shown, basket=_with_more(basket, missing)), own, own)
        if _fitting(more) and more.discount_minor > saving:
            threshold = _minor(outcome, "threshold_minor")
            return NextTier(outcome.name, missing, threshold, more.discount_minor - saving)
    return None


def _with_more(basket: Basket, more_minor: int) -> Basket:
    return replace(basket, total_minor=basket.total_minor + more_minor)


def _minor(outcome: CouponOutcome, name: str) -> int:
    value = outcome.facts.get(name, 0)
    return value if isinstance(value, int) else 0


def _stacking(coupon: _Coupon | None) -> Stacking:
    return coupon.facts.offer.stacking if coupon and coupon.facts.offer else Stacking()


def _clash(one: Stacking, other: Stacking) -> bool:
    return one.exclusive or other.exclusive or bool(one.group and one.group == other.group)
