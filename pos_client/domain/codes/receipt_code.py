"""Receipt codes (``RC``): one purchase at the host's till, as its own till or an adapter beside it prints it for us.

``RC``, 29 characters of Crockford base32, one check character of ISO/IEC 7064 MOD 37,36 over all before it, typed as
tolerantly as an opaque id. The 29 characters are one number of 145 bits: two zero bits, then store 24, host till 16,
receipt number 40, day 16 (from 2020-01-01, store's calendar), minute of that day 11, total in minor units 36.

It is not signed: it says which purchase is meant, so that the same receipt cannot be handed in twice, and the host's
own file says whether the purchase is true. Plain receipt numbers are not taken, because bare digits of any length
could be a product, a phone or a payment code.
"""

from dataclasses import dataclass
from typing import Final

from .bad_code import BadCode, CodeFault
from .check_digits import iso7064_mod_37_36
from .opaque_id import CROCKFORD

PREFIX: Final = "RC"
BODY_LENGTH: Final = 29
TEXT_LENGTH: Final = 32
_MEANT: Final = range(24, 41)
_MINUTES: Final = 24 * 60
_WIDTHS: Final = (24, 16, 40, 16, 11, 36)
_BITS: Final = sum(_WIDTHS)
_ALIASES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """One receipt.

    Attributes:
        store: number of our store there.
        till: the host till's number. receipt: its receipt number.
        day: counted from 2020-01-01, store's calendar. minute: of that day.
        total_minor: what was paid, minor units.
    """

    store: int
    till: int
    receipt: int
    day: int
    minute: int
    total_minor: int

    @property
    def receipt_no(self) -> str:
        """The receipt's name in entries: the same receipt gives the same name, however it was typed."""
        return f"{self.till}-{self.day}-{self.receipt}"

    def text(self) -> str:
        """The 32 characters.

        Raises:
            BadCode: a number that does not fit its place.
        """
        number = 0
        fields = (self.store, self.till, self.receipt, self.day, self.minute, self.total_minor)
        for value, width in zip(fields, _WIDTHS, strict=True):
            if value < 0 or value.bit_length() > width:
                raise BadCode(CodeFault.WRONG_CHARACTER)
            number = number << width | value
        body = "".join(CROCKFORD[number >> (5 * place) & 31] for place in reversed(range(BODY_LENGTH)))
        return PREFIX + body + iso7064_mod_37_36(PREFIX + body)


def looks_like(text: str) -> bool:
    """Whether a receipt code was meant: the prefix, and about its length of letters and digits."""
    if not text.isascii():
        return False
    plain = _plain(text)
    return plain.startswith(PREFIX) and len(plain) in _MEANT and plain.isalnum()


def parse(text: str) -> ReceiptCode:
    """Read a receipt code; ``text()`` of it is the canonical form.

    Raises:
        BadCode: wrong length, a character outside the alphabet, a wrong check character, or no time of day.
    """
    if not text.isascii():
        raise BadCode(CodeFault.WRONG_CHARACTER)
    plain = _plain(text)
    if len(plain) != TEXT_LENGTH:
        raise BadCode(CodeFault.TRUNCATED if len(plain) < TEXT_LENGTH else CodeFault.TOO_LONG)
    body = plain[len(PREFIX) : -1].translate(_ALIASES)
    if not plain.startswith(PREFIX) or any(character not in CROCKFORD for character in body):
        raise BadCode(CodeFault.WRONG_CHARACTER)
    if plain[-1].translate(_ALIASES) != iso7064_mod_37_36(PREFIX + body).translate(_ALIASES):
        raise BadCode(CodeFault.WRONG_CHECK)
    return _unpacked(body)


def _unpacked(body: str) -> ReceiptCode:
    number = 0
    for character in body:
        number = number << 5 | CROCKFORD.index(character)
    if number.bit_length() > _BITS:
        raise BadCode(CodeFault.WRONG_CHARACTER)
    values = []
    for width in reversed(_WIDTHS):
        values.append(number & (1 << width) - 1)
        number >>= width
    receipt = ReceiptCode(*reversed(values))
    if receipt.minute >= _MINUTES:
        raise BadCode(CodeFault.WRONG_CHARACTER)
    return receipt


def _plain(text: str) -> str:
    return text.replace("-", "").upper()
