"""Opaque coupon ids: ``C``, 26 characters of Crockford base32 (128 random bits), one check character.

Crockford's aliases are taken as a person types them (o for 0, i and l for 1, any case, hyphens between groups).
The check is ISO/IEC 7064 MOD 37,36 over the canonical body, because Crockford's own check symbols (``*~$=U``) are
keys that move between keyboard layouts.
"""

from typing import Final

from .bad_code import BadCode, CodeFault
from .check_digits import iso7064_mod_37_36

PREFIX: Final = "C"
ENROLMENT_PREFIX: Final = "E"
BODY_LENGTH: Final = 26
TEXT_LENGTH: Final = 28
CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIASES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def encode(value: int, prefix: str = PREFIX) -> str:
    """The code of a 128-bit number."""
    body = "".join(CROCKFORD[value >> (5 * place) & 31] for place in reversed(range(BODY_LENGTH)))
    return prefix + body + _check(prefix, body)


def looks_like(text: str, prefix: str = PREFIX) -> bool:
    """Whether a person or scanner meant an opaque id: the prefix, and about its length of letters and digits."""
    if not text.isascii():
        return False
    plain = _plain(text)
    return plain.startswith(prefix) and 20 <= len(plain) <= 36 and plain.isalnum()


def parse(text: str, prefix: str = PREFIX) -> str:
    """The canonical 28 characters.

    Raises:
        BadCode: wrong length, another prefix, a character outside the alphabet, or a wrong check character.
    """
    # Looked at before upper-casing, which makes ASCII letters of some that are none (U+0131, U+017F, U+FB01).
    if not text.isascii():
        raise BadCode(CodeFault.WRONG_CHARACTER)
    plain = _plain(text)
    if len(plain) < TEXT_LENGTH:
        raise BadCode(CodeFault.TRUNCATED)
    if len(plain) > TEXT_LENGTH:
        raise BadCode(CodeFault.TOO_LONG)
    body = plain[1:-1].translate(_ALIASES)
    if plain[0] != prefix or any(character not in CROCKFORD for character in body):
        raise BadCode(CodeFault.WRONG_CHARACTER)
    check = _check(prefix, body)
    if plain[-1].translate(_ALIASES) != check.translate(_ALIASES):
        raise BadCode(CodeFault.WRONG_CHECK)
    return prefix + body + check


def _plain(text: str) -> str:
    return text.replace("-", "").upper()


def _check(prefix: str, body: str) -> str:
    return iso7064_mod_37_36(prefix + body)
