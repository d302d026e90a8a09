"""``mapping.json``: what a host's own files call things, so that no host has to change its export.

Apart from reading the files because it is the one thing that a store's IT writes by hand: every mistake is named.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pos_client.domain.errors import HostDataInvalid
from pos_client.domain.host_receipt import MAX_AMOUNT_MINOR, ReceiptKind

RECEIPT_FIELDS: Final = ("till", "receipt_no", "at", "kind", "returns", "currency", "total_minor", "discount_minor")
LINE_FIELDS: Final = ("gtin", "name", "quantity", "unit_minor", "line_discount_minor")
Name = Literal[
    "till", "receipt_no", "at", "kind", "returns", "currency", "total_minor", "discount_minor",
    "gtin", "name", "quantity", "unit_minor", "line_discount_minor",
]  # fmt: skip
_SIGNS: Final = re.compile(r"^[¥￥$€£]|元$")


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    encoding: Literal["utf-8", "gbk"] = "utf-8"
    separator: Literal[",", ";", "\t", "|"] = ","
    money: Literal["minor", "decimal"] = "minor"
    decimal_point: Literal[".", ","] = "."
    time_format: str = Field(default="", max_length=60)
    currency: str = Field(default="CNY", pattern="^[A-Z]{3}$")
    negative_is_return: bool = False
    kinds: dict[str, Literal["sale", "return"]] = {}
    columns: dict[Name, str] = {}
    lines: str = "lines"


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How to read a host's files; the defaults are our own names and whole minor units.

    Attributes:
        encoding: of CSV and JSON; a byte-order mark is accepted. separator: of CSV.
        is_decimal: money is written as 19.90 rather than 1990. decimal_point: of it; the other sign groups thousands.
        time_format: as ``strptime``, in the store's time zone where it names no offset; empty for RFC 3339.
        columns: our field to the host's column. kinds: the host's word for a sale or a return.
        negative_is_return: a negative total is a return of that amount.
        lines: name of the list of lines in a JSON receipt.
    """

    encoding: str = "utf-8-sig"
    separator: str = ","
    is_decimal: bool = False
    decimal_point: str = "."
    time_format: str = ""
    currency: str = "CNY"
    negative_is_return: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: str = "lines"

    def column(self, name: str) -> str:
        """The host's name of a field."""
        return self.columns.get(name, name)

    def text(self, content: bytes) -> str:
        """A file's text. Raises HostDataInvalid: another encoding."""
        try:
            return content.decode(self.encoding)
        except UnicodeDecodeError as error:
            detail = f"byte {error.start + 1} is not {self.encoding}"
            raise HostDataInvalid(detail, problem="encoding") from error

    def money(self, value: object, currency: str) -> int:
        """Minor units, exactly; negative as written.

        Raises:
            HostDataInvalid: no amount, or one with more decimals than its currency has.
        """
        decimals = get_currency_precision(currency) if self.is_decimal else 0
        amount = self._number(value) * 10**decimals
        if amount != amount.to_integral_value():
            raise HostDataInvalid(f"{value} has more decimals than {currency}", problem="amount")
        return int(amount)

    def moment(self, value: object, zone: str) -> str:
        """RFC 3339 of a time as the host writes it. Raises HostDataInvalid."""
        if not self.time_format:
            return value if isinstance(value, str) else ""
        try:
            at = datetime.strptime(str(value).strip(), self.time_format)  # noqa: DTZ007 - the zone is given next
            at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
            return at.astimezone(UTC).isoformat()
        except (ValueError, OverflowError) as error:
            raise HostDataInvalid(f"a time is not {self.time_format}", problem="time", field="at") from error

    def kind(self, value: object) -> str:
        """Sale or return; what the host does not say is a sale."""
        written = str(value or "").strip()
        return self.kinds.get(written, written or ReceiptKind.SALE.value)

    def _number(self, value: object) -> Decimal:
        """A number of JSON, or a text as the mapping says. Bounded before it is reckoned with: 1E999999 is a number."""
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            number = Decimal(value)
        elif isinstance(value, str):
            number = self._written_number(value.strip())
        else:
            raise HostDataInvalid("an amount is a number", problem="amount")
        if not number.is_finite() or abs(number) > MAX_AMOUNT_MINOR:
            raise HostDataInvalid("an amount is too large", problem="amount")
        return number

    def _written_number(self, written: str) -> Decimal:
        point, group = self.decimal_point, "," if self.decimal_point == "." else "."
        plain = _SIGNS.sub("", written.removeprefix("-").strip()).strip()
        shape = rf"(\d{{1,15}}|\d{{1,3}}({re.escape(group)}\d{{3}})+)({re.escape(point)}\d{{1,6}})?"
        if not re.fullmatch(shape, plain, re.ASCII):
            raise HostDataInvalid("an amount is not written as mapping.json says", problem="amount")
        number = Decimal(plain.replace(group, "").replace(point, "."))
        return -number if written.startswith("-") else number


def read_mapping(path: Path) -> FileMapping:
    """The mapping of a folder; our own names where there is none.

    Raises:
        HostDataInvalid: the file is not JSON, or says something that is not known; ``detail`` names the place.
    """
    try:
        document: Any = json.loads(path.read_text("utf-8-sig"))
        told = _Document.model_validate(document)
    except FileNotFoundError:
        return FileMapping()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise HostDataInvalid(f"mapping.json: {place}: {first['msg']}", problem="mapping", field=place) from error
    except (OSError, ValueError, RecursionError) as error:
        raise HostDataInvalid("mapping.json cannot be read", problem="mapping") from error
    return FileMapping(
        encoding="gb18030" if told.encoding == "gbk" else "utf-8-sig",
        separator=told.separator,
        is_decimal=told.money == "decimal",
        decimal_point=told.decimal_point,
        time_format=told.time_format,
        currency=told.currency,
        negative_is_return=told.negative_is_return,
        kinds=dict(told.kinds),
        columns={str(name): column for name, column in told.columns.items()},
        lines=told.lines,
    )
