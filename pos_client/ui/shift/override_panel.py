"""The override's panel: on the left what would be allowed and what to do, on the right one thing to choose or to type.

Apart from the page so that one asks the desk and the other one looks.
"""

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.key_panel import KeyPanel
from pos_client.ui.pin_pad import PinPad
from pos_client.ui.shift.choice_column import ChoiceColumn
from pos_client.ui.shift.override_steps import REASONS
from pos_client.ui.shift.override_view import OverrideStep, OverrideView
from pos_client.ui.shift.phone_pad import PhonePad
from pos_client.ui.theme import mark

_MOST_PEOPLE: Final = 5
_TELEPHONE: Final = 0


class OverridePanel(KeyPanel):
    """Shows what it is told."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._wording = wording
        self._language = "zh"
        self.title = FittedLabel("title")
        self.what = FittedLabel("body")
        self.why = FittedLabel("muted", lines=2, wrap=True, grows=True)
        self.quota = FittedLabel("body")
        self.hint = FittedLabel("body", lines=2, wrap=True)
        self.choices, self.pad, self.phone = ChoiceColumn(), PinPad(), PhonePad()
        self.enter_button = KeyButton("primary", "Enter")
        self.leave_button = KeyButton("", "Esc")
        self._build()
        self._connect()

    def show_view(self, view: OverrideView, language: str, fault: PosError | None) -> None:
        """All of it, in a language; ``fault`` where the world said no."""
        self._language = language
        self._show_request(view)
        hint, is_odd = self._hint_of(view, fault)
        self.hint.setText(hint)
        self.hint.setAccessibleName(hint)
        mark(self._hint, tone="warn" if is_odd else "")
        is_phone = view.step is OverrideStep.PHONE
        self.phone.setVisible(is_phone)
        self._two.setVisible(not is_phone)
        self.phone.show_view(view, hint if is_odd or view.is_asking else "")
        self._show_right(view)
        self.enter_button.set_words(self.tr("Take it back") if view.is_undo else self.tr("Allow it"))
        self.enter_button.setVisible(view.step is OverrideStep.PIN)
        self.enter_button.setEnabled(view.can_enter)
        is_first = view.step in {OverrideStep.NOTHING, OverrideStep.WHO if view.is_undo else OverrideStep.REASON}
        self.leave_button.set_words(self.tr("Back to scanning") if is_first else self.tr("Back"))

    def _show_request(self, view: OverrideView) -> None:
        """What would be allowed, and how often that may still be done today."""
        wording, language, answer = self._wording, self._language, view.answer
        self.title.setText(self.tr("Supervisor"))
        if answer is None:
            self.what.setText(self.tr("Nothing waits for a supervisor."))
            self.why.setText(self.tr("A code that needs one can be allowed here."))
        else:
            coupon = next(iter(answer.verdict.coupons), None)
            name = coupon.name.in_language(language) if coupon and coupon.name else ""
            value = answer.verdict.facts.get("value_minor")
            money = wording.money(value) if isinstance(value, int) else ""
            member = answer.customer.member.view.masked if answer.customer.member else ""
            self.what.setText(" · ".join(part for part in (name, money, member) if part))
            self.why.setText(wording.of_verdict(answer.verdict, language).line)
        self.quota.setText(self._left_words(view))

    def _left_words(self, view: OverrideView) -> str:
        if view.left is None or view.is_undo:
            return " "
        money = self._wording.money(view.left.value_minor)
        return self.tr("Left today: %n time(s), {money}", "", view.left.count).format(money=money)

    def _show_right(self, view: OverrideView) -> None:
        self._right.setVisible(view.step is not OverrideStep.NOTHING)
        if view.step is OverrideStep.REASON:
            words = (self._wording.of_override(reason).in_language(self._language) for reason in REASONS)
            self.choices.offer([(number, word[:1].upper() + word[1:]) for number, word in enumerate(words, 1)])
        elif view.step is OverrideStep.WHO:
            people = [(number, person.name) for number, person in enumerate(view.people[:_MOST_PEOPLE], 1)]
            telephone = [] if view.is_undo else [(_TELEPHONE, self.tr("Head office by telephone"))]
            self.choices.offer([*people, *telephone])
        self._right.setCurrentWidget(self.pad if view.step is OverrideStep.PIN else self.choices)
        self.pad.show_count(view.digits)
        self.pad.retranslate()
        self.pad.set_tone("warn" if view.refusal or view.wait_s else "")
        self.pad.keys.setEnabled(not view.wait_s and not view.is_asking)

    def _hint_of(self, view: OverrideView, fault: PosError | None) -> tuple[str, bool]:
        """What to do now, and whether it needs attention."""
        if fault is not None:
            return self._wording.of_fault(fault)[0].in_language(self._language), True
        if view.wait_s:
            return self.tr("Too many wrong PINs. Wait %n second(s).", "", view.wait_s), True
        if view.is_asking:
            return self.tr("Checking…"), False
        if view.refusal is not None:
            return self._wording.of_verdict(view.refusal, self._language).line, True
        name = view.person.name if view.person else ""
        return {
            OverrideStep.REASON: self.tr("Why may it be allowed?"),
            OverrideStep.WHO: self.tr("Who allows it? Tap a name or scan the badge."),
            OverrideStep.PIN: self.tr("{name}: your PIN, then Enter.").format(name=name),
        }.get(view.step, " "), False

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        self._two = QWidget()
        row = QHBoxLayout(self._two)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(6)
        for label in (self.title, self.what, self.why, self.quota):
            words.addWidget(label)
        self._hint = QFrame()
        self._hint.setProperty("kind", "hint")
        beside = QHBoxLayout(self._hint)
        beside.setContentsMargins(10, 6, 10, 6)
        beside.addWidget(self.hint)
        words.addWidget(self._hint)
        words.addStretch(1)
        words.addWidget(self.enter_button)
        words.addWidget(self.leave_button)
        row.addLayout(words, 9)
        self._right = QStackedWidget()
        self._right.addWidget(self.choices)
        self._right.addWidget(self.pad)
        row.addWidget(self._right, 10)
        column.addWidget(self._two, 1)
        column.addWidget(self.phone, 1)

    def _connect(self) -> None:
        self.choices.chosen.connect(lambda number: self.typed.emit(str(number)))
        for pad in (self.pad, self.phone):
            pad.typed.connect(self.typed)
            pad.erased.connect(self.erased)
        self.pad.cleared.connect(self.cleared)
        for button in (self.enter_button, self.phone.enter_button):
            button.clicked.connect(self.entered)
        for button in (self.leave_button, self.phone.leave_button):
            button.clicked.connect(self.left)
