"""The best set and the others beside it: each a button with its number, what it saves, and what the customer keeps."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import mark
from pos_client.usecases.set_view import OtherSet

MOST: Final = 3


class SetChoice(QWidget):
    """Up to three sets.

    Signals:
        chosen: the place of a set, from 0.
    """

    chosen = Signal(int)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.buttons = [KeyButton("", str(place + 1), cap_first=True) for place in range(MOST)]
        self.notes = [FittedLabel("caption", lines=2, wrap=True, grows=True) for _ in range(MOST)]
        self._cells = [QWidget() for _ in range(MOST)]
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        for place, (cell, button, note) in enumerate(zip(self._cells, self.buttons, self.notes, strict=True)):
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            column.addWidget(button)
            column.addWidget(note)
            column.addStretch(1)
            button.clicked.connect(lambda _=False, chosen=place: self.chosen.emit(chosen))
            self._layout.addWidget(cell, 1)

    def set_wide(self, *, wide: bool) -> None:
        """Side by side on a wide screen."""
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)

    def show_sets(self, sets: Sequence[OtherSet], language: str) -> None:
        """Show these; one alone is no choice."""
        self.setVisible(len(sets) > 1)
        for place, cell in enumerate(self._cells):
            cell.setVisible(place < len(sets))
            if place < len(sets):
                self._show(place, sets[place], language)

    def _show(self, place: int, found: OtherSet, language: str) -> None:
        button = self.buttons[place]
        saving = self._wording.money(found.saving_minor)
        words = self.tr("Saves {money}, chosen") if found.is_chosen else self.tr("Saves {money}")
        note = self.tr("The best") if place == 0 else self._cost(found, language)
        mark(button, state="chosen" if found.is_chosen else "")
        button.set_words(words.format(money=saving), f"{words.format(money=saving)} {note}")
        self.notes[place].setText(note)

    def _cost(self, found: OtherSet, language: str) -> str:
        """What it costs, and what it leaves to the customer."""
        less = self._wording.money(found.less_minor)
        kept = ", ".join(name.in_language(language) for name in found.keeps[:2])
        if not kept:
            return self.tr("{less} less").format(less=less)
        if not found.less_minor:
            return self.tr("As much, and keeps {kept}").format(kept=kept)
        return self.tr("{less} less, but keeps {kept}").format(less=less, kept=kept)
