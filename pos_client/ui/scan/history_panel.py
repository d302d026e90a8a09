"""Did it go through? The last lines of the journal, chosen with the arrows, taken back with F8."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.recent_list import RecentList
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import LaneStatus, RecentItem

_LONGEST = 50


class HistoryPanel(QFrame):
    """The lane's last lines.

    Signals:
        undo_asked: for the chosen line. left: back to scanning.
    """

    undo_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.title = FittedLabel("title")
        self.items = RecentList(theme, wording, _LONGEST)
        self.empty = FittedLabel("muted", lines=2, wrap=True)
        self.undo_button = KeyButton("", "F8", "undo")
        self.leave_button = KeyButton("", "Esc")
        self.undo_button.clicked.connect(self.undo_asked)
        self.leave_button.clicked.connect(self.left)
        self.items.currentRowChanged.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.empty)
        column.addWidget(self.items, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.undo_button)
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        column.addLayout(foot)
        self.retranslate()

    def show_status(self, status: LaneStatus, language: str) -> None:
        """The newest lines."""
        self.items.show_items(status.recent, language, status.zone)
        self.empty.setVisible(not status.recent)
        self._on_chosen()

    def selected_item(self) -> RecentItem | None:
        """The chosen line."""
        return self.items.selected_item()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.title.setText(self.tr("History of this lane"))
        self.empty.setText(self.tr("Nothing redeemed today yet."))
        self.undo_button.set_words(self.tr("Undo this one"))
        self.leave_button.set_words(self.tr("Back to scanning"))
        self.items.retranslate()

    def _on_chosen(self) -> None:
        item = self.items.selected_item()
        self.undo_button.setEnabled(item is not None and item.can_undo and not item.undone)
