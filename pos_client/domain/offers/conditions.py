"""What must hold before an offer gives anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_client.domain.basket import Basket, BasketLine


class MemberNeed(StrEnum):
    """Whether a member must be known."""

    NONE = "none"
    ANY = "any"
    BOUND = "bound"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions of an offer; an empty set allows all.

    Attributes:
        min_spend_minor: amount of the lines in scope.
        categories, brands, gtins: scope; a line is in it when each set that is not empty holds it.
        stores: store numbers.
        member: whether a member must be known, or the very member to whom the coupon is bound.
        levels: member levels.
        starts, ends: first and last day in the store's calendar.
        weekdays: ISO weekdays, Monday 1.
        per_member_per_day: 0 is no limit.
    """

    min_spend_minor: int = 0
    categories: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    gtins: frozenset[str] = frozenset()
    stores: frozenset[int] = frozenset()
    member: MemberNeed = MemberNeed.NONE
    levels: frozenset[str] = frozenset()
    starts: date | None = None
    ends: date | None = None
    weekdays: frozenset[int] = frozenset()
    per_member_per_day: int = 0

    @property
    def is_scoped(self) -> bool:
        """Whether only some lines count."""
        return bool(self.categories or self.brands or self.gtins)

    def in_scope(self, lines: Iterable[BasketLine]) -> tuple[int, ...]:
        """Places of the lines that count."""
        return tuple(place for place, line in enumerate(lines) if self._holds(line))

    def scope_minor(self, basket: Basket) -> int:
        """Amount of the lines that count; of a bare amount, all of it."""
        if not basket.lines:
            return basket.total_minor
        return sum(basket.lines[place].amount_minor for place in self.in_scope(basket.lines))

    def _holds(self, line: BasketLine) -> bool:
        return (
            (not self.categories or line.category in self.categories)
            and (not self.brands or line.brand in self.brands)
            and (not self.gtins or line.gtin in self.gtins)
        )
