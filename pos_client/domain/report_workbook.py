"""A report as a workbook (XLSX): the same table gives the same bytes.

Apart from CSV and JSON because this one needs a library, which is loaded only where somebody asks for a workbook.
"""

import io
from datetime import datetime
from typing import Final

import xlsxwriter

from .report_table import Table

# A workbook must say when it was made; a report says of which days it is, and nothing else.
_MADE: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - the library writes it as it stands
_LONGEST_TITLE: Final = 31


def xlsx_bytes(table: Table) -> bytes:
    """One sheet, its first row the columns' names. Texts are never taken for formulas, links or numbers."""
    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": table.name, "created": _MADE})
        sheet = book.add_worksheet(_title(table.name))
        for row, cells in enumerate((table.columns, *table.rows)):
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(row, column, cell)
                else:
                    sheet.write_string(row, column, cell)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _title(name: str) -> str:
    return "".join(character if character not in "[]:*?/\\" else "-" for character in name)[:_LONGEST_TITLE]
