"""What lies here, what runs out first on top, and what was given today: for a wide screen."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QVBoxLayout

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
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.stock_title)
        column.addWidget(self.stock, 3)
        column.addWidget(self.given_title)
        column.addWidget(self.given, 2)
        column.addWidget(self.empty)

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
