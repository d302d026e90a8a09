"""Questions that are answered by one number key, in place: who gets the credit, for example.

A scan may put them aside at any time; Esc leads back and changes nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.usecases.till_view import LaneStatus


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
        self.column = column
        self.grid = QGridLayout()
        self.grid.setSpacing(8)
        column.addLayout(self.grid)
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
        self.grid.addWidget(button, place // self._columns, place % self._columns)
        self.choices.append(button)


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
