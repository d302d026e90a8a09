"""Questions that are answered by one number key, in place: why something is taken back, who gets the credit.

A scan may put them aside at any time; Esc leads back and changes nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.scan_presenter import UNDO_REASONS
from pos_client.usecases.till_view import LaneStatus, RecentItem, UndoReason


class ChoicePanel(QFrame):
    """A title, a line, numbered buttons and the way back.

    Signals:
        chosen: the place of a choice, from 0. left: back to scanning.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._columns = columns
        self.title = FittedLabel("title")
        self.line = FittedLabel("muted", lines=2, wrap=True)
        self.leave_button = KeyButton("", "Esc")
        self.leave_button.clicked.connect(self.left)
        self.choices: list[KeyButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.line)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        column.addLayout(self._grid)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        column.addLayout(foot)

    def offer(self, labels: Sequence[str]) -> None:
        """Offer these, numbered from 1; buttons that are there already only change their words."""
        while len(self.choices) < len(labels):
            self._add(len(self.choices))
        for place, button in enumerate(self.choices):
            button.setVisible(place < len(labels))
            if place < len(labels):
                button.set_words(labels[place])

    def _add(self, place: int) -> None:
        button = KeyButton("", str(place + 1) if place < 9 else "", cap_first=True)
        button.clicked.connect(lambda: self.chosen.emit(place))
        self._grid.addWidget(button, place // self._columns, place % self._columns)
        self.choices.append(button)


class UndoPanel(ChoicePanel):
    """Why a redemption is taken back, and what exactly comes back."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(columns=2)
        self._wording = wording
        self._item: RecentItem | None = None
        self._language = "zh"
        self.retranslate()

    def show_item(self, item: RecentItem | None, language: str) -> None:
        """What would be taken back."""
        self._item, self._language = item, language
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.leave_button.set_words(self.tr("Back to scanning"))
        item = self._item
        if item is None:
            self.title.setText(self.tr("Nothing to take back"))
            self.line.setText(self.tr("Only what this lane has redeemed and not taken back yet."))
            self.offer([])
            return
        what = item.headline.in_language(self._language)
        self.title.setText(self.tr("Take back: {what}").format(what=what))
        value = self._wording.money(item.value_minor)
        line = self.tr("The coupon can be used again; the customer's {money} off is gone. Why?").format(money=value)
        self.line.setText(line if item.value_minor else self.tr("The coupon can be used again. Why?"))
        words = {
            UndoReason.WRONG_COUPON: self.tr("Wrong coupon scanned"),
            UndoReason.CUSTOMER_RETURN: self.tr("Customer returns the goods"),
            UndoReason.WRONG_AMOUNT: self.tr("Amount was wrong"),
            UndoReason.DUPLICATE: self.tr("Redeemed twice"),
            UndoReason.OTHER: self.tr("Another reason"),
        }
        self.offer([words[reason] for reason in UNDO_REASONS])


class PromoterPanel(ChoicePanel):
    """Who gets the credit from now on."""

    def __init__(self) -> None:
        super().__init__(columns=3)
        self._status = LaneStatus()
        self.retranslate()

    def show_status(self, status: LaneStatus) -> None:
        """Who may be chosen."""
        self._status = status
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.leave_button.set_words(self.tr("Back to scanning"))
        self.title.setText(self.tr("Promoter"))
        promoters = self._status.promoters
        has_some = self.tr("Who gets the credit from now on? Press the number.")
        self.line.setText(has_some if promoters else self.tr("This store has no promoters in its data yet."))
        self.offer([person.name for person in promoters])
