"""A phone number while a customer types it in public: never readable as a whole.

Apart from the pad because what may be seen, and for how long, is a rule and no look.
"""

from collections.abc import Callable
from typing import Final

DIGITS: Final = 11
_SEEN: Final = 4
_SEEN_S: Final = 1.0
_DOT: Final = "•"


class PhoneText:
    """Eleven digits at most; the last four are seen for a second after each key.

    Args:
        now_s: a clock that only runs forward, in seconds.
    """

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._digits = ""
        self._typed_at = now_s()

    @property
    def is_complete(self) -> bool:
        """Whether it may be looked up."""
        return len(self._digits) == DIGITS

    def type(self, character: str) -> None:
        """One digit more; anything else, and a twelfth, is nothing."""
        if character.isascii() and character.isdecimal() and not self.is_complete:
            self._digits += character
            self._typed_at = self._now_s()

    def erase(self, *, everything: bool = False) -> None:
        """One digit less, or all; what is left is not shown again."""
        self._digits = "" if everything else self._digits[:-1]
        self._typed_at = self._now_s() - _SEEN_S

    def take(self) -> str:
        """The number, once."""
        taken, self._digits = self._digits, ""
        return taken

    def shown(self) -> str:
        """As it may be seen now, in the groups in which people say a number."""
        is_fresh = self._now_s() - self._typed_at < _SEEN_S
        hidden = max(0, len(self._digits) - (_SEEN if is_fresh else 0))
        # Of a whole number not even four digits may be read together with what was seen before.
        seen = _DOT * hidden + self._digits[hidden:]
        return " ".join(part for part in (seen[:3], seen[3:7], seen[7:]) if part)
