"""The tray: purchases that wait, each a line a finger can hit; one touch, or its digit, brings it back."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.ui.empty_panel import EmptyPanel
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.tray.tray import TrayItem


class TrayPage(Page):
    """What waits."""

    workspace = Workspace.TRAY

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.title = FittedLabel("title")
        self.empty = EmptyPanel("history")
        self.items = RowList(around.theme)
        self.back, self.leave = KeyButton("primary", "Enter"), KeyButton("", "Esc")
        self.items.chosen.connect(lambda key: self._bring(int(key)))
        self.back.clicked.connect(self.enter)
        self.leave.clicked.connect(around.go_home)
        card = QFrame()
        card.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.empty, 1)
        column.addWidget(self.items, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column.addLayout(foot)
        self.retranslate("zh")

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("Put aside"))
        self.empty.show_words(
            self.tr("Nothing waits here"), self.tr("What is half done comes here when the next customer scans.")
        )
        self.back.set_words(self.tr("Go on with it"))
        self.leave.set_words(self.tr("Back to scanning"))
        self.items.setAccessibleName(self.tr("Purchases put aside"))
        self._show()

    def on_opened(self) -> None:
        """What waits now."""
        self._show()
        self.items.setFocus()

    def type_character(self, character: str) -> bool:
        """A digit chooses; other characters begin a number as ever."""
        if character.isdecimal() and 0 < int(character) <= len(self.around.tray.items()):
            self._bring(int(character) - 1)
            return True
        return False

    def enter(self) -> bool:
        """Bring the chosen one back."""
        if self.items.current_key():
            self._bring(int(self.items.current_key()))
        return True

    def _bring(self, place: int) -> None:
        self.around.bring_back(place)
        self._show()

    def _show(self) -> None:
        waiting = self.around.tray.items()
        self.items.show_rows([self._row(place, item) for place, item in enumerate(waiting)])
        self.items.setVisible(bool(waiting))
        self.empty.setVisible(not waiting)
        self.back.setEnabled(bool(waiting))

    def _row(self, place: int, item: TrayItem) -> Row:
        clock = item.at.astimezone(ZoneInfo(self.around.wording.zone)).strftime("%H:%M")
        what = self.tr("a coupon waits") if item.has_coupon else self.tr("not finished")
        return Row(
            key=str(place),
            icon="coupon" if item.has_coupon else "receipt",
            title=f"{place + 1}  {item.member or self.tr('Customer without a member code')}",
            note=f"{clock} · {what}",
            trailing=self.around.wording.money(item.amount_minor) if item.amount_minor is not None else "",
            tone="brand-ink",
        )
