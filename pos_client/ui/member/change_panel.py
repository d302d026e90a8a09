"""The panel for another phone number: on the left whose, what is typed and what to do, on the right the keys for it.

It shows what it is told; apart from the page so that one asks the desk and the other one looks.
"""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.member.change_view import ChangeStep, ChangeView
from pos_client.ui.pin_pad import PinPad
from pos_client.ui.scan.entry_panels import EntryPanel
from pos_client.ui.scan.entry_text import CodeHint
from pos_client.ui.shift.choice_column import ChoiceColumn
from pos_client.usecases.binding import BindProof

_MOST_PEOPLE: Final = 6
_TYPES: Final = frozenset({ChangeStep.NUMBER, ChangeStep.TOLD})


class ChangePanel(EntryPanel):
    """Shows what it is told.

    Signals:
        sign_asked: a supervisor, where the member can prove nothing.
    """

    sign_asked = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.whose = FittedLabel("muted")
        self._words.insertWidget(1, self.whose)
        self.sign_button = KeyButton("", "F10")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._words.removeWidget(self.leave_button)
        foot.addWidget(self.sign_button, 1)
        foot.addWidget(self.leave_button, 1)
        self._words.addLayout(foot)
        self.choices.chosen.connect(lambda number: self.typed.emit(str(number)))
        self.pad.typed.connect(self.typed)
        self.pad.erased.connect(self.erased)
        self.pad.cleared.connect(self.cleared)
        self.sign_button.clicked.connect(self.sign_asked)

    def show_view(self, view: ChangeView, language: str, fault: PosError | None, *, can_sign: bool) -> None:
        """All of it, in a language; ``fault`` where the world said no."""
        self.title.setText(self._title(view.step))
        self.whose.setText(self.tr("Member {member}").format(member=view.masked) if view.masked else " ")
        hint, is_odd = self._hint_of(view, language, fault)
        self._field.setVisible(view.step in _TYPES)
        shown = view.told if view.step is ChangeStep.TOLD else view.number.shown
        self._show(shown or " ", hint, "warn" if is_odd else "")
        self.enter_button.set_words(self._deed(view))
        self.enter_button.setVisible(view.step in {*_TYPES, ChangeStep.PIN})
        self.enter_button.setEnabled(view.can_enter)
        self.sign_button.set_words(self.tr("Supervisor"), self.tr("A supervisor signs instead"))
        has_sign = view.step is ChangeStep.TOLD or can_sign
        self.sign_button.setVisible(has_sign)
        self.sign_button.setEnabled(can_sign and not view.is_asking)
        # Beside another button there is no room for more than one word.
        is_first = view.step in {ChangeStep.NOBODY, ChangeStep.NUMBER} and not has_sign
        self.leave_button.set_words(self.tr("Back to scanning") if is_first else self.tr("Back"))
        self._show_right(view)

    def _keys(self) -> QWidget:
        self.choices, self.pad = ChoiceColumn(), PinPad()
        self._right = QStackedWidget()
        for part in (self.keypad, self.choices, self.pad):
            self._right.addWidget(part)
        return self._right

    def _show_right(self, view: ChangeView) -> None:
        parts = {ChangeStep.WHO: self.choices, ChangeStep.PIN: self.pad}
        self._right.setCurrentWidget(parts.get(view.step, self.keypad))
        self._right.setVisible(view.step is not ChangeStep.NOBODY)
        self.keypad.retranslate()
        self.keypad.setEnabled(not view.is_asking)
        self.choices.offer([(number, person.name) for number, person in enumerate(view.people[:_MOST_PEOPLE], 1)])
        self.pad.show_count(view.digits)
        self.pad.retranslate()
        self.pad.set_tone("warn" if view.refusal or view.wait_s else "")
        self.pad.keys.setEnabled(not view.wait_s and not view.is_asking)

    def _title(self, step: ChangeStep) -> str:
        return {
            ChangeStep.TOLD: self.tr("The one-time code"),
            ChangeStep.WHO: self.tr("Who signs for the new number?"),
            ChangeStep.PIN: self.tr("The supervisor's PIN"),
        }.get(step, self.tr("New phone number"))

    def _deed(self, view: ChangeView) -> str:
        """What Enter does now."""
        if view.step is not ChangeStep.NUMBER or view.proof is BindProof.SLOT:
            return self.tr("Change the number")
        return self.tr("Send a code") if view.proof is BindProof.CODE else self.tr("Ask a supervisor")

    def _hint_of(self, view: ChangeView, language: str, fault: PosError | None) -> tuple[str, bool]:
        """What to do now, and whether it needs attention."""
        if fault is not None:
            return self._wording.of_fault(fault)[0].in_language(language), True
        if view.wait_s:
            return self.tr("Too many wrong PINs. Wait %n second(s).", "", view.wait_s), True
        if view.is_asking:
            return self.tr("One moment…"), False
        if view.refusal is not None:
            return self._wording.of_verdict(view.refusal, language).line, True
        return self._hint_of_step(view)

    def _hint_of_step(self, view: ChangeView) -> tuple[str, bool]:
        if view.step is ChangeStep.NUMBER:
            return self._hint_of_number(view)
        if view.step is ChangeStep.WHO:
            return self._hint_of_who(view)
        name = view.person.name if view.person else ""
        return {
            ChangeStep.NOBODY: self.tr("No member stands here. Scan the member's code, or type the old number."),
            ChangeStep.TOLD: self.tr("A code went to the old number. The customer reads out its 6 digits."),
            ChangeStep.PIN: self.tr("{name}: look at the customer, then your PIN and Enter.").format(name=name),
        }[view.step], False

    def _hint_of_number(self, view: ChangeView) -> tuple[str, bool]:
        number = view.number
        if number.hint is CodeHint.WRONG_PREFIX or (number.text and not number.is_phone_like):
            return self.tr("No mobile number begins like this."), True
        if number.text and number.missing:
            return self.tr("%n more digit(s)", "", number.missing), False
        if number.text:
            return self.tr("Check the number with the customer."), False
        return {
            BindProof.SLOT: self.tr("His code was scanned: the new number is enough."),
            BindProof.CODE: self.tr("A code then goes to the old number; or scan the member's own code."),
        }.get(view.proof, self.tr("A supervisor then signs; or scan the member's own code.")), False

    def _hint_of_who(self, view: ChangeView) -> tuple[str, bool]:
        if not view.people:
            return self.tr("Nobody here can sign. The member's own code changes it too."), True
        if view.is_cut_off:
            return self.tr("No way to the centre: a supervisor signs. Tap a name or scan the badge."), True
        return self.tr("Who looked at the customer? Tap a name or scan the badge."), False
