"""The box's calendar: days pass for every process of it at once, in seconds.

Apart from the world because the processes read it: the wall clock by a shim that shifts what the system says, a lane's
uptime, which no shim reaches, by the lane process itself.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from faults.shims import clock_shim

DAY_S: Final = 86_400.0


class Calendar:
    """How far the box is ahead of this machine.

    Args:
        path: the file that the processes read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ahead_s = 0.0
        self._write()

    def add_days(self, days: float) -> None:
        """Let time pass; every running process sees it at once."""
        self._ahead_s += days * DAY_S
        self._write()

    def environment(self) -> Mapping[str, str]:
        """What a process needs in its environment to live by this calendar."""
        return clock_shim.environment(self.path)

    def _write(self) -> None:
        unready = self.path.with_suffix(".part")
        unready.write_text(f"{self._ahead_s:.3f}\n")
        unready.replace(self.path)


def ahead_s(path: Path) -> float:
    """What a calendar's file says."""
    return float(path.read_text())
