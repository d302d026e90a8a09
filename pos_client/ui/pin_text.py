"""A PIN as far as it is typed, which is counted and never shown, and what a wrong one costs; without Qt."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pos_client.domain.pins import MOST_DIGITS
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict

FORGET_AFTER: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class PinText:
    """Digits that nobody sees; not even a trace of the program's values may show them."""

    digits: str = field(default="", repr=False)

    def typed(self, character: str) -> "PinText":
        """With one more digit; what is no digit, or one too many, is left out."""
        is_kept = character.isascii() and character.isdecimal() and len(self.digits) < MOST_DIGITS
        return PinText(self.digits + character) if is_kept else self

    def shortened(self) -> "PinText":
        """Without the last one."""
        return PinText(self.digits[:-1])

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.digits)


class Waits:
    """Who must wait after too many wrong PINs, for the eye; whether a PIN is looked at is decided at the desk."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def hear(self, staff_id: str, verdict: Verdict, now: datetime) -> None:
        """What became of somebody's PIN."""
        wait_s = verdict.facts.get("wait_s")
        if verdict.reason is Reason.PIN_LOCKED and isinstance(wait_s, int):
            self._until[staff_id] = now + timedelta(seconds=wait_s)
        else:
            self._until.pop(staff_id, None)

    def left_s(self, staff_id: str, now: datetime) -> int:
        """Seconds that this person's PIN is not looked at; 0 for none."""
        until = self._until.get(staff_id, now)
        return max(0, -int((now - until).total_seconds() // 1))
