"""What must hold before an offer gives anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
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
        min_spend_minor: shelf prices of the lines in scope, before any coupon.
        min_quantity: pieces in scope.
        categories, brands, gtins: scope; a line is in it when each set that is not empty holds it.
        except_categories, except_gtins: lines that are never in scope.
        channels: where it may be redeemed (``counter``, ``kiosk``).
        new_member: only for a member who was bound today, or for whom no purchase is known.
        hours: local times of the day, from the first until before the second; any of them.
        stores: store numbers.
        member: whether a member must be known, or the very member to whom the coupon is bound.
        levels: member levels.
        starts, ends: first and last day in the store's calendar.
        weekdays: ISO weekdays, Monday 1.
        per_member_per_day, per_member: uses of the campaign by one member; 0 is no limit.
        per_transaction: coupons of the campaign in one purchase; 0 is no limit.
        total_uses: uses of the campaign's coupons by everybody in all stores together; 0 is no limit.
    """

    min_spend_minor: int = 0
    min_quantity: int = 0
    categories: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    gtins: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    except_gtins: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    stores: frozenset[int] = frozenset()
    member: MemberNeed = MemberNeed.NONE
    new_member: bool = False
    levels: frozenset[str] = frozenset()
    starts: date | None = None
    ends: date | None = None
    weekdays: frozenset[int] = frozenset()
    hours: tuple[tuple[time, time], ...] = ()
    per_member_per_day: int = 0
    per_member: int = 0
    per_transaction: int = 0
    total_uses: int = 0

    @property
    def is_scoped(self) -> bool:
        """Whether only some lines count."""
        return bool(self.categories or self.brands or self.gtins or self.except_categories or self.except_gtins)

    def is_open_at(self, clock: time) -> bool:
        """Whether the hour of the day suits; a span that ends before it begins runs over midnight."""
        return not self.hours or any(
            first <= clock < last if first < last else clock >= first or clock < last for first, last in self.hours
        )

    def in_scope(self, lines: Iterable[BasketLine]) -> tuple[int, ...]:
        """Places of the lines that count."""
        return tuple(place for place, line in enumerate(lines) if self._holds(line))

    def pieces(self, basket: Basket) -> int:
        """How many pieces count; of a bare amount none is known."""
        return sum(basket.lines[place].quantity for place in self.in_scope(basket.lines))

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
            and line.category not in self.except_categories
            and line.gtin not in self.except_gtins
        )
