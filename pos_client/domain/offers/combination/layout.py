"""Writes a basket and the admitted coupons as a ``Puzzle``.

Apart from ``puzzle``, which says what the numbers mean, because this is where they come from.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pos_client.domain.basket import Basket
from pos_client.domain.offers.effects import WHOLE_PRICE, AmountOff, PercentOff

from .kinds import likeness, most_off, pieces_of
from .puzzle import NO_CAP, Kind, Puzzle, Taker, Wide
from .rules import Admitted, Left, clash, expiry, most_of

Bits = tuple[int, ...]


def lay_out(basket: Basket, coupons: Sequence[Admitted], caps: Mapping[int, Left]) -> Puzzle:
    """Write basket and coupons as numbers; the coupons stand in the order in which they apply."""
    count = len(coupons)
    bits = tuple(1 << (count - 1 - place) for place in range(count))
    wides = tuple(_wide(coupon) for coupon in coupons)
    clashes, runs = _clashes(coupons, bits), _runs(coupons, bits)
    cells, cell_of = _cells(basket, coupons, bits)
    kinds, takers = pieces_of(basket, coupons, cell_of)
    taker_of = _taker_of(takers, count)
    alone = _alone(basket, coupons, wides, kinds, [takers[number] if number >= 0 else None for number in taker_of])
    idle = _idle(coupons, bits, runs, alone, caps)
    capped = _capped(coupons, bits, idle, caps)
    return Puzzle(
        coupons=tuple(coupons),
        bits=bits,
        wides=wides,
        takers=takers,
        taker_of=taker_of,
        cells=cells,
        kinds=kinds,
        costs=_costs(coupons),
        clashes=clashes,
        runs=runs,
        capped=capped,
        buckets=_buckets(clashes, bits, capped),
        exclusive=_union(bit for bit, each in zip(bits, coupons, strict=True) if _offer_is_exclusive(each)),
        idle=idle,
        alone=alone,
    )


def _alone(
    basket: Basket,
    coupons: Sequence[Admitted],
    wides: Sequence[Wide | None],
    kinds: Sequence[Kind],
    takers: Sequence[Taker | None],
) -> tuple[int, ...]:
    """What each coupon saves without the others."""
    found = []
    for coupon, wide, taker in zip(coupons, wides, takers, strict=True):
        by_pieces = most_off(taker.offs, kinds, taker.units) if taker else 0
        found.append(wide.off(_amount(basket, coupon)) if wide else by_pieces)
    return tuple(found)


def _union(bits: Iterable[int]) -> int:
    total = 0
    for bit in bits:
        total |= bit
    return total


def _offer_is_exclusive(coupon: Admitted) -> bool:
    return coupon.candidate.offer.stacking.exclusive


def _amount(basket: Basket, coupon: Admitted) -> int:
    if not basket.lines:
        return basket.total_minor
    return sum(basket.lines[place].amount_minor for place in coupon.lines)


def _wide(coupon: Admitted) -> Wide | None:
    effect = coupon.effect
    if isinstance(effect, PercentOff):
        return Wide(effect.percent_hundredths, effect.cap_minor or NO_CAP)
    if isinstance(effect, AmountOff):
        return Wide(WHOLE_PRICE, coupon.candidate.value_minor or effect.amount_minor)
    return None


def _clashes(coupons: Sequence[Admitted], bits: Bits) -> Bits:
    found = [0] * len(coupons)
    for place, coupon in enumerate(coupons):
        for other in range(place):
            if clash(coupon.candidate.offer, coupons[other].candidate.offer):
                found[place] |= bits[other]
                found[other] |= bits[place]
    return tuple(found)


def _runs(coupons: Sequence[Admitted], bits: Bits) -> tuple[tuple[int, int], ...]:
    """Coupons that are alike stand together, the one that is used first in front."""
    members: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, coupon in enumerate(coupons):
        members[likeness(coupon)].append(place)
    found = []
    for place, coupon in enumerate(coupons):
        alike = members[likeness(coupon)]
        earlier = _union(bits[other] for other in alike if other < place)
        found.append((earlier, _union(bits[other] for other in alike if other > place)))
    return tuple(found)


def _cells(
    basket: Basket, coupons: Sequence[Admitted], bits: Bits
) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Cells, the coupons that reach a cell and its amount; and the cell of each line."""
    amounts = [line.amount_minor for line in basket.lines] or [basket.total_minor]
    keys = [0] * len(amounts)
    for coupon, bit in zip(coupons, bits, strict=True):
        if not coupon.is_item:
            for place in coupon.lines:
                keys[place] |= bit
    order = {key: number for number, key in enumerate(sorted(set(keys), reverse=True))}
    sums = [0] * len(order)
    for key, amount in zip(keys, amounts, strict=True):
        sums[order[key]] += amount
    return tuple(zip(order, sums, strict=True)), tuple(order[key] for key in keys)


def _taker_of(takers: tuple[Taker, ...], count: int) -> tuple[int, ...]:
    found = [-1] * count
    for number, taker in enumerate(takers):
        for place in taker.coupons:
            found[place] = number
    return tuple(found)


def _costs(coupons: Sequence[Admitted]) -> tuple[int, ...]:
    """A number for each, so that sums compare: last days from the latest down, then how many, then ids from the last.

    A set without its last-expiring coupon is cheaper than any change among the others makes up for; so what expires
    late stays in the customer's wallet, and no coupon is spent for nothing.
    """
    days = sorted({expiry(coupon.candidate) for coupon in coupons})
    names = sorted((coupon.candidate.coupon_id, place) for place, coupon in enumerate(coupons))
    number = {place: rank for rank, (_, place) in enumerate(names)}
    count = len(coupons)
    return tuple(
        ((count + 1) ** days.index(expiry(coupon.candidate)) << count) + (1 << number[place])
        for place, coupon in enumerate(coupons)
    )


def _idle(
    coupons: Sequence[Admitted],
    bits: Bits,
    runs: tuple[tuple[int, int], ...],
    alone: tuple[int, ...],
    caps: Mapping[int, Left],
) -> int:
    idle = 0
    for place, coupon in enumerate(coupons):
        offer = coupon.candidate.offer
        limit = 1 if clash(offer, offer) else most_of(offer, caps)
        if alone[place] == 0 or (limit is not None and runs[place][0].bit_count() >= limit):
            idle |= bits[place]
    return idle


def _capped(
    coupons: Sequence[Admitted], bits: Bits, idle: int, caps: Mapping[int, Left]
) -> tuple[tuple[int, int], ...]:
    found = {}
    for coupon in coupons:
        limit = most_of(coupon.candidate.offer, caps)
        mask = _union(bit for bit, each in zip(bits, coupons, strict=True) if each.campaign == coupon.campaign) & ~idle
        if limit is not None and mask.bit_count() > limit:
            found[coupon.campaign] = (mask, limit)
    return tuple(found.values())


def _buckets(clashes: Bits, bits: Bits, capped: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Each coupon in one bucket of which only so many can be used: sets that clash pairwise, or capped campaigns."""
    cliques: list[int] = []
    capped_only = {
        mask & ~_union(bit for bit, clash_bits in zip(bits, clashes, strict=True) if clash_bits): limit
        for mask, limit in capped
    }
    spoken_for = _union(capped_only)
    for bit, clashing in zip(bits, clashes, strict=True):
        if bit & spoken_for:
            continue
        for number, members in enumerate(cliques):
            if members & ~clashing == 0:
                cliques[number] |= bit
                break
        else:
            cliques.append(bit)
    return (*((mask, limit) for mask, limit in capped_only.items()), *((members, 1) for members in cliques))
