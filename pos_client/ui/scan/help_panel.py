"""Every key on one page; a panel over the middle, so that the next scan still lands beside it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton

_WIDE, _TALL = 3, 2
"""Columns; as many rows in each."""


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
        self._columns = 0
        self.retranslate()
        self._arrange(_WIDE)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.title.setText(self.tr("Keys"))
        self.leave_button.set_words(self.tr("Back to scanning"))
        for place, (key, deed) in enumerate(self._lines()):
            if place == len(self._keys):
                self._keys.append(FittedLabel("key"))
                self._deeds.append(FittedLabel("body", lines=2, wrap=True))
            self._keys[place].setText(key)
            self._deeds[place].setText(deed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer and longer columns on a tall screen."""
        super().resizeEvent(event)
        self._arrange(_TALL if event.size().height() > event.size().width() else _WIDE)

    def _lines(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Scan"), self.tr("any code, at any time")),
            (self.tr("Digits"), self.tr("begin a phone number")),
            ("Enter", self.tr("the blue button")),
            ("Esc", self.tr("back; destroys nothing")),
            ("F2", self.tr("phone number or code by hand")),
            ("F3", self.tr("amount of the receipt")),
            ("F4", self.tr("a new member")),
            ("F5", self.tr("prizes and samples")),
            ("F6", self.tr("history of this lane")),
            ("F7", self.tr("change the promoter")),
            ("F8", self.tr("take back")),
            ("F9", self.tr("the last receipt once more")),
            ("F10", self.tr("a supervisor allows it")),
            ("F11", self.tr("the answer in large, 3 s")),
            ("F12", self.tr("lock, or change places")),
            *self._more_lines(),
        ]

    def _more_lines(self) -> list[tuple[str, str]]:
        """What is done with a customer, and with the counter itself."""
        return [
            ("↑ ↓ Enter", self.tr("choose a coupon and use it")),
            ("Ctrl + B", self.tr("coupons together")),
            ("Ctrl + H", self.tr("this member's records")),
            ("Ctrl + R", self.tr("photograph the receipt")),
            ("Ctrl + T", self.tr("who was put aside")),
            ("Ctrl + U", self.tr("change a member's number")),
            ("Ctrl + D", self.tr("the day in figures")),
            ("Ctrl + E", self.tr("close the day")),
            ("Ctrl + ,", self.tr("settings and checks")),
            ("Del", self.tr("detach the member")),
            ("Ctrl + L", "中文 / English"),
            ("Ctrl + / − / 0", self.tr("larger, smaller, normal text")),
            ("Ctrl + G", self.tr("scanner test")),
            ("Ctrl + N", self.tr("the network")),
            ("F1", self.tr("this page")),
        ]

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        rows = -(-len(self._keys) // columns)
        for place, (key, deed) in enumerate(zip(self._keys, self._deeds, strict=True)):
            row, column = place % rows, place // rows * 2
            self._grid.addWidget(key, row, column)
            self._grid.addWidget(deed, row, column + 1)
        for column in range(max(_WIDE, _TALL)):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)
