"""Which key and which button means what at a kiosk; a person's characters, when it is certain that a person typed.

Apart from the screen because a gun types too, and from the presenter because it is about keys.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Qt

from pos_client.ui.kiosk.kiosk_presenter import KioskPresenter
from pos_client.ui.kiosk.kiosk_screen import KioskScreen
from pos_client.ui.kiosk.kiosk_view import Dress
from pos_client.ui.kiosk.machine import Wait
from pos_client.ui.kiosk.staff_door import StaffDoor
from pos_client.ui.kiosk.states import Event, Place

_TOGGLES: Final = ("is_large", "is_contrast", "has_voice", "is_low")
_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LEAVES: Final = {
    Place.STAFF: Event.STAFF_LEFT,
    Place.STILL_THERE: Event.CONTINUED,
    Place.RESULT: Event.DONE,
}


class KioskKeys(QObject):
    """Connects screen, presenter and door.

    Args:
        screen: the widgets. presenter: the rules. door: of the staff, None where there is no desk to ask.
    """

    def __init__(self, screen: KioskScreen, presenter: KioskPresenter, door: StaffDoor | None) -> None:
        super().__init__(screen)
        self._screen, self._presenter, self._door = screen, presenter, door
        self._connect()

    def type_character(self, character: str) -> None:
        """A person's character: digits go to a pad or choose a coupon, H calls, anything else shows life."""
        presenter, place = self._presenter, self._presenter.machine.top
        if place is Place.STAFF:
            if self._door:
                self._door.type(character)
        elif character in {"h", "H"}:
            presenter.do(Event.HELP_ASKED)
        elif place is Place.ATTRACT:
            presenter.do(Event.BEGUN)
        elif place is Place.COUPONS and character.isdecimal():
            self._screen.coupons.choose(int(character) - 1)
        elif place is Place.ACCESS and character in {"1", "2"}:
            self.wear("zh" if character == "1" else "en")
        elif character.isdecimal() and place in {Place.GUIDE, Place.PHONE}:
            presenter.type_digit(character)
        else:
            presenter.touched()

    def press(self, key: int) -> None:
        """A key that is no character."""
        presenter, place = self._presenter, self._presenter.machine.top
        presenter.machine.touch()
        if key in _ENTERS:
            self._enter(place)
        elif key == Qt.Key.Key_Escape:
            presenter.do(_LEAVES.get(place, Event.BACK))
        elif key == Qt.Key.Key_Backspace:
            self._erase(everything=False)
        elif place in {Place.ATTRACT, Place.FAREWELL}:
            presenter.do(Event.BEGUN)
        else:
            presenter.touched()

    def wear(self, what: str) -> None:
        """A language or an access button."""
        dress = self._presenter.dress
        if what in {"zh", "en"}:
            worn = replace(dress, language=what)
        elif what == "language":
            worn = replace(dress, language="en" if dress.language == "zh" else "zh")
        else:
            worn = with_toggled(dress, what)
        self._presenter.wear(worn)

    def knock(self) -> None:
        """Five taps in the corner."""
        self._presenter.do(Event.STAFF_ASKED)
        if self._door and self._presenter.machine.top is Place.STAFF:
            self._door.open()

    def hold(self, is_down: bool) -> None:  # noqa: FBT001 - a signal's argument
        """A finger rests on the screen, which holds a result; or is lifted."""
        machine = self._presenter.machine
        (machine.expect if is_down else machine.heard)(Wait.FINGER)

    def _on_place(self, place: Place) -> None:
        """Half a PIN stays with nobody."""
        if self._door and place is not Place.STAFF:
            self._door.close()

    def _enter(self, place: Place) -> None:
        if place is Place.STAFF and self._door:
            self._door.enter()
            return
        button = self._screen.page.primary()
        if button is not None and button.isEnabled():
            button.click()

    def _erase(self, *, everything: bool) -> None:
        if self._presenter.machine.top is Place.STAFF and self._door:
            self._door.erase(everything=everything)
        elif self._presenter.machine.top is Place.PHONE:
            self._presenter.erase(everything=everything)

    def _connect(self) -> None:
        screen, presenter = self._screen, self._presenter
        for page in screen.pages.values():
            asked = getattr(page, "asked", None)
            if asked is not None:
                asked.connect(presenter.do)
        screen.attract.begun.connect(lambda: presenter.do(Event.BEGUN))
        screen.access.worn.connect(self.wear)
        screen.bar.worn.connect(self.wear)
        screen.bar.asked.connect(presenter.do)
        screen.phone.typed.connect(presenter.type_digit)
        screen.phone.entered.connect(presenter.look_up)
        screen.coupons.used.connect(presenter.use)
        screen.result.went_on.connect(presenter.go_on)
        for pad in (screen.phone, screen.staff):
            pad.erased.connect(lambda: self._erase(everything=False))
            pad.cleared.connect(lambda: self._erase(everything=True))
        screen.corner.knocked.connect(self.knock)
        screen.key_pressed.connect(self.press)
        screen.typed.connect(self.type_character)
        screen.finger.connect(self.hold)
        screen.place_shown.connect(self._on_place)
        if self._door:
            screen.staff.chosen.connect(self._door.choose)
            screen.staff.typed.connect(self._door.type)
            screen.staff.entered.connect(self._door.enter)


def with_toggled(dress: Dress, what: str) -> Dress:
    """The other way round for one of the four toggles."""
    large, contrast, voice, low = (getattr(dress, name) is not (name == what) for name in _TOGGLES)
    return Dress(dress.language, large, contrast, voice, low)
