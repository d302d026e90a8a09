"""What each step's widget has in common: a title, a line, and its facts in a language.

Apart from the steps so that the page can treat them alike.
"""

from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.close.close_view import Typing
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.theme import Theme
from pos_client.usecases.day_end_facts import DayEndFacts


class StepPage(QFrame):
    """One step.

    Args:
        theme, wording: looks and words.

    Attributes:
        next_words: what the blue button says here; empty for the usual.
    """

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.theme, self.wording, self.language = theme, wording, "zh"
        self.title = FittedLabel("title")
        self.line = FittedLabel("muted", lines=2, wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(self.title)
        self.column.addWidget(self.line)

    def tell(self, words: str) -> None:
        """The line under the title; the second line's room is taken only where it is needed."""
        self.line.setText(words)
        self._fit_line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A line may need two lines now, or one."""
        super().resizeEvent(event)
        self._fit_line()

    def _fit_line(self) -> None:
        margins = self.column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        self.line.set_lines(1 if self.line.sizeHint().width() <= room else 2)

    def show_facts(self, facts: DayEndFacts, typing: Typing) -> None:
        """The whole of it."""
        raise NotImplementedError

    def next_words(self, facts: DayEndFacts) -> str:
        """What the blue button says here."""
        del facts
        return self.tr("Next step")

    def time(self, facts: DayEndFacts, moment: datetime | None) -> str:
        """A moment as people say it; empty for none."""
        return self.wording.moment(moment, self.language, facts.at) if moment else ""
