"""The colours on which a verdict stands, painted by hand from the token table.

Apart from the panel because a style sheet that looks thirty widgets over again costs more than a verdict may take.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from pos_client.ui.theme import Theme

_EDGE: Final = 12
_RADIUS: Final = 8
_FRAME: Final = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """Colours of a panel.

    Attributes:
        panel: of the whole rectangle. ink: of the words. bubble: behind what the clerk reads out.
        edge: of the bar at the left that remembers the level of a verdict that has turned grey; None without one.
        line: of the upper rim, where the panel has the colour of its surroundings.
    """

    panel: QColor
    ink: QColor
    bubble: QColor
    edge: QColor | None = None
    line: QColor | None = None


def ground_of(theme: Theme, panel: str, *, is_past: bool) -> Ground:
    """The colours of a level's panel; of no level where ``panel`` is empty."""
    if not panel:
        return Ground(
            theme.colour("surface"), theme.colour("text"), theme.colour("sunken"), line=theme.colour("hairline")
        )
    edge = theme.verdict_colour(panel, "edge")
    if is_past:
        muted = theme.colour("text-muted")
        return Ground(theme.colour("surface"), muted, theme.colour("sunken"), edge, theme.colour("hairline"))
    return Ground(
        theme.verdict_colour(panel, "panel"), theme.verdict_colour(panel, "text"), theme.verdict_colour(panel, "bubble")
    )


def paint_ground(painter: QPainter, ground: Ground, room: QRect, bubble: QRect | None, *, framed: bool = False) -> None:
    """Paint a panel, a frame in the colour of its words where asked, and the bubble behind what is said."""
    painter.fillRect(room, ground.panel)
    if ground.line is not None:
        painter.fillRect(QRect(room.left(), room.top(), room.width(), 1), ground.line)
    if ground.edge is not None:
        painter.fillRect(QRect(room.left(), room.top(), _EDGE, room.height()), ground.edge)
    if framed and ground.line is None:
        painter.setPen(
            QPen(ground.ink, _FRAME, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(room).adjusted(_FRAME / 2, _FRAME / 2, -_FRAME / 2, -_FRAME / 2))
    if bubble is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground.bubble)
        painter.drawRoundedRect(QRectF(bubble), _RADIUS, _RADIUS)
