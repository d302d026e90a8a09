"""Rows of what the centre lends to a booth: pools of coupons and members, stock, stamps, the mark.

Apart from ``builders`` because only deeds that give something away need them.
"""

from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.keyed_hash import KeyKind, column_context, column_key, lookup_key
from tests import builders as a

Row = dict[str, Any]


def pool_coupon_row(secret: bytes, coupon: SignedCoupon, lane: int = 2, **changes: Any) -> Row:
    """A coupon that a lane may issue; its text is sealed as the centre seals it."""
    key = lookup_key(secret, KeyKind.COUPON_ID, coupon.coupon_id)
    nonce = coupon.signature[:12]
    text = coupon.text().encode()
    row = {
        "key": key,
        "coupon_id": coupon.coupon_id,
        "campaign": coupon.campaign,
        "lane": lane,
        "sealed": nonce + AESGCM(column_key(secret)).encrypt(nonce, text, column_context("pool_coupon", key)),
        "first_day": coupon.not_before_day,
        "last_day": coupon.not_after_day,
        "value_minor": coupon.value_minor,
        "ver": 1,
    }
    return row | changes


def a_pool(secret: bytes, campaign: int, count: int = 5, lane: int = 2) -> list[Row]:
    """Coupons of a campaign, serials from 9001 on."""
    coupons = [a.a_signed_coupon(9_000 + number, campaign=campaign) for number in range(1, count + 1)]
    return [pool_coupon_row(secret, coupon, lane) for coupon in coupons]


def pool_member_row(number: int = 900, lane: int = 2, **changes: Any) -> Row:
    """A number that a lane may give to somebody."""
    return {"number": number, "lane": lane, "ref": f"m{number}", "card": card_number(number), "ver": 1} | changes


def stock_row(item: str = "plush-cat", quantity: int = 3, **changes: Any) -> Row:
    """Things at booth B1."""
    return {"booth": "B1", "item": item, "quantity": quantity, "low": 1, "ver": 1} | changes


def stamp_row(secret: bytes, number: int = 7, card: str = "tea", count: int = 0, **changes: Any) -> Row:
    """Stamps of a member."""
    return {"member_key": a.member_key(secret, number), "card": card, "count": count, "ver": 1} | changes


def applied_row(device: str = "device-1", seq: int = 0, epoch: int = 1, **changes: Any) -> Row:
    """Up to where the centre has counted."""
    return {"device": device, "epoch": epoch, "seq": seq, "ver": 1} | changes
