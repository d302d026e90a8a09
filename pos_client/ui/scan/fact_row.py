"""Small facts beside icons: who, what, whose and where of a verdict."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.scan.verdict_words import Fact


class FactRow(QWidget):
    """Up to four facts, side by side or one under the other."""

    def __init__(self, places: int = 4) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(24)
        self._places = [Place() for _ in range(places)]
        for place in self._places:
            self._layout.addWidget(place)
        self._layout.addStretch(1)

    def set_upright(self, *, upright: bool) -> None:
        """One under the other."""
        direction = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._layout.setSpacing(10 if upright else 24)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these and no others."""
        for place, fact in zip(self._places, [*facts, *[None] * len(self._places)], strict=False):
            place.setVisible(fact is not None)
            if fact is not None:
                place.show_fact(fact)
        self.setAccessibleName("; ".join(fact.text for fact in facts))


class Place(QWidget):
    """One fact."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._icon = IconLabel("member", 20)
        self.words = FittedLabel("body")
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)

    def show_fact(self, fact: Fact) -> None:
        """Show this one."""
        self._icon.set_icon(fact.icon)
        self.words.setText(fact.text)
        self.words.setToolTip(fact.text)
        self.words.updateGeometry()
