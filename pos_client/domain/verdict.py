"""The verdict: a value, never an exception, because a refusal at the till is normal business."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .local_text import LocalText
from .reasons import Reason
from .reward import Reward

Fact = str | int | date | datetime | LocalText


class VerdictKind(StrEnum):
    """What the till may do."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    READY = "ready"
    SUPERVISOR = "supervisor"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Tier(StrEnum):
    """Who decided: the centre, the store's server, or this lane alone."""

    CRM = "A"
    STORE = "B"
    LANE = "C"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a coupon, wherever it was recorded.

    Attributes:
        use_no: 1 for the first.
        at: aware UTC, None where only the fact is known.
        store, lane: numbers; ``store_name`` for people.
        operator: staff id; ``operator_name`` for people, empty where it is not known here.
        device: the lane's device id.
        seq: the entry's number in that device's journal, 0 where not known.
        claim_id: the claim under which the use is held, empty where not known.
        value_minor: what it took off; of a red packet, what is gone from it.
    """

    use_no: int
    at: datetime | None
    store: int
    lane: int
    operator: str = ""
    store_name: str = ""
    operator_name: str = ""
    device: str = ""
    seq: int = 0
    claim_id: str = ""
    value_minor: int = 0


@dataclass(frozen=True, slots=True)
class EntryRef:
    """A journal entry's identity, which is also its idempotency key."""

    epoch: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """What of a member may be shown: nothing that names him in clear."""

    ref: str
    masked: str
    level: str = ""
    points: int = 0
    owner_store: str = ""
    owner_promoter: str = ""
    since: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class CouponOutcome:
    """What became of one coupon: used or not, and why; ``facts`` are those that the reason's sentence names."""

    id: str
    used: bool
    why: Reason
    name: LocalText | None = None
    discount_minor: int = 0
    ends: date | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineDiscount:
    """A line's share of the discount, for returns."""

    place: int
    gtin: str
    name: str
    discount_minor: int


@dataclass(frozen=True, slots=True)
class OtherChoice:
    """Another set of coupons for the same basket, and what it would save."""

    coupons: tuple[str, ...]
    saving_minor: int


@dataclass(frozen=True, slots=True)
class Choice:
    """How good the chosen set of coupons is.

    Attributes:
        saving_minor: what it takes off. bound_minor: what no set can exceed; equal where it is proven to be the best.
        others: the next best sets.
    """

    saving_minor: int
    bound_minor: int
    others: tuple[OtherChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something beside the verdict that a person should know; ``reason`` names its sentence."""

    reason: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one code, or to several in one transaction.

    Attributes:
        kind, reason: what, and why.
        facts: what the sentences name; formatted by ``config.wording``.
        tier: who decided; None where nothing had to be asked.
        data_as_of: age of the cache that was used; None before the first data.
        use: the earlier use, for a repeat.
        choice: with coupons over a known basket, how good the chosen set is.
        rewards: what the customer gets beside the discount.
        members: those among whom a person must choose.
        entry: the journal entry that records this, where one was written.
    """

    kind: VerdictKind
    reason: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)
    tier: Tier | None = None
    data_as_of: datetime | None = None
    discount_minor: int = 0
    lines: tuple[LineDiscount, ...] = ()
    coupons: tuple[CouponOutcome, ...] = ()
    member: MemberView | None = None
    members: tuple[MemberView, ...] = ()
    entry: EntryRef | None = None
    use: Use | None = None
    notices: tuple[Notice, ...] = ()
    choice: Choice | None = None
    code_kind: str = ""
    rewards: tuple[Reward, ...] = ()
    elapsed_ms: float = 0.0
