"""The digits of the two North American coupons: 8110, which says all of its offer, and 8112, which only names it.

Source: "North American Coupon Application Guideline Using GS1 DataBar Expanded Symbols", release 2.0, and the
linters ``couponcode`` and ``couponposoffer`` of the GS1 Syntax Dictionary. A number of variable length follows one
digit that says its length (VLI); optional fields begin with their own number and stand in ascending order. Apart
from ``coupon_8110``, which judges the offer, because reading needs neither basket nor policy.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from .bad_code import BadCode, CodeFault
from .decimal_token import is_decimal
from .gs1_date import is_date

MAX_DIGITS: Final = 70
_COMPANY_LENGTHS: Final = range(7)
_VALUE_LENGTHS: Final = range(1, 6)
_RETAILER_LENGTHS: Final = range(1, 8)
_SERIAL_LENGTHS: Final = range(10)
_SAME_COMPANY: Final = 9
_LEAST_LONG: Final = 6


class RequirementKind(IntEnum):
    """What a purchase requirement counts. Weights have 2 (pounds) and 3 decimals (kilograms), money has 2."""

    PIECES = 0
    AMOUNT_OF_ITEMS = 1
    AMOUNT_OF_BASKET = 2
    POUNDS = 3
    KILOGRAMS = 4
    CASHIER = 9


class PurchaseRule(IntEnum):
    """How several purchase requirements go together."""

    ANY = 0
    ALL = 1
    FIRST_AND_ONE = 2
    COMBINED = 3


class SaveKind(IntEnum):
    """What the save value is: money, a free item up to it (0: any price), free items, a percentage, money off all."""

    AMOUNT = 0
    FREE_ITEM = 1
    FREE_ITEMS = 2
    PERCENT = 5
    AMOUNT_OF_BASKET = 6


@dataclass(frozen=True, slots=True)
class Requirement:
    """One purchase requirement.

    Attributes:
        value: how much, in the unit of ``kind``.
        family: three digits that the company gives its products; ``000`` is all of them.
        company: GS1 company prefix of the goods, 6 to 12 digits.
    """

    value: int
    kind: RequirementKind
    family: str
    company: str


@dataclass(frozen=True, slots=True)
class Coupon8110:
    """A coupon 8110, decoded.

    Attributes:
        company: GS1 company prefix of who pays for it.
        offer: six digits.
        save_value: in the unit of ``save_kind``.
        requirements: the first, and the second and third where there are any.
        rule: how they go together, None where the code does not say.
        expires, starts: YYMMDD, empty where the code sets no limit.
        serial: empty where all pieces are alike.
        retailer: company prefix or GLN of the only chain that takes it, empty for any.
        applies_to: 0 to 2, the requirement on whose goods it saves.
        store_coupon: 0, or on how many items a retailer's own coupon saves.
        once: it may not be multiplied.
    """

    company: str
    offer: str
    save_value: int
    requirements: tuple[Requirement, ...]
    rule: PurchaseRule | None
    expires: str
    starts: str
    serial: str
    retailer: str
    save_kind: SaveKind
    applies_to: int
    store_coupon: int
    once: bool


@dataclass(frozen=True, slots=True)
class PositiveOffer:
    """A serialised coupon 8112: format 0 digital or 1 paper, who pays, which offer, which piece."""

    format: int
    funder: str
    offer: str
    serial: str


class _Digits:
    """The digits that are still to be read."""

    def __init__(self, digits: str) -> None:
        if not is_decimal(digits):
            raise BadCode(CodeFault.WRONG_CHARACTER)
        if len(digits) > MAX_DIGITS:
            raise BadCode(CodeFault.TOO_LONG)
        self._rest = digits

    def take(self, count: int) -> str:
        """The next digits."""
        if len(self._rest) < count:
            raise BadCode(CodeFault.TRUNCATED)
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def one_of(self, allowed: range) -> int:
        """The next digit, one of a range."""
        digit = int(self.take(1))
        if digit not in allowed:
            raise BadCode(CodeFault.WRONG_CHARACTER)
        return digit

    def sized(self, lengths: range, least: int) -> str:
        """The number behind its length digit; a length of 0 means ``least`` digits."""
        return self.take(self.one_of(lengths) + least)

    def field(self, number: str) -> bool:
        """Whether the optional field of that number is next; its number is read then."""
        if not self._rest.startswith(number):
            return False
        self.take(1)
        return True

    def end(self) -> None:
        """Nothing may be left."""
        if self._rest:
            raise BadCode(CodeFault.TOO_LONG)


def parse_8110(digits: str) -> Coupon8110:
    """Read what stands behind the application identifier 8110.

    Raises:
        BadCode: cut, too long, or a digit that its place does not have.
    """
    source = _Digits(digits)
    company = source.sized(_COMPANY_LENGTHS, _LEAST_LONG)
    offer, save_value = source.take(6), int(source.sized(_VALUE_LENGTHS, 0))
    requirements, rule = _requirements(source, company)
    expires, starts = _date(source, "3"), _date(source, "4")
    if expires and starts > expires:
        raise BadCode(CodeFault.WRONG_CHARACTER)
    serial = source.sized(_SERIAL_LENGTHS, _LEAST_LONG) if source.field("5") else ""
    retailer = source.sized(_RETAILER_LENGTHS, _LEAST_LONG) if source.field("6") else ""
    save_kind, applies_to, store_coupon, once = _terms(source)
    source.end()
    return Coupon8110(
        company=company,
        offer=offer,
        save_value=save_value,
        requirements=requirements,
        rule=rule,
        expires=expires,
        starts=starts,
        serial=serial,
        retailer=retailer,
        save_kind=save_kind,
        applies_to=applies_to,
        store_coupon=store_coupon,
        once=once,
    )


def parse_8112(digits: str) -> PositiveOffer:
    """Read what stands behind the application identifier 8112.

    Raises:
        BadCode: cut, too long, or a digit that its place does not have.
    """
    source = _Digits(digits)
    form, funder = source.one_of(range(2)), source.sized(_COMPANY_LENGTHS, _LEAST_LONG)
    offer = PositiveOffer(form, funder, source.take(6), source.sized(_SERIAL_LENGTHS, _LEAST_LONG))
    source.end()
    return offer


def _requirements(source: _Digits, company: str) -> tuple[tuple[Requirement, ...], PurchaseRule | None]:
    found, rule = [_requirement(source, company)], None
    if source.field("1"):
        rule = PurchaseRule(source.one_of(range(4)))
        found.append(_further_requirement(source, company))
    if source.field("2"):
        found.append(_further_requirement(source, company))
    return tuple(found), rule


def _requirement(source: _Digits, company: str) -> Requirement:
    value = int(source.sized(_VALUE_LENGTHS, 0))
    kind = source.take(1)
    if kind not in "012349":
        raise BadCode(CodeFault.WRONG_CHARACTER)
    return Requirement(value, RequirementKind(int(kind)), source.take(3), company)


def _further_requirement(source: _Digits, first_company: str) -> Requirement:
    alone = _requirement(source, first_company)
    length = source.one_of(range(10))
    if length == _SAME_COMPANY:
        return alone
    if length not in _COMPANY_LENGTHS:
        raise BadCode(CodeFault.WRONG_CHARACTER)
    return Requirement(alone.value, alone.kind, alone.family, source.take(length + _LEAST_LONG))


def _date(source: _Digits, field: str) -> str:
    if not source.field(field):
        return ""
    day = source.take(6)
    if not is_date(day):
        raise BadCode(CodeFault.WRONG_CHARACTER)
    return day


def _terms(source: _Digits) -> tuple[SaveKind, int, int, bool]:
    if not source.field("9"):
        return SaveKind.AMOUNT, 0, 0, False
    kind = source.take(1)
    if kind not in "01256":
        raise BadCode(CodeFault.WRONG_CHARACTER)
    terms = (SaveKind(int(kind)), source.one_of(range(3)), source.one_of(range(10)))
    return (*terms, bool(source.one_of(range(2))))
