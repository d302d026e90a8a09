"""One screen of the kiosk: something to look at, and below or beside it something to touch.

Apart from the frame so that reach, the two orientations and large text are solved once: a screen fills its two halves
and never places anything.
"""

from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pos_client.ui.kiosk.kiosk_label import KioskLabel
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.touch_button import GAP, TouchButton
from pos_client.ui.theme import Theme, mark

MARGIN: Final = 32


class Band(QFrame):
    """A heading on the colour of the house.

    Args:
        label: its words.
    """

    def __init__(self, theme: Theme, label: KioskLabel) -> None:
        super().__init__()
        self._theme, self._label = theme, label
        self.setProperty("kind", "band")
        box = QVBoxLayout(self)
        box.setContentsMargins(MARGIN, 20, MARGIN, 20)
        box.addWidget(label)
        theme.changed.connect(self._dress)
        self._dress()

    def set_plain(self, *, is_plain: bool) -> None:
        """Without the colour: among buttons a coloured rectangle would be taken for one."""
        mark(self, kind="" if is_plain else "band")
        self._dress()

    def _dress(self) -> None:
        is_plain = self.property("kind") != "band"
        self._label.set_ink(self._theme.colour("text" if is_plain else "on-brand"))


class KioskPage(QWidget):
    """A screen.

    Attributes:
        bleeds: its scene reaches to the edges of the screen.
        deck_share: of the width, in landscape.
        scene: to look at; holds no control. deck: holds every control.
        is_low, is_upright: reach mode; portrait.

    Args:
        theme: colours and sizes. mounting: how the screen hangs.
    """

    bleeds: ClassVar[bool] = False
    deck_share: ClassVar[float] = 0.44

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__()
        self.theme, self.mounting = theme, mounting
        self.language = "zh"
        self.is_low, self.is_upright = False, True
        self._highest, self._wanted = 0, 0
        self.scene, self.deck = QWidget(self), QWidget(self)
        self.scene_box, self.deck_box = QVBoxLayout(self.scene), QVBoxLayout(self.deck)
        for box in (self.scene_box, self.deck_box):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(GAP)
            box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.deck.installEventFilter(self)

    def arrange(self, *, is_upright: bool, is_low: bool, highest: int) -> None:
        """Place the halves.

        Args:
            is_upright: portrait: one above the other.
            is_low: reach mode.
            highest: no control above this row of the page.
        """
        self.is_upright, self.is_low, self._highest = is_upright, is_low, highest
        self.on_arranged()
        # What became larger or smaller tells its layout only once it is seen; this place is needed before.
        for widget in self.deck.findChildren(QWidget):
            widget.updateGeometry()
        self.deck_box.invalidate()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The controls need more room, or less: words that have just come to them are counted once they are shown."""
        is_asked = watched is self.deck and event.type() is QEvent.Type.LayoutRequest
        if is_asked and self.deck.sizeHint().height() != self._wanted:
            self._place()
        return False

    def _place(self) -> None:
        highest, is_upright, is_low = self._highest, self.is_upright, self.is_low
        inset = MARGIN if self.bleeds else 0
        self._wanted = self.deck.sizeHint().height()
        height = min(self._wanted, self.height() - max(0, highest))
        if is_upright:
            top = self.height() - height
            self.scene.setGeometry(0, 0, self.width(), max(0, top - GAP))
            self.deck.setGeometry(inset, top, self.width() - 2 * inset, height)
            return
        if not self.deck_box.count():
            # Nothing to press: the sentence has the whole screen.
            self.scene.setGeometry(self.rect())
            self.deck.setGeometry(0, self.height(), self.width(), 0)
            return
        width = round((self.width() - 2 * inset) * self.deck_share)
        top = self.height() - height if is_low else max(highest, (self.height() - height) // 2)
        self.scene.setGeometry(0, 0, self.width() - width - inset - 2 * GAP, self.height())
        self.deck.setGeometry(self.width() - width - inset, top, width, height)

    def on_arranged(self) -> None:
        """Orientation or reach has changed; a screen that has more than one arrangement chooses."""

    def put_words(self, *words: QWidget) -> None:
        """Below the picture in portrait; in landscape above the buttons, where a picture leaves room."""
        for place, widget in enumerate(words):
            for box in (self.scene_box, self.deck_box):
                box.removeWidget(widget)
            if self.is_upright:
                self.scene_box.addWidget(widget)
            else:
                self.deck_box.insertWidget(place, widget)

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        self.language = language

    def primary(self) -> TouchButton | None:
        """The button that Enter presses."""
        return None

    def spoken(self) -> str:
        """What a voice says when the screen comes."""
        return ""

    def forget(self) -> None:
        """Hold nothing of the customer any more."""

    def show_time(self, left_s: float, share: float) -> None:
        """How long it stays, of what it had."""
