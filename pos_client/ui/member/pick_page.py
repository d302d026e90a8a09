"""Which of several members it is: those with one phone, or with the four digits that were typed; masked.

Apart from the box for numbers because it is answered by one number key; a scan of the member's code settles it too.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.usecases.set_view import Candidate
from pos_client.usecases.till_view import Customer


class PickPage(Page):
    """A numbered list of masked members."""

    workspace = Workspace.PICK

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._candidates: tuple[Candidate, ...] = ()
        self.title = FittedLabel("title")
        self.hint = FittedLabel("muted", lines=2, wrap=True)
        self.members = RowList(around.theme)
        self.choose_button = KeyButton("primary", "Enter")
        self.again_button = KeyButton("", "F2")
        self.leave_button = KeyButton("", "Esc")
        self._build()
        self.members.chosen.connect(self._choose)
        self.choose_button.clicked.connect(self.enter)
        self.again_button.clicked.connect(lambda: around.open(Workspace.CODE))
        self.leave_button.clicked.connect(around.go_home)
        self.retranslate("zh")

    def on_opened(self) -> None:
        """The first of them is under the arrows."""
        self.members.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_customer(self, customer: Customer) -> None:
        """Other members are asked about."""
        if customer.candidates != self._candidates:
            self._candidates = customer.candidates
            self._show()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.choose_button.set_words(self.tr("This one"))
        self.again_button.set_words(self.tr("Search again"))
        self.leave_button.set_words(self.tr("Back"), self.tr("Back to scanning"))
        self.members.setAccessibleName(self.tr("Members found"))
        self._show()

    def type_character(self, character: str) -> bool:
        """A number key chooses."""
        if not (character.isascii() and character.isdecimal()):
            return False
        place = int(character) - 1
        if 0 <= place < len(self._candidates):
            self._choose(self._candidates[place].ref)
        return True

    def enter(self) -> bool:
        """The chosen row."""
        if self._candidates:
            self.members.press_current()
        return True

    def _choose(self, ref: str) -> None:
        self.around.expect(self.around.till.choose_member(ref))
        self.around.go_home()

    def _show(self) -> None:
        found = self._candidates
        self.title.setText(self.tr("Which member is it?") if found else self.tr("Nobody to choose"))
        told = self.tr("Ask for the surname; press the number. Nothing more of a member is shown.")
        self.hint.setText(told if found else self.tr("Type a phone number, or its last four digits."))
        self.members.show_rows([self._row(place, one) for place, one in enumerate(found, start=1)])
        self.members.setVisible(bool(found))
        self.choose_button.setVisible(bool(found))

    def _row(self, place: int, one: Candidate) -> Row:
        day = self.around.wording.day
        if one.last_day:
            when = self.tr("last here {day}").format(day=day(one.last_day, self.language))
        else:
            when = self.tr("member since {day}").format(day=day(one.since, self.language)) if one.since else ""
        note = " · ".join(part for part in (one.store_name, when) if part)
        return Row(one.ref, "member", f"{place}   {one.masked}", note)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = QFrame()
        card.setProperty("kind", "card")
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for part in (self.title, self.hint):
            column.addWidget(part)
        column.addWidget(self.members, 1)
        column.addStretch(0)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.choose_button, 1)
        foot.addWidget(self.again_button, 1)
        foot.addWidget(self.leave_button, 1)
        column.addLayout(foot)
