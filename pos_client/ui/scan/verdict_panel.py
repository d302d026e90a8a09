"""The verdict: always the same rectangle, so that the corner of an eye learns it.

Shape, colour, word and amount are readable at two metres; it stays until the next scan and only turns grey with age.
"""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.fact_row import FactRow
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.undo_button import UndoButton
from pos_client.ui.scan.verdict_ground import ground_of, paint_ground
from pos_client.ui.scan.verdict_words import VerdictParts
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import Level

_COMPACT_SHAPE: Final = 116
_HEAD_WIDE: Final = 112
_WIDE_SHAPE: Final = 168
_ACTIONS_WIDTH: Final = 260
_ROOM: Final = 16_777_215
_HAS_UNDO: Final = {Level.OK, Level.PENDING}


class VerdictPanel(QWidget):
    """The strip (compact) or column (wide) that answers a scan.

    Signals:
        confirmed: the blue button. undo_asked: F8's button.
        opened: the Workspace in which the next step is taken.
        announced: what a screen reader should say now.
    """

    announced = Signal(str)
    confirmed = Signal()
    opened = Signal(object)
    undo_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("verdict")
        self._theme = theme
        self._parts: VerdictParts | None = None
        self._is_past = False
        self.shape = IconLabel("verdict-idle", _COMPACT_SHAPE)
        self.headline = FittedLabel("verdict")
        self.amount = FittedLabel("amount")
        self.reason = FittedLabel("reason", wrap=True, grows=True)
        self.facts = FactRow()
        self.say = FittedLabel("say", wrap=True, grows=True)
        self.next_step = FittedLabel("say", lines=3, wrap=True)
        self.code = FittedLabel("code")
        self.unprinted = FittedLabel("small")
        self.unprinted.hide()
        self.confirm_button = KeyButton("primary", "Enter", "check")
        self.deed_button = KeyButton("panel")
        self.undo_button = UndoButton()
        self.confirm_button.clicked.connect(self.confirmed)
        self.deed_button.clicked.connect(self._on_deed)
        self.undo_button.clicked.connect(self.undo_asked)
        self._build()
        self._inked: list[FittedLabel | IconLabel] = [*self.findChildren(FittedLabel), *self.findChildren(IconLabel)]
        self._ground = ground_of(theme, "", is_past=False)
        self._is_heard = True
        self.set_wide(wide=False)
        self.retranslate()
        self.show_idle()

    def set_wide(self, *, wide: bool) -> None:
        """A column from 1400 pixels on, a strip below."""
        upright, level = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._outer.setDirection(upright if wide else level)
        self._outer.setContentsMargins(*((36, 40, 36, 24) if wide else (28, 16, 24, 14)))
        self._outer.setSpacing(28 if wide else 24)
        self._head.setDirection(upright if wide else level)
        self._head.setSpacing(4 if wide else 28)
        self._words.setSpacing(20 if wide else 6)
        self.shape.set_pixels(_WIDE_SHAPE if wide else _COMPACT_SHAPE)
        self.facts.set_upright(upright=wide)
        self.reason.set_lines(2 if wide else 1)
        up = Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag.AlignVCenter
        self.reason.setAlignment(Qt.AlignmentFlag.AlignLeft | up)
        self._words.setStretch(0, 0 if wide else 1)
        self.say.set_lines(2 if wide else 1)
        self.next_step.set_lines(2 if wide else 3)
        for large in (self.headline, self.amount):
            # With large text a column would else be full of these two, and the sentence below them tiny.
            large.setMaximumHeight(_HEAD_WIDE if wide else _ROOM)
        self._actions_box.setMaximumWidth(_ROOM if wide else _ACTIONS_WIDTH)
        self._actions_box.setMinimumWidth(0 if wide else _ACTIONS_WIDTH)

    def show_parts(self, parts: VerdictParts, *, can_confirm: bool, undo_s: float) -> None:
        """Show a verdict; nothing moves and nothing is animated before it stands there."""
        is_same = parts == self._parts
        self._parts = parts
        self.headline.setText(parts.headline)
        self.amount.setText(parts.amount)
        self.amount.setVisible(bool(parts.amount))
        self.reason.setText(parts.notice or parts.reason)
        self.facts.show_facts(parts.facts)
        self._set_say(parts.say)
        self.next_step.setText(parts.next_step)
        self._step_icon.setVisible(bool(parts.next_step))
        self.code.setText(parts.code)
        self.confirm_button.setVisible(can_confirm)
        self.undo_button.setVisible((parts.level in _HAS_UNDO and undo_s >= 0) or undo_s > 0)
        self.undo_button.begin(undo_s)
        self._offer(parts)
        self._colour(parts.panel, past=False)
        self.setAccessibleName(parts.announcement)
        if not is_same:
            # Once: not again on a repaint, and not for the same words in the same place.
            self.announced.emit(parts.announcement)

    def name_confirm(self, count: int) -> None:
        """What Enter redeems: so many coupons together, or the one that is shown."""
        words = self.tr("Redeem %n coupon(s)", "", count) if count else self.tr("Redeem")
        self.confirm_button.set_words(words, self.tr("Redeem what is shown"))

    def show_idle(self) -> None:
        """Before the first scan."""
        self._parts = None
        self._blank(self.tr("Ready to scan"), self.tr("The answer appears here and stays until the next scan."))

    def show_checking(self) -> None:
        """A scan is being judged, and the old verdict must not be taken for its answer."""
        self._parts = None
        self._blank(self.tr("Checking…"), self.tr("You can go on scanning."))

    def show_age(self, *, is_past: bool, undo_left_s: float) -> None:
        """Grey after a minute; the ring of the undo button."""
        self.undo_button.show_left(undo_left_s)
        self._name_undo(undo_left_s)
        if self._parts and is_past != self._is_past:
            self._colour(self._parts.panel, past=is_past)

    def retranslate(self) -> None:
        """Its own labels in the present language; the verdict is shown anew by the page."""
        self.name_confirm(0)
        self._name_undo(0.0)
        if self._parts is None:
            self.show_idle()

    def show_unprinted(self, *, is_missing: bool) -> None:
        """Whether its receipt lies unprinted; the verdict is what it was."""
        self.unprinted.setText(self.tr("Receipt not printed · F9"))
        self.unprinted.setVisible(is_missing and self._parts is not None)

    def show_heard(self, *, can_be_heard: bool) -> None:
        """Whether a sound goes with the verdict; where none does, a frame around it is for the corner of an eye."""
        self._is_heard = can_be_heard
        self.update()

    @Slot()
    def _on_deed(self) -> None:
        if self._parts is not None and self._parts.opens is not None:
            self.opened.emit(self._parts.opens)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground; everything else is a widget on it."""
        del event
        bubble = None
        if self._say_box.isVisibleTo(self):
            bubble = QRect(self._say_box.mapTo(self, QPoint(0, 0)), self._say_box.size())
        paint_ground(QPainter(self), self._ground, self.rect(), bubble, framed=not self._is_heard)

    def _offer(self, parts: VerdictParts) -> None:
        """The next step as a button, where it is a screen of this window."""
        offers = {
            Workspace.AMOUNT: ("F3", "receipt", self.tr("Enter the amount")),
            Workspace.CODE: ("F2", "phone", self.tr("Find the member")),
            Workspace.HISTORY: ("F6", "history", self.tr("Look at the record")),
            Workspace.BIND: ("F4", "member", self.tr("Sign up a member")),
            Workspace.PICK: ("Ctrl+K", "member", self.tr("Choose the member")),
            Workspace.OVERRIDE: ("F10", "promoter", self.tr("Ask a supervisor")),
            Workspace.PRIZE: ("F5", "gift", self.tr("Hand it over")),
        }
        self.deed_button.setVisible(parts.opens is not None)
        if parts.opens is not None:
            key, icon, words = offers[parts.opens]
            self.deed_button.set_key(key)
            self.deed_button.set_icon(icon)
            self.deed_button.set_words(words)

    def _build(self) -> None:
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._outer.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._words = QVBoxLayout()
        self._words.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self.headline)
        self._head.addWidget(self.amount)
        self._head.addStretch(1)
        self._words.addLayout(self._head)
        self._words.addWidget(self.reason)
        self._words.addWidget(self.facts)
        self._words.addWidget(self._say_row())
        self._words.addStretch(1)
        self._outer.addLayout(self._words, 1)
        self._actions_box = QWidget()
        actions = QVBoxLayout(self._actions_box)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(12)
        actions.addStretch(1)
        actions.addLayout(self._step_row())
        actions.addWidget(self.confirm_button)
        actions.addWidget(self.deed_button)
        actions.addWidget(self.undo_button)
        actions.addStretch(1)
        actions.addWidget(self.unprinted, 0, Qt.AlignmentFlag.AlignRight)
        actions.addWidget(self.code, 0, Qt.AlignmentFlag.AlignRight)
        self._outer.addWidget(self._actions_box)

    def _say_row(self) -> QWidget:
        self._say_box = QWidget()
        row = QHBoxLayout(self._say_box)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel("speech", 24))
        row.addWidget(self.say, 1)
        return self._say_box

    def _step_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._step_icon = IconLabel("next", 20)
        row.addWidget(self._step_icon)
        row.addWidget(self.next_step, 1)
        return row

    def _blank(self, headline: str, line: str) -> None:
        self.headline.setText(headline)
        self.reason.setText(line)
        for label in (self.amount, self.next_step, self.code):
            label.setText("")
        self._set_say("")
        self.facts.show_facts(())
        for hidden in (
            *(self.amount, self.unprinted, self._step_icon),
            *(self.confirm_button, self.undo_button, self.deed_button),
        ):
            hidden.hide()
        self.setAccessibleName(headline)
        self._colour("", past=False)

    def _set_say(self, text: str) -> None:
        # Without quotation marks: bubble and icon say it, and a Chinese font sets them as wide as a character.
        self.say.setText(text)
        self._say_box.setVisible(bool(text))

    def _colour(self, panel: str, *, past: bool) -> None:
        self._is_past = past
        self._ground = ground_of(self._theme, panel, is_past=past)
        for inked in self._inked:
            inked.set_ink(self._ground.ink)
        name = f"verdict-{self._parts.level.value}" if self._parts else "verdict-idle"
        self.shape.set_icon(name, self._ground.panel)
        self.update()

    def _name_undo(self, left_s: float) -> None:
        words = self.tr("Undo") if left_s > 0 else self.tr("Undo, with reason")
        if self.undo_button.text() != words:
            self.undo_button.set_words(words, self.tr("Take the redemption back"))
