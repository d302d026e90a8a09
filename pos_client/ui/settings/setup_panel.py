"""The set-up's panel in the place of a part's details: a sentence, a list with numbers or a PIN pad, and the way back.

Apart from the rules so that one decides and the other one looks.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.key_panel import KeyPanel
from pos_client.ui.pin_pad import PinPad
from pos_client.ui.settings.setup_steps import News, SetupStep, SetupView
from pos_client.ui.settings.setup_words import SetupWords
from pos_client.ui.shift.choice_column import ChoiceColumn
from pos_client.ui.theme import mark

_NONE_OF_THEM = 0
_MOST_PEOPLE = 6


class SetupPanel(KeyPanel):
    """Shows what it is told.

    Signals:
        again_asked: another strip.
    """

    again_asked = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.language = "zh"
        self._view = SetupView()
        self.words = SetupWords(wording)
        self.title = FittedLabel("title")
        self.hint = FittedLabel("body", lines=3, wrap=True)
        self.when = FittedLabel("caption", lines=2, wrap=True)
        self.choices, self.pad = ChoiceColumn(), PinPad()
        self.enter_button = KeyButton("primary", "Enter")
        self.again_button = KeyButton("", "P", "print")
        self.leave_button = KeyButton("", "Esc")
        self._build()
        self._connect()

    def show_view(self, view: SetupView) -> None:
        """All of it."""
        self._view = view
        is_odd = view.fault is not None or view.refusal is not None or view.news is News.UNREADABLE or bool(view.wait_s)
        self.title.setText(self.words.title(view))
        hint = self.words.hint(view, self.language)
        self.hint.setText(hint)
        self.hint.setAccessibleName(hint)
        mark(self._hint, tone="warn" if is_odd else "")
        self.when.setText(self.words.when(view))
        self.choices.offer(self._answers(view))
        self.pad.show_count(view.digits)
        self.pad.set_tone("warn" if view.refusal or view.wait_s else "")
        self.pad.keys.setEnabled(not view.wait_s and not view.is_asking)
        is_pin = view.step is SetupStep.PIN
        self._two.setCurrentWidget(self.pad if is_pin else self.choices)
        self.enter_button.setVisible(is_pin)
        self.enter_button.setEnabled(bool(view.digits) and not view.is_asking)
        self.again_button.setVisible(view.step is SetupStep.STRIP)
        self.again_button.setEnabled(not view.is_asking)

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        self.language = language
        self.enter_button.set_words(self.tr("Unlock"))
        self.again_button.set_words(self.tr("Print once more"))
        self.leave_button.set_words(self.tr("Back"))
        self.pad.retranslate()
        self.show_view(self._view)

    def _answers(self, view: SetupView) -> list[tuple[int, str]]:
        if view.step is SetupStep.STRIP and view.news is not News.PRINTING:
            named = [(number, self.words.encoding(view, name)) for number, name in enumerate(view.encodings, 1)]
            return [*named, (_NONE_OF_THEM, self.words.none_of_them())]
        if view.step is SetupStep.WHO:
            return [(number, person.name) for number, person in enumerate(view.people[:_MOST_PEOPLE], 1)]
        if view.step is SetupStep.CHOICES:
            return [(number, self.words.choice(one)) for number, one in enumerate(view.choices, 1)]
        return []

    def _build(self) -> None:
        self._hint = QFrame()
        self._hint.setProperty("kind", "hint")
        beside = QHBoxLayout(self._hint)
        beside.setContentsMargins(10, 6, 10, 6)
        beside.addWidget(self.hint)
        self._two = QStackedWidget()
        self._two.addWidget(self.choices)
        self._two.addWidget(self.pad)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.again_button)
        foot.addStretch(1)
        foot.addWidget(self.enter_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self._hint)
        column.addWidget(self._two, 1)
        column.addWidget(self.when)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.choices.chosen.connect(lambda number: self.typed.emit(str(number)))
        self.pad.typed.connect(self.typed)
        self.pad.erased.connect(self.erased)
        self.pad.cleared.connect(self.cleared)
        self.enter_button.clicked.connect(self.entered)
        self.again_button.clicked.connect(self.again_asked)
        self.leave_button.clicked.connect(self.left)
