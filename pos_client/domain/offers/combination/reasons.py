"""Why a coupon is not used, what may be given beside the chosen ones, and what else could have been chosen.

Apart from the search: it finds the best set and does not ask what a person wants to know about the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pos_client.domain.reasons import Reason

from .nodes import Solution
from .puzzle import Puzzle
from .rules import Candidate, Left, LeftOut, clash, expiry, most_of, of_limit
from .search import Search


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another set of coupons, and what it would save."""

    candidates: tuple[Candidate, ...]
    saving_minor: int


def refusal(candidate: Candidate, used: Sequence[Candidate], caps: Mapping[int, Left]) -> LeftOut | None:
    """Why a coupon cannot be used beside those that are; None where it could be."""
    offer = candidate.offer
    # The limit first, as docs/offers.md lists the reasons: it stays, whichever other coupons are used.
    limit = most_of(offer, caps)
    if limit is not None and sum(1 for other in used if other.offer.number == offer.number) >= limit:
        return of_limit(candidate, caps)
    for other in used:
        is_same = other.offer.number == offer.number
        if clash(offer, other.offer):
            return LeftOut(
                candidate,
                Reason.NOT_STACKABLE,
                {"campaign": other.offer.number, "other": other.offer.name, "is_same_campaign": int(is_same)},
            )
    return None


def left_out(puzzle: Puzzle, used: int, caps: Mapping[int, Left]) -> list[LeftOut]:
    """A reason for each coupon that could take money off and is not used."""
    chosen = [puzzle.coupons[place].candidate for place in puzzle.places(used)]
    found = []
    for place in puzzle.places(puzzle.everything & ~used):
        candidate = puzzle.coupons[place].candidate
        reason = refusal(candidate, chosen, caps) if puzzle.alone[place] else None
        found.append(reason or LeftOut(candidate, Reason.BETTER_WITHOUT))
    return found


def given_beside(
    candidates: Sequence[Candidate], used: Sequence[Candidate], caps: Mapping[int, Left]
) -> tuple[tuple[Candidate, ...], list[LeftOut]]:
    """Coupons that take no money off, the first to expire first, as far as the rules allow them beside the others."""
    taken: list[Candidate] = []
    refused: list[LeftOut] = []
    for candidate in sorted(candidates, key=lambda each: (expiry(each), each.offer.number, each.coupon_id)):
        reason = refusal(candidate, [*used, *taken], caps)
        if reason:
            refused.append(reason)
        else:
            taken.append(candidate)
    return tuple(taken), refused


def alternatives(puzzle: Puzzle, search: Search, is_time_up: Callable[[], bool]) -> tuple[Alternative, ...]:
    """Up to two other sets, each with a coupon that the best does not use: good ones, not proven ones."""
    best = search.best
    others: dict[int, Solution] = {}
    for place in puzzle.places(puzzle.everything & ~puzzle.idle & ~best.used):
        if is_time_up():
            break
        other = search.with_coupon(place)
        if other and other.used != best.used:
            others[other.used] = other
    ranked = sorted(others.values(), key=lambda each: (-each.saving, each.cost))[:2]
    return tuple(
        Alternative(tuple(puzzle.coupons[place].candidate for place in puzzle.places(each.used)), each.saving)
        for each in ranked
    )
