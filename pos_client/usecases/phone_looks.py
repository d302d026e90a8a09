"""How often whole phone numbers are looked up at this counter: seldom enough that nobody can page through the members.

Apart from the dialogue because it is a bound on people, not a step of theirs: one count for the scan box, the binding
page and a kiosk's pad, whose numbers are scans too. The commands are staff's own tool and are not counted. Kept in
memory: a restart takes longer than the wait. Measured by the clock that only runs while the machine does, and that
nobody can set.
"""

from collections import deque
from typing import Final

from pos_client.domain.codes.router import CodeKind, route
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .desk import Desk

MOST: Final = 10
WINDOW_S: Final = 60


class PhoneLooks:
    """Counts the look-ups of one counter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._at_ms: deque[int] = deque(maxlen=MOST)

    def refusal(self, text: str) -> Verdict | None:
        """Count one more where the text is a phone number; the verdict where there were too many in the last minute."""
        if route(text).kind is not CodeKind.PHONE:
            return None
        now_ms = self._desk.clock.read().monotonic_ms
        wait_ms = self._at_ms[0] + WINDOW_S * 1000 - now_ms if len(self._at_ms) == MOST else 0
        if wait_ms > 0:
            return Verdict(
                VerdictKind.REFUSED, Reason.PHONE_LOOKUP_LIMIT, {"limit": MOST, "wait_s": -(-wait_ms // 1000)}
            )
        self._at_ms.append(now_ms)
        return None
