"""Forged tokens of every kind that a book on signatures names, made from good ones of the centre.

Apart from the row because the hostile codes are seeded with them too. Of Ed25519 (RFC 8032): ``L`` is the order of the
group; the points of small order are those of the curve's cofactor, with the encodings that a lax decoder also takes.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crm_server.keys import KeyRing
from pos_client.domain.codes import decimal_token, member_slot, signed_coupon
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.signed_document import KeyPurpose

L: Final = 2**252 + 27742317777372353535851937790883648493
SMALL_ORDER: Final = tuple(
    bytes.fromhex(point)
    for point in (
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    )
)

Token = TypeVar("Token", SignedCoupon, MemberSlot)
Forgery = tuple[str, str]
"""What was done, and the text of the token."""


def of_coupon(good: SignedCoupon, keys: KeyRing) -> Iterator[Forgery]:
    """Every forgery of one coupon."""
    yield from _bits(signed_coupon.PREFIX, good.payload() + good.signature)
    yield from _signatures(good, SignedCoupon.text)
    yield from _signers(good, SignedCoupon.text, keys, KeyPurpose.COUPON)
    slot_purpose = keys.sign(KeyPurpose.COUPON, member_slot.SIGNING_PURPOSE + good.payload())
    yield "purpose of a slot", replace(good, signature=slot_purpose).text()
    yield "no purpose", replace(good, signature=keys.sign(KeyPurpose.COUPON, good.payload())).text()


def of_slot(good: MemberSlot, keys: KeyRing) -> Iterator[Forgery]:
    """Every forgery of one member's slot code."""
    yield from _bits(member_slot.PREFIX, good.payload() + good.signature)
    yield from _signatures(good, MemberSlot.text)
    yield from _signers(good, MemberSlot.text, keys, KeyPurpose.SLOT)
    coupon_purpose = keys.sign(KeyPurpose.SLOT, signed_coupon.SIGNING_PURPOSE + good.payload())
    yield "purpose of a coupon", replace(good, signature=coupon_purpose).text()


def _bits(prefix: str, token: bytes) -> Iterator[Forgery]:
    for place in range(8 * len(token)):
        flipped = bytearray(token)
        flipped[place // 8] ^= 1 << place % 8
        yield f"bit {place}", decimal_token.encode(prefix, bytes(flipped))


def _signatures(good: Token, text: Callable[[Token], str]) -> Iterator[Forgery]:
    point, scalar = good.signature[:32], int.from_bytes(good.signature[32:], "little")
    for times in range(1, 16):
        if scalar + times * L < 2**256:
            moved = (scalar + times * L).to_bytes(32, "little")
            yield f"S + {times} L", text(replace(good, signature=point + moved))
    for number, small in enumerate(SMALL_ORDER):
        for name, rest in (("0", bytes(32)), ("S", good.signature[32:]), ("L", L.to_bytes(32, "little"))):
            yield f"R of small order {number}, S = {name}", text(replace(good, signature=small + rest))
    for name, content in (("zeros", bytes(64)), ("ones", b"\xff" * 64), ("R as S", point + point)):
        yield name, text(replace(good, signature=content))


def _signers(good: Token, text: Callable[[Token], str], keys: KeyRing, own: KeyPurpose) -> Iterator[Forgery]:
    stranger = Ed25519PrivateKey.generate()
    yield "a stranger's key", text(replace(good, signature=stranger.sign(good.signed_bytes())))
    for purpose in KeyPurpose:
        if purpose is not own and purpose in keys.private:
            yield (
                f"the centre's key for {purpose}",
                text(replace(good, signature=keys.sign(purpose, good.signed_bytes()))),
            )
    for key_id in (0, 2, 3, 4, 5, 255):
        if key_id != good.key_id:
            renamed = replace(good, key_id=key_id)
            yield f"key id {key_id}", text(replace(renamed, signature=keys.sign(own, renamed.signed_bytes())))
