"""The best combination of coupons for a basket; ``docs/offers.md`` says what that means.

Pure: no clock, no chance. What it finds does not depend on the order of coupons or lines, unless time runs out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pos_client.domain.basket import Basket

from .layout import lay_out
from .reasons import Alternative, alternatives, given_beside, left_out
from .rules import Candidate, Left, LeftOut, admit
from .search import Search
from .shares import Applied, applied

__all__ = ["Alternative", "Applied", "Best", "Candidate", "Left", "LeftOut", "best"]


@dataclass(frozen=True, slots=True)
class Best:
    """The best combination that was found.

    Attributes:
        chosen: coupons to use, in the order in which they apply.
        saving_minor: what they take off together.
        bound_minor: the most that any combination can take off; equal to the saving where that is proven.
        left_out: all other coupons that take money off, or nothing here, with the reason.
        alternatives: up to two other sets, the better one first.
        beside: coupons that take no money off and may be used as well.
    """

    chosen: tuple[Applied, ...]
    saving_minor: int
    bound_minor: int
    left_out: tuple[LeftOut, ...]
    alternatives: tuple[Alternative, ...] = ()
    beside: tuple[Candidate, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether no combination saves more."""
        return self.bound_minor == self.saving_minor


def best(
    basket: Basket,
    candidates: Sequence[Candidate],
    is_time_up: Callable[[], bool] = lambda: False,
    caps: Mapping[int, Left] | None = None,
) -> Best:
    """Choose the coupons that save most.

    Args:
        basket: what is bought; a bare amount is one line of an unknown kind.
        candidates: the coupons that might be used, in any order; whoever calls has judged dates, stores and members.
        is_time_up: asked again and again; once it is true the best so far is returned.
        caps: by campaign, what is left of it to this member; a campaign that is absent has no such limit.

    Returns:
        Never a saving greater than the basket's amount.
    """
    limits = caps or {}
    admission = admit(basket, candidates, limits)
    puzzle = lay_out(basket, admission.admitted, limits)
    search = Search(puzzle, is_time_up)
    search.run()
    found, bound = search.best, search.bound
    used = [puzzle.coupons[place].candidate for place in puzzle.places(found.used)]
    beside, refused = given_beside(admission.beside, used, limits)
    others = alternatives(puzzle, search, is_time_up)
    return Best(
        chosen=applied(basket, found),
        saving_minor=found.saving,
        bound_minor=bound,
        left_out=(*left_out(puzzle, found.used, limits), *admission.left_out, *refused),
        alternatives=others,
        beside=beside,
    )
