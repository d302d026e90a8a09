"""A day's close as its entry says it: which range of which epoch, up to which hash, and what it adds up to.

Apart from the counting because the centre is told these very fields, and answers about them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

# What the centre is told of a close beside its number: its entry's own fields, as they stand there.
TOLD: Final = (
    "business_date", "of_epoch", "first_seq", "last_seq", "head_hash", "entries", "totals", "voids", "overrides",
    "money", "points", "stamps", "handed_over", "days", "open_intents", "undelivered", "stuck", "quarantined",
    "conflicts", "host", "counted", "signed_by", "differences_accepted",
)  # fmt: skip
# Of these the centre has figures of its own.
COUNTED_TWICE: Final = (
    "entries", "totals", "voids", "overrides", "money", "points", "stamps", "handed_over", "days",
)  # fmt: skip


class Standing(StrEnum):
    """How far a close has come."""

    CLOSED = "closed"
    DELIVERED = "delivered"
    DISAGREED = "disagreed"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Close:
    """One close.

    Attributes:
        epoch, seq, hash: of its entry; the hash hexadecimal.
        of_epoch, first_seq, last_seq: the range it is about, both ends included; empty where ``last_seq`` is lower.
        head_hash: of ``last_seq``, hexadecimal.
        business_date: the day it is about, ``YYYY-MM-DD``.
    """

    epoch: int
    seq: int
    hash: str
    of_epoch: int
    first_seq: int
    last_seq: int
    head_hash: str
    business_date: str


def close_of(epoch: int, seq: int, entry_hash: str, fields: Mapping[str, Any]) -> Close:
    """A close from its entry's body, as this program writes it."""
    return Close(
        epoch=epoch,
        seq=seq,
        hash=entry_hash,
        of_epoch=int(fields["of_epoch"]),
        first_seq=int(fields["first_seq"]),
        last_seq=int(fields["last_seq"]),
        head_hash=str(fields["head_hash"]),
        business_date=str(fields["business_date"]),
    )


def told(device: str, close: Close, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The body of ``POST /v1/closings``: the entry's name and its fields."""
    named = {"device": device, "epoch": close.epoch, "seq": close.seq, "hash": close.hash}
    return named | {name: fields.get(name) for name in TOLD}


def is_about(answer: Mapping[str, Any], device: str, close: Close) -> bool:
    """Whether a signed answer speaks of this very close, entry and range."""
    named = (device, close.epoch, close.seq, close.hash, close.of_epoch, close.first_seq, close.last_seq)
    names = ("device", "epoch", "seq", "hash", "of_epoch", "first_seq", "last_seq")
    return tuple(answer.get(name) for name in names) == named and answer.get("head_hash") == close.head_hash
