"""The middle of the idle screen: what can be done, as tiles for beginners; a member in hand takes their place."""

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.entry_text import CodeText
from pos_client.ui.scan.member_card import CustomerCard
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import Customer

TILES: Final = (
    (Workspace.CODE, "F2", "phone"),
    (Workspace.BIND, "F4", "member"),
    (Workspace.AMOUNT, "F3", "receipt"),
    (Workspace.PRIZE, "F5", "gift"),
)


class HomePanel(QWidget):
    """Tiles, or the customer in hand.

    Signals:
        asked: a Workspace.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.card = CustomerCard(theme, wording)
        self.tiles = {workspace: KeyButton("tile", key, icon, stacked=True) for workspace, key, icon in TILES}
        self.unfinished = KeyButton("chip", "F2", "phone")
        self.unfinished.clicked.connect(lambda: self.asked.emit(Workspace.CODE))
        self.tray = KeyButton("chip", "Ctrl+T", "clock")
        self.tray.clicked.connect(lambda: self.asked.emit(Workspace.TRAY))
        self._digits = self._waiting = 0
        self.tray.setVisible(False)
        self._build()
        self.retranslate()

    def show_customer(self, customer: Customer, unfinished: CodeText, language: str, today: date) -> None:
        """The customer if there is one, and a number that was put aside."""
        self.card.show_customer(customer, language, today)
        has_customer = customer.member is not None or customer.amount_minor is not None
        self._stack.setCurrentIndex(1 if has_customer else 0)
        self._digits = len(unfinished.text)
        self.unfinished.setVisible(bool(self._digits))
        self.retranslate()

    def show_tray(self, count: int) -> None:
        """How many purchases wait."""
        self._waiting = count
        self.tray.setVisible(count > 0)
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        words = {
            Workspace.CODE: self.tr("Phone number"),
            Workspace.BIND: self.tr("New member"),
            Workspace.AMOUNT: self.tr("Amount"),
            Workspace.PRIZE: self.tr("Prizes, samples"),
        }
        for workspace, tile in self.tiles.items():
            tile.set_words(words[workspace])
        self.tray.set_words(self.tr("Put aside: %n", "", self._waiting))
        self.unfinished.set_words(self.tr("Go on typing (%n character(s))", "", self._digits))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.unfinished)
        column.addWidget(self.tray)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        grid_box = QWidget()
        grid = QGridLayout(grid_box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for place, (workspace, tile) in enumerate(self.tiles.items()):
            grid.addWidget(tile, place // 2, place % 2)
            tile.clicked.connect(lambda _=False, chosen=workspace: self.asked.emit(chosen))
        self._stack.addWidget(grid_box)
        self._stack.addWidget(self.card)
