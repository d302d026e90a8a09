"""The lower edge of every kiosk screen: language, large text, voice, more; and at the right the call for a person."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_client.ui.kiosk.kiosk_view import Dress, HelpFacts
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

_HEIGHT = 96


class SessionBar(QWidget):
    """Controls that are always there.

    Signals:
        worn: ``language``, ``is_large`` or ``has_voice`` was touched. asked: an Event.
    """

    worn = Signal(str)
    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._is_upright: bool | None = None
        self._facts = HelpFacts()
        self.language = TouchButton(theme, Look.PLAIN, "language")
        self.large = TouchButton(theme, Look.TOGGLE, "text-size")
        self.voice = TouchButton(theme, Look.TOGGLE, "sound")
        self.more = TouchButton(theme, Look.PLAIN, "more")
        self.help = TouchButton(theme, Look.PLAIN, "speech")
        self._left_of_help = QWidget()
        self._row, self._below = QHBoxLayout(), QHBoxLayout()
        self._lay_out()
        self.language.clicked.connect(lambda: self.worn.emit("language"))
        self.large.clicked.connect(lambda: self.worn.emit("is_large"))
        self.voice.clicked.connect(lambda: self.worn.emit("has_voice"))
        self.more.clicked.connect(lambda: self.asked.emit(Event.ACCESS_ASKED))
        self.help.clicked.connect(lambda: self.asked.emit(Event.HELP_ASKED))

    def arrange(self, *, is_upright: bool) -> None:
        """Two rows in portrait, one in landscape; the call is at the lower right in both."""
        if is_upright != self._is_upright:
            self._is_upright = is_upright
            self._left_of_help.setVisible(is_upright)
            row, other = (self._below, self._row) if is_upright else (self._row, self._below)
            other.removeWidget(self.help)
            row.addWidget(self.help, 1 if is_upright else 2)

    def offer_voice(self, *, is_offered: bool) -> None:
        """A machine that cannot speak the language has no button which promises it."""
        self.voice.setVisible(is_offered)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        for row in (self._row, self._below):
            rows.addLayout(row)
        for layout in (rows, self._row, self._below):
            layout.setSpacing(GAP)
        for button in (self.language, self.large, self.voice, self.more):
            self._row.addWidget(button, 1)
        self._below.addWidget(self._left_of_help, 1)
        # All of a row are as wide as each other, in any language. A grid would not do: it leaves out the gaps of
        # columns in which nothing begins, so that the buttons over the call became narrower than the others.
        for button in (self.language, self.large, self.voice, self.more, self.help):
            button.setMinimumHeight(_HEIGHT)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, button.sizePolicy().verticalPolicy())
        self._left_of_help.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_dress(self, dress: Dress) -> None:
        """What is switched on."""
        self.large.setChecked(dress.is_large)
        self.voice.setChecked(dress.has_voice)

    def show_help(self, facts: HelpFacts) -> None:
        """The call, on its button."""
        self._facts = facts
        self._show_help()

    def retranslate(self, language: str) -> None:
        """Every word in a language; the other language is called by its own name."""
        self.language.set_words("English" if language == "zh" else "中文")
        self.large.set_words(self.tr("Large"), description=self.tr("Large text"))
        self.voice.set_words(self.tr("Voice"))
        self.more.set_words(self.tr("More"), description=self.tr("Language, contrast and reach"))
        self._show_help()

    def _show_help(self) -> None:
        facts = self._facts
        if facts.is_taken:
            words = self.tr("Staff is coming")
        elif facts.is_open and facts.is_heard:
            words = self.tr("Staff is called")
        else:
            words = self.tr("Call staff")
        self.help.set_words(words, description=self.tr("A person comes to help you"))
