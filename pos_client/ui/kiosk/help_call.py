"""A kiosk's own call for a clerk: made, looked after, told.

Apart from the presenter because a call outlives the screen on which it was made, and never holds anything up.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Final

from pos_client.ui.kiosk.kiosk_view import HelpFacts
from pos_client.usecases.assistance import AssistanceCall, AssistanceCalls
from pos_client.usecases.till_view import TillAnswer

_LOOK_EVERY_S: Final = 0.5


class HelpCall:
    """The call of one kiosk.

    Args:
        calls: between the kiosks and the clerks. kiosk: this one's number.
        now: aware UTC wall clock.
    """

    def __init__(self, calls: AssistanceCalls, kiosk: int, now: Callable[[], datetime]) -> None:
        self._calls, self._kiosk, self._now = calls, kiosk, now
        self._call: AssistanceCall | None = None
        self._looked_at = now()
        self.facts = HelpFacts()

    def make(self, place: str, answer: TillAnswer | None, member: str, language: str) -> None:
        """Ask a clerk to come; a second touch changes nothing.

        Args:
            place: which screen.
            answer: the verdict on it, None without one.
            member: masked name, empty for nobody.
            language: the customer's.
        """
        verdict = answer.verdict if answer else None
        reason, amount_minor = (verdict.reason.value, verdict.discount_minor) if verdict else ("", 0)
        if self._call is None:
            self._call = AssistanceCall(
                uuid.uuid4().hex, self._kiosk, self._now(), place, reason, member, amount_minor, language
            )
            self._calls.call(self._call)
        self._look(self._call)

    def withdraw(self) -> None:
        """It is not needed any more."""
        if self._call is not None:
            self._calls.withdraw(self._kiosk)
        self._call, self.facts = None, HelpFacts()

    def look(self) -> bool:
        """How it stands; True where that changed. Asked every moment, and looks twice a second."""
        if self._call is None or 0 <= (self._now() - self._looked_at).total_seconds() < _LOOK_EVERY_S:
            return False
        before = self.facts
        found = self._calls.of(self._kiosk) if self.facts.is_heard else self._call
        if found is None:
            self.withdraw()
        else:
            self._look(found)
        return self.facts != before

    def _look(self, call: AssistanceCall) -> None:
        now = self._now()
        self._looked_at = now
        self.facts = HelpFacts(
            is_open=True, is_taken=bool(call.taken_by), is_late=call.is_late(now), is_heard=self._calls.is_attended(now)
        )
