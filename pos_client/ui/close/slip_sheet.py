"""The day's slip as it will be printed: on the screen beside the steps, and on the pages of a PDF.

Apart from the customer's slip, which has codes on it. Its text is ``config.day_slip``'s; only its look is made here.
"""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.config.day_slip import Sheet, day_rows, day_slip, day_table
from pos_client.config.wording import Wording
from pos_client.domain.receipt_page import Row
from pos_client.domain.report_table import Table
from pos_client.ui.fitting import SMALLEST_PX, fitted_font
from pos_client.ui.theme import font_family
from pos_client.usecases.day_end_facts import DayEndFacts

_PAPER: Final = QColor("#FFFFFF")
_INK: Final = QColor("#1B1F24")
_PARTS: Final = re.compile(r"^( *)(.*?)(?: {2,}(\S.*))?$")
_WIDTH_MM: Final = 80.0
_LINE_MM: Final = 5.0
_MARGIN_MM: Final = 4.0
_DPI: Final = 203


def slip_of(facts: DayEndFacts, wording: Wording, language: str, paper_mm: int = 80) -> str:
    """The day's slip; empty before the count is done."""
    sheet = _sheet(facts)
    return "" if sheet is None else day_slip(sheet, wording, language, paper_mm)


def rows_of(facts: DayEndFacts, wording: Wording, language: str, paper_mm: int, print_no: int) -> list[Row]:
    """The same for a printer; empty before the count is done. ``print_no`` is 1 for the first print."""
    sheet = _sheet(facts, print_no)
    return [] if sheet is None else day_rows(sheet, wording, language, paper_mm)


def workbook_of(facts: DayEndFacts, wording: Wording, language: str) -> Table | None:
    """The same figures for a spreadsheet; None before the count is done. Its last column is money in minor units."""
    sheet = _sheet(facts)
    return None if sheet is None else day_table(sheet, wording, language)


def pdf_of(text: str) -> bytes:
    """The slip as a PDF of one page, as wide as the paper and as long as it needs."""
    lines = text.splitlines()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    height = _LINE_MM * len(lines) + 2 * _MARGIN_MM
    writer.setPageSize(QPageSize(QSizeF(_WIDTH_MM, height), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    dot = _DPI / 25.4
    room = QRect(round(_MARGIN_MM * dot), round(_MARGIN_MM * dot), round((_WIDTH_MM - 8) * dot), 0)
    _draw(painter, lines, room, round(_LINE_MM * dot))
    painter.end()
    return bytes(content.data())


class SlipPreview(QWidget):
    """The paper."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[str] = ()
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(300)

    @property
    def has_text(self) -> bool:
        """Whether there is a slip yet."""
        return bool(self._lines)

    def show_text(self, text: str, hint: str) -> None:
        """The slip, or what is said while there is none."""
        self._lines, self._hint = text.splitlines(), hint
        self.setAccessibleName(hint)
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; every line fits the paper."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), _PAPER)
        inside = self.rect().adjusted(14, 12, -14, -12)
        if not self._lines:
            font = QFont(font_family())
            font.setPixelSize(SMALLEST_PX + 2)
            painter.setFont(font)
            painter.setPen(_INK)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
            return
        line = max(SMALLEST_PX, min(26, inside.height() // len(self._lines)))
        _draw(painter, self._lines, inside, line)


def _sheet(facts: DayEndFacts, print_no: int = 1) -> Sheet | None:
    if facts.table is None:
        return None
    return Sheet(
        facts.table, facts.store, facts.lane, facts.booth, facts.day, facts.day, facts.head, print_no, facts.names
    )


def _draw(painter: QPainter, lines: Sequence[str], room: QRect, height: int) -> None:
    font = QFont(font_family())
    font.setPixelSize(max(1, round(height * 0.72)))
    painter.setPen(_INK)
    for place, line in enumerate(lines):
        box = QRect(room.left(), room.top() + place * height, room.width(), height)
        if line and not line.strip("-"):
            painter.drawLine(box.left(), box.center().y(), box.right(), box.center().y())
            continue
        found = _PARTS.match(line)
        indent, left, right = found.groups() if found else ("", line, None)
        side = Qt.AlignmentFlag.AlignHCenter if len(indent) > 1 and not right else Qt.AlignmentFlag.AlignLeft
        # The first line is the sheet's name.
        font.setBold(place == 0)
        painter.setFont(fitted_font(f"{left}  {right or ''}", font, box.size()))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, left)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right or "")
