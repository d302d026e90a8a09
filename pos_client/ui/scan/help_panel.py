"""Every key on one page; a panel over the middle, so that the next scan still lands beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton

_ROWS = 8


class HelpPanel(QFrame):
    """Keys and what they do.

    Signals:
        left: back to scanning.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.title = FittedLabel("title")
        self.leave_button = KeyButton("", "Esc")
        self.leave_button.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.leave_button)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        column.addLayout(self._grid, 1)
        self._keys: list[FittedLabel] = []
        self._deeds: list[FittedLabel] = []
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.title.setText(self.tr("Keys"))
        self.leave_button.set_words(self.tr("Back to scanning"))
        for place, (key, deed) in enumerate(self._lines()):
            if place == len(self._keys):
                self._add(place)
            self._keys[place].setText(key)
            self._deeds[place].setText(deed)

    def _lines(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Scan"), self.tr("any code, at any time, whatever is on the screen")),
            (self.tr("Digits"), self.tr("begin a phone number")),
            ("Enter", self.tr("the blue button")),
            ("Esc", self.tr("back to scanning; destroys nothing")),
            ("F2", self.tr("phone number or code by hand")),
            ("F3", self.tr("amount of the receipt")),
            ("F6", self.tr("history of this lane")),
            ("F7", self.tr("change the promoter")),
            ("F8", self.tr("take back: free for 8 seconds, then with a reason")),
            ("↑ ↓ Enter", self.tr("choose a coupon and use it")),
            ("Del", self.tr("detach the member")),
            ("Ctrl + L", "中文 / English"),
            ("Ctrl + / − / 0", self.tr("larger, smaller, normal text")),
            ("Ctrl + G", self.tr("test and set up the scanner gun")),
            ("F1", self.tr("this page")),
        ]

    def _add(self, place: int) -> None:
        key, deed = FittedLabel("key"), FittedLabel("body")
        row, column = place % _ROWS, place // _ROWS * 2
        self._grid.addWidget(key, row, column)
        self._grid.addWidget(deed, row, column + 1)
        self._grid.setColumnStretch(column + 1, 1)
        self._keys.append(key)
        self._deeds.append(deed)
