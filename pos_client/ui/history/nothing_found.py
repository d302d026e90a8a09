"""An empty list: one sentence and one button in the middle."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.empty_panel import EmptyPanel
from pos_client.ui.key_button import KeyButton


class NothingFound(QWidget):
    """Says that nothing was found, and offers to look further.

    Attributes:
        words: the sentence. widen: looks through all days.
    """

    def __init__(self) -> None:
        super().__init__()
        self.panel = EmptyPanel("search")
        self.words = self.panel.words
        self.widen = KeyButton("primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 32, 16)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.panel)
        column.addWidget(self.widen, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
