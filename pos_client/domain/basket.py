"""The basket: what the customer buys at the host's till, as lines or as a bare amount."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .errors import BasketInvalid

MAX_LINES: Final = 5_000
MAX_AMOUNT_MINOR: Final = 100_000_000_00
_LINE_FIELDS: Final = frozenset({"gtin", "name", "category", "brand", "quantity", "unit_minor"})
# What a person calls the number that is wrong.
_NUMBERS: Final = {"quantity": "quantity", "unit_minor": "price", "total_minor": "total"}
_BASKET_FIELDS: Final = frozenset({"currency", "receipt_no", "lines", "total_minor"})


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line: ``quantity`` pieces at ``unit_minor`` each."""

    gtin: str
    name: str
    category: str
    brand: str
    quantity: int
    unit_minor: int

    @property
    def amount_minor(self) -> int:
        """What the line costs."""
        return self.quantity * self.unit_minor


@dataclass(frozen=True, slots=True)
class Basket:
    """What is bought. ``lines`` is empty where only the amount is known."""

    currency: str
    total_minor: int
    lines: tuple[BasketLine, ...] = ()
    receipt_no: str = ""


def of_amount(total_minor: int, currency: str = "CNY") -> Basket:
    """A basket of which only the amount is known."""
    return Basket(currency, total_minor)


def parse(document: object) -> Basket:
    """Read a basket document (DESIGN's basket file).

    Raises:
        BasketInvalid: a field is missing, unknown or of the wrong kind, or lines and total disagree.
    """
    if not isinstance(document, Mapping):
        raise BasketInvalid("the basket is not a JSON object", problem="shape")
    _refuse_unknown(document, _BASKET_FIELDS)
    currency = _text(document, "currency", "CNY")
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha() or not currency.isupper():
        raise BasketInvalid("currency is an ISO 4217 code of three letters", problem="currency-code")
    lines = tuple(_line(line) for line in _line_list(document))
    total = sum(line.amount_minor for line in lines)
    if "total_minor" in document:
        total = _agreed_total(_count(document, "total_minor", 0), lines, total)
    elif not lines:
        raise BasketInvalid("a basket has lines or total_minor", problem="empty")
    if total > MAX_AMOUNT_MINOR:
        raise BasketInvalid("the amount is too large", problem="amount")
    return Basket(currency, total, lines, _text(document, "receipt_no", ""))


def _agreed_total(stated: int, lines: tuple[BasketLine, ...], added: int) -> int:
    if lines and stated != added:
        raise BasketInvalid(
            "the lines do not add up to the total", problem="sum", stated_minor=stated, added_minor=added
        )
    return stated


def _line_list(document: Mapping[str, Any]) -> list[Any]:
    lines = document.get("lines", [])
    if not isinstance(lines, list):
        raise BasketInvalid("lines is a list", problem="lines")
    if len(lines) > MAX_LINES:
        raise BasketInvalid(f"more than {MAX_LINES} lines", problem="many-lines")
    return lines


def _line(line: object) -> BasketLine:
    if not isinstance(line, Mapping):
        raise BasketInvalid("a basket line is not a JSON object", problem="line")
    _refuse_unknown(line, _LINE_FIELDS)
    return BasketLine(
        gtin=_text(line, "gtin", ""),
        name=_text(line, "name", ""),
        category=_text(line, "category", ""),
        brand=_text(line, "brand", ""),
        quantity=_count(line, "quantity", 1),
        unit_minor=_count(line, "unit_minor", 0),
    )


def _refuse_unknown(document: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(str(key) for key in document.keys() - known)
    if unknown:
        name = "".join(character if character.isprintable() else "·" for character in unknown[0][:40])
        raise BasketInvalid(f"unknown field {name}", problem="field", field=name)


def _text(document: Mapping[str, Any], field: str, default: str) -> str:
    value = document.get(field, default)
    if not isinstance(value, str) or len(value) > 200:
        raise BasketInvalid(f"{field} is a text of at most 200 characters", problem="field", field=field)
    return value


def _count(document: Mapping[str, Any], field: str, least: int) -> int:
    value = document.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MAX_AMOUNT_MINOR:
        raise BasketInvalid(f"{field} is a whole number from {least}", problem=_NUMBERS[field], field=field)
    return value
