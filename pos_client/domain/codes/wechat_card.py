"""WeChat card codes (微信卡券): ours have the prefix ``WK``, because WeChat's own cannot be told by their form.

WeChat draws 12 or 16 bare digits. Twelve digits are a product's UPC in one case of ten; sixteen are a member card, the
beginning of Alipay's payment code, or anybody's bank card. Taking such a number for a card would send somebody's
payment code to the centre, so bare digits are never taken. A merchant may give cards codes of his own (custom code,
at most 20 letters and digits): ours are ``WK`` and 12 or 16 digits, the last of them a Luhn check.
"""

from typing import Final

from .bad_code import BadCode, CodeFault
from .check_digits import luhn_check_digit, luhn_is_valid
from .decimal_token import is_decimal

PREFIX: Final = "WK"
LENGTHS: Final = (12, 16)
_MEANT: Final = range(8, 21)


def looks_like(text: str) -> bool:
    """Whether a card's code was meant: the prefix in any case, then about that many digits, hyphens or none."""
    plain = _plain(text) if text.isascii() else ""
    return plain.startswith(PREFIX) and len(plain) - len(PREFIX) in _MEANT and is_decimal(plain[len(PREFIX) :])


def parse(text: str) -> str:
    """The canonical code: prefix and digits.

    Raises:
        BadCode: not 12 or 16 digits behind the prefix, or a wrong check digit.
    """
    plain = _plain(text) if text.isascii() else ""
    digits = plain.removeprefix(PREFIX)
    if not plain.startswith(PREFIX) or not is_decimal(digits):
        raise BadCode(CodeFault.WRONG_CHARACTER)
    if len(digits) not in LENGTHS:
        raise BadCode(CodeFault.TOO_LONG if len(digits) > max(LENGTHS) else CodeFault.TRUNCATED)
    if not luhn_is_valid(digits):
        raise BadCode(CodeFault.WRONG_CHECK)
    return plain


def encode(number: int, length: int = max(LENGTHS)) -> str:
    """The code of a card's number, in ``length`` digits with the check."""
    body = str(number).zfill(length - 1)
    return PREFIX + body + luhn_check_digit(body)


def _plain(text: str) -> str:
    return text.replace("-", "").upper()
