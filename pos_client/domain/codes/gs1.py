"""GS1 data as scanners send it: element strings with or without their marks, and GS1 Digital Link URIs, as text only.

Apart from the router because this is the one module of the core that reads with a library: ``biip`` knows which
application identifiers there are, their patterns, and the paths of a Digital Link (docs/adr/0019). It is loaded at
the first GS1 text, because its tables cost a tenth of a second that most lanes never need; ``load`` does it earlier.
Check digits, characters, repetitions and sizes are looked at here, and nothing but ``BadCode`` leaves.

Marked texts begin with an AIM symbology identifier (ISO/IEC 15424) of a GS1 symbol, with the separator that stands
for FNC1, or are printed under the bars with brackets. Unmarked digits are claimed where nothing else can have their
form: ``01`` + GTIN, ``8018`` + GSRN, the coupons ``8110`` and ``8112``, and ``255`` from 25 digits on. A shorter
``255`` has the form of Alipay's payment code and is taken only with a mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .bad_code import BadCode, CodeFault
from .check_digits import gs1_is_valid
from .decimal_token import is_decimal
from .gs1_date import is_date

if TYPE_CHECKING:
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

MAX_TEXT: Final = 512
MAX_ELEMENTS: Final = 8
SEPARATOR: Final = "\x1d"
AIM_PREFIXES: Final = ("]C1", "]d2", "]Q3", "]e0")
GTIN, GCN, GSRN, RELATION, COUPON, POSITIVE_OFFER = "01", "255", "8018", "8019", "8110", "8112"
_BATCH, _EXPIRY, _SERIAL = "10", "17", "21"
_CHECKED: Final = {GTIN: 14, "02": 14, GSRN: 18, GCN: 13}
_DATES: Final = frozenset({"11", "12", "13", "15", "16", _EXPIRY})
# What other texts cannot have: digits enough for the identifier's shortest form, or more than Alipay's longest.
_LEAST_UNMARKED: Final = {COUPON: 25, POSITIVE_OFFER: 25, GCN: 25, GSRN: 22, GTIN: 16}
_MAX_AI: Final = 4
_LINKS: Final = ("https://", "http://")
# A link of a product has two or three parts behind its key; each part of a hostile one costs as much as a whole code.
_MAX_LINK_PARTS: Final = 4
_LINK_KEYS: Final = (GTIN, GCN, GSRN)


@dataclass(frozen=True, slots=True)
class Gs1Elements:
    """The element strings of one text, in the order of the text, as (application identifier, value)."""

    elements: tuple[tuple[str, str], ...]

    def get(self, identifier: str) -> str:
        """The value under an application identifier, empty where there is none."""
        return next((value for key, value in self.elements if key == identifier), "")

    @property
    def gtin(self) -> str:
        """The product, 14 digits, or empty."""
        return self.get(GTIN)

    @property
    def serial(self) -> str:
        """Serial number of the piece (21), or empty."""
        return self.get(_SERIAL)

    @property
    def batch(self) -> str:
        """Batch or lot (10), or empty."""
        return self.get(_BATCH)

    @property
    def expiry(self) -> str:
        """Expiration date (17) as YYMMDD, day 00 meaning the month's last, or empty; ``gs1_date.date_of`` reads it."""
        return self.get(_EXPIRY)

    @property
    def gsrn(self) -> str:
        """The member's service relation number (8018), 18 digits, or empty."""
        return self.get(GSRN)

    @property
    def relation(self) -> str:
        """Which encounter of that relation this is (8019), or empty."""
        return self.get(RELATION)


@dataclass(frozen=True, slots=True)
class GlobalCoupon:
    """A Global Coupon Number (255).

    Attributes:
        number: 13 digits: whose coupon, and which.
        serial: which piece, at most 12 digits. Empty means that all pieces carry the same code.
    """

    number: str
    serial: str

    @property
    def text(self) -> str:
        """The canonical form: brackets, because the bare digits can have the form of a payment code."""
        return f"({GCN}){self.number}{self.serial}"


def load() -> None:
    """Load the tables now, so that the first GS1 text of the day is no slower than the next."""
    _identifier_at("00")


def looks_like(text: str) -> bool:
    """Whether the text is marked, or is unmarked and has the form of no other family."""
    return text.startswith((*AIM_PREFIXES, SEPARATOR)) or _is_unmarked(text) or _bracketed(text) is not None


def is_meant(text: str) -> bool:
    """Whether a text that looks like GS1 data and cannot be read is damaged GS1 data, and not something else."""
    marks = (*AIM_PREFIXES, SEPARATOR, *(f"({key})" for key in _LEAST_UNMARKED))
    return text.startswith(marks) or text.startswith((GSRN, COUPON, POSITIVE_OFFER))


def parse(text: str) -> Gs1Elements:
    """Read an element string.

    Raises:
        BadCode: no such identifier, a value that its identifier does not have, a wrong check digit, the same identifier
            with two values, more than ``MAX_ELEMENTS``, or too long.
    """
    if len(text) > MAX_TEXT:
        raise BadCode(CodeFault.TOO_LONG)
    bracketed = _bracketed(text)
    if bracketed is not None:
        return _checked(_whole(key, value) for key, value in bracketed)
    plain = text[len(AIM_PREFIXES[0]) :] if text.startswith(AIM_PREFIXES) else text
    return _checked(_split(plain.strip(SEPARATOR)))


def parse_link(text: str) -> Gs1Elements | None:
    """Read a GS1 Digital Link URI (version 1.2, uncompressed) of a product, coupon or member, whatever its host.

    None where it is another link. The text is taken apart and never looked up; coupons 8110 and 8112 are no keys of a
    Digital Link, and are not taken out of one.
    """
    if not text.isascii() or len(text) > MAX_TEXT or not text.lower().startswith(_LINKS):
        return None
    if text.count("&") >= _MAX_LINK_PARTS or not any(f"/{key}/" in text for key in _LINK_KEYS):
        return None
    try:
        found = _checked(_of_link(text))
    except BadCode:
        return None
    key = found.elements[0][0]
    return found if key in _LINK_KEYS and not (found.get(COUPON) or found.get(POSITIVE_OFFER)) else None


def global_coupon(elements: Gs1Elements) -> GlobalCoupon:
    """The coupon under 255."""
    value = elements.get(GCN)
    return GlobalCoupon(value[:13], value[13:])


def _is_unmarked(text: str) -> bool:
    least = next((size for key, size in _LEAST_UNMARKED.items() if text.startswith(key)), MAX_TEXT + 1)
    if len(text) < least or not text.isascii():
        return False
    if text.startswith(GTIN):
        return is_decimal(text[2:16]) and gs1_is_valid(text[2:16])
    head = text.partition(SEPARATOR)[0]
    return is_decimal(head) and len(head) >= least


def _bracketed(text: str) -> list[tuple[str, str]] | None:
    """(identifier, value) of a text as it is printed, None where it is not all of that form."""
    if not text.startswith("(") or len(text) > MAX_TEXT or not text.isascii():
        return None
    pairs = [part.partition(")") for part in text[1:].split("(")]
    if not all(mark and 2 <= len(key) <= _MAX_AI and is_decimal(key) and value for key, mark, value in pairs):
        return None
    return [(key, value) for key, _, value in pairs]


def _split(text: str) -> Iterator[tuple[str, str]]:
    while text:
        field = text.partition(SEPARATOR)[0]
        identifier = _identifier_at(field[:_MAX_AI])
        found = re.match(identifier.pattern.removesuffix("$"), field)
        if found is None:
            raise BadCode(CodeFault.WRONG_CHARACTER)
        yield identifier.ai, field[len(identifier.ai) : found.end()]
        text = text[found.end() :].lstrip(SEPARATOR)


def _whole(key: str, value: str) -> tuple[str, str]:
    identifier = _identifier_at((key + value)[:_MAX_AI])
    if identifier.ai != key or re.fullmatch(identifier.pattern, key + value) is None:
        raise BadCode(CodeFault.WRONG_CHARACTER)
    return key, value


def _of_link(text: str) -> Iterator[tuple[str, str]]:
    from biip import BiipException  # noqa: PLC0415 - its tables are read at the first GS1 text
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI  # noqa: PLC0415

    try:
        uri = GS1DigitalLinkURI.parse(text)
    # ValueError: of the standard library, for a host or number that is none.
    except (BiipException, ValueError, ArithmeticError, LookupError) as fault:
        raise BadCode(CodeFault.WRONG_CHARACTER) from fault
    for element in uri.element_strings:
        yield _whole(element.ai.ai, element.value)


@lru_cache(maxsize=1024)
def _identifier_at(head: str) -> "GS1ApplicationIdentifier":
    from biip import BiipException  # noqa: PLC0415 - its tables are read at the first GS1 text
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier  # noqa: PLC0415

    try:
        return GS1ApplicationIdentifier.extract(head)
    except BiipException as fault:
        raise BadCode(CodeFault.WRONG_CHARACTER) from fault


def _checked(found: Iterator[tuple[str, str]]) -> Gs1Elements:
    elements: dict[str, str] = {}
    for count, (key, value) in enumerate(found, 1):
        if count > MAX_ELEMENTS or not value.isascii() or elements.get(key, value) != value:
            raise BadCode(CodeFault.WRONG_CHARACTER)
        _check(key, value)
        elements[key] = value
    if not elements:
        raise BadCode(CodeFault.TRUNCATED)
    return Gs1Elements(tuple(elements.items()))


def _check(key: str, value: str) -> None:
    if key in _CHECKED and not gs1_is_valid(value[: _CHECKED[key]]):
        raise BadCode(CodeFault.WRONG_CHECK)
    if key in _DATES and not is_date(value, whole_month=True):
        raise BadCode(CodeFault.WRONG_CHARACTER)
