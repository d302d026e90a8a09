"""The code router: what a text is, decided by prefix, length and alphabet alone, in well under a millisecond.

Order matters only where two families share digits; the families themselves are disjoint by prefix or length. No
regular expression meets the input, nothing is opened, and what no family claims is ``UNKNOWN``: a safe refusal.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from . import foreign, gtin, member_card, member_slot, opaque_id, phone_number, signed_coupon
from .bad_code import BadCode, CodeFault
from .decimal_token import is_decimal
from .member_card import MemberCard
from .member_slot import MemberSlot
from .signed_coupon import SignedCoupon

MAX_TEXT: Final = 512
_SEPARATED_PHONE: Final = 24
# The two signed kinds cut short by a gun or a torn print are still told from numbers that people type.
_CUT_TOKEN: Final = 40


class CodeKind(StrEnum):
    """The families of codes."""

    SIGNED_COUPON = "signed_coupon"
    OPAQUE_COUPON = "opaque_coupon"
    MEMBER_SLOT = "member_slot"
    MEMBER_CARD = "member_card"
    PHONE = "phone"
    GTIN = "gtin"
    ENROLMENT = "enrolment"
    PAYMENT_CODE = "payment_code"
    LINK = "link"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


IDENTIFYING: Final = frozenset({CodeKind.MEMBER_SLOT, CodeKind.MEMBER_CARD, CodeKind.PHONE})
REDEEMABLE: Final = frozenset({CodeKind.SIGNED_COUPON, CodeKind.OPAQUE_COUPON})


@dataclass(frozen=True, slots=True)
class Code:
    """A routed text.

    Attributes:
        kind: its family.
        text: canonical text; the raw text where the family has none.
        value: the parsed form of the families that have one.
        fault: why a damaged code is damaged.
    """

    kind: CodeKind
    text: str
    value: SignedCoupon | MemberSlot | MemberCard | None = None
    fault: CodeFault | None = None


def route(raw: str) -> Code:
    """Tell what a scanned or typed text is. Never raises."""
    text = raw.strip(" \t\r\n")
    if len(text) > MAX_TEXT:
        return Code(CodeKind.DAMAGED, "", fault=CodeFault.TOO_LONG)
    try:
        return _own(text) or _foreign(text) or Code(CodeKind.UNKNOWN, text)
    except BadCode as bad:
        return Code(CodeKind.DAMAGED, text, fault=bad.fault)


def _own(text: str) -> Code | None:
    if is_decimal(text):
        return _own_digits(text)
    if opaque_id.looks_like(text):
        return Code(CodeKind.OPAQUE_COUPON, opaque_id.parse(text))
    if opaque_id.looks_like(text, opaque_id.ENROLMENT_PREFIX):
        return Code(CodeKind.ENROLMENT, opaque_id.parse(text, opaque_id.ENROLMENT_PREFIX))
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
    return None


def _foreign(text: str) -> Code | None:
    if foreign.is_wechat_payment(text) or foreign.is_alipay_payment(text):
        return Code(CodeKind.PAYMENT_CODE, "")
    return Code(CodeKind.LINK, "") if foreign.is_link(text) else None
