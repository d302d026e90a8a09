"""What the centre lent to this booth, in the use-cases' own words.

Apart from the cache of members and coupons because only deeds that give something away ask. Reading only: what this
lane gave away since stands in the journal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StockLine:
    """Things of one kind at a booth; at ``low`` and below somebody should bring more."""

    item: str
    quantity: int
    low: int = 0


@dataclass(frozen=True, slots=True)
class PooledCoupon:
    """A coupon that the centre signed and this lane may issue.

    Attributes:
        text: of its code, as it is shown and printed.
        first_day, last_day: in the store's calendar, the last one included.
        value_minor: carried by the coupon, 0 where the offer says it.
    """

    coupon_id: str
    campaign: int
    text: str
    first_day: date
    last_day: date
    value_minor: int


@dataclass(frozen=True, slots=True)
class PooledMember:
    """A number with its reference and card that this lane may give to somebody whom it binds."""

    number: int
    ref: str
    card: str


class BoothData(Protocol):
    """Pools, stock and stamps as the centre knew them."""

    def applied(self, device: str) -> tuple[int, int]:
        """Up to which entry (epoch, seq) of a device the data has counted; (0, 0) for none."""

    def stamps_of(self, member_number: int) -> Mapping[str, int]:
        """Stamps on a member's cards, by card."""

    def refs_of(self, ref: str) -> Sequence[str]:
        """All references under which a member's entries may stand: his own, and those he had before a merge."""

    def stock(self, booth: str) -> Sequence[StockLine]:
        """What lay at a booth when the data was made."""

    def pool_coupons(self, campaign: int, on: date) -> Iterator[PooledCoupon]:
        """Coupons of a campaign that this lane may issue on a day, the first to expire first; some may be gone."""

    def pool_of(self, coupon_id: str) -> int | None:
        """Which lane may issue a coupon; None where it is in no pool of this store (any more)."""

    def pool_members(self) -> Iterator[PooledMember]:
        """Numbers that this lane may give to members whom it binds; some may be gone."""
