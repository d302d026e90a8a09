"""A report as a workbook (XLSX): the same table gives the same bytes.

Apart from CSV and JSON because this one needs a library, which is loaded only where somebody asks for a workbook.
"""

import io
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

import xlsxwriter

from .report_table import Cell, Table

# A workbook must say when it was made; a report says of which days it is, and nothing else.
_MADE: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - the library writes it as it stands
_LONGEST_TITLE: Final = 31
_MINOR: Final = 100
_LATIN: Final = 0x2E7F
_WIDEST: Final = 60


def xlsx_bytes(table: Table, money: Collection[int] = ()) -> bytes:
    """One sheet, its first row the columns' names. Texts are never taken for formulas, links or numbers.

    Args:
        table: what is written.
        money: places of columns whose whole numbers are minor units, written with two decimals.
    """
    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": table.name, "created": _MADE})
        sheet = book.add_worksheet(_title(table.name))
        head = book.add_format({"bold": True, "bottom": 1})
        amount = book.add_format({"num_format": "#,##0.00"})
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, _width([name, *(row[column] for row in table.rows)]))
        for number, cells in enumerate(table.rows, start=1):
            for column, cell in enumerate(cells):
                if not isinstance(cell, int):
                    sheet.write_string(number, column, cell)
                elif column in money:
                    sheet.write_number(number, column, cell / _MINOR, amount)
                else:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _width(cells: Sequence[Cell]) -> int:
    """Of a column in letters, of which a Chinese one counts two; the widest cell and a little air."""
    widest = max(sum(2 if ord(letter) > _LATIN else 1 for letter in str(cell)) for cell in cells)
    return min(widest + 3, _WIDEST)


def _title(name: str) -> str:
    return "".join(character if character not in "[]:*?/\\" else "-" for character in name)[:_LONGEST_TITLE]
