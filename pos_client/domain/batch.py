"""A batch: signed entries of one journal on their way to the centre, over the network or in a file carried by hand.

Apart from both ways because a line of that file is what delivery sends, to the byte: the body of
``POST /v1/journal/batches``.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from .signed_document import to_base64

MAX_ENTRIES: Final = 200
MAX_BYTES: Final = 256 * 1024
"""Of a batch's body before packing."""
# Around an entry's body stand its number, its signature (86 characters) and the field names; around them all, the head.
_ENTRY_BYTES: Final = 130
_FRAME_BYTES: Final = 300
MAX_BODY_BYTES: Final = (MAX_BYTES - MAX_ENTRIES * _ENTRY_BYTES - _FRAME_BYTES) * 3 // 4
"""Of all its entries' bodies together: so many that the batch stays in its bound when base64 has added a third."""


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """One entry as it is sent.

    Attributes:
        epoch, seq: its number. hash: 32 bytes.
        body: the exact bytes that were hashed and signed. signature: 64 bytes of the lane's key.
    """

    epoch: int
    seq: int
    hash: bytes
    body: bytes
    signature: bytes

    def wire(self) -> str:
        """Its place in a batch: a JSON object with body and signature in base64url.

        Put together as text: base64url has nothing that JSON would escape, and a general encoder, which cannot know
        that, looks at each character again and takes three times as long as all the rest of a batch.
        """
        return f'{{"seq":{self.seq},"body":"{to_base64(self.body)}","sig":"{to_base64(self.signature)}"}}'


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The newest entry of an epoch; ``seq`` 0 and 32 zero bytes where the epoch is empty."""

    epoch: int
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """At least one entry of one epoch, with rising numbers (gaps are allowed), and the head of that epoch."""

    rows: tuple[SignedEntry, ...]
    head: JournalHead

    def wire(self, device: str) -> bytes:
        """The batch as compact JSON without a line break."""
        return (
            f'{{"device":{json.dumps(device)},"epoch":{self.head.epoch}'
            f',"first_seq":{self.rows[0].seq},"last_seq":{self.rows[-1].seq}'
            f',"head":{{"seq":{self.head.seq},"hash":"{self.head.hash.hex()}"}}'
            f',"entries":[{",".join(row.wire() for row in self.rows)}]}}'
        ).encode()


def in_batches(
    rows: Iterable[SignedEntry], max_entries: int = MAX_ENTRIES, max_body_bytes: int = MAX_BODY_BYTES
) -> Iterator[tuple[SignedEntry, ...]]:
    """Entries in the order in which they come, as many to a batch as it may hold.

    Args:
        rows: of any epochs; a batch ends where its epoch does.
        max_entries: of a batch.
        max_body_bytes: of its entries' bodies together; an entry that is larger than that goes alone.
    """
    taken: list[SignedEntry] = []
    room = max_body_bytes
    for row in rows:
        if taken and (len(taken) == max_entries or row.epoch != taken[0].epoch or len(row.body) > room):
            yield tuple(taken)
            taken, room = [], max_body_bytes
        taken.append(row)
        room -= len(row.body)
    if taken:
        yield tuple(taken)
