"""The clerk's side of a binding: whose code it is, how far the customer is, and the ways around the code.

It shows what it is given; one part of it is open at a time: the steps, what is typed, a choice, or what came of it.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.ui.bind.bind_view import BindHint, BindMode, BindView
from pos_client.ui.bind.gift_words import gift_words
from pos_client.ui.close.stepper import StepChip
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.choice_panels import ChoicePanel
from pos_client.ui.theme import mark
from pos_client.usecases.till_view import LaneStatus

HINT_AFTER_S: Final = 60
_CHIP_PX: Final = 52
_CHOICE: Final = 2
_PLACE: Final = {
    BindMode.CODE: 0,
    BindMode.PHONE: 1,
    BindMode.TOLD: 1,
    BindMode.MEMBER: _CHOICE,
    BindMode.PROMOTER: _CHOICE,
    BindMode.DONE: 3,
}


class ClerkSide(QFrame):
    """The left half.

    Signals:
        promoter_asked, phone_asked, paper_asked, turned, entered, at_once, next_asked, left: its buttons.
        chosen: a place from 0.
    """

    promoter_asked = Signal()
    phone_asked = Signal()
    turned = Signal()
    entered = Signal()
    at_once = Signal()
    paper_asked = Signal()
    next_asked = Signal()
    left = Signal()
    chosen = Signal(int)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._wording = wording
        self.title, self.whose = FittedLabel("title"), FittedLabel("muted", lines=2, wrap=True)
        self.promoter = KeyButton("chip", "F7", "promoter")
        self.chips = (StepChip(), StepChip())
        self.gift, self.hint = FittedLabel("say", lines=2, wrap=True), FittedLabel("body", lines=3, wrap=True)
        self.phone, self.turn = KeyButton("", "0–9", "phone"), KeyButton("", "F4", "turn")
        self.paper = KeyButton("", "F9", "print")
        self.leave = KeyButton("", "Esc")
        self.asked, self.shown = FittedLabel("reason"), FittedLabel("entry")
        self.enter_button, self.once = KeyButton("primary", "Enter"), KeyButton("", "F9")
        self.choices = ChoicePanel(columns=2)
        self.choices.setProperty("kind", "")
        self.headline, self.line = FittedLabel("amount"), FittedLabel("reason", lines=3, wrap=True)
        self.say, self.next = FittedLabel("say", lines=2, wrap=True), KeyButton("primary", "Enter")
        self._build()
        self._connect()

    def show_view(self, view: BindView, status: LaneStatus, language: str, *, can_turn: bool) -> None:
        """All of it, in a language."""
        self.title.setText(self.tr("Bind a new member"))
        side = view.on_show.side if view.on_show else None
        whose = " · ".join(part for part in (side.store, status.booth, side.promoter) if part) if side else ""
        self.whose.setText(self.tr("This code counts for {whose}").format(whose=whose) if whose else " ")
        self.promoter.set_words(status.promoter_name or self.tr("Choose a promoter"))
        self.phone.set_words(self.tr("By phone instead"))
        self.paper.set_words(self.tr("Code on paper"))
        self.turn.set_words(self.tr("Turn to the customer"))
        self.turn.setVisible(can_turn)
        self.leave.set_words(self.tr("Back to scanning"))
        self._stack.setCurrentIndex(_PLACE[view.mode])
        # One key, one button: while something is asked, Esc takes back the question.
        self.leave.setVisible(_PLACE[view.mode] != _CHOICE)
        self._show_steps(view)
        self._show_gifts(view, language)
        self._show_hint(view, language)
        self._show_entry(view)
        self._show_choices(view, status)
        self._show_done(view, language)

    def _show_steps(self, view: BindView) -> None:
        """What is known, and no more: the centre tells when somebody was bound, not what he has tapped before."""
        words = (self.tr("1 Code shown"), self.tr("2 Binding"))
        waits = view.is_online and view.on_show is not None and view.bound_at is None
        states = (self._clock(view.shown_at), self.tr("waiting") if waits else self._clock(view.bound_at))
        marks = ("done" if view.shown_at else "here", "done" if view.bound_at else "here" if waits else "")
        for chip, step, state, mark_ in zip(self.chips, words, states, marks, strict=True):
            chip.show_state(f"{step}  {state}".strip(), mark_)

    def _clock(self, at: datetime | None) -> str:
        return at.astimezone(ZoneInfo(self._wording.zone)).strftime("%H:%M:%S") if at else ""

    def _show_gifts(self, view: BindView, language: str) -> None:
        rewards = view.on_show.side.gifts if view.on_show else ()
        line = gift_words(rewards, language)
        gets = self.tr("A new member gets: {gifts}").format(gifts=line)
        self.gift.setText(gets if line else self.tr("No gift for new members at present."))

    def _show_hint(self, view: BindView, language: str) -> None:
        words, tone = self._hint(view, language)
        self.hint.setText(words)
        self._hint_frame.setVisible(bool(words))
        mark(self._hint_frame, tone=tone)

    def _hint(self, view: BindView, language: str) -> tuple[str, str]:
        if view.hint is BindHint.SAID and view.said is not None:
            return self._wording.of_verdict(view.said.verdict, language).line, "warn"
        words = self._words_of_hint(view)
        if words:
            return words, "warn" if view.hint in {BindHint.PHONE_WRONG, BindHint.TOLD_LATER} else ""
        if not view.is_online:
            return self.tr("Offline: this code is always the same. Who scans it becomes known here later."), "warn"
        if view.mode is BindMode.CODE and view.waited_s > HINT_AFTER_S:
            return self.tr("Nobody yet. Did WeChat ask to follow? Otherwise take the phone number."), "warn"
        return "", ""

    def _words_of_hint(self, view: BindView) -> str:
        return {
            BindHint.PRINTED: self.tr("The code comes out of the slip printer."),
            BindHint.KEPT: self.tr("The code on paper is kept as {name}.").format(name=view.kept_as),
            BindHint.PHONE_MORE: self.tr("%n more digit(s)", "", view.missing),
            BindHint.PHONE_WRONG: self.tr("No mobile number begins like this."),
            BindHint.PHONE_READY: self.tr("Check the number with the customer."),
            BindHint.ASKING: self.tr("One moment…"),
            BindHint.TOLD_SENT: self.tr("The customer reads out the 6 digits from the message."),
            BindHint.TOLD_LATER: self.tr("No way to the centre: bind now, check the number another day."),
        }.get(view.hint, "")

    def _show_entry(self, view: BindView) -> None:
        is_told = view.mode is BindMode.TOLD
        self.asked.setText(self.tr("The one-time code") if is_told else self.tr("The customer's phone number"))
        spaced = view.typed if is_told else f"{view.typed[:3]} {view.typed[3:7]} {view.typed[7:]}".strip()
        self.shown.setText(spaced or " ")
        self.shown.setAccessibleName(self.asked.text())
        send = self.tr("Send a code") if view.is_online else self.tr("Bind")
        self.enter_button.set_words(self.tr("Bind") if is_told else send)
        self.enter_button.setEnabled(not view.missing and view.hint is not BindHint.ASKING)
        self.once.set_words(self.tr("Bind without a code"))
        self.once.setVisible(view.is_online)
        self.once.setEnabled(is_told or not view.missing)

    def _show_choices(self, view: BindView, status: LaneStatus) -> None:
        self.choices.leave_button.set_words(self.tr("Back"))
        if view.mode is BindMode.MEMBER:
            self.choices.title.setText(self.tr("Several members have this number"))
            self.choices.line.setText(self.tr("Who is it? Press the number."))
            self.choices.offer(view.members)
        else:
            self.choices.title.setText(self.tr("Whose code is it?"))
            has_some = self.tr("Who gets the credit from now on? Press the number.")
            none = self.tr("This store has no promoters in its data yet.")
            self.choices.line.setText(has_some if status.promoters else none)
            self.choices.offer([person.name for person in status.promoters])

    def _show_done(self, view: BindView, language: str) -> None:
        if view.done is None:
            return
        words = self._wording.of_verdict(view.done.verdict, language)
        self.headline.setText(words.headline)
        self.line.setText(words.line)
        self.say.setText(words.say)
        self.next.set_words(self.tr("Go on with this customer"))

    def _connect(self) -> None:
        pairs = (
            (self.promoter, self.promoter_asked),
            (self.phone, self.phone_asked),
            (self.paper, self.paper_asked),
            (self.turn, self.turned),
            (self.enter_button, self.entered),
            (self.once, self.at_once),
            (self.next, self.next_asked),
            (self.leave, self.left),
            (self.choices.leave_button, self.left),
        )
        for button, signal in pairs:
            button.clicked.connect(signal)
        self.choices.chosen.connect(self.chosen)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.promoter)
        column.addLayout(head)
        column.addWidget(self.whose)
        self._stack = QStackedLayout()
        # First: the part on top of a layout that belongs to nobody would be shown as a window, and take the keyboard.
        column.addLayout(self._stack, 1)
        for part in (self._steps(), self._entry(), self.choices, self._done()):
            self._stack.addWidget(part)
        self._hint_frame = QFrame()
        self._hint_frame.setProperty("kind", "hint")
        beside = QHBoxLayout(self._hint_frame)
        beside.setContentsMargins(10, 6, 10, 6)
        beside.addWidget(self.hint)
        column.addWidget(self._hint_frame)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.turn)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column.addLayout(foot)

    def _steps(self) -> QWidget:
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for chip in self.chips:
            chip.setMinimumHeight(_CHIP_PX)
            chip.setMaximumHeight(2 * _CHIP_PX)
            chip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            mark(chip.words, role="title")
            inside.addWidget(chip, 2)
        inside.addWidget(self.gift)
        inside.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.phone, 1)
        beside.addWidget(self.paper, 1)
        inside.addLayout(beside)
        return box

    def _entry(self) -> QWidget:
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.asked)
        field = QFrame()
        field.setProperty("kind", "field")
        within = QHBoxLayout(field)
        within.setContentsMargins(14, 6, 14, 6)
        within.addWidget(self.shown)
        inside.addWidget(field)
        inside.addStretch(1)
        inside.addWidget(self.enter_button)
        inside.addWidget(self.once)
        return box

    def _done(self) -> QWidget:
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for label in (self.headline, self.line, self.say):
            inside.addWidget(label)
        inside.addStretch(1)
        inside.addWidget(self.next)
        return box
