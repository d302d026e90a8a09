"""Head office by telephone: what is read to it, and the keys for what it answers, which has letters.

Apart from the panel because it needs the whole of it: 32 keys for a finger.
"""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.shift.override_steps import ANSWER_LENGTH
from pos_client.ui.shift.override_view import OverrideView

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_COLUMNS: Final = 9
_LEAST: Final = QSize(48, 48)


class PhonePad(QWidget):
    """The challenge, the answer, and keys.

    Signals:
        typed: a character. erased: one.
    """

    typed = Signal(str)
    erased = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ask = FittedLabel("body", lines=2, wrap=True)
        self.challenge = FittedLabel("title")
        self.answer = FittedLabel("title")
        self.back = self._key("backspace")
        self.back.clicked.connect(self.erased)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.ask, 3)
        head.addWidget(self.challenge, 2)
        head.addWidget(self._field(), 2)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, sign in enumerate(_SIGNS):
            grid.addWidget(self._sign(sign), place // _COLUMNS, place % _COLUMNS)
        grid.addWidget(self.back, 3, len(_SIGNS) - 3 * _COLUMNS, 1, 4 * _COLUMNS - len(_SIGNS))
        column.addLayout(grid, 1)
        self.enter_button = KeyButton("primary", "Enter")
        self.leave_button = KeyButton("", "Esc")
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.leave_button, 1)
        foot.addWidget(self.enter_button, 1)
        column.addLayout(foot)

    def show_view(self, view: OverrideView, refusal: str) -> None:
        """What to say, and what was heard so far."""
        said = self.tr("Call head office and read out: {device}").format(device=view.device)
        self.ask.setText(refusal or said)
        self.challenge.setText(_in_fours(view.challenge) or "…")
        self.challenge.setAccessibleName(self.tr("Code for head office: {code}").format(code=" ".join(view.challenge)))
        self.answer.setText(_in_fours(view.heard.ljust(ANSWER_LENGTH, "_")))
        self.answer.setAccessibleName(self.tr("Answer, %n character(s) so far", "", len(view.heard)))
        self.back.setAccessibleName(self.tr("Erase one"))
        self.enter_button.set_words(self.tr("Allow it"))
        self.enter_button.setEnabled(view.can_enter)
        self.leave_button.set_words(self.tr("Back"))

    def _field(self) -> QFrame:
        field = QFrame()
        field.setProperty("kind", "field")
        inside = QHBoxLayout(field)
        inside.setContentsMargins(10, 4, 10, 4)
        inside.addWidget(self.answer)
        return field

    def _sign(self, sign: str) -> KeyButton:
        key = self._key("")
        key.set_words(sign)
        key.clicked.connect(lambda: self.typed.emit(sign))
        return key

    def _key(self, icon: str) -> KeyButton:
        key = KeyButton("digit", "", icon)
        key.setMinimumSize(_LEAST)
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return key


def _in_fours(text: str) -> str:
    return f"{text[:4]}-{text[4:]}" if text else ""
