"""What a self-checkout's screen may be told: the newest things that happened at the counter, masked and numbered.

Apart from the API because the lane's thread puts them here and must never wait for whoever reads them.
"""

import threading
import time
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

KEPT: Final = 100
_MEMBER: Final = ("masked", "level")
_VERDICT: Final = ("verdict", "reason", "sentence", "next_step", "discount_minor")


class EventShelf:
    """The last hundred events. Every method may be called from any thread and returns at once."""

    def __init__(self) -> None:
        self._kept: deque[Mapping[str, Any]] = deque(maxlen=KEPT)
        self._guard = threading.Lock()
        self._last = 0

    @property
    def last(self) -> int:
        """The newest event's number, 0 before the first."""
        return self._last

    def tell(self, kind: str, **facts: Any) -> None:
        """Put an event on the shelf; the oldest falls off."""
        now_ms = time.time_ns() // 1_000_000
        with self._guard:
            # Numbers from the clock: a screen that asks for what is new after a restart of ours is not left waiting.
            self._last = max(self._last + 1, now_ms)
            self._kept.append({"number": self._last, "at": wire_time(from_ms(now_ms)), "kind": kind, **facts})

    def after(self, number: int) -> list[Mapping[str, Any]]:
        """What happened after an event, oldest first."""
        with self._guard:
            return [event for event in self._kept if event["number"] > number]


def shown(verdict: Mapping[str, Any] | None) -> dict[str, Any]:
    """Of a verdict document what a screen towards the customer may show: no code, no reference, nobody's name."""
    if verdict is None:
        return {"verdict": None, "member": None}
    return {"verdict": {name: verdict.get(name) for name in _VERDICT}, "member": masked(verdict.get("member"))}


def masked(member: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Of a member what a screen towards the customer may show."""
    return {name: member.get(name) for name in _MEMBER} if member else None
