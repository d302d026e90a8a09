"""A text as the bytes of one encoding, and how wide the printer prints it. No printer library chooses for us here.

Apart from the page because this is where printers differ: what an encoding lacks is written in other letters, counted
where even that does not help, and never sent as half a character.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Encoding(StrEnum):
    """What a printer reads; values are Python's codecs."""

    GBK = "gbk"
    GB18030 = "gb18030"
    UTF_8 = "utf-8"


UNKNOWN: Final = "?"
# The yen sign of Latin-1 is four bytes in GB18030 and none in GBK; the full-width one is A3 A4 in both.
_ALWAYS: Final = {"\u00a5": "￥", "\u00a0": " ", "\u3000": "　", "\t": " "}
_INSTEAD: Final = {
    "−": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
    "₽": "RUB",
    "©": "(C)",
    "®": "(R)",
    "™": "TM",
    "✓": "√",
    "✔": "√",
    "✗": "×",
    "✘": "×",
    "•": "·",
    "ß": "ss",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "æ": "ae",
}


@dataclass(frozen=True, slots=True)
class Lettered:
    """A text that a printer can print.

    Attributes:
        text: as it will be read. columns: of the paper. replaced: characters for which a question mark stands.
    """

    text: str
    columns: int
    replaced: int


def lettered(text: str, encoding: Encoding) -> Lettered:
    """A text in the characters of an encoding; control characters, which a printer would obey, are left out."""
    found: list[str] = []
    replaced = 0
    for character in unicodedata.normalize("NFC", text):
        one = _one(_ALWAYS.get(character, character), encoding)
        replaced += one is None
        found.append(UNKNOWN if one is None else one)
    whole = "".join(found)
    return Lettered(whole, columns(whole, encoding), replaced)


def columns(text: str, encoding: Encoding) -> int:
    """How wide the printer prints it: what it gets as more than one byte is as wide as a Chinese character."""
    return sum(2 if _is_wide(character, encoding) else 1 for character in text)


def _is_wide(character: str, encoding: Encoding) -> bool:
    if encoding is Encoding.UTF_8:
        return unicodedata.east_asian_width(character) in "WFA"
    return len(character.encode(encoding.value)) > 1


def _one(character: str, encoding: Encoding) -> str | None:
    """A character, what is written instead of it, nothing, or None where it is lost."""
    if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    if _has(character, encoding):
        return character
    plain = _INSTEAD.get(character) or "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return plain if plain and all(_has(part, encoding) for part in plain) else None


def _has(character: str, encoding: Encoding) -> bool:
    """Whether printers with this encoding have it: of GB18030 the two-byte part and every Chinese character."""
    if encoding is Encoding.UTF_8:
        return ord(character) <= 0xFFFF and unicodedata.category(character) not in {"Co", "Cn", "Cs"}
    try:
        size = len(character.encode(encoding.value))
    except UnicodeEncodeError:
        return False
    return size <= 2 or unicodedata.name(character, "").startswith("CJK UNIFIED")
