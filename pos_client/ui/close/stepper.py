"""The five steps as one row over the page, or as a column beside it: done, here, to come, each as shape and word."""

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.theme import mark
from pos_client.usecases.day_end_facts import DayEndFacts
from pos_client.usecases.day_end_state import Step

STEPS = (Step.COUNT, Step.UPLOAD, Step.CONFLICTS, Step.DIFFERENCES, Step.SIGN)
_ICON = {"done": "check", "here": "next", "": "clock"}


class StepChip(QFrame):
    """One step."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "step")
        self.icon = IconLabel("clock", 18)
        self.words = FittedLabel("body", wrap=True, grows=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(6)
        row.addWidget(self.icon)
        row.addWidget(self.words, 1)

    def show_state(self, words: str, state: str) -> None:
        """``done``, ``here`` or empty."""
        self.words.setText(words)
        self.icon.set_icon(_ICON[state])
        self.setAccessibleName(words)
        mark(self, state=state)


class Stepper(QFrame):
    """All of them."""

    def __init__(self) -> None:
        super().__init__()
        self.chips = tuple(StepChip() for _ in STEPS)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for chip in self.chips:
            self._row.addWidget(chip, 1)
        self._row.addStretch(0)

    def stand(self, *, upright: bool) -> None:
        """Below each other, or side by side."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        for place in range(len(self.chips)):
            self._row.setStretch(place, 0 if upright else 1)
        self._row.setStretch(len(self.chips), 1 if upright else 0)

    def show_facts(self, facts: DayEndFacts) -> None:
        """Where the clerk is; how many conflicts and differences are known."""
        names = {
            Step.COUNT: self.tr("1 Count"),
            Step.UPLOAD: self.tr("2 Upload"),
            Step.CONFLICTS: self._with_count(self.tr("3 Conflicts"), len(facts.conflicts)),
            Step.DIFFERENCES: self._with_count(self.tr("4 Differences"), len(facts.differences) + len(facts.host)),
            Step.SIGN: self.tr("5 Sign and print"),
        }
        for step, chip in zip(STEPS, self.chips, strict=True):
            state = "here" if step is facts.state.step else "done" if step < facts.state.reached else ""
            chip.show_state(names[step], "done" if facts.closed else state)

    def _with_count(self, words: str, count: int) -> str:
        return self.tr("{step} ({count})").format(step=words, count=count) if count else words
