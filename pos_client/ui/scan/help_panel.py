"""Every key on one page; a panel over the middle, so that the next scan still lands beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton

_ROWS = 14


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

    def _add(self, place: int) -> None:
        key, deed = FittedLabel("key"), FittedLabel("body")
        row, column = place % _ROWS, place // _ROWS * 2
        self._grid.addWidget(key, row, column)
        self._grid.addWidget(deed, row, column + 1)
        self._grid.setColumnStretch(column + 1, 1)
        self._keys.append(key)
        self._deeds.append(deed)
