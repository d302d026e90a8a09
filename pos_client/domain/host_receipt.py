"""A receipt of the host's own till, as the host tells it: read from JSON, and checked that it adds up.

Apart from the basket because this is no question: it has been paid, elsewhere, and is kept to be compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from .business_time import day_number, local_date
from .errors import HostDataInvalid
from .journal_entry import wire_time

MAX_LINES: Final = 1_000
MAX_AMOUNT_MINOR: Final = 100_000_000_00
MAX_TEXT: Final = 200
MAX_NUMBER: Final = 64
_FIELDS: Final = frozenset(
    {"till", "receipt_no", "at", "kind", "returns", "currency", "total_minor", "discount_minor", "lines"}
)
_LINE_FIELDS: Final = frozenset({"gtin", "name", "quantity", "unit_minor", "discount_minor", "currency"})


class ReceiptKind(StrEnum):
    """Whether goods went out or came back."""

    SALE = "sale"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class HostLine:
    """One line: ``quantity`` pieces at ``unit_minor``; ``discount_minor`` is what was taken off the line."""

    gtin: str
    name: str
    quantity: int
    unit_minor: int
    discount_minor: int = 0

    @property
    def amount_minor(self) -> int:
        """What the line cost before anything was taken off."""
        return self.quantity * self.unit_minor


@dataclass(frozen=True, slots=True)
class HostReceipt:
    """One receipt.

    Attributes:
        till: the host's name for its till, may be empty.
        receipt_no: the host's number; what tells two receipts of one till and day apart.
        at: aware. day: in the store's calendar.
        total_minor: what was paid, or of a return given back; never negative.
        discount_minor: what was taken off the shelf prices, None where the host does not say.
        lines: empty where only the amount is known.
        returns: of a return the number of the receipt it takes back, may be empty.
    """

    till: str
    receipt_no: str
    at: datetime
    day: date
    kind: ReceiptKind
    currency: str
    total_minor: int
    discount_minor: int | None = None
    lines: tuple[HostLine, ...] = ()
    returns: str = ""

    def names(self) -> frozenset[str]:
        """Under what a purchase of ours may know it: the bare number, with its till, and as a receipt code names it."""
        numbers = spellings(self.receipt_no) | spellings(self.returns)
        places = [f"{till}-" for till in spellings(self.till)]
        places += [f"{place}{day_number(self.day)}-" for place in places]
        return numbers | {f"{place}{number}" for place in places for number in numbers}

    def as_document(self) -> dict[str, Any]:
        """The JSON form of ``parse``."""
        document: dict[str, Any] = {
            "till": self.till,
            "receipt_no": self.receipt_no,
            "at": wire_time(self.at),
            "kind": self.kind.value,
            "returns": self.returns,
            "currency": self.currency,
            "total_minor": self.total_minor,
            "lines": [
                {
                    "gtin": line.gtin,
                    "name": line.name,
                    "quantity": line.quantity,
                    "unit_minor": line.unit_minor,
                    "discount_minor": line.discount_minor,
                }
                for line in self.lines
            ],
        }
        return document if self.discount_minor is None else document | {"discount_minor": self.discount_minor}


def spellings(number: str) -> frozenset[str]:
    """A number as it is written, and without zeros before it, as a receipt code carries it; none for an empty one."""
    plain = str(int(number)) if number.isascii() and number.isdecimal() else number
    return frozenset({number, plain}) - {""}


def parse(document: object, zone: str) -> HostReceipt:
    """Read a receipt document.

    Args:
        document: parsed JSON.
        zone: IANA name of the store's time zone, for its calendar.

    Raises:
        HostDataInvalid: a field is missing, unknown or of the wrong kind, the currencies are mixed, or the lines do
            not add up to the total.
    """
    if not isinstance(document, Mapping):
        raise HostDataInvalid("a receipt is a JSON object", problem="shape")
    _refuse_unknown(document, _FIELDS)
    at = _moment(document)
    receipt = HostReceipt(
        till=_text(document, "till", MAX_NUMBER),
        receipt_no=_text(document, "receipt_no", MAX_NUMBER),
        at=at,
        day=local_date(at, zone),
        kind=_kind(document),
        currency=_currency(document, "CNY"),
        total_minor=_count(document, "total_minor", 0),
        discount_minor=_count(document, "discount_minor", 0) if "discount_minor" in document else None,
        lines=_lines(document),
        returns=_text(document, "returns", MAX_NUMBER),
    )
    return checked(receipt)


def checked(receipt: HostReceipt) -> HostReceipt:
    """The receipt, once its parts agree.

    Raises:
        HostDataInvalid: it has no number, or its lines do not add up to the total.
    """
    if not receipt.receipt_no:
        raise HostDataInvalid("receipt_no is missing", problem="number")
    if receipt.lines:
        _require_sum(receipt)
    return receipt


def _require_sum(receipt: HostReceipt) -> None:
    """Lines less what was taken off are the total; where the host does not say what, it cannot be more than the lines.

    What is taken off may stand at the lines, on the receipt, or at both for the same money.
    """
    shelf = sum(line.amount_minor for line in receipt.lines)
    off_lines = sum(line.discount_minor for line in receipt.lines)
    off = receipt.discount_minor if receipt.discount_minor is not None else off_lines or shelf - receipt.total_minor
    if off < off_lines or shelf - off != receipt.total_minor or off < 0:
        raise HostDataInvalid(
            f"lines of {shelf} less {off} are not the total of {receipt.total_minor}",
            problem="sum",
            stated_minor=receipt.total_minor,
            added_minor=shelf - max(off, 0),
        )


def _lines(document: Mapping[str, Any]) -> tuple[HostLine, ...]:
    lines = document.get("lines", [])
    if not isinstance(lines, Sequence) or isinstance(lines, str) or len(lines) > MAX_LINES:
        raise HostDataInvalid(f"lines is a list of at most {MAX_LINES}", problem="lines")
    return tuple(_line(line, place, _currency(document, "CNY")) for place, line in enumerate(lines, start=1))


def _line(line: object, place: int, currency: str) -> HostLine:
    if not isinstance(line, Mapping):
        raise HostDataInvalid(f"line {place} is not a JSON object", problem="line", line=place)
    _refuse_unknown(line, _LINE_FIELDS)
    if _currency(line, currency) != currency:
        raise HostDataInvalid(f"line {place} is in another currency", problem="mixed-currency", line=place)
    return HostLine(
        gtin=_text(line, "gtin", MAX_TEXT),
        name=_text(line, "name", MAX_TEXT),
        quantity=_count(line, "quantity", 1, place),
        unit_minor=_count(line, "unit_minor", 0, place),
        discount_minor=_count(line, "discount_minor", 0, place) if "discount_minor" in line else 0,
    )


def _refuse_unknown(document: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(str(key) for key in document.keys() - known)
    if unknown:
        name = "".join(character if character.isprintable() else "·" for character in unknown[0][:40])
        raise HostDataInvalid(f"unknown field {name}", problem="field", field=name)


def _text(document: Mapping[str, Any], field: str, longest: int) -> str:
    value = document.get(field, "")
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise HostDataInvalid(f"{field} is a text of at most {longest} characters", problem="field", field=field)
    return value.strip()


def _count(document: Mapping[str, Any], field: str, least: int, place: int = 0) -> int:
    value = document.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MAX_AMOUNT_MINOR:
        where = f"line {place}: " if place else ""
        problem = "quantity" if field == "quantity" else "amount"
        detail = f"{where}{field} is a whole number from {least} to {MAX_AMOUNT_MINOR}"
        raise HostDataInvalid(detail, problem=problem, field=field, line=place)
    return value


def _currency(document: Mapping[str, Any], default: str) -> str:
    value = document.get("currency", default)
    if not isinstance(value, str) or len(value) != 3 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise HostDataInvalid("currency is an ISO 4217 code of three letters", problem="currency")
    return value


def _kind(document: Mapping[str, Any]) -> ReceiptKind:
    value = document.get("kind", ReceiptKind.SALE.value)
    if value not in set(ReceiptKind):
        raise HostDataInvalid("kind is sale or return", problem="field", field="kind")
    return ReceiptKind(value)


def _moment(document: Mapping[str, Any]) -> datetime:
    return moment(document.get("at"), "at")


def moment(value: object, field: str) -> datetime:
    """An aware moment from RFC 3339 text of this millennium's first two centuries.

    Raises:
        HostDataInvalid: no such text, or without its offset from UTC.
    """
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not 2000 <= at.year < 2200:
        raise HostDataInvalid(f"{field} is a time with its offset from UTC", problem="time", field=field)
    return at
