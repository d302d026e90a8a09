"""One deed in full, beside or under the list: who, what, whose, where, and what can be done about it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.history.history_words import HistoryWords
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import Theme
from pos_client.usecases.history import HistoryLine
from pos_client.usecases.till_view import Level

_PLACES: Final = 9


class HistoryDetail(QFrame):
    """One deed.

    Signals:
        undo_asked: F8. reprint_asked: F9.
    """

    undo_asked = Signal()
    reprint_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording, words: HistoryWords, *, can_print: bool) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme, self._wording, self._words, self._can_print = theme, wording, words, can_print
        self.line: HistoryLine | None = None
        self.icon = IconLabel("verdict-idle", 32)
        self.title = FittedLabel("title")
        self.state = FittedLabel("body")
        self.why = FittedLabel("muted", lines=2, wrap=True)
        self.undo = KeyButton("", "F8", "undo")
        self.reprint = KeyButton("", "F9", "receipt")
        self.undo.clicked.connect(self.undo_asked)
        self.reprint.clicked.connect(self.reprint_asked)
        self._pairs = [(FittedLabel("caption"), FittedLabel("body")) for _ in range(_PLACES)]
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(4)
        self._build()
        self.set_upright(upright=True)

    def set_upright(self, *, upright: bool) -> None:
        """One fact under the other, or in two columns."""
        across = 1 if upright else 3
        for place, (name, value) in enumerate(self._pairs):
            row, column = divmod(place, across)
            self._facts.addWidget(name, row, column * 2)
            self._facts.addWidget(value, row, column * 2 + 1)
        for column in range(6):
            self._facts.setColumnStretch(column, column % 2 if column < across * 2 else 0)
        self._facts.setVerticalSpacing(10 if upright else 2)
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)
        self._body.setStretch(0, 0 if upright else 1)
        self._body.setStretch(1, 1 if upright else 0)
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight if upright else QBoxLayout.Direction.TopToBottom)
        # Whoever only paints, and runs no loop, sees the new arrangement too.
        for layout in (self._body, self._told.layout()):
            if layout is not None:
                layout.activate()

    def show_line(self, line: HistoryLine | None) -> None:
        """This deed, or none."""
        self.line = line
        self.icon.setVisible(line is not None)
        for button in (self.undo, self.reprint):
            button.setVisible(line is not None)
        pairs = self._facts_of(line) if line else ()
        for (name, value), pair in zip(self._pairs, [*pairs, *[("", "")] * _PLACES], strict=False):
            name.setText(pair[0])
            value.setText(pair[1])
            name.setVisible(bool(pair[1]))
            value.setVisible(bool(pair[1]))
        self.state.setVisible(line is not None)
        if line is None:
            self.title.setText(self.tr("Choose a line"))
            self.why.setText(self.tr("It opens here, with reprint and undo."))
            return
        self._show_head(line)
        self._show_deeds(line)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.undo.set_words(self.tr("Undo this one"))
        self.reprint.set_words(self.tr("Print again"))
        self.show_line(self.line)

    def why_no_undo(self) -> str:
        """Why F8 does nothing here; empty where it does."""
        line = self.line
        if line is None or line.item.can_undo:
            return ""
        if line.item.undone:
            return self.tr("It is taken back already.")
        if line.kind is not EntryKind.REDEEM and line.item.level is Level.OK:
            return self.tr("This is not taken back here.")
        if line.item.level in {Level.OK, Level.PENDING}:
            return self.tr("Only whoever did it takes it back here; a supervisor can help.")
        return self.tr("Nothing was redeemed, so there is nothing to take back.")

    def _show_head(self, line: HistoryLine) -> None:
        name, tone = self._words.icon(line)
        self.icon.set_icon(name, self._theme.colour("surface"))
        self.icon.set_ink(self._theme.colour(tone))
        self.title.setText(line.item.headline.in_language(self._words.language))
        self.state.setText(" · ".join(part for part in (self._words.state(line), self._words.value(line)) if part))

    def _show_deeds(self, line: HistoryLine) -> None:
        self.undo.setEnabled(line.item.can_undo)
        self.reprint.setEnabled(line.has_slip and self._can_print)
        no_print = "" if self._can_print else self.tr("There is no printer here.")
        self.why.setText(" ".join(part for part in (self._reason(line), self.why_no_undo(), no_print) if part))

    def _reason(self, line: HistoryLine) -> str:
        if not line.reason or line.item.level in {Level.OK, Level.PENDING, Level.UNDONE}:
            return ""
        try:
            reason = Reason(line.reason)
        except ValueError:
            return ""
        return self._wording.bare_sentence(reason).in_language(self._words.language)

    def _facts_of(self, line: HistoryLine) -> tuple[tuple[str, str], ...]:
        basket = self._wording.money(line.basket_minor) if line.basket_minor else ""
        code = f"…{line.code_tail}" if line.code_tail else ""
        return (
            (self.tr("Time"), self._words.moment(line, with_day=True)),
            (self.tr("Member"), self._words.member(line)),
            (self.tr("Code"), code),
            (self.tr("Thing"), line.thing.in_language(self._words.language) if line.thing else ""),
            (self.tr("Still owed"), self._words.owed(line)),
            (self.tr("Receipt"), line.receipt_no),
            (self.tr("Bought for"), basket),
            (self.tr("Promoter"), line.promoter),
            (self.tr("Clerk"), line.operator),
            (self.tr("Number"), f"{line.epoch}-{line.seq}"),
        )

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.state)
        head.addWidget(self.icon)
        head.addLayout(words, 1)
        self._told = QWidget()
        inner = QVBoxLayout(self._told)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(head)
        inner.addLayout(self._facts)
        inner.addWidget(self.why)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.undo)
        self._buttons.addWidget(self.reprint)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._body.setContentsMargins(16, 12, 16, 12)
        self._body.setSpacing(12)
        self._body.addWidget(self._told, 1)
        self._body.addWidget(_filler(), 1)
        self._body.addLayout(self._buttons)


def _filler() -> QLabel:
    filler = QLabel()
    filler.setAccessibleName(" ")
    return filler
