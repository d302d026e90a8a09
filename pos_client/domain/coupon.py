"""What is known of one coupon when it is judged: from its code, the cache, the journal and the claims together."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from .offers.effects import AmountOff, money_effect
from .offers.offer import Offer
from .verdict import Use

MOST_PARTS: Final = 10_000


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
        issued: somebody was given it; a coupon of a pool is nobody's before.
        lease: where it is lent to, while that lasts.
        readable: what the centre said of it, or of its campaign, could be read; else nobody here knows.
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
    issued: bool = True
    lease: Lease | None = None
    readable: bool = True

    @property
    def max_uses(self) -> int:
        """How often it may be used; a red packet as often as something is left in it."""
        if self.is_partial:
            return MOST_PARTS
        return self.offer.max_uses if self.offer else 1

    @property
    def is_partial(self) -> bool:
        """Whether it is a red packet, whose rest stays for another purchase; a percentage has no rest."""
        return self.offer is not None and self.offer.partial and self.face_minor > 0

    @property
    def face_minor(self) -> int:
        """What it is worth when nobody has used it: its own value, else the offer's amount; 0 where that depends."""
        effect = money_effect(self.offer.effects) if self.offer else None
        return self.value_minor or (effect.amount_minor if isinstance(effect, AmountOff) else 0)

    @property
    def left_minor(self) -> int:
        """What is left in a red packet; of other coupons their value."""
        taken = sum(use.value_minor for use in self.uses) if self.is_partial else 0
        return max(0, self.face_minor - taken)

    @property
    def is_bound(self) -> bool:
        """Whether it belongs to one member."""
        return bool(self.member_tag or self.member_ref)

    def next_use_no(self) -> int | None:
        """The first use number that nobody has taken, or None where all are gone."""
        if self.is_partial and not self.left_minor:
            return None
        taken = {use.use_no for use in self.uses}
        return next((number for number in range(1, self.max_uses + 1) if number not in taken), None)

    def last_use(self) -> Use | None:
        """The latest use."""
        return max(self.uses, key=lambda use: (use.at is not None, use.at or 0, use.use_no), default=None)
