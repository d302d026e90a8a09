"""The camera's picture with the one sentence that a beginner needs under it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.scan.viewfinder import Viewfinder
from pos_client.ui.theme import Theme


class CameraColumn(QWidget):
    """Viewfinder and hint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.viewfinder = Viewfinder(theme)
        self.hint = FittedLabel("title")
        self.other_ways = FittedLabel("muted", lines=2, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.viewfinder, 1)
        column.addSpacing(8)
        column.addWidget(self.hint)
        column.addWidget(self.other_ways)
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.hint.setText(self.tr("Scan a member or coupon code"))
        self.other_ways.setText(self.tr("or just type a phone number"))
        self.viewfinder.retranslate()
