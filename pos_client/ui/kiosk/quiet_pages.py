"""The screens on which a customer waits or reads: checking, goodbye, help, "still there?", out of order.

Together because each is a sentence, a shape and at most two buttons.
"""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos_client.ui.icons import IconLabel
from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.kiosk_view import HelpFacts
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.page import KioskPage
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

_SHAPE: Final = 220
_RING: Final = 380


class QuietPage(KioskPage):
    """A shape and two sentences in the middle of the scene.

    Signals:
        asked: an Event.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, mounting: Mounting, icon: str) -> None:
        super().__init__(theme, mounting)
        self.shape = IconLabel(icon, _SHAPE)
        self.title, self.line = KioskLabel("title", 2), KioskLabel("reason", 2)
        self.scene_box.addStretch(1)
        self.scene_box.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignHCenter)
        self.scene_box.addSpacing(24)
        self.scene_box.addWidget(self.title)
        self.scene_box.addWidget(self.line)
        self.scene_box.addStretch(1)

    def retranslate(self, language: str) -> None:
        """Every word in a language; the shape in its colour."""
        super().retranslate(language)
        self.shape.set_ink(self.theme.colour("brand-ink"))

    def spoken(self) -> str:
        """Both sentences."""
        return f"{self.title.text()} {self.line.text()}"


class CheckingPage(QuietPage):
    """A code was read and is looked at; it is gone before it can be read, unless something is slow."""

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting, "clock")

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("One moment…"))
        self.line.setText(self.tr("Your code was read"))

    def spoken(self) -> str:
        """Nothing: the result follows at once."""
        return ""


class FarewellPage(QuietPage):
    """Five seconds in which nothing of the customer is shown any more."""

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting, "check")
        self.next = TouchButton(theme, Look.PLAIN, "scan")
        self.next.setMinimumHeight(104)
        self.deck_box.addWidget(self.next)
        self.next.clicked.connect(lambda: self.asked.emit(Event.BEGUN))

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("Thank you!"))
        self.line.setText(self.tr("Nothing of you stays on this screen"))
        self.next.set_words(self.tr("Next customer"))

    def primary(self) -> TouchButton | None:
        """The next one."""
        return self.next


class HelpPage(QuietPage):
    """K6: a clerk was asked to come."""

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting, "speech")
        self._facts = HelpFacts(is_open=True)
        self.go_on = TouchButton(theme, Look.PRIMARY, "next")
        self.cancel = TouchButton(theme, Look.PLAIN, "close")
        self.cancel.setMinimumHeight(104)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.cancel, 1)
        row.addWidget(self.go_on, 1)
        self.deck_box.addLayout(row)
        self.go_on.clicked.connect(lambda: self.asked.emit(Event.BACK))
        self.cancel.clicked.connect(lambda: self.asked.emit(Event.HELP_CANCELLED))

    def show_help(self, facts: HelpFacts) -> None:
        """How the call stands."""
        self._facts = facts
        self._show_words()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.go_on.set_words(self.tr("Go on myself"))
        self.cancel.set_words(self.tr("Cancel the call"))
        self._show_words()

    def primary(self) -> TouchButton | None:
        """The call stays, and the customer goes on."""
        return self.go_on

    def _show_words(self) -> None:
        facts = self._facts
        if not facts.is_heard:
            place = self.mounting.elsewhere or self.tr("the service desk")
            title, line = (
                self.tr("Please go to {place}").format(place=place),
                self.tr("The call was not heard; help is there"),
            )
        elif facts.is_taken:
            title, line = self.tr("Staff is on the way"), self.tr("Please stay here")
        elif facts.is_late:
            title, line = self.tr("Sorry for the wait"), self.tr("We have called again")
        else:
            title, line = self.tr("Staff will be here soon (about 1 minute)"), self.tr("You can go on meanwhile")
        self.title.setText(title)
        self.line.setText(line)


class Ring(QWidget):
    """A ring that empties, with the seconds in its middle: an answer is expected, nobody is scared."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.share, self.seconds = 1.0, 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As large as it likes to be; it shrinks."""
        return QSize(_RING, _RING)

    def minimumSizeHint(self) -> QSize:
        """Still a ring."""
        return QSize(160, 160)

    def show_time(self, left_s: float, share: float) -> None:
        """Seconds left, and their share of all."""
        self.share, self.seconds = share, round(left_s + 0.49)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ring and number."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height()) - 32
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(self._theme.colour("hairline"), 24))
        painter.drawEllipse(box)
        painter.setPen(QPen(self._theme.colour("brand"), 24, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(box, 90 * 16, round(self.share * 360 * 16))
        font = QFont(self._theme.family)
        font.setPixelSize(self._theme.size("verdict"))
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.seconds))


class StillTherePage(KioskPage):
    """K7: 25 seconds to say so, by any touch, key or scan; as often as one likes.

    Signals:
        asked: an Event.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self.title, self.line = KioskLabel("verdict"), KioskLabel("reason", 2)
        self.ring = Ring(theme)
        self.go_on = TouchButton(theme, Look.PRIMARY, "next")
        self.go_on.setMinimumHeight(200)
        self.scene_box.addStretch(1)
        self.scene_box.addWidget(self.title)
        self.scene_box.addWidget(self.ring)
        self.scene_box.addWidget(self.line)
        self.scene_box.addStretch(1)
        self.deck_box.addWidget(self.go_on)
        self.go_on.clicked.connect(lambda: self.asked.emit(Event.CONTINUED))

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("Still there?"))
        self.line.setText(self.tr("Otherwise everything here is cleared for your privacy"))
        self.go_on.set_words(self.tr("Continue"))

    def primary(self) -> TouchButton | None:
        """Continue."""
        return self.go_on

    def spoken(self) -> str:
        """The question."""
        return self.tr("Are you still there? Touch the screen to continue.")

    def show_time(self, left_s: float, share: float) -> None:
        """The ring."""
        self.ring.show_time(left_s, share)
        self.go_on.setAccessibleDescription(self.tr("%n second(s) left", "", round(left_s)))


class ClosedPage(QuietPage):
    """Out of order: where the nearest place is that works; help stays."""

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting, "warning")

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        place = self.mounting.elsewhere or self.tr("the counter")
        self.title.setText(self.tr("This kiosk is out of order"))
        self.line.setText(self.tr("Please go to {place}").format(place=place))
