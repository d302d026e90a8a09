"""The lower edge of every kiosk screen: language, large text, voice, more; and at the right the call for a person."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos_client.ui.kiosk.kiosk_view import Dress, HelpFacts
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

_HEIGHT = 96
# Three and four buttons share a row of this many without a rest.
_COLUMNS = 12


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
        self._has_voice = True
        self._facts = HelpFacts()
        self.language = TouchButton(theme, Look.PLAIN, "language")
        self.large = TouchButton(theme, Look.TOGGLE, "text-size")
        self.voice = TouchButton(theme, Look.TOGGLE, "sound")
        self.more = TouchButton(theme, Look.PLAIN, "more")
        self.help = TouchButton(theme, Look.PLAIN, "speech")
        self._buttons = (self.language, self.large, self.voice, self.more)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for button in (self.language, self.large, self.voice, self.more, self.help):
            button.setMinimumHeight(_HEIGHT)
            # All of a row are as wide as each other, in any language.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, button.sizePolicy().verticalPolicy())
        self.language.clicked.connect(lambda: self.worn.emit("language"))
        self.large.clicked.connect(lambda: self.worn.emit("is_large"))
        self.voice.clicked.connect(lambda: self.worn.emit("has_voice"))
        self.more.clicked.connect(lambda: self.asked.emit(Event.ACCESS_ASKED))
        self.help.clicked.connect(lambda: self.asked.emit(Event.HELP_ASKED))

    def arrange(self, *, is_upright: bool) -> None:
        """Two rows in portrait, one in landscape; the call is at the lower right in both."""
        if is_upright != self._is_upright:
            self._is_upright = is_upright
            self._fill()

    def offer_voice(self, *, is_offered: bool) -> None:
        """A machine that cannot speak the language has no button which promises it."""
        if is_offered != self._has_voice:
            self._has_voice = is_offered
            self.voice.setVisible(is_offered)
            self._fill()

    def _fill(self) -> None:
        buttons = [button for button in self._buttons if self._has_voice or button is not self.voice]
        wide = _COLUMNS // len(buttons) if self._is_upright else 2
        for place, button in enumerate(buttons):
            self._grid.addWidget(button, 0, place * wide, 1, wide)
        before = len(buttons) * wide
        if self._is_upright:
            self._grid.addWidget(self.help, 1, _COLUMNS // 2, 1, _COLUMNS // 2)
        else:
            self._grid.addWidget(self.help, 0, before, 1, 4)
        used = _COLUMNS if self._is_upright else before + 4
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(column < used))

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
