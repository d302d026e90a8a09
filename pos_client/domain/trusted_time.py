"""What time it is when the device's clock cannot be believed alone.

The last signed server time plus the monotonic clock since then, while the machine has not been restarted; else the wall
clock, but never earlier than the ratchet, which is the latest moment that anything on this lane proves already. A
signed server time of the last day is above the ratchet: it is bound to one request, and heals what ran ahead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SYNCED_FOR: Final = timedelta(hours=24)
LEAP_FORWARD: Final = timedelta(hours=26)
BACKWARD_SLACK: Final = timedelta(minutes=5)
# No counter runs that long without a restart: such a monotonic clock is not telling the truth.
LONGEST_RUN: Final = timedelta(days=400)


class TimeQuality(StrEnum):
    """How far the time may be trusted."""

    SYNCED = "synced"
    HELD = "held"
    SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One look at the machine's clocks."""

    wall: datetime
    monotonic_ms: int
    boot_id: str


@dataclass(frozen=True, slots=True)
class TimeAnchor:
    """A signed server time and what the machine's clocks said then."""

    server_time: datetime
    monotonic_ms: int
    boot_id: str


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """The time to decide by.

    Attributes:
        now: aware UTC.
        quality: how far to trust it.
        wall_offset_s: the wall clock minus ``now``, in seconds.
        leapt_from: the latest moment that is proven, where the wall clock leapt away from it and nobody has said since
            that it is right; the truth lies between the two. Else None.
    """

    now: datetime
    quality: TimeQuality
    wall_offset_s: int
    leapt_from: datetime | None = None


def trusted_now(reading: ClockReading, anchor: TimeAnchor | None, ratchet: datetime | None) -> TrustedTime:
    """The best knowledge of now; see the module's text for the rule."""
    now, quality = _from_anchor(reading, anchor) or _from_wall(reading, ratchet)
    if quality is not TimeQuality.SYNCED and ratchet is not None and now < ratchet:
        quality = quality if ratchet - now <= BACKWARD_SLACK else TimeQuality.SUSPECT
        now = ratchet
    leapt = quality is TimeQuality.SUSPECT and ratchet is not None and now > ratchet
    return TrustedTime(now, quality, round((reading.wall - now).total_seconds()), ratchet if leapt else None)


def _from_anchor(reading: ClockReading, anchor: TimeAnchor | None) -> tuple[datetime, TimeQuality] | None:
    if anchor is None or anchor.boot_id != reading.boot_id or reading.monotonic_ms < anchor.monotonic_ms:
        return None
    passed = timedelta(milliseconds=reading.monotonic_ms - anchor.monotonic_ms)
    if passed > LONGEST_RUN:
        return None
    quality = TimeQuality.SYNCED if passed < SYNCED_FOR else TimeQuality.HELD
    return anchor.server_time + passed, quality


def _from_wall(reading: ClockReading, ratchet: datetime | None) -> tuple[datetime, TimeQuality]:
    leapt = ratchet is not None and reading.wall - ratchet > LEAP_FORWARD
    return reading.wall, TimeQuality.SUSPECT if leapt else TimeQuality.HELD
