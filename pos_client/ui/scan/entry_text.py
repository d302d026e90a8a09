"""What is being typed: a phone number or code, and a receipt's amount, with the hint that goes beside each.

Pure text, apart from the boxes that show it, so that every keystroke can be tested without a window.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PHONE_DIGITS: Final = 11
_LONGEST_CODE: Final = 400
_LONGEST_YUAN: Final = 7
ASK_AGAIN_FROM_MINOR: Final = 500_000
UNUSUAL_TIMES: Final = 10
TAIL_DIGITS: Final = 4


class CodeHint(StrEnum):
    """What stands under the box."""

    EMPTY = "empty"
    MORE_DIGITS = "more-digits"
    WRONG_PREFIX = "wrong-prefix"
    COMPLETE = "complete"
    CODE = "code"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class CodeText:
    """A phone number or code as far as it is typed."""

    text: str = ""

    def typed(self, character: str) -> "CodeText":
        """With one more character; anything but letters and digits is left out."""
        is_kept = character.isascii() and character.isalnum() and len(self.text) < _LONGEST_CODE
        return CodeText(self.text + character.upper()) if is_kept else self

    def shortened(self) -> "CodeText":
        """Without its last character."""
        return CodeText(self.text[:-1])

    @property
    def shown(self) -> str:
        """In groups: 3-4-4 for a phone number, fours for a code; the end of a very long one."""
        text = self.text if len(self.text) <= 32 else "…" + self.text[-28:]
        if self.is_phone_like:
            groups = [text[:3], text[3:7], text[7:]]
        else:
            groups = [text[place : place + 4] for place in range(0, len(text), 4)]
        return " ".join(group for group in groups if group)

    @property
    def is_phone_like(self) -> bool:
        """Digits that may still become a mainland mobile number."""
        return self.text.isdecimal() and len(self.text) <= PHONE_DIGITS and self.text[0] == "1"

    @property
    def hint(self) -> CodeHint:
        """What to say about it."""
        if not self.text:
            return CodeHint.EMPTY
        if len(self.text) == TAIL_DIGITS and self.text.isdecimal():
            return CodeHint.TAIL
        if not self.is_phone_like:
            return CodeHint.CODE
        if len(self.text) > 1 and self.text[1] not in "3456789":
            return CodeHint.WRONG_PREFIX
        return CodeHint.COMPLETE if len(self.text) == PHONE_DIGITS else CodeHint.MORE_DIGITS

    @property
    def missing(self) -> int:
        """Digits that a phone number still lacks."""
        return PHONE_DIGITS - len(self.text)


@dataclass(frozen=True, slots=True)
class AmountText:
    """A receipt's amount as far as it is typed, in yuan; above ``ask_from_minor`` it is asked about."""

    text: str = ""
    ask_from_minor: int = ASK_AGAIN_FROM_MINOR

    def typed(self, character: str) -> "AmountText":
        """With one more digit or the point; what would make no amount is left out."""
        if character in {".", "。", "．"}:
            return self._of((self.text or "0") + ".") if "." not in self.text else self
        if not (character.isascii() and character.isdecimal()):
            return self
        whole, point, cents = self.text.partition(".")
        if (point and len(cents) >= 2) or (not point and len(whole) >= _LONGEST_YUAN):
            return self
        return self._of(character if self.text == "0" else self.text + character)

    def shortened(self) -> "AmountText":
        """Without its last character."""
        return self._of(self.text[:-1])

    def _of(self, text: str) -> "AmountText":
        return AmountText(text, self.ask_from_minor)

    @property
    def minor(self) -> int | None:
        """In fen; None where nothing is typed, or nothing but zero."""
        whole, _, cents = self.text.partition(".")
        minor = int(whole or "0") * 100 + int(cents.ljust(2, "0") or "0")
        return minor or None

    @property
    def is_unusual(self) -> bool:
        """So large that a slip of a key is likelier than the purchase."""
        return (self.minor or 0) > self.ask_from_minor

    @property
    def shown(self) -> str:
        """With the sign and thousands apart."""
        whole, point, cents = self.text.partition(".")
        return f"¥ {int(whole or '0'):,}{point}{cents}"


def amount_text(minor: int | None, usual_minor: int = 0) -> AmountText:
    """The text of an amount that is known already.

    Args:
        minor: the amount.
        usual_minor: the middle of what is bought here, 0 where it is not known.
    """
    ask_from = min(ASK_AGAIN_FROM_MINOR, usual_minor * UNUSUAL_TIMES) if usual_minor else ASK_AGAIN_FROM_MINOR
    if not minor:
        return AmountText(ask_from_minor=ask_from)
    yuan, fen = divmod(minor, 100)
    return AmountText(f"{yuan}.{fen:02d}" if fen else str(yuan), ask_from)
