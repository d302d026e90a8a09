"""The machine's clocks and its fingerprint, as they are; whether to believe them is ``domain.trusted_time``'s to say.

Apart because they differ by operating system.
"""

import hashlib
import platform
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pos_client.domain.trusted_time import ClockReading

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_UPTIME: Final = Path("/proc/uptime")
_MACHINE_ID: Final = Path("/etc/machine-id")
_MINUTE_MS: Final = 60_000


class MachineClock:
    """Wall clock, a monotonic clock that also counts while the machine sleeps, and the boot's id."""

    def __init__(self, boot_id_file: Path = _BOOT_ID) -> None:
        self._boot_id = _read(boot_id_file) or _derived_boot_id()

    def read(self) -> ClockReading:
        """One look at the clocks."""
        return ClockReading(datetime.now(UTC), monotonic_ms(), self._boot_id)


def monotonic_ms() -> int:
    """Milliseconds since some moment before; where the system offers it, a night's sleep is counted."""
    # The kernel's own uptime first: what shifts a program's clocks (a tester's tool, a container) does not reach it.
    seconds, _, _ = _read(_UPTIME).partition(" ")
    if seconds:
        return round(float(seconds) * 1000)
    # A clock that stands still while a lane sleeps would keep yesterday's coupon valid in the morning.
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() // 1_000_000 if clock is None else time.clock_gettime_ns(clock) // 1_000_000


def hardware_hash() -> str:
    """Hexadecimal SHA-256 that stays the same on one machine: it tells the centre that a device has moved."""
    identity = _read(_MACHINE_ID) or f"{uuid.getnode():012x}"
    facts = "\0".join(("rdm/hardware/1", identity, platform.system(), platform.machine()))
    return hashlib.sha256(facts.encode()).hexdigest()


def operating_system() -> str:
    """Name and version, for the centre's list of devices."""
    return f"{platform.system()} {platform.release()}"[:60]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _derived_boot_id() -> str:
    """When the machine was started, by the minute; equal through one boot unless the wall clock was set meanwhile.

    A changed one is the safe side: the monotonic clock is then not believed.
    """
    started_ms = time.time_ns() // 1_000_000 - monotonic_ms()
    return f"started-{started_ms // _MINUTE_MS}"
