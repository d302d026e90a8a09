"""The desk: everything that a deed at this counter reaches for, and who acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import SystemRandom
from typing import Final

from pos_client.domain.basket import Basket
from pos_client.domain.business_time import local_date
from pos_client.domain.errors import DeviceRevoked
from pos_client.domain.judge import Alone, MemberPresence, TillContext
from pos_client.domain.limits import Limits
from pos_client.domain.offers.offer import Offer
from pos_client.domain.pins import PinBook
from pos_client.domain.trade_policy import TradePolicy
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import Use

from .booth_port import BoothData
from .claim_port import Claims, NobodyHoldsPoints, PointsDesk
from .day_office import DayOffice
from .lookup_port import Lookups, NobodyLooks
from .ports import Cache, Clock, CodeVerifier, Hasher, Journal, LaneIdentity
from .printing_port import NoPrintQueue, PrintQueue
from .slip_port import NoSlipBook, SlipBook
from .trusted_clock import TrustedClock

REVOKED: Final = "revoked"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who gets the credit.

    Attributes:
        operator: staff id of the clerk. promoter: staff id of the promoter, empty for none.
        source: where the customer's code came from (camera, wedge, command …), or ``scene:…`` for a customer who came
            by a booth's parametric code.
    """

    operator: str = ""
    promoter: str = ""
    source: str = "command"


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports of one lane, put together in ``bootstrap``.

    Attributes:
        has_signed: whether this lane's own key made a signature (the second argument) over a content.
        chance: a number from 0 up to 1 that nobody at the counter can foresee.
        parts: uses of limited campaigns, by number, that this lane may grant alone.
        pins: of whoever may decide in this store.
        office: what the end of a day needs; None where nobody ends one, as for a command.
        lookups: counts who looks for members by four digits.
        prints: receipts that wait for the printer.
    """

    identity: LaneIdentity
    cache: Cache
    journal: Journal
    claims: Claims
    clock: Clock
    verifier: CodeVerifier
    hasher: Hasher
    limits: Callable[[], Limits]
    policy_version: Callable[[], int]
    app_version: str
    booth: BoothData
    trade: Callable[[], TradePolicy]
    has_signed: Callable[[bytes, bytes], bool]
    points: PointsDesk = field(default_factory=NobodyHoldsPoints)
    chance: Callable[[], float] = SystemRandom().random
    slips: SlipBook = field(default_factory=NoSlipBook)
    parts: Callable[[], Mapping[int, int]] = dict
    pins: Callable[[], PinBook] = PinBook
    office: DayOffice | None = None
    lookups: Lookups = field(default_factory=NobodyLooks)
    prints: PrintQueue = field(default_factory=NoPrintQueue)

    def trusted_time(self) -> TrustedTime:
        """Trusted time of this moment."""
        return TrustedClock(self.clock, self.journal).now()

    def context(
        self, time: TrustedTime, basket: Basket | None = None, member: MemberPresence | None = None
    ) -> TillContext:
        """Where and when a question is asked; each deed begins with it.

        Raises:
            CacheMissing: before the first data.
            DeviceRevoked: the centre has revoked this lane.
        """
        if self.is_revoked:
            raise DeviceRevoked("this lane was revoked", problem=DeviceRevoked.reason)
        zone = self.cache.store().zone
        identity = self.identity
        return TillContext(time.now, zone, identity.store, identity.lane, basket, member, time.quality, time.leapt_from)

    @property
    def is_revoked(self) -> bool:
        """Whether the centre has told this lane that it is revoked; it remembers that for good."""
        return bool(self.journal.meta(REVOKED))

    def data_age_s(self, time: TrustedTime) -> int:
        """Seconds since the centre's newest data, as far as this lane knows."""
        freshness = self.cache.freshness()
        return int((time.now - freshness.as_of).total_seconds()) if freshness else 1 << 31

    def alone(self, time: TrustedTime, context: TillContext, offer: Offer | None) -> Alone:
        """What this lane alone goes by now, for a coupon of this offer."""
        member_ref = context.member.ref if context.member else ""
        usage = self.journal.usage(local_date(time.now, context.zone), member_ref)
        return Alone(self.limits(), usage, self.data_age_s(time), self._part_left(offer))

    def _part_left(self, offer: Offer | None) -> int | None:
        part = self.parts().get(offer.number) if offer and offer.conditions.total_uses else None
        return None if part is None or offer is None else part - self.journal.uses_alone(offer.number)

    def named(self, use: Use | None) -> Use | None:
        """A use with the store's and the operator's names, where this lane knows them."""
        if use is None:
            return None
        names = {person.id: person.name for person in self.cache.staff()}
        return replace(
            use,
            store_name=use.store_name or self.cache.store_name(use.store),
            operator_name=use.operator_name or names.get(use.operator, ""),
        )
