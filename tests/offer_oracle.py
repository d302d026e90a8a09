"""The best combination by trying everything: from docs/offers.md alone, slow, sharing no code with the search."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pos_client.domain.basket import Basket, BasketLine
from pos_client.domain.offers.combination import Candidate, Left
from pos_client.domain.offers.effects import AmountOff, FixedPrice, ItemOff, PercentOff
from pos_client.domain.offers.offer import Offer

Taken = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Answer:
    """What is saved, and by which coupons."""

    saving: int
    ids: tuple[str, ...]


def lines_of(basket: Basket) -> list[BasketLine]:
    return list(basket.lines) or [BasketLine("", "", "", "", 1, basket.total_minor)]


def in_scope(candidate: Candidate, basket: Basket) -> list[int]:
    c = candidate.offer.conditions
    if not basket.lines:
        return [0]
    found = []
    for place, line in enumerate(basket.lines):
        wanted = (c.categories, line.category), (c.brands, line.brand), (c.gtins, line.gtin)
        barred = line.category in c.except_categories or line.gtin in c.except_gtins
        if all(not names or name in names for names, name in wanted) and not barred:
            found.append(place)
    return found


def is_item(candidate: Candidate) -> bool:
    return isinstance(candidate.offer.effects[0], ItemOff | FixedPrice)


def is_open(candidate: Candidate, basket: Basket) -> bool:
    """Section 1."""
    c, lines = candidate.offer.conditions, lines_of(basket)
    places = in_scope(candidate, basket)
    if not basket.lines and (is_item(candidate) or c.min_quantity):
        return False
    spend = sum(lines[place].quantity * lines[place].unit_minor for place in places)
    return spend >= c.min_spend_minor and sum(lines[place].quantity for place in places) >= c.min_quantity


def _left(offer: Offer, caps: dict[int, Left]) -> tuple[int | None, int | None]:
    left = caps.get(offer.number, Left())
    return left.in_all, left.today


def may_be_together(chosen: tuple[Candidate, ...], caps: dict[int, Left]) -> bool:
    """Section 2."""
    for one, two in itertools.combinations([each.offer for each in chosen], 2):
        if one.stacking.group and one.stacking.group == two.stacking.group:
            return False
        if one.stacking.exclusive or two.stacking.exclusive:
            return False
        if one.number in two.stacking.not_with or two.number in one.stacking.not_with:
            return False
    for offer in (each.offer for each in chosen):
        used = sum(1 for each in chosen if each.offer.number == offer.number)
        limit = offer.conditions.per_transaction
        if (limit and used > limit) or any(left is not None and used > left for left in _left(offer, caps)):
            return False
    return True


def day(candidate: Candidate) -> int:
    return candidate.ends.toordinal() if candidate.ends else 10**9


def order(candidate: Candidate) -> tuple[int, int, int, int, str]:
    offer = candidate.offer
    return (offer.stacking.order, offer.number, candidate.value_minor, day(candidate), candidate.coupon_id)


def half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def off_piece(candidate: Candidate, price: int) -> int:
    """Section 3."""
    effect = candidate.offer.effects[0]
    if isinstance(effect, FixedPrice):
        return max(0, price - effect.price_minor)
    assert isinstance(effect, ItemOff)
    if effect.amount_minor:
        return min(price, effect.amount_minor)
    return half_up(Fraction(price * effect.percent_hundredths, 10_000))


def off_scope(candidate: Candidate, total: int) -> int:
    """Section 4."""
    effect = candidate.offer.effects[0]
    if isinstance(effect, AmountOff):
        return min(candidate.value_minor or effect.amount_minor, total)
    assert isinstance(effect, PercentOff)
    off = half_up(Fraction(total * effect.percent_hundredths, 10_000))
    return min(off, effect.cap_minor, total) if effect.cap_minor else min(off, total)


def shared(off: int, weights: list[int]) -> list[int]:
    """Largest remainders; the earlier one where they are equal."""
    exact = [Fraction(off * weight, sum(weights)) if off else Fraction(0) for weight in weights]
    parts = [int(part) for part in exact]
    for place in sorted(range(len(weights)), key=lambda each: (parts[each] - exact[each], each))[: off - sum(parts)]:
        parts[place] += 1
    return parts


def savings(wides: list[Candidate], basket: Basket, remains: list[int]) -> list[int]:
    """What each scope-wide coupon takes off, in turn; ``remains`` is what each line then costs."""
    scopes = [in_scope(candidate, basket) for candidate in wides]
    found = []
    for turn, candidate in enumerate(wides):
        heaps: dict[tuple[bool, ...], list[int]] = {}
        for place in scopes[turn]:
            further = tuple(place in scope for scope in scopes[turn + 1 :])
            heaps.setdefault(further, []).append(place)
        ordered = [heaps[key] for key in sorted(heaps, reverse=True)]
        off = off_scope(candidate, sum(remains[place] for places in ordered for place in places))
        parts = shared(off, [sum(remains[place] for place in places) for places in ordered])
        for places, part in zip(ordered, parts, strict=True):
            for place, share in zip(places, shared(part, [remains[place] for place in places]), strict=True):
                remains[place] -= share
                assert remains[place] >= 0
        found.append(off)
    return found


def ways_to_take(items: list[Candidate], basket: Basket, left: list[int]) -> Iterator[Taken]:
    """All ways in which item coupons can take pieces, each at least one that it makes cheaper."""
    if not items:
        yield ()
        return
    effect = items[0].offer.effects[0]
    assert isinstance(effect, ItemOff | FixedPrice)
    lines = lines_of(basket)
    places = [place for place in in_scope(items[0], basket) if off_piece(items[0], lines[place].unit_minor)]
    for count in range(1, effect.units + 1):
        for taken in itertools.combinations_with_replacement(places, count):
            if all(taken.count(place) <= left[place] for place in taken):
                rest = [pieces - taken.count(place) for place, pieces in enumerate(left)]
                for others in ways_to_take(items[1:], basket, rest):
                    yield (taken, *others)


def best_of_set(chosen: tuple[Candidate, ...], basket: Basket) -> int:
    """The most that just these coupons save, each of them at least something; -1 where that is not possible."""
    items = [candidate for candidate in chosen if is_item(candidate)]
    wides = sorted((candidate for candidate in chosen if not is_item(candidate)), key=order)
    lines, best, seen = lines_of(basket), -1, set()
    for taken in ways_to_take(items, basket, [line.quantity for line in lines]):
        remains = [line.quantity * line.unit_minor for line in lines]
        for candidate, places in zip(items, taken, strict=True):
            for place in places:
                remains[place] -= off_piece(candidate, lines[place].unit_minor)
        if tuple(remains) in seen:
            continue
        seen.add(tuple(remains))
        by_pieces = basket.total_minor - sum(remains)
        by_scope = savings(wides, basket, remains)
        if all(by_scope):
            best = max(best, by_pieces + sum(by_scope))
    return best


def preference(chosen: tuple[Candidate, ...]) -> tuple[list[int], list[str]]:
    """Section 5: the smaller is preferred among sets that save the same."""
    return (
        sorted((day(candidate) for candidate in chosen), reverse=True),
        sorted((candidate.coupon_id for candidate in chosen), reverse=True),
    )


def ranking(basket: Basket, candidates: tuple[Candidate, ...], caps: dict[int, Left]) -> list[Answer]:
    """All sets that are allowed, the best first."""
    usable = [candidate for candidate in candidates if is_open(candidate, basket)]
    found = []
    for count in range(len(usable) + 1):
        for chosen in itertools.combinations(usable, count):
            if may_be_together(chosen, caps):
                saving = best_of_set(chosen, basket)
                if saving >= 0:
                    found.append((-saving, preference(chosen), chosen))
    found.sort(key=lambda each: each[:2])
    return [Answer(-saving, tuple(sorted(each.coupon_id for each in chosen))) for saving, _, chosen in found]
