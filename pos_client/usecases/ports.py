"""Ports: what the use-cases ask of the world, in the use-cases' own words.

Adapters in ``storage``, ``sync`` and ``config`` fulfil them; nothing here knows how. Every call may raise the typed
errors of ``domain.errors``; a refusal is never an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.parametric_qr import ParametricQr
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.journal_entry import Entry, EntryDraft, EntryKind
from pos_client.domain.limits import LimitUsage
from pos_client.domain.trusted_time import ClockReading, TimeAnchor
from pos_client.domain.verdict import EntryRef, Use

from .cache_port import Cache, CachedMember, Freshness
from .history_port import HistoryBook

__all__ = [
    "Cache",
    "CachedMember",
    "Clock",
    "CodeVerifier",
    "Freshness",
    "Hasher",
    "Journal",
    "JsonObject",
    "LaneIdentity",
    "LateRefusal",
    "OpenIntent",
    "ReceiptTaken",
    "SyncNow",
    "UseTaken",
]


class Clock(Protocol):
    """The machine's clocks, unbelieved."""

    def read(self) -> ClockReading:
        """Wall clock (aware UTC), monotonic milliseconds and the boot's id."""


class CodeVerifier(Protocol):
    """Checks the centre's signatures on codes, with the trusted keys of this device."""

    def coupon_is_genuine(self, coupon: SignedCoupon, on: date) -> bool:
        """Whether a trusted coupon key that is valid on that day signed it."""

    def slot_is_genuine(self, slot: MemberSlot, on: date) -> bool:
        """Whether a trusted slot key that is valid on that day signed it."""

    def scene_is_genuine(self, scene: ParametricQr, on: date) -> bool:
        """Whether a trusted key for parametric codes that is valid on that day signed it."""


class Hasher(Protocol):
    """Keyed hashes with the store's secret, so that no phone and no code stands in a file in clear."""

    def code_hash(self, text: str) -> str:
        """Hexadecimal HMAC-SHA-256 of a code's canonical text."""

    def phone_key(self, e164: str) -> str:
        """A phone's key as entries name it, 16 hexadecimal characters."""


@dataclass(frozen=True, slots=True)
class OpenIntent:
    """A claim that was asked for and whose end was not written: a crash, or a customer who left."""

    entry: EntryRef
    claim_id: str
    coupon_id: str
    use_no: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LateRefusal:
    """A redemption that stands, and a server that said no when it was done.

    Attributes:
        seq: the entry. problem: the server's code. at: when the answer came. use: who holds it instead, if known.
    """

    seq: int
    coupon_id: str
    tier: str
    problem: str
    at: datetime
    use: Use | None = None


class UseTaken(Exception):
    """The journal already holds this use of this coupon."""

    def __init__(self, use: Use) -> None:
        super().__init__(f"use {use.use_no} is taken")
        self.use = use


class ReceiptTaken(Exception):
    """The journal already holds a purchase of this receipt."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"entry {entry.seq} is of the same receipt")
        self.entry = entry


class Journal(Protocol):
    """The append-only book of this lane. One writer; every append is on disk when the call returns."""

    @property
    def history(self) -> HistoryBook:
        """The deeds as a person searches them."""

    def append(self, draft: EntryDraft) -> EntryRef:
        """Number, chain, sign and commit one entry.

        Raises:
            UseTaken: a redemption of the same coupon and use stands here already.
            DiskFull, StorageUnavailable: nothing was written.
        """

    def append_void(self, draft: EntryDraft, target_seq: int) -> EntryRef:
        """As ``append``, and mark the target taken back in the same transaction.

        The target is the entry of that number with the draft's coupon and claim, of whichever epoch.
        """

    def append_all(self, drafts: Sequence[EntryDraft]) -> tuple[EntryRef, ...]:
        """Several entries in one commit: all of them, or none. A void among them names its ``target``.

        Raises:
            UseTaken, ReceiptTaken: one of them stands here already; nothing was written.
            DiskFull, StorageUnavailable: nothing was written.
        """

    def of_purchase(self, txn: str) -> Sequence[Entry]:
        """All entries of one purchase, oldest first."""

    def of_day(self, business_date: date, kinds: Sequence[EntryKind], members: Sequence[str] = ()) -> Sequence[Entry]:
        """Entries of a business day of some kinds, oldest first; only those of these members where any are named."""

    def standing(self, kind: EntryKind, ref: str, limit: int = 1) -> Sequence[Entry]:
        """Entries of a kind that move one account (their field ``ref``) and were not taken back, newest first."""

    def knows(self, ref: str) -> bool:
        """Whether any entry ever moved this account, taken back or not."""

    def moved(self, ref: str, after: tuple[int, int], members: Sequence[str] | None = None) -> int:
        """By how much (the sum of ``amount``) this lane moved an account after an entry (epoch, seq).

        Args:
            ref: the account.
            after: what the cache holds is applied up to here.
            members: only what was moved for these; None for all.
        """

    def uses_of(self, coupon_id: str) -> tuple[Use, ...]:
        """Uses that this lane recorded and did not take back."""

    def unused_claims(self, coupon_id: str) -> frozenset[str]:
        """Claim ids of this lane for the coupon that stand for no use: open intents, and what was taken back.

        The centre may still report them as uses until it has heard. A redemption without an intent has the claim id
        ``hash_chain.claim_id`` of its own hash.
        """

    def usage(self, business_date: date, member_ref: str) -> LimitUsage:
        """What this lane did alone, and for this member."""

    def uses_alone(self, campaign: int) -> int:
        """How often this lane granted a use of this campaign alone and did not take it back, ever."""

    def member_uses(self, business_date: date | None, member_ref: str, campaign: int) -> int:
        """How often this member used this campaign on that day, or ever, as far as this lane recorded it."""

    def uses_by(self, member_refs: Sequence[str]) -> int:
        """How many uses of any coupon under these references this lane recorded and did not take back."""

    def open_intent(self, coupon_id: str) -> OpenIntent | None:
        """The newest intent of this coupon that neither a redemption nor a void has ended."""

    def open_intents(self) -> Sequence[OpenIntent]:
        """All of them, oldest first."""

    def entry(self, seq: int) -> Entry | None:
        """The entry that a number means here: of this epoch, or a recent deed of an older one; None if both."""

    def entry_of(self, epoch: int, seq: int) -> Entry | None:
        """One entry of any epoch."""

    def latest(self, limit: int, kinds: Sequence[EntryKind] = ()) -> Sequence[Entry]:
        """Newest first."""

    def counts(self, business_date: date, operator: str = "") -> Mapping[str, int]:
        """What stands of a business day by kind, of one operator where named; things handed over by the piece."""

    def undelivered(self) -> tuple[int, datetime | None]:
        """How many entries wait, and since when."""

    def conflicts(self) -> Sequence[Entry]:
        """Entries that lost their use to another lane."""

    def keep_late(self, coupon_id: str, claim_id: str, tier: str, outcome: str, use: Use | None) -> None:
        """Keep what a server said of a claim after this lane had decided: ``granted``, or the problem's code."""

    def late_refusals(self) -> Sequence[LateRefusal]:
        """Standing redemptions that a server refused after all, and of which the centre has no word yet."""

    def time_anchor(self) -> TimeAnchor | None:
        """The last signed server time and the clocks then."""

    def ratchet(self) -> datetime | None:
        """The latest moment that this lane's own facts prove."""

    def meta(self, key: str) -> str | None:
        """A remembered value."""

    def remember(self, key: str, value: str) -> None:
        """Keep a value beside the entries (never an entry's content)."""


@dataclass(frozen=True, slots=True)
class LaneIdentity:
    """Who this lane is, from its enrolment."""

    device: str
    epoch: int
    store: int
    lane: int
    booth: str = ""


class SyncNow(Protocol):
    """Wakes the sync worker after an entry was written."""

    def wake(self) -> None:
        """Ask for a round soon; returns at once."""


JsonObject = Mapping[str, Any]
