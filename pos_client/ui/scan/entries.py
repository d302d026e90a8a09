"""What is half typed: one number or code, one amount, and whether an odd amount was asked about already.

Apart from the presenter because it must survive everything that happens meanwhile, and must be put back when what came
in between was a scan.
"""

from dataclasses import dataclass

from pos_client.ui.scan.entry_text import AmountText, CodeHint, CodeText, amount_text
from pos_client.ui.scan.scan_view import ScanView, Workspace


@dataclass(frozen=True, slots=True)
class Draft:
    """What was half typed at a moment."""

    code: CodeText
    amount: AmountText
    asks_again: bool


class Entries:
    """The two boxes.

    Args:
        view: shows them.
    """

    def __init__(self, view: ScanView) -> None:
        self._view = view
        self.code = CodeText()
        self.amount = AmountText()
        self._asks_again = False

    def show(self) -> None:
        """Show both boxes."""
        self._view.show_code_entry(self.code)
        self._view.show_amount_entry(self.amount, asks_again=self._asks_again)

    def begin_amount(self, minor: int | None, usual_minor: int = 0) -> None:
        """Open the amount with what is known already, and with what is usual here."""
        self.amount, self._asks_again = amount_text(minor, usual_minor), False
        self.show()

    def type_code(self, character: str) -> None:
        """One more character of a number or code."""
        self.code = self.code.typed(character)
        self.show()

    def type_amount(self, character: str) -> None:
        """One more character of the amount; a question about it is taken back."""
        self.amount, self._asks_again = self.amount.typed(character), False
        self.show()

    def erase(self, workspace: Workspace) -> None:
        """One character less, in the box that is open."""
        if workspace is Workspace.AMOUNT:
            self.amount, self._asks_again = self.amount.shortened(), False
        elif workspace is Workspace.CODE:
            self.code = self.code.shortened()
        self.show()

    def clear(self, workspace: Workspace) -> None:
        """Begin again, in the box that is open."""
        if workspace is Workspace.AMOUNT:
            self.amount, self._asks_again = AmountText(ask_from_minor=self.amount.ask_from_minor), False
        else:
            self.code = CodeText()
        self.show()

    def take_code(self) -> str:
        """Hand the code over and forget it: from here on only its masked form exists."""
        text, self.code = self.code.text, CodeText()
        self.show()
        return text

    def accepts_amount(self) -> bool:
        """Whether the amount may be taken; an odd one is asked about once."""
        if self.amount.is_unusual and not self._asks_again:
            self._asks_again = True
            self.show()
            return False
        self._asks_again = False
        return True

    def is_complete_number(self) -> bool:
        """Whether a phone number has all its digits."""
        return self.code.hint is CodeHint.COMPLETE

    def draft(self) -> Draft:
        """What is half typed now."""
        return Draft(self.code, self.amount, self._asks_again)

    def restore(self, draft: Draft) -> None:
        """Half typed as it was: what came in between was a scan."""
        self.code, self.amount, self._asks_again = draft.code, draft.amount, draft.asks_again
        self.show()
