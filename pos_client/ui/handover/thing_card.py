"""One thing with its picture, what is left of it, and the three things that a clerk can do about it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.handover.handing_view import HandingView
from pos_client.ui.handover.thing_picture import ThingPicture
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import Theme, mark


class ThingCard(QFrame):
    """The thing that the keys mean.

    Signals:
        given, later, other: its buttons.
    """

    given = Signal()
    later = Signal()
    other = Signal()

    def __init__(self, theme: Theme, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._wording, self._now = wording, now
        self.picture = ThingPicture(theme)
        self.name = FittedLabel("amount")
        self.stock = FittedLabel("reason")
        self.rule = FittedLabel("body", lines=2, wrap=True)
        self.kept = FittedLabel("body", lines=2, wrap=True)
        self.kept_icon = IconLabel("clock", 22)
        self.give_button = KeyButton("primary", "Enter", "check")
        self.later_button = KeyButton("", "F7", "calendar")
        self.other_button = KeyButton("", "F9", "syncing")
        self.give_button.clicked.connect(self.given)
        self.later_button.clicked.connect(self.later)
        self.other_button.clicked.connect(self.other)
        self._build()

    def show_view(self, view: HandingView, path: Path | None, language: str) -> None:
        """The chosen thing."""
        thing = view.chosen
        if thing is None:
            return
        name = thing.name.in_language(language)
        self.picture.show_thing(name, path, "coupon" if thing.is_sample else "gift")
        self.name.setText(name if thing.quantity == 1 else f"{name} × {thing.quantity}")
        self.stock.setText(self._stock(thing.left, is_low=thing.is_low))
        mark(self._stock_frame, tone="warn" if thing.is_out or thing.is_low else "")
        one_each = self.tr("A sample: one for each member.")
        self.rule.setText(one_each if thing.is_sample else self.tr("Hand it over once."))
        self._show_kept(view, language)
        self.give_button.set_words(self.tr("Given to the customer"))
        self.give_button.setEnabled(not thing.is_out)
        self.later_button.set_words(self.tr("Out of stock, another day") if thing.is_out else self.tr("Another day"))
        self.other_button.set_words(self.tr("Something else instead"))

    def _stock(self, left: int | None, *, is_low: bool) -> str:
        if left is None:
            return self.tr("Nobody counts it here")
        if is_low and left > 0:
            return self.tr("%n left, bring more", "", left)
        return self.tr("%n left", "", left) if left > 0 else self.tr("None left")

    def _show_kept(self, view: HandingView, language: str) -> None:
        is_held = view.chosen is not None and not view.chosen.seq
        self._kept_row.setVisible(True)
        if is_held and view.kept_s:
            self.kept.setText(self.tr("Kept for this customer: %n s", "", view.kept_s))
        elif is_held:
            self.kept.setText(self.tr("The time is over; it can still be given."))
        elif view.chosen is not None and view.chosen.since is not None:
            self.kept.setText(self._since(view, language))
        mark(self._kept_row, tone="warn" if is_held and not view.kept_s else "")

    def _since(self, view: HandingView, language: str) -> str:
        since = view.chosen.since if view.chosen else None
        if since is None:
            return ""
        return self.tr("Earned {when}").format(when=self._wording.moment(since, language, self._now()))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(20)
        row.addWidget(self.picture, 1)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.name)
        self._stock_frame = QFrame()
        self._stock_frame.setProperty("kind", "hint")
        inside = QHBoxLayout(self._stock_frame)
        inside.setContentsMargins(10, 2, 10, 2)
        inside.addWidget(self.stock)
        words.addWidget(self._stock_frame)
        words.addWidget(self.rule)
        self._kept_row = QFrame()
        self._kept_row.setProperty("kind", "hint")
        beside = QHBoxLayout(self._kept_row)
        beside.setContentsMargins(10, 4, 10, 4)
        beside.setSpacing(8)
        beside.addWidget(self.kept_icon)
        beside.addWidget(self.kept, 1)
        words.addWidget(self._kept_row)
        words.addStretch(1)
        for button in (self.give_button, self.later_button, self.other_button):
            words.addWidget(button)
        row.addLayout(words, 1)
