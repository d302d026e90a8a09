"""What a supervisor is asked before something else is given: what, who, and his PIN; in place, never a dialog."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.handover.handing_view import HandingMode, HandingView
from pos_client.ui.key_button import KeyButton
from pos_client.ui.pin_pad import PinPad
from pos_client.ui.scan.choice_panels import ChoicePanel

_PAD_PX = 420


class HandingQuestions(QWidget):
    """One of the questions.

    Signals:
        chosen: a place from 0. typed, erased, cleared, entered: of the PIN. left: one question back.
    """

    chosen = Signal(int)
    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices = ChoicePanel(columns=2)
        self.choices.setProperty("kind", "")
        self.title, self.pin = FittedLabel("title"), PinPad()
        self.enter_button = KeyButton("primary", "Enter")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.choices)
        self._stack.addWidget(self._pin_box())
        self.choices.chosen.connect(self.chosen)
        self.choices.left.connect(self.left)
        self.pin.typed.connect(self.typed)
        self.pin.erased.connect(self.erased)
        self.pin.cleared.connect(self.cleared)
        self.enter_button.clicked.connect(self.entered)

    def show_view(self, view: HandingView, language: str) -> None:
        """The question that is open."""
        self._stack.setCurrentIndex(1 if view.mode is HandingMode.PIN else 0)
        self.choices.leave_button.set_words(self.tr("Back"))
        if view.mode is HandingMode.OTHER:
            self.choices.title.setText(self.tr("What is given instead?"))
            some = self.tr("Of the same worth; a supervisor agrees. Press the number.")
            self.choices.line.setText(some if view.others else self.tr("Nothing else lies here."))
            self.choices.offer([f"{row.name.in_language(language)} · {row.left}" for row in view.others])
        elif view.mode is HandingMode.WHO:
            self.choices.title.setText(self.tr("Who agrees?"))
            self.choices.line.setText(self.tr("Press the number."))
            self.choices.offer([person.name for person in view.facts.supervisors])
        self.title.setText(self.tr("Supervisor's PIN"))
        self.pin.retranslate()
        self.pin.show_count(view.pin_digits)
        self.enter_button.set_words(self.tr("Agree"))
        self.enter_button.setEnabled(view.pin_digits > 0)

    def _pin_box(self) -> QWidget:
        box = QWidget()
        across = QHBoxLayout(box)
        column = QVBoxLayout()
        column.setSpacing(8)
        self.pin.setMaximumHeight(_PAD_PX)
        column.addStretch(1)
        for part in (self.title, self.pin, self.enter_button):
            column.addWidget(part)
        column.addStretch(2)
        across.addStretch(1)
        across.addLayout(column, 1)
        across.addStretch(1)
        return box
