"""K5: the verdict over the whole width, one sentence, and what to do with one's hands.

Details are shown only when asked for, since others look on.
"""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_client.ui.icons import IconLabel
from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.kiosk_view import More, ResultFacts
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.page import MARGIN, KioskPage
from pos_client.ui.kiosk.pictures import draw_qr
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, PRIMARY, Look, TouchButton
from pos_client.ui.scan.verdict_words import PANEL_OF
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import Level

_SHAPE: Final = 240
_QR: Final = 300


class VerdictCard(QWidget):
    """The coloured rectangle: shape, word, amount and sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.level: Level | None = None
        self.shape = IconLabel("verdict-idle", _SHAPE)
        self.headline, self.amount, self.line = KioskLabel("verdict"), KioskLabel("amount"), KioskLabel("reason", 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.addStretch(1)
        column.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(24)
        for label in (self.headline, self.amount, self.line):
            column.addWidget(label)
        column.addStretch(1)

    def show_verdict(self, facts: ResultFacts | None) -> None:
        """A verdict, or none."""
        self.level = facts.level if facts else None
        self.headline.setText(facts.headline if facts else "")
        self.amount.setText(facts.amount if facts else "")
        self.amount.setVisible(bool(facts and facts.amount))
        self.line.setText(facts.line if facts else "")
        self.dress()

    def dress(self) -> None:
        """Colours of the present theme."""
        ink = QColor(self._theme.colour("text")) if self.level is None else self._colour("text")
        self.shape.set_icon(f"verdict-{self.level.value if self.level else 'idle'}", self._colour("panel"))
        for label in (self.headline, self.amount, self.line):
            label.set_ink(ink)
        self.shape.set_ink(ink)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the rectangle."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colour("panel"))

    def _colour(self, part: str) -> QColor:
        if self.level is None:
            return self._theme.colour("surface" if part == "panel" else "text")
        return self._theme.verdict_colour(PANEL_OF[self.level], part)


class Keepsake(QWidget):
    """A QR code to photograph, black on white in any colours."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Eight pixels a module."""
        return QSize(_QR, _QR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        draw_qr(QPainter(self), QRect(0, 0, self.width(), self.height()), self.text)


class ResultPage(KioskPage):
    """The result.

    Signals:
        asked: an Event. went_on: the second button.
    """

    bleeds = True
    asked = Signal(object)
    went_on = Signal()

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self._facts: ResultFacts | None = None
        self._is_explained = False
        self.card = VerdictCard(theme)
        self.hands = KioskLabel("title", 3)
        # The verdict reaches to the edges; a sentence does not.
        self.hands.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.keepsake = Keepsake()
        self.keepsake.setVisible(False)
        self.done = TouchButton(theme, Look.PRIMARY)
        self.on = TouchButton(theme, Look.PLAIN, "scan")
        for button in (self.done, self.on):
            button.setMinimumHeight(PRIMARY)
        self.why = TouchButton(theme, Look.PLAIN, "help")
        self.done.set_time(0, 1.0)
        self.scene_box.addWidget(self.card, 1)
        self.keep = QWidget()
        keep = QHBoxLayout(self.keep)
        keep.setContentsMargins(0, 0, 0, 0)
        keep.addWidget(self.keepsake)
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        self._row.addWidget(self.on, 1)
        self._row.addWidget(self.done, 1)
        self.deck_box.addWidget(self.why)
        self.deck_box.addLayout(self._row)
        self.done.clicked.connect(lambda: self.asked.emit(Event.DONE))
        self.on.clicked.connect(self.went_on)
        self.why.clicked.connect(self._explain)

    def on_arranged(self) -> None:
        """In landscape what to do stands beside the verdict."""
        self.put_words(self.hands, self.keep)

    def show_result(self, facts: ResultFacts | None) -> None:
        """A verdict."""
        self._is_explained = False
        self._facts = facts
        self.card.show_verdict(facts)
        self.keepsake.text = facts.keepsake if facts else ""
        self.keepsake.setVisible(bool(self.keepsake.text))
        self.keepsake.update()
        self._show_words()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.done.set_words(self.tr("Done"))
        self.why.set_words(self.tr("Why?"))
        self.keepsake.setAccessibleName(self.tr("QR code to photograph"))
        self.card.dress()
        self._show_words()

    def primary(self) -> TouchButton | None:
        """Done; or the coupon that waits for a word."""
        return self.on if self._facts and self._facts.more is More.USE else self.done

    def spoken(self) -> str:
        """The headline, once, and what to do; amounts are nobody else's business."""
        facts = self._facts
        return " ".join(filter(None, (facts.headline, facts.line, facts.hands))) if facts else ""

    def show_time(self, left_s: float, share: float) -> None:
        """The ring of the button by which it ends."""
        self.done.set_time(left_s, share)
        self.done.setAccessibleDescription(self.tr("%n second(s) left", "", round(left_s)))

    def forget(self) -> None:
        """No verdict."""
        self.show_result(None)

    def _explain(self) -> None:
        self._is_explained = True
        self._show_words()

    def _show_words(self) -> None:
        facts = self._facts
        has_why = bool(facts and facts.why)
        self.why.setVisible(has_why)
        # Its place stays even where there is nothing to explain, so that the others do not move under a finger.
        policy = self.why.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.why.setSizePolicy(policy)
        self.hands.setText("" if facts is None else facts.why if self._is_explained else facts.hands)
        self.why.setEnabled(not self._is_explained)
        more = facts.more if facts else More.SCAN
        self._lead(to_use=more is More.USE)
        self.on.set_words(
            {
                More.SCAN: self.tr("Scan another"),
                More.COUPONS: self.tr("Use another"),
                More.USE: self.tr("Use it now"),
                More.AGAIN: self.tr("Try again"),
            }[more]
        )

    def _lead(self, *, to_use: bool) -> None:
        """The blue one is what the verdict asks for, always at the same place."""
        self.on.set_look(Look.PRIMARY if to_use else Look.PLAIN, "check" if to_use else "scan")
        self.done.set_look(Look.PLAIN if to_use else Look.PRIMARY)
        self._row.setDirection(QHBoxLayout.Direction.RightToLeft if to_use else QHBoxLayout.Direction.LeftToRight)
