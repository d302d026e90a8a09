"""One chart in its frame: title, picture or table, and what stands there while there is nothing."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from pos_client.ui.dashboard.bar_chart import BarChart
from pos_client.ui.dashboard.charts import Chart
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.theme import Theme, mark

# A finger chooses a row to copy it.
_ROW: Final = 48


class ChartPanel(QFrame):
    """A chart that can be a table.

    Args:
        theme: colours and sizes.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "chart")
        self.title = FittedLabel("title")
        self.note = FittedLabel("caption")
        self.bars = BarChart(theme)
        self.table = _table()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.bars)
        self.stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)

    def show_chart(self, chart: Chart) -> None:
        """Draw it, and write it."""
        self.title.setText(chart.title)
        self.note.setText(chart.note)
        self.note.setVisible(bool(chart.note))
        self.bars.show_chart(chart)
        self._fill(chart)

    def show_table(self, *, shown: bool) -> None:
        """The same figures as a table, or as a picture."""
        self.stack.setCurrentWidget(self.table if shown else self.bars)

    def set_chosen(self, *, chosen: bool) -> None:
        """Keys mean this one."""
        mark(self, state="chosen" if chosen else "")

    def _fill(self, chart: Chart) -> None:
        rows = chart.rows()
        self.table.setAccessibleName(chart.title)
        self.table.setColumnCount(len(chart.columns))
        self.table.setRowCount(len(rows))
        for number, words in enumerate(chart.columns):
            head = QTableWidgetItem(words)
            head.setTextAlignment(_side(number) | Qt.AlignmentFlag.AlignVCenter)
            self.table.setHorizontalHeaderItem(number, head)
        line = round(self._theme.size("body") * 1.6)
        for place, row in enumerate(rows):
            self.table.setRowHeight(place, max(_ROW, line))
            for number, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_side(number) | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(place, number, item)


def _side(column: int) -> Qt.AlignmentFlag:
    """Names at the left, numbers at the right; a head stands over what it is of."""
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft


def _table() -> QTableWidget:
    table = QTableWidget()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setWordWrap(True)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table
