"""A box for what nobody else may read: a PIN as dots, counted; or the head office's answer, which is good once.

It shows what its owner holds, as the boxes for phone number and amount do.
"""

from pos_client.ui.scan.entry_panels import EntryPanel

DOT = "●"
MOST_DIGITS = 12
ANSWER_LENGTH = 8


class PinEntry(EntryPanel):
    """Twelve keys, dots, a hint and the blue button."""

    def __init__(self) -> None:
        super().__init__()
        self.title.setText("")

    def show_pin(self, digits: int, title: str, hint: str) -> None:
        """How many digits are typed; never which."""
        self._show(" ".join(DOT * digits) or " ", hint)
        self.shown.setAccessibleName(self.tr("%n digit(s) typed", "", digits))
        self.title.setText(title)

    def show_answer(self, text: str, title: str, hint: str) -> None:
        """As far as the answer is typed, in two groups of four."""
        self._show(f"{text[:4]} {text[4:]}".strip() or " ", hint)
        self.title.setText(title)

    def retranslate(self) -> None:
        """Words of the keys; title and hint are shown by the owner."""
        self.enter_button.set_words(self.tr("Allow"))
        self.leave_button.set_words(self.tr("Back to scanning"))
        self.keypad.retranslate()
