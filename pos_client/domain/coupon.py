"""What is known of one coupon when it is judged: from its code, the cache, the journal and the claims together."""

from dataclasses import dataclass
from datetime import date, datetime

from .offers.offer import Offer
from .verdict import Use


@dataclass(frozen=True, slots=True)
class Lease:
    """A coupon lent to one store: redeemable there without the network, refused everywhere else meanwhile."""

    store: int
    until: datetime


@dataclass(frozen=True, slots=True)
class CouponFacts:
    """One coupon as far as it is known here.

    Attributes:
        coupon_id: its name everywhere.
        code_kind: ``signed_coupon`` or ``opaque_coupon``.
        genuine: the signature is good (signed), or the centre's data holds it (opaque).
        offer: its campaign; None where this store's data does not know it.
        first_day, last_day: in the store's calendar, the last one included.
        home_store: store number, 0 for any.
        value_minor: carried by the coupon, 0 where the offer says it.
        member_tag: 16-bit tag of the member it is bound to, 0 for a bearer coupon.
        member_ref: the member it is bound to where the cache knows him, else empty.
        uses: all uses known here that were not taken back.
        revoked: the centre has taken it back.
        lease: where it is lent to, while that lasts.
    """

    coupon_id: str
    code_kind: str
    genuine: bool
    offer: Offer | None
    first_day: date | None = None
    last_day: date | None = None
    home_store: int = 0
    value_minor: int = 0
    member_tag: int = 0
    member_ref: str = ""
    uses: tuple[Use, ...] = ()
    revoked: bool = False
    lease: Lease | None = None

    @property
    def max_uses(self) -> int:
        """How often it may be used."""
        return self.offer.max_uses if self.offer else 1

    @property
    def is_bound(self) -> bool:
        """Whether it belongs to one member."""
        return bool(self.member_tag or self.member_ref)

    def next_use_no(self) -> int | None:
        """The first use number that nobody has taken, or None where all are gone."""
        taken = {use.use_no for use in self.uses}
        return next((number for number in range(1, self.max_uses + 1) if number not in taken), None)

    def last_use(self) -> Use | None:
        """The latest use."""
        return max(self.uses, key=lambda use: (use.at is not None, use.at or 0, use.use_no), default=None)
