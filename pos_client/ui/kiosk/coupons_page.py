"""K4: a member's coupons that can be used now; all of them with one touch. No number, no history."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.kiosk_view import CouponCard, CouponsFacts
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.page import KioskPage
from pos_client.ui.kiosk.pictures import draw_coupons
from pos_client.ui.kiosk.states import Event
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

_UPRIGHT: Final = 5
_WIDE: Final = 6
_LEAST_FAN: Final = 180


class Fan(QWidget):
    """A few coupons, to look at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them where there is room for more than a stripe."""
        del event
        if self.height() >= _LEAST_FAN:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_coupons(painter, self.rect(), self._theme)


class CouponsPage(KioskPage):
    """The coupons.

    Signals:
        used: a coupon's id, empty for all. asked: an Event.
    """

    bleeds = True
    deck_share = 0.52
    used = Signal(str)
    asked = Signal(object)

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__(theme, mounting)
        self._facts = CouponsFacts()
        self._from = 0
        self.title = KioskLabel("title", 2)
        self.count = KioskLabel("figure")
        self.line = KioskLabel("body", 2)
        self.cards = [TouchButton(theme, Look.CARD, "coupon") for _ in range(_WIDE)]
        self.fan = Fan(theme)
        self.more = TouchButton(theme, Look.CARD, "next")
        self.all = TouchButton(theme, Look.PRIMARY, "check")
        self.done = TouchButton(theme, Look.PLAIN, "close")
        self.done.setMinimumHeight(104)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._build()

    def _build(self) -> None:
        self.scene_box.addWidget(self.fan, 8)
        self.scene_box.addStretch(1)
        for label in (self.title, self.count, self.line):
            self.scene_box.addWidget(label)
        self.scene_box.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.done, 2)
        row.addWidget(self.all, 3)
        self.deck_box.addLayout(self._grid)
        self.deck_box.addLayout(row)
        for card in (*self.cards, self.more):
            # Not all of them are laid out; without a parent they would outlive the page.
            card.setParent(self)
            card.setVisible(False)
        for place, card in enumerate(self.cards):
            card.clicked.connect(lambda _checked=False, place=place: self.choose(place))
        self.more.clicked.connect(self._turn)
        self.all.clicked.connect(lambda: self.used.emit(""))
        self.done.clicked.connect(lambda: self.asked.emit(Event.DONE))

    def show_coupons(self, facts: CouponsFacts) -> None:
        """Whose, and which."""
        self._facts, self._from = facts, 0
        self._show_words()
        self.on_arranged()

    def choose(self, place: int) -> None:
        """The coupon at a place of the page, counted from 0."""
        shown = self._shown()
        if 0 <= place < len(shown):
            self.used.emit(shown[place].id)

    def on_arranged(self) -> None:
        """One column, or two where there is width or must be low."""
        self._show_cards()
        for card in (*self.cards, self.more):
            self._grid.removeWidget(card)
            card.setVisible(False)
        shown = self._shown()
        columns = 2 if self.is_low or (not self.is_upright and len(shown) > 4) else 1
        places = [*self.cards[: len(shown)], *([self.more] if len(shown) < len(self._facts.cards) else [])]
        for place, card in enumerate(places):
            self._grid.addWidget(card, place // columns, place % columns)
            card.setVisible(True)
            card.set_lines(columns)

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.line.setText(self.tr("Touch one coupon, or use all of them"))
        self.more.set_words(self.tr("More coupons"))
        self.all.set_words(self.tr("Use all"))
        self.done.set_words(self.tr("Quit"))
        self._show_words()

    def primary(self) -> TouchButton | None:
        """All of them."""
        return self.all

    def spoken(self) -> str:
        """How many; names and amounts are for the eye only."""
        return self.count.text()

    def forget(self) -> None:
        """Nobody's coupons."""
        self.show_coupons(CouponsFacts())

    def _most(self) -> int:
        return _UPRIGHT if self.is_upright else _WIDE

    def _shown(self) -> tuple[CouponCard, ...]:
        most, cards = self._most(), self._facts.cards
        # The place of the last one is taken by "more" where there are too many.
        return cards if len(cards) <= most else cards[self._from : self._from + most - 1]

    def _turn(self) -> None:
        step = self._most() - 1
        self._from = self._from + step if self._from + step < len(self._facts.cards) else 0
        self._show_words()
        self.on_arranged()

    def _show_words(self) -> None:
        name, cards = self._facts.name, self._facts.cards
        self.title.setText(self.tr("Hello, {name}").format(name=name) if name else self.tr("Hello"))
        self.count.setText(self.tr("%n coupon(s) can be used now", "", len(cards)))
        self._show_cards()

    def _show_cards(self) -> None:
        for button, card in zip(self.cards, self._shown(), strict=False):
            button.set_words(card.name, card.amount)
        for button in self.cards[len(self._shown()) :]:
            button.set_words("")
