"""A calendar of a box: days pass, or a clock is set wrong, for whichever processes live by it, at once.

Apart from the world because the processes read it: the wall clock by a shim that shifts what the system says, a lane's
uptime, which no shim reaches, by the lane process itself.
"""

import struct
from pathlib import Path
from typing import Final

from faults import shims

DAY_S: Final = 86_400
_SECOND: Final = 1_000_000_000


class Calendar:
    """How far its processes are ahead of this machine.

    Args:
        path: the folder's file of it; two numbers, of the wall clock and of the uptime, in nanoseconds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._passed_s = 0
        self._wrong_s = 0
        path.write_bytes(bytes(16))
        self._write()

    def add_days(self, days: int) -> None:
        """Let time pass; every running process sees it at once."""
        self._passed_s += days * DAY_S
        self._write()

    def set_wrong(self, days: int) -> None:
        """Set the wall clock wrong by so many days; 0 puts it right. The uptime knows nothing of it."""
        self._wrong_s = days * DAY_S
        self._write()

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to live by this calendar."""
        return {"LD_PRELOAD": str(shims.build("clock")), "CLOCK_FILE": str(self.path), "BOX_CALENDAR": str(self.path)}

    def _write(self) -> None:
        # In place: the processes have the file's page before their eyes.
        with self.path.open("r+b") as file:
            file.write(struct.pack("<qq", (self._passed_s + self._wrong_s) * _SECOND, self._passed_s * _SECOND))


def uptime_ahead_ms(path: Path) -> int:
    """How much longer a process of this calendar has been up than its machine."""
    return int(struct.unpack("<qq", path.read_bytes())[1]) // 1_000_000
