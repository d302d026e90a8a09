r"""Signed coupons (kind ``71``): good without a row in any cache, because the centre's signature is on them.

Payload ``R1``, 28 bytes big-endian at fixed offsets: version/type 1, key id 1, campaign 4, serial 8, not-before day 2,
not-after day 2, home store 3, flags 1, value in minor units 4, member tag 2; then 64 bytes Ed25519 (RFC 8032) over
``b"rdm/coupon/1\0"`` + payload. Days count from 2020-01-01 in the store's own time zone, the last one included.
"""

import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from .bad_code import BadCode, CodeFault
from .decimal_token import SIGNATURE_BYTES, decode, encode

PREFIX: Final = "71"
VERSION: Final = 1
PAYLOAD_BYTES: Final = 28
SIGNING_PURPOSE: Final = b"rdm/coupon/1\0"
ANY_STORE: Final = 0
CAMPAIGN_VALUE: Final = 0
NO_MEMBER: Final = 0
_HEAD: Final = struct.Struct(">BBIQHH")
_TAIL: Final = struct.Struct(">BIH")
TEXT_LENGTH: Final = 224


@dataclass(frozen=True, slots=True)
class SignedCoupon:
    """One signed coupon.

    Attributes:
        key_id: which of the centre's coupon keys signed it.
        campaign: the offer's number.
        serial: sequential inside the campaign.
        not_before_day: first day, counted from 2020-01-01, store's time zone.
        not_after_day: last day, included.
        home_store: store number, or ``ANY_STORE``.
        flags: reserved, zero.
        value_minor: amount off in minor units, or ``CAMPAIGN_VALUE`` where the campaign says it.
        member_tag: 16 bits of the member's number hashed, or ``NO_MEMBER`` for a bearer coupon.
        signature: 64 bytes.
    """

    key_id: int
    campaign: int
    serial: int
    not_before_day: int
    not_after_day: int
    home_store: int
    flags: int
    value_minor: int
    member_tag: int
    signature: bytes = b""

    @property
    def coupon_id(self) -> str:
        """The same coupon's name everywhere: ``campaign-serial``."""
        return f"{self.campaign}-{self.serial}"

    def payload(self) -> bytes:
        """The 28 bytes that are signed."""
        head = _HEAD.pack(VERSION, self.key_id, self.campaign, self.serial, self.not_before_day, self.not_after_day)
        return head + self.home_store.to_bytes(3, "big") + _TAIL.pack(self.flags, self.value_minor, self.member_tag)

    def signed_bytes(self) -> bytes:
        """What the signature covers: purpose, then payload."""
        return SIGNING_PURPOSE + self.payload()

    def text(self) -> str:
        """The 224 digits of the code."""
        return encode(PREFIX, self.payload() + self.signature)


def member_tag(member_number: int) -> int:
    """The 16-bit tag that ties a coupon to a member without naming him; never ``NO_MEMBER``."""
    digest = hashlib.sha256(b"rdm/member-tag/1\0" + member_number.to_bytes(8, "big")).digest()
    return int.from_bytes(digest[:2], "big") or 1


def parse(text: str) -> SignedCoupon:
    """Read a signed coupon; the signature is not checked here.

    Raises:
        BadCode: not 224 digits with this prefix, or a version that this program does not know.
    """
    token = decode(text, PREFIX, PAYLOAD_BYTES + SIGNATURE_BYTES)
    version, key_id, campaign, serial, first_day, last_day = _HEAD.unpack_from(token)
    if version != VERSION:
        raise BadCode(CodeFault.WRONG_VERSION)
    store_at = _HEAD.size
    flags, value_minor, tag = _TAIL.unpack_from(token, store_at + 3)
    return SignedCoupon(
        key_id=key_id,
        campaign=campaign,
        serial=serial,
        not_before_day=first_day,
        not_after_day=last_day,
        home_store=int.from_bytes(token[store_at : store_at + 3], "big"),
        flags=flags,
        value_minor=value_minor,
        member_tag=tag,
        signature=token[PAYLOAD_BYTES:],
    )
