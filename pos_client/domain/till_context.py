"""Where and when a coupon is judged, and the answers of the judge.

Apart from the judge because rules about the calendar, the basket and the limits all speak of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from . import business_time
from .basket import Basket
from .limits import Limits, LimitUsage
from .reasons import Reason
from .trusted_time import TimeQuality
from .verdict import Fact, LineDiscount, Use, VerdictKind


@dataclass(frozen=True, slots=True)
class MemberPresence:
    """The member who stands here, as far as he proved it.

    Attributes:
        ref: the centre's opaque id.
        tag: 16-bit tag of his number.
        level: member level.
        proof: ``slot`` (he is here now), ``card`` or ``phone`` (he was named), ``seen`` (the slot code that
            should prove it was used here in another purchase).
        code_hash: keyed hash of the slot code that he showed, empty for other codes.
        seen_s: with ``seen``, how many seconds ago that was.
        is_new: bound today, or no purchase of his is known.
        points: that he has, as far as this lane knows.
        verified: his phone number is known to be his; of somebody whom this lane does not know, it is not in doubt.
    """

    ref: str
    tag: int
    level: str = ""
    proof: str = "card"
    code_hash: str = ""
    seen_s: int = 0
    is_new: bool = False
    points: int = 0
    verified: bool = True


@dataclass(frozen=True, slots=True)
class TillContext:
    """Where and when the question is asked.

    Attributes:
        now: trusted time, aware UTC. zone: the store's IANA time zone.
        store, lane: numbers.
        basket, member: None where not known.
        leapt_from: the latest proven moment, where the clock leapt away from it (see ``trusted_time``).
        channel: ``counter`` or ``kiosk``.
    """

    now: datetime
    zone: str
    store: int
    lane: int
    basket: Basket | None = None
    member: MemberPresence | None = None
    time_quality: TimeQuality = TimeQuality.SYNCED
    leapt_from: datetime | None = None
    channel: str = "counter"

    @property
    def clock(self) -> time:
        """The store's time of day."""
        return self.now.astimezone(ZoneInfo(self.zone)).time()

    @property
    def today(self) -> date:
        """The store's calendar day."""
        return business_time.local_date(self.now, self.zone)

    @property
    def proven_day(self) -> date:
        """The calendar day that it is at least: today, unless the clock leapt."""
        return business_time.local_date(self.leapt_from or self.now, self.zone)


@dataclass(frozen=True, slots=True)
class Alone:
    """What a lane alone goes by: signed limits, what it has used of them, and how old its data is.

    Attributes:
        part_left: uses of a limited campaign that are this lane's own and not used yet; None where it has no part.
        is_counted: the store's own server has counted this use in its share.
    """

    limits: Limits
    usage: LimitUsage
    data_age_s: int
    part_left: int | None = None
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why; ``kind`` SUPERVISOR where a person may still decide."""

    reason: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)
    kind: VerdictKind = VerdictKind.REFUSED
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a redemption would give now; ``use_no`` is None for a maker's paper, of which nobody counts uses."""

    use_no: int | None
    discount_minor: int
    lines: tuple[LineDiscount, ...] = ()


@dataclass(frozen=True, slots=True)
class Permission:
    """A lane alone may grant it; ``near_limit`` asks for a banner."""

    reason: Reason
    near_limit: bool = False
