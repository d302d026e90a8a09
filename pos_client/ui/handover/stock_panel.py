"""What lies here, what runs out first on top, and what was given today: for a wide screen."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.theme import Theme
from pos_client.usecases.handing import GivenRow, HandingFacts, StockRow


class StockPanel(QFrame):
    """Two lists."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._wording = wording
        self.stock_title, self.given_title = FittedLabel("title"), FittedLabel("title")
        self.stock, self.given = RowList(theme), RowList(theme)
        self.empty = FittedLabel("muted", lines=2, wrap=True)
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lists.setContentsMargins(16, 14, 16, 14)
        self._lists.setSpacing(8)
        for parts, share in (((self.stock_title, self.stock), 3), ((self.given_title, self.given, self.empty), 2)):
            column = QVBoxLayout()
            column.setSpacing(8)
            for part in parts:
                column.addWidget(part, 1 if isinstance(part, RowList) else 0)
            column.addStretch(0)
            self._lists.addLayout(column, share)

    def set_beside(self, beside: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Stand beside each other, where the panel is wide and low."""
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._lists.setDirection(way)
        self._lists.setSpacing(24 if beside else 8)
        self._lists.setStretch(1, 3 if beside else 2)

    def show_facts(self, facts: HandingFacts, language: str) -> None:
        """Both of them."""
        self.stock_title.setText(self.tr("In this booth"))
        self.given_title.setText(self.tr("Given today"))
        self.stock.setAccessibleName(self.stock_title.text())
        self.given.setAccessibleName(self.given_title.text())
        self.empty.setText(self.tr("Nothing yet."))
        self.stock.show_rows([self._row(row, language) for row in facts.stock])
        self.given.show_rows([self._given(place, row, language) for place, row in enumerate(facts.given)])
        self.given.setVisible(bool(facts.given))
        self.empty.setVisible(not facts.given)

    def _row(self, row: StockRow, language: str) -> Row:
        note = self.tr("bring more") if row.is_low else ""
        icon = "warning" if row.is_low else "gift"
        tone = "on-warn-tint" if row.is_low else "brand-ink"
        return Row(row.item, icon, row.name.in_language(language), note, str(row.left), tone)

    def _given(self, place: int, row: GivenRow, language: str) -> Row:
        clock = row.at.astimezone(ZoneInfo(self._wording.zone)).strftime("%H:%M")
        return Row(str(place), "check", row.name.in_language(language), f"{clock} · {row.operator}", "", "on-ok-tint")
