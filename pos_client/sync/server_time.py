"""The server's word on what time it is, believed only where its signature is good.

Apart from the client because two clients (the till's and the sync worker's) share one knowledge of the time.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from pos_client.domain.signed_document import from_base64
from pos_client.domain.trusted_time import ClockReading, TimeAnchor, trusted_now
from pos_client.usecases.ports import Clock

# Each report is written to disk by whoever listens; a till that redeems every second must not pay for it twice.
REPORT_EVERY_MS: Final = 60_000
_DRIFT: Final = timedelta(seconds=2)


class TimeVerifier(Protocol):
    """Checks the server's signature on a time."""

    def __call__(self, server_time: str, request_id: str, key_id: str, signature: bytes) -> bool:
        """Whether a trusted server key signed this time for this request."""


def no_verifier(server_time: str, request_id: str, key_id: str, signature: bytes) -> bool:  # noqa: ARG001
    """Before enrolment no key is trusted, so no time is believed."""
    return False


def parse_wire_time(text: str) -> datetime:
    """An RFC 3339 time with its offset, as aware UTC.

    Raises:
        ValueError: no such time, or one without an offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("time without an offset")
    return moment.astimezone(UTC)


class ServerTime:
    """Keeps the newest signed server time.

    Args:
        clock: the machine's clocks.
        verify: checks ``X-Time-Sig``.
        anchor: what is remembered from earlier runs.
        on_anchor: told of a new anchor, at most once a minute unless the clocks disagree.
    """

    def __init__(
        self,
        clock: Clock,
        verify: TimeVerifier = no_verifier,
        anchor: TimeAnchor | None = None,
        on_anchor: Callable[[TimeAnchor], None] | None = None,
    ) -> None:
        self._clock = clock
        self._verify = verify
        self._anchor = anchor
        self._reported: TimeAnchor | None = None
        self._on_anchor = on_anchor
        self.last_contact: datetime | None = None

    def believing(self, verify: TimeVerifier) -> "ServerTime":
        """Another server's time, begun from what is known here; what it teaches stays with it."""
        return ServerTime(self._clock, verify, self._anchor)

    def now(self) -> datetime:
        """Aware UTC: the server's time carried on by the monotonic clock, or the wall clock before any contact."""
        return trusted_now(self._clock.read(), self._anchor, None).now

    def hear(self, headers: Mapping[str, str], request_id: str) -> bool:
        """Take note of an answer that counts as ours, and of its time where that is signed; whether it is."""
        anchor = self._signed_anchor(headers, request_id, self._clock.read())
        if anchor is not None:
            self._anchor = anchor
            self._report(anchor)
        self.last_contact = self.now()
        return anchor is not None

    def _signed_anchor(self, headers: Mapping[str, str], request_id: str, reading: ClockReading) -> TimeAnchor | None:
        text = headers.get("Server-Time", "")
        try:
            signature = from_base64(headers.get("X-Time-Sig", ""))
            moment = parse_wire_time(text)
        except ValueError:
            return None
        if not self._verify(text, request_id, headers.get("X-Time-Key", ""), signature):
            return None
        return TimeAnchor(moment, reading.monotonic_ms, reading.boot_id)

    def _report(self, anchor: TimeAnchor) -> None:
        if self._on_anchor is None or (self._reported and not _says_more(anchor, self._reported)):
            return
        self._reported = anchor
        self._on_anchor(anchor)


def _says_more(new: TimeAnchor, old: TimeAnchor) -> bool:
    passed_ms = new.monotonic_ms - old.monotonic_ms
    if new.boot_id != old.boot_id or not 0 <= passed_ms < REPORT_EVERY_MS:
        return True
    return abs(new.server_time - old.server_time - timedelta(milliseconds=passed_ms)) > _DRIFT
