"""The door for staff: who, and the PIN. Behind five taps in the corner; nothing leads out of the kiosk but this."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pos_client.ui.icons import IconLabel
from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.kiosk_view import StaffFacts
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.pad import Pad
from pos_client.ui.kiosk.page import KioskPage
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

_MOST = 8
_SHAPE = 140


class StaffPage(KioskPage):
    """The staff's pad.

    Signals:
        chosen: staff id. typed: a digit. erased, cleared. entered: the PIN is complete. asked: an Event.
    """

    chosen = Signal(str)
    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    entered = Signal()
    asked = Signal(object)

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self._facts = StaffFacts()
        self.title, self.dots, self.fault = KioskLabel("title", 2), KioskLabel("figure"), KioskLabel("body", 3)
        self.shape = IconLabel("badge", _SHAPE)
        self.scene_box.addStretch(1)
        self.scene_box.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignHCenter)
        self.scene_box.addSpacing(24)
        for label in (self.title, self.dots, self.fault):
            self.scene_box.addWidget(label)
        self.scene_box.addStretch(1)
        self.names = QWidget()
        grid = QGridLayout(self.names)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        self.people = [TouchButton(theme, Look.PLAIN, "member") for _ in range(_MOST)]
        for place, button in enumerate(self.people):
            grid.addWidget(button, place // 2, place % 2)
            button.clicked.connect(lambda _checked=False, place=place: self._choose(place))
        self.pad = Pad(theme, mounting)
        self._build_deck(theme)
        self.show_staff(self._facts)

    def _build_deck(self, theme: Theme) -> None:
        self.enter = TouchButton(theme, Look.PRIMARY, "check")
        self.back = TouchButton(theme, Look.PLAIN, "close")
        self.back.setMinimumHeight(104)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.back, 2)
        row.addWidget(self.enter, 3)
        for widget in (self.names, self.pad):
            self.deck_box.addWidget(widget)
        self.deck_box.addLayout(row)
        self.pad.pressed.connect(self.typed)
        self.pad.erased.connect(self.erased)
        self.pad.cleared.connect(self.cleared)
        self.enter.clicked.connect(self.entered)
        self.back.clicked.connect(lambda: self.asked.emit(Event.STAFF_LEFT))

    def show_staff(self, facts: StaffFacts) -> None:
        """Who may, who was chosen, how many digits."""
        self._facts = facts
        shown = facts.people[:_MOST]
        for button, person in zip(self.people, shown, strict=False):
            button.set_words(person.masked, person.id)
        for place, button in enumerate(self.people):
            button.setVisible(place < len(shown))
        self.names.setVisible(not facts.chosen)
        self.pad.setVisible(bool(facts.chosen))
        self.enter.setVisible(bool(facts.chosen))
        self.dots.setText("•" * facts.dots)
        self.dots.setAccessibleName(self.tr("%n digit(s) typed", "", facts.dots))
        self._show_words()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.shape.set_ink(self.theme.colour("brand-ink"))
        self.enter.set_words(self.tr("End the kiosk"))
        self.back.set_words(self.tr("Back"))
        self.pad.retranslate()
        self._show_words()

    def primary(self) -> TouchButton | None:
        """End it."""
        return self.enter if self._facts.chosen else None

    def forget(self) -> None:
        """Nobody is at the door."""
        self.show_staff(StaffFacts())

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._facts.people[place].id)

    def _show_words(self) -> None:
        facts = self._facts
        self.title.setText(self.tr("Your PIN") if facts.chosen else self.tr("Staff: who are you?"))
        self.fault.setText(facts.fault or self._why())

    def _why(self) -> str:
        if self._facts.is_silent and self._facts.people:
            return self.tr("The kiosk does not answer; your PIN lets you out all the same")
        if self._facts.is_silent:
            return self.tr("The kiosk does not answer. Switch the machine off and on; nothing is lost")
        if self._facts.is_waiting:
            return self.tr("One moment…")
        return "" if self._facts.people else self.tr("Nobody of this store has a PIN yet")
