"""K1, the first screen: three still pictures in turn, and the whole of it begins.

No sound and nothing that moves within a picture; eight seconds each.
"""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_client.ui import icons
from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.page import Band, KioskPage
from pos_client.ui.kiosk.pictures import draw_coupons, draw_photo
from pos_client.ui.kiosk.touch_button import Look, TouchButton
from pos_client.ui.theme import Theme

SLIDES: Final = 3
SLIDE_S: Final = 8
_HELPS: Final = ("text-size", "sound", "speech")


class Slide(QWidget):
    """A still picture, edge to edge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.place = 0
        self.names: tuple[str, ...] = ("", "", "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the one that is shown."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.place == 0:
            draw_photo(painter, self.rect())
        elif self.place == 1:
            draw_coupons(painter, self.rect(), self._theme)
        else:
            self._draw_help(painter)

    def _draw_help(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.colour("brand-tint"))
        font = QFont(self._theme.family)
        font.setPixelSize(self._theme.size("title"))
        font.setBold(True)
        painter.setFont(font)
        part, line = self.width() // len(_HELPS), 2 * font.pixelSize()
        disc = min(part * 4 // 5, self.height() // 2)
        top = (self.height() - disc - line) // 2
        for place, (icon, name) in enumerate(zip(_HELPS, self.names, strict=True)):
            box = QRectF(part * place + (part - disc) / 2, top, disc, disc)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("surface"))
            painter.drawEllipse(box)
            margin = disc * 0.26
            ink = self._theme.colour("brand-ink")
            icons.draw(painter, icon, box.adjusted(margin, margin, -margin, -margin), ink)
            painter.setPen(self._theme.colour("text"))
            below = QRect(part * place, top + disc, part, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, name)


class AttractPage(KioskPage):
    """The first screen.

    Signals:
        begun: somebody touched it anywhere.
    """

    bleeds = True
    begun = Signal()

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self.title = KioskLabel("verdict")
        self.slide = Slide(theme)
        self.line = KioskLabel("title", 2)
        self.start = TouchButton(theme, Look.PRIMARY, "scan")
        self.start.setMinimumHeight(140)
        self.start.clicked.connect(self.begun)
        self.scene_box.setSpacing(0)
        self.band = Band(theme, self.title)
        self.scene_box.addWidget(self.band)
        self.scene_box.addWidget(self.slide, 1)
        self.deck_box.addWidget(self.start)

    def on_arranged(self) -> None:
        """In landscape all words stand beside the picture."""
        self.put_words(self.line)
        self.band.set_plain(is_plain=not self.is_upright)
        if self.is_upright:
            self.scene_box.insertWidget(0, self.band)
        else:
            self.deck_box.insertWidget(0, self.band)

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("Scan and save"))
        self.start.set_words(self.tr("Touch to begin"))
        self.slide.names = (self.tr("Large text"), self.tr("Voice"), self.tr("Staff"))
        self._show_line()

    def show_slide(self, place: int) -> None:
        """One of the three, counted from 0."""
        if place != self.slide.place:
            self.slide.place = place
            self._show_line()
            self.slide.update()

    def primary(self) -> TouchButton | None:
        """Begin."""
        return self.start

    def spoken(self) -> str:
        """An invitation."""
        return self.tr("Scan your member code, or touch the screen to begin.")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole screen is a button."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.begun.emit()

    def _show_line(self) -> None:
        lines = (
            self.tr("Hold your member code to the reader"),
            self.tr("All your coupons with one touch"),
            self.tr("Large text, voice and staff are always there"),
        )
        self.line.setText(lines[self.slide.place])
