"""The host's receipt files, CSV and JSON, become receipts; a file counts as a whole or not at all.

Of CSV each row is a line of a receipt, and rows of one receipt repeat its number, till, time and total; without columns
for lines each row is a receipt. Money is exact: text to whole minor units, never through a binary fraction.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from pos_client.domain.errors import HostDataInvalid
from pos_client.domain.host_receipt import MAX_AMOUNT_MINOR, HostReceipt, parse

from .file_mapping import LINE_FIELDS, RECEIPT_FIELDS, FileMapping

MAX_FILE_BYTES: Final = 32 << 20
_NEEDED: Final = ("receipt_no", "at", "total_minor")
_MONEY: Final = frozenset({"total_minor", "discount_minor", "unit_minor", "line_discount_minor"})
Fields = dict[str, Any]


def read_file(path: Path, mapping: FileMapping, zone: str) -> Sequence[HostReceipt]:
    """The receipts of a file on disk.

    Raises:
        HostDataInvalid: no file of its own, too large, or as ``read_receipts`` says.
    """
    # A pipe would be waited for without end.
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise HostDataInvalid("it is a folder, a link or a pipe", problem="folder")
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise HostDataInvalid(f"a file has at most {MAX_FILE_BYTES >> 20} MB", problem="size")
        content = path.read_bytes()
    except (PermissionError, FileNotFoundError) as error:
        raise HostDataInvalid("it is not there, or may not be read", problem="file") from error
    return read_receipts(path.name, content, mapping, zone)


def read_receipts(name: str, content: bytes, mapping: FileMapping, zone: str) -> Sequence[HostReceipt]:
    """The receipts of a file.

    Args:
        name: ends with ``.csv`` or ``.json``, which says what it is.
        content: its bytes.
        mapping: what the host calls things.
        zone: the store's time zone.

    Raises:
        HostDataInvalid: with the row or receipt in ``detail``; then nothing of the file counts.
    """
    if len(content) > MAX_FILE_BYTES:
        raise HostDataInvalid(f"a file has at most {MAX_FILE_BYTES >> 20} MB", problem="size")
    reader = _of_json if name.lower().endswith(".json") else _of_csv
    found = reader(mapping.text(content), mapping, zone)
    if not found:
        raise HostDataInvalid("the file holds no receipt", problem="empty")
    return found


def _of_json(text: str, mapping: FileMapping, zone: str) -> list[HostReceipt]:
    """One receipt, a list of them, or ``{"receipts": […]}``."""
    try:
        document = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise HostDataInvalid("the file is not JSON", problem="json") from error
    if isinstance(document, Mapping) and isinstance(document.get("receipts"), list):
        document = document["receipts"]
    documents = document if isinstance(document, list) else [document]
    receipts = []
    for place, one in enumerate(documents, start=1):
        with _At(f"receipt {place}"):
            receipts.append(_of_object(one, mapping, zone))
    return receipts


def _of_object(document: object, mapping: FileMapping, zone: str) -> HostReceipt:
    if not isinstance(document, Mapping):
        raise HostDataInvalid("a receipt is a JSON object", problem="shape")
    lines = document.get(mapping.lines, [])
    if not isinstance(lines, list) or not all(isinstance(line, Mapping) for line in lines):
        raise HostDataInvalid("lines is a list of objects", problem="lines")
    named = [_named(line, (*LINE_FIELDS, "currency"), mapping) for line in lines]
    return _receipt(_named(document, RECEIPT_FIELDS, mapping), named, mapping, zone)


def _of_csv(text: str, mapping: FileMapping, zone: str) -> list[HostReceipt]:
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mapping.separator, strict=True)
    try:
        columns = set(rows.fieldnames or ())
        _require_columns(columns, mapping)
        by_receipt = _gathered(rows, mapping)
    except csv.Error as error:
        raise HostDataInvalid(f"row {rows.line_num}: {error}", problem="columns") from error
    receipts = []
    for first_row, header, lines in by_receipt:
        with _At(f"row {first_row}"):
            receipts.append(_receipt(header, lines, mapping, zone))
    return receipts


def _require_columns(columns: set[str], mapping: FileMapping) -> None:
    missing = [mapping.column(name) for name in _NEEDED if mapping.column(name) not in columns]
    missing += [named for named in mapping.columns.values() if named not in columns and named not in missing]
    if missing:
        detail = f"there is no column {', '.join(missing)[:120]}"
        raise HostDataInvalid(detail, problem="columns")


def _gathered(rows: "csv.DictReader[str]", mapping: FileMapping) -> Iterable[tuple[int, Fields, list[Fields]]]:
    """Rows put together by receipt, in the order in which the receipts begin: first row, what all share, the lines."""
    found: dict[tuple[str, ...], tuple[int, Fields, list[Fields]]] = {}
    for row in rows:
        if None in row or None in row.values():
            raise HostDataInvalid(f"row {rows.line_num} has too many or too few columns", problem="columns")
        header, line = _named(row, RECEIPT_FIELDS, mapping), _named(row, LINE_FIELDS, mapping)
        identity = tuple(str(header.get(name, "")) for name in ("till", "receipt_no", "kind"))
        identity += (str(header.get("at", ""))[:10],)
        if line and identity in found:
            _, known, lines = found[identity]
            _require_same(known, header, rows.line_num)
            lines.append(line)
        else:
            place = identity if line else (*identity, str(rows.line_num))
            found[place] = (rows.line_num, header, [line] if line else [])
    return found.values()


def _require_same(known: Fields, header: Fields, row: int) -> None:
    different = [name for name in ("total_minor", "discount_minor", "currency") if known.get(name) != header.get(name)]
    if different:
        problem = "mixed-currency" if different == ["currency"] else "rows"
        detail = f"row {row}: {different[0]} differs from the receipt's other rows"
        raise HostDataInvalid(detail, problem=problem, line=row)


def _named(document: Mapping[str, Any], names: Sequence[str], mapping: FileMapping) -> Fields:
    """What we know of a row or object, under our names; what the host leaves empty is left out."""
    found = {name: document.get(mapping.column(name)) for name in names}
    return {name: value for name, value in found.items() if value not in (None, "")}


def _receipt(header: Fields, lines: list[Fields], mapping: FileMapping, zone: str) -> HostReceipt:
    document: Fields = {name: str(header[name]) for name in ("till", "receipt_no", "returns") if name in header}
    currency = str(header.get("currency", mapping.currency))
    document |= {"currency": currency, "at": mapping.moment(header.get("at"), zone)}
    document |= {"kind": mapping.kind(header.get("kind"))}
    document |= _amounts(header, mapping, currency)
    if mapping.negative_is_return and document.get("total_minor", 0) < 0:
        _turn_round(document, lines, mapping, currency)
    else:
        document["lines"] = [_line(line, mapping, currency) for line in lines]
    return parse(document, zone)


def _turn_round(document: Fields, lines: list[Fields], mapping: FileMapping, currency: str) -> None:
    """A return, as hosts write it: everything negative."""
    document["kind"] = "return"
    for name in ("total_minor", "discount_minor"):
        if name in document:
            document[name] = abs(document[name])
    document["lines"] = [
        {
            name: abs(value) if isinstance(value, int) else value
            for name, value in _line(line, mapping, currency).items()
        }
        for line in lines
    ]


def _line(line: Fields, mapping: FileMapping, currency: str) -> Fields:
    read: Fields = {name: str(line[name]) for name in ("gtin", "name", "currency") if name in line}
    amounts = _amounts(line, mapping, currency)
    read["unit_minor"] = amounts.get("unit_minor")
    if "line_discount_minor" in amounts:
        read["discount_minor"] = amounts["line_discount_minor"]
    read["quantity"] = _pieces(line.get("quantity", 1))
    return read


def _amounts(fields: Fields, mapping: FileMapping, currency: str) -> Fields:
    return {name: mapping.money(fields[name], currency) for name in fields.keys() & _MONEY}


def _pieces(value: object) -> int:
    """Whole pieces: 2, "2" and "2.000" are two; goods by weight are one line of their price."""
    try:
        number = Decimal(str(value).strip())
    except ArithmeticError as error:
        raise HostDataInvalid("a quantity is a whole number", problem="quantity", field="quantity") from error
    if not number.is_finite() or abs(number) > MAX_AMOUNT_MINOR or number != number.to_integral_value():
        raise HostDataInvalid("a quantity is a whole number", problem="quantity", field="quantity")
    return int(number)


class _At:
    """Names the place in a file at which something is wrong."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, HostDataInvalid):
            raise HostDataInvalid(f"{self._place}: {error.detail}", **error.facts) from error
