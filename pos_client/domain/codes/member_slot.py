r"""Member slot codes (kind ``72``): a member who is here now, proved for five minutes, with no secret on the lane.

Payload ``M1``, 20 bytes big-endian: member number 8, slot start (Unix seconds) 4, length in minutes 1, nonce 5,
version 1, key id 1; then 64 bytes Ed25519 over ``b"rdm/slot/1\0"`` + payload.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from .bad_code import BadCode, CodeFault
from .decimal_token import SIGNATURE_BYTES, decode, encode

PREFIX: Final = "72"
VERSION: Final = 1
PAYLOAD_BYTES: Final = 20
SIGNING_PURPOSE: Final = b"rdm/slot/1\0"
TEXT_LENGTH: Final = 205
_LAYOUT: Final = struct.Struct(">QIB5sBB")


@dataclass(frozen=True, slots=True)
class MemberSlot:
    """One slot of one member.

    Attributes:
        member_number: the member's 64-bit number.
        starts_at: Unix seconds, UTC.
        length_min: how long the slot lasts.
        nonce: 5 random bytes.
        key_id: which of the centre's slot keys signed it.
        signature: 64 bytes.
    """

    member_number: int
    starts_at: int
    length_min: int
    nonce: bytes
    key_id: int
    signature: bytes = b""

    def payload(self) -> bytes:
        """The 20 bytes that are signed."""
        return _LAYOUT.pack(self.member_number, self.starts_at, self.length_min, self.nonce, VERSION, self.key_id)

    def signed_bytes(self) -> bytes:
        """What the signature covers: purpose, then payload."""
        return SIGNING_PURPOSE + self.payload()

    def text(self) -> str:
        """The 205 digits of the code."""
        return encode(PREFIX, self.payload() + self.signature)

    def is_current(self, now: datetime) -> bool:
        """Whether ``now`` (aware) lies in the slot or one slot's length before or after it."""
        length = timedelta(minutes=self.length_min)
        start = datetime.fromtimestamp(self.starts_at, UTC)
        return start - length <= now < start + 2 * length


def parse(text: str) -> MemberSlot:
    """Read a slot code; neither signature nor time is checked here.

    Raises:
        BadCode: not 205 digits with this prefix, or an unknown version.
    """
    token = decode(text, PREFIX, PAYLOAD_BYTES + SIGNATURE_BYTES)
    member_number, starts_at, length_min, nonce, version, key_id = _LAYOUT.unpack_from(token)
    if version != VERSION:
        raise BadCode(CodeFault.WRONG_VERSION)
    return MemberSlot(member_number, starts_at, length_min, nonce, key_id, token[PAYLOAD_BYTES:])
