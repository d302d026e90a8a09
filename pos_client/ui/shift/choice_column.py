"""Numbered answers in one column, as tall as a finger; the last one may have a number of its own."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos_client.ui.key_button import KeyButton

_MOST = 6


class ChoiceColumn(QWidget):
    """Up to six answers.

    Signals:
        chosen: the number on the keycap.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = [KeyButton("", "", cap_first=True) for _ in range(_MOST)]
        self._numbers = [0] * _MOST
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for place, button in enumerate(self.buttons):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            button.setMaximumHeight(72)
            button.clicked.connect(lambda _=False, place=place: self.chosen.emit(self._numbers[place]))
            column.addWidget(button)
        column.addStretch(1)

    def offer(self, answers: Sequence[tuple[int, str]]) -> None:
        """Offer these, each with its number."""
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(answers))
            if place < len(answers):
                self._numbers[place], words = answers[place]
                button.set_key(str(self._numbers[place]))
                button.set_words(words)
