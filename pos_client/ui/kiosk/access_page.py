"""K2: language, large text, colours, voice and reach; one touch each, for this customer only."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from pos_client.ui.icons import IconLabel
from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.kiosk_view import Dress
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.page import KioskPage
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

_SHAPE: Final = 160


class AccessPage(KioskPage):
    """Language and access.

    Signals:
        worn: name of what was touched (``zh``, ``en``, ``is_large``, ``is_contrast``, ``has_voice``, ``is_low``).
        asked: an Event.
    """

    worn = Signal(str)
    asked = Signal(object)

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self.title = KioskLabel("title", 2)
        self.line = KioskLabel("reason", 2)
        self.shape = IconLabel("more", _SHAPE)
        self.scene_box.addStretch(1)
        self.scene_box.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignHCenter)
        self.scene_box.addSpacing(24)
        self.scene_box.addWidget(self.title)
        self.scene_box.addWidget(self.line)
        self.scene_box.addStretch(1)
        self.languages = {name: TouchButton(theme, Look.TOGGLE, "language") for name in ("zh", "en")}
        icons = {"is_large": "text-size", "is_contrast": "contrast", "has_voice": "sound", "is_low": "down"}
        self.toggles = {name: TouchButton(theme, Look.TOGGLE, icon) for name, icon in icons.items()}
        self.ready = TouchButton(theme, Look.PRIMARY, "check")
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        for name, button in {**self.languages, **self.toggles}.items():
            button.setMinimumHeight(120 if name in self.languages else 104)
            button.clicked.connect(lambda _checked=False, name=name: self.worn.emit(name))
        self.offer_voice(is_offered=True)
        self.deck_box.addLayout(self._grid)
        self.deck_box.addWidget(self.ready)
        self.ready.clicked.connect(lambda: self.asked.emit(Event.BACK))

    def offer_voice(self, *, is_offered: bool) -> None:
        """Whether this machine can speak the language."""
        voice = self.toggles["has_voice"]
        buttons = [one for one in (*self.languages.values(), *self.toggles.values()) if is_offered or one is not voice]
        for place, button in enumerate(buttons):
            is_alone = place == len(buttons) - 1 and place % 2 == 0
            self._grid.addWidget(button, place // 2, place % 2, 1, 2 if is_alone else 1)
        voice.setVisible(is_offered)

    def show_dress(self, dress: Dress) -> None:
        """What is switched on."""
        for name, button in self.languages.items():
            button.setChecked(dress.language == name)
        for name, button in self.toggles.items():
            button.setChecked(bool(getattr(dress, name)))

    def retranslate(self, language: str) -> None:
        """Every word in a language; each language is called by its own name."""
        super().retranslate(language)
        self.shape.set_ink(self.theme.colour("brand-ink"))
        self.title.setText(self.tr("How would you like it?"))
        self.line.setText(self.tr("It holds for you only, and ends with your visit."))
        self.languages["zh"].set_words("中文")
        self.languages["en"].set_words("English")
        self.toggles["is_large"].set_words(self.tr("Large text"))
        self.toggles["is_contrast"].set_words(self.tr("Contrast"))
        self.toggles["has_voice"].set_words(self.tr("Voice"))
        self.toggles["is_low"].set_words(self.tr("Too high?"), description=self.tr("Everything within lower reach"))
        self.ready.set_words(self.tr("Ready"))

    def primary(self) -> TouchButton | None:
        """Back to where he was."""
        return self.ready

    def spoken(self) -> str:
        """What can be chosen."""
        return self.tr("Choose language, large text, contrast, voice or low reach.")
