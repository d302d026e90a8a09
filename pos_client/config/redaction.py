"""Keeps phones, card numbers, codes and names out of the logs, whoever wrote the line.

Apart from ``logs`` so that a support bundle can use the same filter. It looks at every text of a record, tracebacks
included, after it was put together.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

HIDDEN: Final = "[hidden]"
# Fields that may hold what a person typed, showed or is called.
_PRIVATE: Final = frozenset(
    {
        "code", "text", "token", "raw", "scan", "phone", "name", "member", "masked", "operator_name", "secret", "pin",
        "password", "session_token", "store_secret", "private_key", "authorization", "signature",
    }
)  # fmt: skip
# Seven digits or more, as people group them: phones, cards, signed codes. A date is let through.
_DIGITS: Final = re.compile(r"(?<![0-9A-Za-z])\+?\d(?:[ .-]?\d){6,}(?![0-9A-Za-z])|\d{11,}")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2})?")
# Opaque coupon and enrolment codes: a letter and about 27 characters of base32, with or without hyphens.
_OPAQUE: Final = re.compile(r"(?<![0-9A-Za-z])[CEce](?:-?[0-9A-Za-z]){19,40}(?![0-9A-Za-z])")
# User and password of an address, and all that follows its host: many cameras want a password in the path.
_CAMERA_URL: Final = re.compile(r"\b(rtsps?://)(?:[^\s/@]*@)?([^\s/?#\"']*)[^\s\"']*")
_URL_LOGIN: Final = re.compile(r"(?<=://)[^\s/@]+@")
_HEX: Final = re.compile(r"[0-9a-f]+")


def redact(value: Any, name: str = "") -> Any:
    """The value with everything private taken out; mappings and lists are gone through."""
    if name.lower() in _PRIVATE and value not in (None, "", 0, False):
        return HIDDEN
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, Mapping):
        return {key: redact(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [redact(inner) for inner in value]
    if isinstance(value, bytes):
        return f"[{len(value)} bytes]"
    return value


def redact_text(text: str) -> str:
    """A text without long digit runs, codes, and what opens an address."""
    text = _URL_LOGIN.sub(f"{HIDDEN}@", _CAMERA_URL.sub(r"\1\2", text))
    return _DIGITS.sub(_without_digits, _OPAQUE.sub(_without_code, text))


def _without_digits(match: re.Match[str]) -> str:
    found = match.group()
    return found if _DATE.fullmatch(found) else f"[{sum(character.isdigit() for character in found)} digits]"


def _without_code(match: re.Match[str]) -> str:
    # A lower-case hexadecimal hash or request id that begins with c or e is no code.
    return match.group() if _HEX.fullmatch(match.group()) else f"[code of {len(match.group())}]"
