"""Boxes for what is typed by hand: a phone number or code, and the receipt's amount; in place, never a dialog.

They show what the presenter holds. No text widget of Qt's is used: an input method cannot get in the way, a scan cannot
land in it, and a half typed number survives everything.
"""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.key_panel import KeyPanel
from pos_client.ui.scan.entry_text import AmountText, CodeHint, CodeText
from pos_client.ui.scan.keypad import Keypad
from pos_client.ui.theme import mark


class EntryPanel(KeyPanel):
    """A title, a box, a hint, twelve keys, the blue button and the way back."""

    def __init__(self, extra: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.title = FittedLabel("title")
        self.shown = FittedLabel("entry")
        self.hint = FittedLabel("body", lines=3, wrap=True)
        self.keypad = Keypad(extra)
        self.enter_button = KeyButton("primary", "Enter")
        self.leave_button = KeyButton("", "Esc")
        self._build()
        self.keypad.pressed.connect(self.typed)
        self.keypad.erased.connect(self.erased)
        self.keypad.cleared.connect(self.cleared)
        self.enter_button.clicked.connect(self.entered)
        self.leave_button.clicked.connect(self.left)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(20)
        self._words = words = QVBoxLayout()
        words.setSpacing(10)
        words.addWidget(self.title)
        self._field = QFrame()
        self._field.setProperty("kind", "field")
        inside = QHBoxLayout(self._field)
        inside.setContentsMargins(14, 6, 14, 6)
        inside.addWidget(self.shown)
        words.addWidget(self._field)
        self._hint_frame = QFrame()
        self._hint_frame.setProperty("kind", "hint")
        beside = QHBoxLayout(self._hint_frame)
        beside.setContentsMargins(10, 8, 10, 8)
        beside.addWidget(self.hint)
        words.addWidget(self._hint_frame)
        words.addStretch(1)
        words.addWidget(self.enter_button)
        words.addWidget(self.leave_button)
        row.addLayout(words, 6)
        row.addWidget(self._keys(), 5)

    def _keys(self) -> QWidget:
        """What stands on the right."""
        return self.keypad

    def _show(self, text: str, hint: str, tone: str = "") -> None:
        self.shown.setText(text)
        self.shown.setAccessibleName(hint)
        self.hint.setText(hint)
        mark(self._hint_frame, tone=tone)


class CodeEntry(EntryPanel):
    """Phone number, or any code that cannot be scanned."""

    def __init__(self) -> None:
        super().__init__()
        self._text = CodeText()
        self.retranslate()

    def show_text(self, text: CodeText) -> None:
        """As far as it is typed."""
        self._text = text
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.title.setText(self.tr("Phone number or code"))
        self.enter_button.set_words(self.tr("Look up"))
        self.leave_button.set_words(self.tr("Back to scanning"))
        self.keypad.retranslate()
        is_odd = self._text.hint is CodeHint.WRONG_PREFIX
        self._show(self._text.shown or " ", self._hint(), "warn" if is_odd else "")

    def _hint(self) -> str:
        hint = self._text.hint
        if hint is CodeHint.MORE_DIGITS:
            return self.tr("%n more digit(s)", "", self._text.missing)
        return {
            CodeHint.EMPTY: self.tr("11 digits are looked up by themselves; the last four, or a code, end with Enter."),
            CodeHint.WRONG_PREFIX: self.tr("No mobile number begins like this; as a code, press Enter."),
            CodeHint.COMPLETE: self.tr("Looking up…"),
            CodeHint.TAIL: self.tr("Enter looks for the last four digits; or go on typing."),
            CodeHint.CODE: self.tr("Press Enter when the code is complete."),
        }[hint]


class AmountEntry(EntryPanel):
    """The receipt's amount."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(extra=".")
        self._wording = wording
        self._text = AmountText()
        self._asks_again = False
        self.retranslate()

    def show_text(self, text: AmountText, *, asks_again: bool) -> None:
        """As far as it is typed; an unusual amount wants Enter twice."""
        self._text, self._asks_again = text, asks_again
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.title.setText(self.tr("Receipt amount"))
        self.enter_button.set_words(self.tr("Confirm") if self._asks_again else self.tr("Set the amount"))
        self.leave_button.set_words(self.tr("Back to scanning"))
        self.keypad.retranslate()
        self._show(self._text.shown, self._hint(), "warn" if self._text.is_unusual else "")

    def _hint(self) -> str:
        if self._asks_again and self._text.minor:
            money = self._wording.money(self._text.minor)
            return self.tr("Really {money}? Press Enter once more.").format(money=money)
        if self._text.is_unusual:
            limit = self._wording.money(self._text.ask_from_minor)
            return self.tr("More than {money}: it will be asked again.").format(money=limit)
        return self.tr("What the customer pays at the supermarket's till, before the coupon.")
