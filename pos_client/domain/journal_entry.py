"""Journal entries: the facts a lane writes down, as exact bytes that are hashed, signed and never written again.

A body is compact JSON with sorted keys (UTF-8). It holds no phone, no name and no raw code: a code appears as a keyed
hash, a member as the centre's opaque reference.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any, Final

BODY_VERSION: Final = 1


class EntryKind(StrEnum):
    """What an entry records."""

    INTENT = "intent"
    REDEEM = "redeem"
    VOID = "void"
    REJECT = "reject"
    OVERRIDE = "override"
    BIND = "bind"
    ISSUE = "issue"
    HAND_OVER = "hand_over"
    TRANSACTION = "transaction"
    EARN = "earn"
    BURN = "burn"
    LOGIN = "login"
    LOGOUT = "logout"
    OPEN_DAY = "open_day"
    CLOSE_DAY = "close_day"
    CACHE_SWAP = "cache_swap"
    TIME_CONFIRM = "time_confirm"
    TIME_JUMP = "time_jump"
    RESYNC_GAP = "resync_gap"
    EXPORT = "export"
    ENROL = "enrol"


class DeliveryState(IntEnum):
    """How far an entry has come; it only rises."""

    NEW = 0
    SENT = 1
    DELIVERED = 2
    SETTLED = 3


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """A fact before it has a number.

    Attributes:
        kind: what it records.
        fields: everything of the body but ``v device epoch seq prev kind``, which the journal adds.
        coupon_id, use_no: set for a redemption that takes a use; the journal refuses a second one of the same.
            ``use_no`` is None on a supervisor's override.
        target: number (epoch, seq) of the entry that this one takes back; of a void only.
    """

    kind: EntryKind
    fields: Mapping[str, Any]
    coupon_id: str | None = None
    use_no: int | None = None
    target: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the journal.

    Attributes:
        epoch, seq: its number; gapless inside an epoch, from 1.
        hash: 32 bytes. body: the exact bytes. signature: 64 bytes of the lane.
        state: delivery. result: the server's word on it, empty before.
        voided: a later void took it back.
    """

    epoch: int
    seq: int
    hash: bytes
    body: bytes
    signature: bytes
    kind: EntryKind
    state: DeliveryState = DeliveryState.NEW
    result: str = ""
    voided: bool = False
    holder: str = ""

    def fields(self) -> dict[str, Any]:
        """The body, read."""
        document: dict[str, Any] = json.loads(self.body)
        return document


def encode_body(fields: Mapping[str, Any]) -> bytes:
    """The exact bytes of a body: compact JSON, keys sorted, UTF-8.

    A lone surrogate (half a character, as a broken file or argument may hold) is written as ``?``: it has no UTF-8, and
    no text may keep a fact from being written down.
    """
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(errors="replace")


def wire_time(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, as every document here writes times. ``moment`` is aware, in any zone."""
    moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
