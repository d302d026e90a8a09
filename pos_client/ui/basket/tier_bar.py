"""How far it is to the next tier: a sentence, and a bar that shows the amount beside what is asked for."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.theme import Theme
from pos_client.usecases.set_view import NextTier

_HEIGHT = 16


class TierBar(QWidget):
    """A sentence over a bar, with its figures in words."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.words = FittedLabel("body", lines=2, wrap=True)
        self.figures = FittedLabel("caption")
        self.bar = _Bar(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.figures)

    def show_tier(self, tier: NextTier | None, amount_minor: int, language: str) -> None:
        """Show how far it is; nothing where no tier is near."""
        self.setVisible(tier is not None)
        if tier is None:
            return
        money = self._wording.money
        self.words.setText(
            self.tr("Buy {more} more and use {coupon}: {extra} more off").format(
                more=money(tier.missing_minor), coupon=tier.name.in_language(language), extra=money(tier.more_minor)
            )
        )
        self.figures.setText(
            self.tr("{now} of {needed}").format(now=money(amount_minor), needed=money(tier.threshold_minor))
        )
        self.setAccessibleName(f"{self.words.text()} {self.figures.text()}")
        self.bar.show_part(amount_minor / max(1, tier.threshold_minor))


class _Bar(QWidget):
    """A part of a whole."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    def show_part(self, part: float) -> None:
        """0 to 1."""
        self._part = min(1.0, max(0.0, part))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hollow bar with an edge, and the part that is reached."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(self._theme.colour("border"))
        painter.setBrush(self._theme.colour("bg"))
        painter.drawRoundedRect(box, 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("brand"))
        box.setWidth(max(14.0, box.width() * self._part))
        painter.drawRoundedRect(box, 7, 7)
