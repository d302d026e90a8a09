"""The time at a store's server: the centre's signed word carried on by the monotonic clock, else the machine's own.

Apart from the server because a machine in a back room may be years off, and lanes are judged by what it thinks. Nothing
is kept over a restart: the centre is asked within seconds of a start, and while it is silent the machine's word stands.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from pos_client.domain.signed_document import from_base64
from pos_client.domain.trusted_time import ClockReading, TimeAnchor, trusted_now

Verify = Callable[[str, str, str, bytes], bool]
_THIS_RUN: Final = "this run"


class CentreTime:
    """A clock that learns from the centre's answers.

    Args:
        machine: the machine's clocks.
    """

    def __init__(self, machine: Callable[[], ClockReading] | None = None) -> None:
        self._machine = machine or _machine
        self._anchor: TimeAnchor | None = None

    def __call__(self) -> datetime:
        """Aware UTC."""
        return trusted_now(self._machine(), self._anchor, None).now

    def hear(self, headers: Mapping[str, str], request_id: str, verify: Verify) -> None:
        """Take note of the time that an answer to this request carries, where a server key of the centre signed it."""
        reading, text = self._machine(), headers.get("Server-Time", "")
        try:
            moment, signature = datetime.fromisoformat(text), from_base64(headers.get("X-Time-Sig", ""))
        except ValueError:
            return
        is_good = moment.tzinfo is not None and verify(text, request_id, headers.get("X-Time-Key", ""), signature)
        if is_good:
            self._anchor = TimeAnchor(moment.astimezone(UTC), reading.monotonic_ms, reading.boot_id)


def _machine() -> ClockReading:
    return ClockReading(datetime.now(UTC), time.monotonic_ns() // 1_000_000, _THIS_RUN)
