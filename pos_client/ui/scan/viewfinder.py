"""What the camera sees, with the code outlined: green where it was read, amber where the hand should hold still.

Apart because a picture arrives many times a second and must cost no more than one drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import icons
from pos_client.ui.bridges import CameraPicture, Sighting
from pos_client.ui.fitting import fitted_font
from pos_client.ui.theme import Theme
from pos_client.usecases.camera_view import CameraAdvice, CameraState

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RADIUS: Final = 12
_BELIEVED: Final = QColor("#2EE6C5")
_HOLD_STILL: Final = QColor("#FFC233")
_INK: Final = QColor("#14181D")


def as_image(pixels: NDArray[np.uint8]) -> QImage:
    """A picture of Qt's over a copy of the pixels: grey (height, width) or blue-green-red (height, width, 3)."""
    own = pixels.copy(order="C")
    height, width = own.shape[:2]
    is_grey = own.ndim == 2
    form = QImage.Format.Format_Grayscale8 if is_grey else QImage.Format.Format_BGR888
    return QImage(own.data, width, height, width * (1 if is_grey else 3), form).copy()


class Viewfinder(QWidget):
    """The camera's picture, or what to use instead of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._sightings: tuple[Sighting, ...] = ()
        self._advice = CameraAdvice.NONE
        self._state = CameraState.NONE
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def show_picture(self, picture: CameraPicture) -> None:
        """Show a newer picture."""
        self._image = as_image(picture.pixels)
        self._sightings = picture.sightings
        if picture.advice is not self._advice:
            self._advice = picture.advice
            self.setAccessibleDescription(self.advice())
        self.update()

    def show_state(self, state: CameraState, said: str = "") -> None:
        """The camera came or went; a picture of a lost camera is not left standing.

        Args:
            state: how it is.
            said: why, in the present language; empty for the state's own words.
        """
        self._state, self._said = state, said
        if state is not CameraState.WATCHING:
            self._image, self._sightings, self._advice = None, (), CameraAdvice.NONE
        self.retranslate()

    def retranslate(self) -> None:
        """Say the state in the present language."""
        self._words = {
            CameraState.NONE: self.tr("No camera: use the scanner gun"),
            CameraState.STARTING: self.tr("Camera is starting…"),
            CameraState.WATCHING: "",
            CameraState.LOST: self.tr("Camera lost; the scanner gun still works"),
        }
        self._hold_still = self.tr("Hold still")
        self._advices = {
            CameraAdvice.NONE: "",
            CameraAdvice.TOO_DARK: self.tr("Too dark: turn up the screen or the light"),
            CameraAdvice.GLARE: self.tr("Too bright: tilt the code a little"),
            CameraAdvice.OUT_OF_FOCUS: self.tr("Blurred: move the code nearer or farther"),
            CameraAdvice.TOO_FAR: self.tr("Too far: bring the code closer"),
            CameraAdvice.HOLD_STILL: self._hold_still,
            CameraAdvice.CHANGING: self.tr("The code keeps changing: show one only"),
        }
        self.setAccessibleName(self.tr("Camera picture"))
        self.setAccessibleDescription(self.words() or self.advice())
        self.update()

    def words(self) -> str:
        """What stands in place of a picture."""
        return self._said or self._words[self._state]

    def advice(self) -> str:
        """What whoever holds a code is told over the picture; nothing where a tag at the code says it already."""
        is_tagged = any(not sighting.believed for sighting in self._sightings)
        return "" if is_tagged and self._advice is CameraAdvice.HOLD_STILL else self._advices[self._advice]

    def sizeHint(self) -> QSize:
        """320 by 240."""
        return QSize(320, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, outlines and corner marks."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), self._theme.colour("viewfinder"))
        if self._image is None:
            self._draw_words(painter)
            return
        target = self._target(self._image)
        painter.drawImage(target, self._image)
        self._draw_corners(painter, target)
        for sighting in self._sightings:
            self._draw_outline(painter, sighting, target, self._image)
        if self.advice():
            self._draw_advice(painter, target)

    def _target(self, image: QImage) -> QRectF:
        """Where the picture lies: all of it, since a code at its edge must be seen."""
        scale = min(self.width() / image.width(), self.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _draw_words(self, painter: QPainter) -> None:
        colour = self._theme.colour("on-viewfinder")
        side = min(72, self.height() // 3)
        lost = self._state is CameraState.LOST
        name = "camera-off" if lost else "gun" if self._state is CameraState.NONE else "camera"
        middle = self.height() / 2
        box = QRectF((self.width() - side) / 2, middle - side, side, side)
        icons.draw(painter, name, box, _HOLD_STILL if lost else colour)
        room = QRectF(20, middle + 10, self.width() - 40, self.height() / 2 - 20)
        font = self._font("body")
        painter.setFont(fitted_font(self.words(), font, room.size().toSize(), wrap=True))
        painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, flags.value | Qt.TextFlag.TextWordWrap.value, self.words())

    @staticmethod
    def _draw_corners(painter: QPainter, target: QRectF) -> None:
        """Four marks that say where a code belongs."""
        frame = target.adjusted(22, 22, -22, -22)
        arm = 26.0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 110), 6.0), (QColor(255, 255, 255, 220), 3.0)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for x, y, across, down in (
                (frame.left(), frame.top(), arm, arm),
                (frame.right(), frame.top(), -arm, arm),
                (frame.left(), frame.bottom(), arm, -arm),
                (frame.right(), frame.bottom(), -arm, -arm),
            ):
                painter.drawPolyline([QPointF(x + across, y), QPointF(x, y), QPointF(x, y + down)])

    def _draw_outline(self, painter: QPainter, sighting: Sighting, target: QRectF, image: QImage) -> None:
        scale = target.width() / image.width()
        corners = [QPointF(target.x() + x * scale, target.y() + y * scale) for x, y in sighting.corners]
        if not corners:
            return
        shape = QPolygonF(corners)
        colour = _BELIEVED if sighting.believed else _HOLD_STILL
        glow = QColor(colour)
        glow.setAlpha(56)
        painter.setBrush(glow)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 7.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolygon(shape)
        style = Qt.PenStyle.SolidLine if sighting.believed else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour, 4.0, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon(shape)
        self._draw_tag(painter, sighting, shape.boundingRect(), colour)

    def _draw_tag(self, painter: QPainter, sighting: Sighting, around: QRectF, colour: QColor) -> None:
        """Not by colour alone: a tick, or the words, in a tag above the code."""
        font = self._font("small")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        words = "" if sighting.believed else self._hold_still
        width = 30.0 if sighting.believed else painter.fontMetrics().horizontalAdvance(words) + 20.0
        left = min(max(6.0, around.center().x() - width / 2), self.width() - width - 6.0)
        tag = QRectF(left, max(6.0, around.top() - 34.0), width, 28.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(tag, 14, 14)
        if sighting.believed:
            icons.draw(painter, "check", tag.adjusted(6, 5, -6, -5), _INK)
        painter.setPen(_INK)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_advice(self, painter: QPainter, target: QRectF) -> None:
        """One line at the picture's foot, dark on amber with a sign: it asks for a hand, it is no error."""
        font = self._font("body")
        font.setWeight(QFont.Weight.DemiBold)
        most = QSize(int(target.width()) - 76, 34)
        painter.setFont(fitted_font(self.advice(), font, most, wrap=False))
        width = painter.fontMetrics().horizontalAdvance(self.advice()) + 60.0
        strip = QRectF(target.center().x() - width / 2, target.bottom() - 52.0, width, 40.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_HOLD_STILL)
        painter.drawRoundedRect(strip, 20, 20)
        icons.draw(painter, "warning", QRectF(strip.x() + 14, strip.y() + 9, 22, 22), _INK)
        painter.setPen(_INK)
        painter.drawText(
            strip.adjusted(42, 0, -14, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.advice()
        )

    def _font(self, role: str) -> QFont:
        font = QFont(self._theme.family)
        font.setPixelSize(self._theme.size(role))
        return font
