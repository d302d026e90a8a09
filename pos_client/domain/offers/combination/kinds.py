"""Pieces and item coupons that nothing tells apart become one, so that the search does not try their permutations.

Apart from ``layout`` because it is done again, more coarsely, once the set of coupons is settled.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from pos_client.domain.basket import Basket
from pos_client.domain.offers.effects import ItemEffect

from .heaps import Plan
from .puzzle import Kind, Puzzle, Taker
from .rules import Admitted


def likeness(coupon: Admitted) -> tuple[object, ...]:
    """Equal for coupons that do the same to the basket and are of one campaign."""
    return (coupon.campaign, coupon.candidate.value_minor, coupon.effect, coupon.lines)


def pieces_of(
    basket: Basket, coupons: Sequence[Admitted], cell_of: tuple[int, ...]
) -> tuple[tuple[Kind, ...], tuple[Taker, ...]]:
    """Kinds of pieces that item coupons may take, and the item coupons, those that are alike as one."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    reach: dict[int, dict[int, int]] = defaultdict(dict)
    for place, coupon in enumerate(coupons):
        if isinstance(coupon.effect, ItemEffect):
            alike[likeness(coupon)].append(place)
            for line in coupon.lines:
                off = coupon.effect.off(basket.lines[line].unit_minor)
                if off > 0:
                    reach[line][place] = off
    groups: dict[tuple[int, tuple[tuple[int, int], ...]], list[int]] = defaultdict(list)
    for line in sorted(reach, key=lambda place: _article(basket, place)):
        groups[cell_of[line], tuple(reach[line].items())].append(line)
    kinds = tuple(
        Kind(cell, sum(basket.lines[line].quantity for line in lines), tuple(lines))
        for (cell, _), lines in groups.items()
    )
    offs = [dict(profile) for _, profile in groups]
    takers = []
    for places in alike.values():
        own = {kind: profile[places[0]] for kind, profile in enumerate(offs) if places[0] in profile}
        takers.append(_taker(tuple(places), _units(coupons[places[0]]), own, kinds))
    return kinds, tuple(takers)


def most_off(offs: Mapping[int, int], kinds: Sequence[Kind], pieces: int) -> int:
    """The most that so many pieces can take off; ``offs`` names the best kind first."""
    total = 0
    for kind, off in offs.items():
        taken = min(pieces, kinds[kind].count)
        pieces, total = pieces - taken, total + taken * off
    return total


def coarser(puzzle: Puzzle, turns: Plan, coupons: int, hopeless: Container[tuple[int, int]] = ()) -> Puzzle:
    """The puzzle for one settled set: heaps, not cells, tell pieces apart, and campaigns no longer tell coupons apart.

    Args:
        puzzle: the finer one.
        turns: of the set's scope-wide coupons.
        coupons: the set.
        hopeless: takers with the kinds that they cannot take in any set that saves as much as the best so far.
    """
    takers = [
        replace(taker, coupons=members, offs={k: off for k, off in taker.offs.items() if (number, k) not in hopeless})
        for number, taker in enumerate(puzzle.takers)
        if (members := tuple(place for place in taker.coupons if puzzle.bits[place] & coupons))
    ]
    groups: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for number, kind in enumerate(puzzle.kinds):
        profile = tuple(taker.offs.get(number, 0) for taker in takers)
        if any(profile):
            groups[turns.heap_of[kind.cell], profile].append(number)
    kinds = tuple(_joined([puzzle.kinds[number] for number in members]) for members in groups.values())
    alike: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for place, taker in enumerate(takers):
        alike[taker.units, tuple(profile[place] for _, profile in groups)].extend(taker.coupons)
    merged = tuple(
        _taker(
            tuple(sorted(places, key=lambda place: puzzle.costs[place])),
            units,
            {kind: off for kind, off in enumerate(profile) if off},
            kinds,
        )
        for (units, profile), places in alike.items()
    )
    return replace(puzzle, kinds=kinds, takers=merged)


def _joined(kinds: list[Kind]) -> Kind:
    lines = tuple(line for kind in kinds for line in kind.lines)
    return Kind(kinds[0].cell, sum(kind.count for kind in kinds), lines)


def _units(coupon: Admitted) -> int:
    return coupon.effect.units if isinstance(coupon.effect, ItemEffect) else 0


def _taker(places: tuple[int, ...], units: int, offs: dict[int, int], kinds: tuple[Kind, ...]) -> Taker:
    ranked = dict(sorted(offs.items(), key=lambda item: (-item[1], item[0])))
    by_cell: dict[int, dict[int, int]] = defaultdict(dict)
    for kind, off in ranked.items():
        by_cell[kinds[kind].cell][kind] = off
    pieces = units * len(places)
    most = {cell: most_off(own, kinds, pieces) for cell, own in by_cell.items()}
    return Taker(places, units, ranked, most, most_off(ranked, kinds, pieces))


def _article(basket: Basket, place: int) -> tuple[int, str, str, str, int, int]:
    """Sorts lines in a way that does not depend on the order in which they were scanned."""
    line = basket.lines[place]
    return (-line.unit_minor, line.gtin, line.category, line.brand, line.quantity, place)
