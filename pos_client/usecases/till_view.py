"""What the window is shown of the till: frozen values that travel from the till thread to the main thread.

Apart from the window so that the till can be driven and tested without Qt, and apart from the deeds so that a screen
never sees a port. Nothing here holds a raw code, a phone or a name in clear.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from pos_client.domain.journal_entry import DeliveryState
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import WARNINGS, Reason
from pos_client.domain.store_profile import StaffMember
from pos_client.domain.verdict import CouponOutcome, MemberView, Verdict, VerdictKind

from .set_view import Candidate, CouponSet
from .way_out import Hop


class Level(StrEnum):
    """How a verdict looks and sounds; each has its own colour, shape and sound (UX 4)."""

    OK = "ok"
    PENDING = "pending"
    READY = "ready"
    MEMBER = "member"
    WARN = "warn"
    REPEAT = "repeat"
    REPEAT_SELF = "repeat_self"
    NO = "no"
    SYSTEM = "system"
    UNDONE = "undone"


# Nobody is refused: the lane cannot know, or must not decide.
_CANNOT_DECIDE: Final = frozenset(
    {Reason.CANNOT_VERIFY_HERE, Reason.CLOCK_SUSPECT, Reason.NETWORK_NEEDED, Reason.DEVICE_NOT_TRUSTED}
)
# A person can mend it on the spot: another code, a steadier hand, one more article.
_MENDABLE: Final = WARNINGS | {
    Reason.MEMBER_UNKNOWN,
    Reason.SLOT_EXPIRED,
    Reason.PRODUCT,
    Reason.PAYMENT_CODE,
    Reason.ENROLMENT_CODE,
    Reason.CODE_INCOMPLETE,
    Reason.CODE_DAMAGED,
    Reason.NO_CODE_IN_PICTURE,
    Reason.SEVERAL_CODES,
    Reason.NOT_BELIEVED,
    Reason.VOID_NOT_POSSIBLE,
    Reason.VOID_TOO_LATE,
    Reason.VOID_OTHER_OPERATOR,
}
_BY_REASON: Final = {
    Reason.VOIDED: Level.UNDONE,
    Reason.MEMBER_IDENTIFIED: Level.MEMBER,
    **dict.fromkeys(_CANNOT_DECIDE, Level.SYSTEM),
    **dict.fromkeys(_MENDABLE, Level.WARN),
}
_BY_KIND: Final = {
    VerdictKind.ACCEPTED: Level.OK,
    VerdictKind.PENDING: Level.PENDING,
    VerdictKind.READY: Level.READY,
    VerdictKind.SUPERVISOR: Level.WARN,
    VerdictKind.REFUSED: Level.NO,
    VerdictKind.UNKNOWN: Level.NO,
}


def level_of(verdict: Verdict) -> Level:
    """How a verdict looks and sounds; a repeat by the same person minutes ago is no alarm (fact ``own``)."""
    if verdict.reason is Reason.ALREADY_USED:
        return Level.REPEAT_SELF if verdict.facts.get("own") else Level.REPEAT
    return _BY_REASON.get(verdict.reason) or _BY_KIND[verdict.kind]


class UndoReason(StrEnum):
    """Why a redemption is taken back; ``SLIP`` is the free undo of the first seconds."""

    SLIP = "slip"
    WRONG_COUPON = "wrong-coupon"
    CUSTOMER_RETURN = "customer-return"
    WRONG_AMOUNT = "wrong-amount"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Network(StrEnum):
    """What the lane can say about its way to the centre (UX 5.18)."""

    ONLINE = "online"
    SLOW = "slow"
    OFFLINE_FRESH = "offline-fresh"
    OFFLINE_STALE = "offline-stale"
    OFFLINE_EXPIRED = "offline-expired"
    OFFLINE_STORE = "offline-store"
    SYNCING = "syncing"
    CONFLICT = "conflict"
    CLOCK = "clock"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class MemberCard:
    """The member who stands here.

    Attributes:
        view: masked.
        coupons: his coupons, usable ones first, the best first; ``used`` means usable now.
        owner_promoter_name, owner_store_name: whom he belongs to, for people.
    """

    view: MemberView
    coupons: tuple[CouponOutcome, ...] = ()
    owner_store_name: str = ""
    owner_promoter_name: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """What is known of the purchase in hand.

    Attributes:
        member: None for an anonymous customer.
        amount_minor: of the receipt, None before it is entered.
        awaits_confirm: a coupon waits for the clerk's Enter.
        awaits_amount: a coupon waits for the amount of the receipt.
        offered: coupons that are offered together; None where no set lies on the counter.
        candidates: members among whom a person must choose.
        usual_minor: the middle of what is bought here, 0 where too little is known.
        awaits_hand_over: a thing is kept for him until it is in his hand.
    """

    member: MemberCard | None = None
    amount_minor: int | None = None
    awaits_confirm: bool = False
    awaits_amount: bool = False
    offered: CouponSet | None = None
    candidates: tuple[Candidate, ...] = ()
    usual_minor: int = 0
    awaits_hand_over: bool = False


@dataclass(frozen=True, slots=True)
class TillAnswer:
    """The answer to one scan or one deed.

    Attributes:
        verdict: what and why; its coupons and member say who and what.
        number: of the deed it answers, as ``Till.submit_scan`` and its sisters were called: 1 for the first.
        at: aware UTC.
        customer: the purchase after this answer.
        promoter_name, store_name: whose and where, as they were at that moment.
        undo_until: until when F8 takes it back without a reason; None where there is nothing to take back.
        undo_seq: the entry that F8 takes back.
        is_unasked: no deed asked for it; it corrects what the screen says.
        is_quiet: a step on the way, shown without a sound.
    """

    verdict: Verdict
    number: int
    at: datetime
    customer: Customer = field(default_factory=Customer)
    promoter_name: str = ""
    store_name: str = ""
    undo_until: datetime | None = None
    undo_seq: int | None = None
    is_unasked: bool = False
    is_quiet: bool = False

    @property
    def level(self) -> Level:
        """How it looks and sounds."""
        return level_of(self.verdict)


@dataclass(frozen=True, slots=True)
class TillFault:
    """The world said no to a deed: ``reason`` is the key of its sentence in ``[fault.*]``, facts fill it."""

    reason: str
    number: int
    detail: str = ""
    facts: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """The operator's own day, so that everyone sees the credit is counted."""

    redeemed: int = 0
    bound: int = 0
    handed_over: int = 0


@dataclass(frozen=True, slots=True)
class RecentItem:
    """One line of the journal for people.

    Attributes:
        seq: entry number. at: aware UTC.
        headline: what it was about, for example the offer's name.
        level: how its verdict looked.
        value_minor: what the customer saved, 0 where nothing.
        undone: it was taken back. in_conflict: another lane holds the use.
        delivery: how far it has come.
        can_undo: F8 may take it back (own, not undone, a redemption).
    """

    seq: int
    at: datetime
    headline: LocalText
    level: Level
    value_minor: int = 0
    undone: bool = False
    in_conflict: bool = False
    delivery: DeliveryState = DeliveryState.NEW
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class LaneStatus:
    """All that stands around the scan: place, people, network, what waits, what was done.

    Attributes:
        lane: number. booth: name, may be empty.
        promoters: who may be chosen for the credit.
        network: the one state to show. data_as_of: age of the cache. last_contact: when the server was last heard.
        pending: entries not yet delivered; oldest: of them. conflicts: entries that lost their use to another lane.
        progress: (done, all) of a running upload.
        recent: newest first.
        unfinished: redemptions that were begun and not ended; a hold for a customer who is choosing is none.
        store_server: whether the store's own server answers, None where there is none.
        zone: IANA, times are told in it. hop: what fails on the way to the centre.
    """

    store_name: str = ""
    lane: int = 0
    booth: str = ""
    operator_name: str = ""
    promoter_id: str = ""
    promoter_name: str = ""
    promoters: tuple[StaffMember, ...] = ()
    network: Network = Network.OFFLINE_FRESH
    data_as_of: datetime | None = None
    last_contact: datetime | None = None
    pending: int = 0
    oldest: datetime | None = None
    conflicts: int = 0
    progress: tuple[int, int] | None = None
    tally: Tally = field(default_factory=Tally)
    recent: tuple[RecentItem, ...] = ()
    zone: str = "Asia/Shanghai"
    unfinished: int = 0
    store_server: bool | None = None
    hop: Hop | None = None
