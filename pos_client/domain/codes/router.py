"""The code router: what a text is, decided by prefix, length and alphabet alone, in well under a millisecond.

Order matters only where two families share digits; the families themselves are disjoint by prefix or length. Nothing
is opened: a link is a text, of which only a GS1 Digital Link and our own parametric code are read. What no family
claims is ``UNKNOWN``: a safe refusal. Prizes, pass codes and reservation vouchers are signed coupons or opaque ids like
any other; their offer says what they are, so that a new instrument needs no new code.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from . import (
    coupon_format,
    foreign,
    gs1,
    gtin,
    member_card,
    member_slot,
    opaque_id,
    parametric_qr,
    phone_number,
    receipt_code,
    signed_coupon,
    wechat_card,
)
from .bad_code import BadCode, CodeFault
from .coupon_format import Coupon8110, PositiveOffer
from .decimal_token import is_decimal
from .gs1 import GlobalCoupon, Gs1Elements
from .member_card import MemberCard
from .member_slot import MemberSlot
from .parametric_qr import ParametricQr
from .receipt_code import ReceiptCode
from .signed_coupon import SignedCoupon

MAX_TEXT: Final = 512
_SEPARATED_PHONE: Final = 24
# The signed kinds cut short by a gun or a torn print are still told from numbers that people type.
_CUT_TOKEN: Final = 40


class CodeKind(StrEnum):
    """The families of codes."""

    SIGNED_COUPON = "signed_coupon"
    OPAQUE_COUPON = "opaque_coupon"
    GS1_8110 = "gs1_8110"
    GS1_8112 = "gs1_8112"
    GS1_255 = "gs1_255"
    WECHAT_CARD = "wechat_card"
    MEMBER_SLOT = "member_slot"
    MEMBER_CARD = "member_card"
    PHONE = "phone"
    GTIN = "gtin"
    RECEIPT = "receipt"
    PARAMETRIC = "parametric"
    ENROLMENT = "enrolment"
    PAYMENT_CODE = "payment_code"
    LINK = "link"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


IDENTIFYING: Final = frozenset({CodeKind.MEMBER_SLOT, CodeKind.MEMBER_CARD, CodeKind.PHONE})
REDEEMABLE: Final = frozenset(
    {
        CodeKind.SIGNED_COUPON,
        CodeKind.OPAQUE_COUPON,
        CodeKind.GS1_8110,
        CodeKind.GS1_8112,
        CodeKind.GS1_255,
        CodeKind.WECHAT_CARD,
    }
)
CodeValue = (
    SignedCoupon | MemberSlot | MemberCard | Coupon8110 | PositiveOffer | GlobalCoupon | ParametricQr | ReceiptCode
)


@dataclass(frozen=True, slots=True)
class Code:
    """A routed text.

    Attributes:
        kind: its family.
        text: canonical text; the raw text where the family has none.
        value: the parsed form of the families that have one.
        fault: why a damaged code is damaged.
        gs1: all element strings, where the code was read from GS1 data: batch and expiry of a product, and the like.
    """

    kind: CodeKind
    text: str
    value: CodeValue | None = None
    fault: CodeFault | None = None
    gs1: Gs1Elements | None = None


def route(raw: str) -> Code:
    """Tell what a scanned or typed text is. Never raises."""
    text = raw.strip(" \t\r\n")
    if len(text) > MAX_TEXT:
        return Code(CodeKind.DAMAGED, "", fault=CodeFault.TOO_LONG)
    try:
        return _own(text) or _gs1(text) or _foreign(text) or Code(CodeKind.UNKNOWN, text)
    except BadCode as bad:
        return Code(CodeKind.DAMAGED, text, fault=bad.fault)


def _own(text: str) -> Code | None:
    if is_decimal(text):
        return _own_digits(text)
    if opaque_id.looks_like(text):
        return Code(CodeKind.OPAQUE_COUPON, opaque_id.parse(text))
    if opaque_id.looks_like(text, opaque_id.ENROLMENT_PREFIX):
        return Code(CodeKind.ENROLMENT, opaque_id.parse(text, opaque_id.ENROLMENT_PREFIX))
    if receipt_code.looks_like(text):
        receipt = receipt_code.parse(text)
        return Code(CodeKind.RECEIPT, receipt.text(), receipt)
    if wechat_card.looks_like(text):
        return Code(CodeKind.WECHAT_CARD, wechat_card.parse(text))
    # Before GS1 data in brackets, which no phone number can be: brackets round 13 to 19 hold six digits at most.
    phone = phone_number.normalise(text) if len(text) <= _SEPARATED_PHONE else None
    return Code(CodeKind.PHONE, phone) if phone else None


def _own_digits(text: str) -> Code | None:
    if len(text) >= _CUT_TOKEN:
        return _token(text)
    if member_card.looks_like(text):
        return Code(CodeKind.MEMBER_CARD, text, member_card.parse(text))
    # Before phones: an EAN-13 of American goods begins with 00, as a number dialled abroad does; a mainland number,
    # with or without its country code, has no GTIN's length.
    product = gtin.normalise(text)
    if product:
        return Code(CodeKind.GTIN, product)
    phone = phone_number.normalise(text)
    return Code(CodeKind.PHONE, phone) if phone else None


def _token(text: str) -> Code | None:
    if text.startswith(signed_coupon.PREFIX):
        return Code(CodeKind.SIGNED_COUPON, text, signed_coupon.parse(text))
    if text.startswith(member_slot.PREFIX):
        return Code(CodeKind.MEMBER_SLOT, text, member_slot.parse(text))
    if text.startswith(parametric_qr.PREFIX):
        return Code(CodeKind.PARAMETRIC, text, parametric_qr.parse(text))
    return None


def _gs1(text: str) -> Code | None:
    if not gs1.looks_like(text):
        return None
    try:
        return _of_elements(gs1.parse(text))
    except BadCode:
        if gs1.is_meant(text):
            raise
        return None


def _of_elements(found: Gs1Elements) -> Code | None:
    """What the till can use of GS1 data, coupons first; None where there is nothing for it."""
    if digits := found.get(gs1.POSITIVE_OFFER):
        return Code(CodeKind.GS1_8112, f"({gs1.POSITIVE_OFFER}){digits}", coupon_format.parse_8112(digits), gs1=found)
    if digits := found.get(gs1.COUPON):
        return Code(CodeKind.GS1_8110, f"({gs1.COUPON}){digits}", coupon_format.parse_8110(digits), gs1=found)
    if found.get(gs1.GCN):
        coupon = gs1.global_coupon(found)
        return Code(CodeKind.GS1_255, coupon.text, coupon, gs1=found)
    if number := found.gsrn:
        return Code(CodeKind.MEMBER_CARD, member_card.GSRN_AI + number, MemberCard(number), gs1=found)
    return Code(CodeKind.GTIN, found.gtin, gs1=found) if found.gtin else None


def _foreign(text: str) -> Code | None:
    if foreign.is_wechat_payment(text) or foreign.is_alipay_payment(text):
        return Code(CodeKind.PAYMENT_CODE, "")
    return _link(text) if foreign.is_link(text) else None


def _link(text: str) -> Code:
    token = parametric_qr.digits_in(text)
    if token:
        return Code(CodeKind.PARAMETRIC, token, parametric_qr.parse(token))
    found = gs1.parse_link(text)
    return (_of_elements(found) if found else None) or Code(CodeKind.LINK, "")
