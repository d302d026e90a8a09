"""The operator's own day and the last scans: proof, always in view, that the credit is counted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.scan.recent_list import RecentList
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import LaneStatus


class SideColumn(QFrame):
    """Tally above, last scans below."""

    def __init__(self, theme: Theme, wording: Wording, longest: int) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.tally_title = FittedLabel("caption")
        self.recent_title = FittedLabel("caption")
        self.figures = [FittedLabel("figure") for _ in range(3)]
        self.labels = [FittedLabel("small", lines=2, wrap=True) for _ in range(3)]
        self.recent = RecentList(theme, wording, longest)
        # What does not fit is one key away, in the history.
        self.recent.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty = FittedLabel("muted", lines=2, wrap=True)
        for label in self.labels:
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._build()
        self.retranslate()

    def show_status(self, status: LaneStatus, language: str) -> None:
        """Today's figures and the newest lines."""
        tally = status.tally
        for label, figure in zip(self.figures, (tally.redeemed, tally.bound, tally.handed_over), strict=True):
            label.setText(str(figure))
        self.recent.show_items(status.recent, language, status.zone)
        self.empty.setVisible(not status.recent)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.tally_title.setText(self.tr("Mine today"))
        self.recent_title.setText(self.tr("Last scans"))
        words = (self.tr("redeemed"), self.tr("bound"), self.tr("handed over"))
        for label, text in zip(self.labels, words, strict=True):
            label.setText(text)
        self.empty.setText(self.tr("Nothing redeemed today yet."))
        self.recent.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(4)
        column.addWidget(self.tally_title)
        row = QHBoxLayout()
        row.setSpacing(8)
        for figure, label in zip(self.figures, self.labels, strict=True):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(figure)
            cell.addWidget(label)
            row.addLayout(cell, 1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.recent_title)
        column.addWidget(self.empty)
        column.addWidget(self.recent, 1)
