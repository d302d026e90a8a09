"""Codes that were shown while nobody was at the counter: not judged, not lost, offered after the log-in."""

from datetime import datetime, timedelta
from typing import Final

from pos_client.domain.scan import Scan

OFFERED_FOR: Final = timedelta(seconds=60)
# Whoever showed it has gone by then; his code is nobody else's business.
KEPT_FOR: Final = timedelta(minutes=10)
_MOST: Final = 8


class KeptScans:
    """What was shown at a locked window, oldest first."""

    def __init__(self) -> None:
        self._scans: list[tuple[datetime, Scan]] = []
        self._until: datetime | None = None

    def keep(self, scan: Scan, now: datetime) -> None:
        """One more; the same code held up again is one."""
        self._scans = [(at, kept) for at, kept in self._scans if kept.text != scan.text][1 - _MOST :]
        self._scans.append((now, scan))
        self._until = None

    def offer(self, now: datetime) -> int:
        """Somebody has logged in: how many are offered, for a minute from the first time on."""
        self._forget_old(now)
        if self._scans and self._until is None:
            self._until = now + OFFERED_FOR
        return len(self._scans)

    def count(self, now: datetime) -> int:
        """How many are kept."""
        self._forget_old(now)
        return len(self._scans)

    def left_s(self, now: datetime) -> int:
        """How long they are still offered."""
        return max(0, -int((now - self._until).total_seconds() // 1)) if self._until else 0

    def take(self, now: datetime) -> tuple[Scan, ...]:
        """All of them, once."""
        self._forget_old(now)
        scans, self._scans, self._until = tuple(scan for _, scan in self._scans), [], None
        return scans

    def _forget_old(self, now: datetime) -> None:
        if self._until is not None and now >= self._until:
            self._scans, self._until = [], None
        self._scans = [(at, scan) for at, scan in self._scans if now - at < KEPT_FOR]
