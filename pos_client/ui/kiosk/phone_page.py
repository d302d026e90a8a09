"""K3b: a phone number, typed in public and never readable as a whole."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_client.ui.icons import IconLabel
from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.pad import ROOMY, Pad
from pos_client.ui.kiosk.page import KioskPage
from pos_client.ui.kiosk.phone_text import DIGITS
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

_FIRST: Final = 3
_SECOND: Final = 7


class NumberSlots(QWidget):
    """Eleven places in three groups, each with a digit, a dot or nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.shown = ""

    def sizeHint(self) -> QSize:
        """As high as its figures."""
        return QSize(320, self._theme.size("figure") + 40)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw places and what stands on them."""
        del event
        painter = QPainter(self)
        font = QFont(self._theme.family)
        wide = self.width() / (DIGITS + 2)
        font.setPixelSize(min(self._theme.size("figure"), round(wide * 1.15)))
        painter.setFont(font)
        typed = self.shown.replace(" ", "")
        for place in range(DIGITS):
            shift = place + 0.5 * (place >= _FIRST) + 0.5 * (place >= _SECOND) + 0.5
            box = QRectF(shift * wide, 0, wide, self.height())
            is_next = place == len(typed)
            painter.fillRect(
                QRectF(box.left() + 5, box.bottom() - 8, wide - 10, 8 if is_next else 4),
                self._theme.colour("brand" if is_next else "border"),
            )
            painter.setPen(self._theme.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, typed[place : place + 1])


class PhonePage(KioskPage):
    """The phone pad.

    Signals:
        typed: a digit. erased, cleared. entered: look it up. asked: an Event.
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    entered = Signal()
    asked = Signal(object)

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self.title = KioskLabel("title", 2)
        self.shape = IconLabel("phone", 140)
        self.number = NumberSlots(theme)
        self.line = KioskLabel("body", 2)
        self.pad = Pad(theme, mounting)
        self.enter = TouchButton(theme, Look.PRIMARY, "check")
        self.back = TouchButton(theme, Look.PLAIN, "undo")
        self.back.setMinimumHeight(104)
        self.scene_box.addStretch(1)
        self.scene_box.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (self.title, self.number, self.line):
            self.scene_box.addWidget(widget)
        self.scene_box.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.back, 2)
        row.addWidget(self.enter, 3)
        self.deck_box.addWidget(self.pad)
        self.deck_box.addLayout(row)
        self.pad.pressed.connect(self.typed)
        self.pad.erased.connect(self.erased)
        self.pad.cleared.connect(self.cleared)
        self.enter.clicked.connect(self.entered)
        self.back.clicked.connect(lambda: self.asked.emit(Event.BACK))

    def on_arranged(self) -> None:
        """Taller keys where there is room for them."""
        roomy = self.is_upright and not self.is_low
        self.pad.set_height(ROOMY if roomy else 0)

    def show_phone(self, shown: str, *, is_complete: bool) -> None:
        """The number as far as it may be seen."""
        self.number.shown = shown
        self.number.update()
        # A screen reader in public says how many, and never which.
        typed = sum(character != " " for character in shown)
        self.number.setAccessibleName(self.tr("%n digit(s) typed", "", typed))
        self.enter.setEnabled(is_complete)

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("Your phone number"))
        self.line.setText(self.tr("Nobody else can read it: only the last digits show for a moment"))
        self.enter.set_words(self.tr("Look up"), description=self.tr("Needs all eleven digits"))
        self.back.set_words(self.tr("Back"))
        self.pad.retranslate()
        self.shape.set_ink(self.theme.colour("brand-ink"))

    def primary(self) -> TouchButton | None:
        """Look it up."""
        return self.enter

    def spoken(self) -> str:
        """What is asked."""
        return self.tr("Type your phone number. It is not read out.")

    def forget(self) -> None:
        """No number."""
        self.show_phone("", is_complete=False)
