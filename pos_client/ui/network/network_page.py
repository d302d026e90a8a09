"""Why the network is as it is said to be: which hop fails, what still works, what to do; in place, no dialog.

It stands in the middle, so the verdict beside it stays and the next scan is taken as ever.
"""

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.network.way_view import WAY, HopState, way_view
from pos_client.ui.network.way_words import WayWords
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.theme import Theme, mark
from pos_client.usecases.till_view import LaneStatus

_ICON: Final = {
    HopState.GOOD: "verdict-ok",
    HopState.FAILS: "verdict-warn",
    HopState.UNKNOWN: "verdict-system",
    HopState.RESTS: "store",
}
_INK: Final = {
    HopState.GOOD: "on-ok-tint",
    HopState.FAILS: "on-warn-tint",
    HopState.UNKNOWN: "text-muted",
    HopState.RESTS: "on-info-tint",
}
_SIDE: Final = 28
_TICKS_A_SECOND: Final = 4


class HopRow(QFrame):
    """One hop: shape, name and word, and what to do about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "hint")
        self._theme = theme
        self.icon = IconLabel("verdict-idle", _SIDE)
        self.name, self.state = FittedLabel("body"), FittedLabel("small")
        self.mend = FittedLabel("caption", wrap=True, grows=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name, 1)
        first.addWidget(self.state)
        words.addStretch(1)
        words.addLayout(first)
        words.addWidget(self.mend)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(12)
        row.addWidget(self.icon)
        row.addLayout(words, 1)

    def show_hop(self, state: HopState, words: tuple[str, str, str]) -> None:
        """How it is; ``words`` are its name, its state and what to do."""
        mark(self, tone="warn" if state is HopState.FAILS else "")
        self.icon.set_icon(_ICON[state], self._theme.colour("surface"))
        self.icon.set_ink(self._theme.colour(_INK[state]))
        for label, text in zip((self.name, self.state, self.mend), words, strict=True):
            label.setText(text)
        self.mend.setVisible(bool(words[2]))
        self.setAccessibleName(f"{words[0]}: {words[1]}")
        self.setAccessibleDescription(words[2])


class NetworkPage(Page):
    """The three hops."""

    workspace = Workspace.NETWORK

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._status = LaneStatus()
        self._ticks = 0
        self.words = WayWords(self)
        self.title = FittedLabel("title")
        self.works = FittedLabel("body", lines=2, wrap=True)
        self.rows = {hop: HopRow(around.theme) for hop in WAY}
        self.again, self.test = KeyButton("primary", "Enter"), KeyButton("", "T")
        self.leave = KeyButton("", "Esc")
        self.again.clicked.connect(self.enter)
        self.test.clicked.connect(lambda: around.open(Workspace.SETTINGS))
        self.leave.clicked.connect(around.go_home)
        self._build()
        self.retranslate("zh")

    def on_status(self, status: LaneStatus) -> None:
        """Something around changed."""
        self._status = status
        self._show()

    def on_opened(self) -> None:
        """As it is now."""
        self._show()

    def on_tick(self) -> None:
        """What was heard a moment ago is not heard any more after a while."""
        self._ticks = (self._ticks + 1) % _TICKS_A_SECOND
        if self._ticks == 0:
            self._show()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.again.set_words(self.tr("Try again"), self.tr("Send and fetch now"))
        self.test.set_words(self.tr("Network test"))
        self.leave.set_words(self.tr("Back"), self.tr("Back to scanning"))
        self._show()

    def type_character(self, character: str) -> bool:
        """T tests; a digit begins a phone number, as ever."""
        if character.casefold() != "t":
            return False
        self.around.open(Workspace.SETTINGS)
        return True

    def enter(self) -> bool:
        """Send and fetch now."""
        self.around.expect(self.around.till.request_sync())
        return True

    def _show(self) -> None:
        way = way_view(self._status, self.around.now())
        self.title.setText(self.words.headline(way, self._status.network))
        self.works.setText(self.words.works(self._status.network))
        for hop, state in way.hops:
            told = way.failing if state is HopState.FAILS and way.failing else hop
            # What is whole needs no advice, and what nobody expects by day has none.
            mend = self.words.mend(told) if state in {HopState.FAILS, HopState.UNKNOWN} else ""
            self.rows[hop].show_hop(state, (self.words.name(told), self.words.state(state), mend))

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = QFrame()
        card.setProperty("kind", "card")
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.works)
        for row in self.rows.values():
            column.addWidget(row, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.again, self.test, self.leave):
            foot.addWidget(button, 1)
        column.addLayout(foot)
