"""A report as a table, and as bytes of CSV and JSON: the same rows give the same bytes, on any machine and at any time.

Apart from what is reported because lane and centre hand out the same files. Nothing here asks for a clock, a time zone
or a locale; whoever makes the rows sorts them.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Cell = str | int
# A spreadsheet takes a text that begins so for a formula, and may run it. A quote before it keeps it a text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns' names; ``name`` says what it is, and of which days."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def documents(self) -> list[dict[str, Cell]]:
        """The rows as objects."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def table_of(name: str, columns: Sequence[str], documents: Sequence[Mapping[str, Any]]) -> Table:
    """A table of flat objects, in their order; what is neither text nor whole number is written as JSON.

    Where no columns are named, all that any object has are taken, and what an object has not stays empty.
    """
    names = tuple(columns) or tuple(dict.fromkeys(column for one in documents for column in one))
    return Table(name, names, tuple(tuple(_cell(one.get(column, "")) for column in names) for one in documents))


def csv_bytes(table: Table) -> bytes:
    """RFC 4180 in UTF-8 with a mark, as spreadsheets expect Chinese; no cell of it is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(harmless, table.columns))
    writer.writerows(map(harmless, row) for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def json_bytes(table: Table) -> bytes:
    """One object with ``report``, ``columns`` and ``rows``."""
    document = {"report": table.name, "columns": table.columns, "rows": table.documents()}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _cell(value: object) -> Cell:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value
