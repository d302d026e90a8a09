"""K3, the scan guide: a photograph of what to do, an arrow to the real reader, and a word on what the camera sees.

The photograph has neither edge nor rounded corner nor shadow: nobody must take it for a button, nor the buttons for it.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.kiosk_view import GuideFacts, Hint
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.page import Band, KioskPage
from pos_client.ui.kiosk.pictures import draw_photo
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import Look, TouchButton
from pos_client.ui.theme import Theme
from pos_client.usecases.camera_view import CameraAdvice

_ARROW: Final = 88


class ScanPhoto(QWidget):
    """The photograph and the arrow to where the reader really is."""

    def __init__(self, theme: Theme, reader: str) -> None:
        super().__init__()
        self._theme, self._reader = theme, reader
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, arrow = self._split()
        draw_photo(painter, room)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("on-no-tint"))
        painter.drawPolygon(self._arrow(arrow))

    def _split(self) -> tuple[QRect, QRect]:
        room = self.rect()
        if self._reader == "below":
            return room.adjusted(0, 0, 0, -_ARROW), room.adjusted(0, room.height() - _ARROW, 0, 0)
        if self._reader == "left":
            return room.adjusted(_ARROW, 0, 0, 0), QRect(0, 0, _ARROW, room.height())
        return room.adjusted(0, 0, -_ARROW, 0), room.adjusted(room.width() - _ARROW, 0, 0, 0)

    def _arrow(self, box: QRect) -> QPolygonF:
        """A plain arrow in the middle of its box."""
        along = _ARROW / 2 - 10
        shape: list[tuple[float, float]] = [(-14, -along), (14, -along), (14, 0), (38, 0), (0, along)]
        shape += [(-38, 0), (-14, 0)]
        turned: dict[str, list[tuple[float, float]]] = {
            "below": [(x, y) for x, y in shape],
            "right": [(y, x) for x, y in shape],
            "left": [(-y, x) for x, y in shape],
        }
        middle = QPointF(box.center())
        return QPolygonF([middle + QPointF(x, y) for x, y in turned[self._reader]])


class GuidePage(KioskPage):
    """The scan guide.

    Signals:
        asked: an Event.
    """

    bleeds = True
    asked = Signal(object)

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self._facts = GuideFacts()
        self.title = KioskLabel("title")
        self.photo = ScanPhoto(theme, mounting.reader)
        self.line = KioskLabel("reason", 2)
        self.seen = KioskLabel("body", 2)
        self.phone = TouchButton(theme, Look.PLAIN, "phone")
        self.phone.setMinimumHeight(104)
        self.back = TouchButton(theme, Look.PLAIN, "close")
        self.scene_box.setSpacing(0)
        self.band = Band(theme, self.title)
        self.scene_box.addWidget(self.band)
        self.scene_box.addWidget(self.photo, 1)
        self.deck_box.addWidget(self.phone)
        self.deck_box.addWidget(self.back)
        self.phone.clicked.connect(lambda: self.asked.emit(Event.PHONE_ASKED))
        self.back.clicked.connect(lambda: self.asked.emit(Event.BACK))

    def on_arranged(self) -> None:
        """In landscape all words stand beside the picture."""
        self.put_words(self.line, self.seen)
        self.band.set_plain(is_plain=not self.is_upright)
        if self.is_upright:
            self.scene_box.insertWidget(0, self.band)
        else:
            self.deck_box.insertWidget(0, self.band)

    def show_guide(self, facts: GuideFacts) -> None:
        """What the camera sees, and what helps after a while."""
        self._facts = facts
        self._show_words()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("Scan and save"))
        self.phone.set_words(self.tr("Type phone number"))
        self.back.set_words(self.tr("Quit"))
        self._show_words()

    def primary(self) -> TouchButton | None:
        """The other way."""
        return self.phone

    def spoken(self) -> str:
        """What to do."""
        return self.line.text()

    def _show_words(self) -> None:
        self.line.setText(self._place_words() if self._facts.has_camera else self.tr("Hold your code to the scanner"))
        self.seen.setText(self._advice_words() or self._hint_words())
        self.seen.setProperty("hint", self._facts.hint.value)

    def _place_words(self) -> str:
        return {
            "below": self.tr("Hold your member code to the red light below"),
            "right": self.tr("Hold your member code to the red light on the right"),
            "left": self.tr("Hold your member code to the red light on the left"),
        }[self.mounting.reader]

    def _advice_words(self) -> str:
        return {
            CameraAdvice.TOO_FAR: self.tr("I see it. A little closer"),
            CameraAdvice.OUT_OF_FOCUS: self.tr("I see it: a little further away…"),
            CameraAdvice.HOLD_STILL: self.tr("I see it: hold still…"),
            CameraAdvice.CHANGING: self.tr("I see it: hold still…"),
            CameraAdvice.TOO_DARK: self.tr("Make your screen brighter"),
            CameraAdvice.GLARE: self.tr("Tilt the phone a little"),
        }.get(self._facts.advice, "")

    def _hint_words(self) -> str:
        return {
            Hint.SHOW: self.tr("15 to 20 cm away"),
            Hint.RETRY: self.tr("Not read yet: try once more, with a brighter screen"),
            Hint.PHONE: self.tr("Or touch “Type phone number”"),
            Hint.HELP: self.tr("Press Call staff and somebody will help you"),
        }[self._facts.hint]
