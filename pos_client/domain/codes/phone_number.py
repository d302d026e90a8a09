"""Phone numbers: who somebody says he is. They identify, they never entitle, and they are never kept in clear."""

from typing import Final

from .decimal_token import is_decimal

CHINA: Final = "+86"
_SEPARATORS: Final = str.maketrans("", "", " -()\u00a0")


def normalise(text: str) -> str | None:
    """The number in E.164 (ITU-T), or None where the text is no phone number.

    Eleven digits that begin with 13 to 19 are a mainland mobile number; all others need their ``+`` and country code.
    """
    plain = text.translate(_SEPARATORS)
    plain = "+" + plain[2:] if plain.startswith("00") else plain
    national = plain.removeprefix(CHINA)
    if _is_chinese_mobile(national):
        return CHINA + national
    if plain.startswith(CHINA) or not plain.startswith("+"):
        return None
    return plain if is_decimal(plain[1:]) and 8 <= len(plain) <= 16 and plain[1] != "0" else None


def mask(e164: str) -> str:
    """What may be shown: the first three and the last four digits of the national number."""
    national = e164.removeprefix(CHINA)
    return f"{national[:3]}****{national[-4:]}"


def _is_chinese_mobile(digits: str) -> bool:
    return len(digits) == 11 and is_decimal(digits) and digits[0] == "1" and digits[1] in "3456789"
