"""The port to the replaceable copy of the centre's data: what this lane knows of store, campaigns, coupons and members.

Apart from the other ports because it is asked and never written to; ``ports`` names it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.keyed_hash import KeyKind
from pos_client.domain.offers.offer import Offer
from pos_client.domain.store_profile import StaffMember, StoreProfile
from pos_client.domain.verdict import MemberView


@dataclass(frozen=True, slots=True)
class CachedMember:
    """A member as the cache knows him.

    Attributes:
        number: the centre's 64-bit number. tag: its 16-bit tag.
        view: what may be shown.
        purchases: how many of his purchases the centre knows. verified: the phone number is known to be his.
    """

    number: int
    tag: int
    view: MemberView
    purchases: int = 0
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the cache is: its generation, the centre's time of its newest data, and its limits."""

    generation: int
    as_of: datetime
    cursor: str


class Cache(Protocol):
    """The replaceable copy of the centre's data. Reading only; ``sync`` writes it."""

    def freshness(self) -> Freshness | None:
        """None before the first snapshot."""

    def set_aside(self) -> int:
        """How many rows of the centre could not be read, and count as unknown."""

    def fell_back(self) -> bool:
        """Whether the newest data cannot be read, so that what was there before serves until it is fetched anew."""

    def store(self) -> StoreProfile:
        """This store's profile. Raises CacheMissing."""

    def store_name(self, number: int) -> str:
        """Name of any store of the chain, empty where it is not known."""

    def staff(self) -> Sequence[StaffMember]:
        """Clerks, supervisors and promoters of this store."""

    def offer(self, number: int) -> Offer | None:
        """A campaign's offer."""

    def offers(self) -> Sequence[Offer]:
        """All campaigns of this store."""

    def signed_coupon(self, coupon: SignedCoupon, *, genuine: bool) -> CouponFacts:
        """A signed coupon joined with what the cache knows of it: offer, revocation, lease, uses."""

    def opaque_coupon(self, text: str) -> CouponFacts | None:
        """A coupon by its opaque id, or None where this cache does not hold it."""

    def member_by_number(self, number: int) -> CachedMember | None:
        """By the number in a slot code."""

    def member_by_card(self, card: str) -> CachedMember | None:
        """By card number or GSRN."""

    def member_by_phone(self, e164: str) -> Sequence[CachedMember]:
        """By phone number; more than one where two accounts share it."""

    def members_by_tail(self, digits: str, limit: int) -> Sequence[CachedMember]:
        """By the last four digits of the phone number: whoever it may be, never more than ``limit``."""

    def member_in_doubt(self, by: KeyKind, text: str, *, surely: bool = False) -> bool:
        """Whether the centre's word on the member whom this names could not be read.

        Args:
            by: member number, card, phone or the last four digits of it.
            text: of that kind.
            surely: leave out what may be about anybody, because it hides whose phone and card it is about.
        """

    def member_of_alias(self, ref: str) -> CachedMember | None:
        """The member that a provisional one turned out to be."""

    def coupons_of(self, member: CachedMember) -> Sequence[CouponFacts]:
        """The member's own coupons, earliest expiry first."""
