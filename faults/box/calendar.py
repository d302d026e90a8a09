"""A calendar of a box: days pass, or a clock is set wrong, for whichever processes live by it, at once.

Apart from the world because the processes read it: the wall clock by a shim that shifts what the system says, a lane's
uptime, which no shim reaches, by the lane process itself.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from faults import shims

DAY_S: Final = 86_400
_SECOND: Final = 1_000_000_000


class Calendar:
    """How far its processes are ahead of this machine.

    Args:
        path: its file: nanoseconds of the wall clock; beside it, ending in ``.uptime``, those of the uptime.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._passed_s = 0
        self._wrong_s = 0
        self._write()

    def add_days(self, days: int) -> None:
        """Let time pass; every running process sees it at once."""
        self._passed_s += days * DAY_S
        self._write()

    def set_wrong(self, days: int) -> None:
        """Set the wall clock wrong by so many days; 0 puts it right. The uptime knows nothing of it."""
        self._wrong_s = days * DAY_S
        self._write()

    def now(self) -> str:
        """What its processes take for now: ISO 8601 with offset."""
        moment = datetime.now(UTC) + timedelta(seconds=self._passed_s + self._wrong_s)
        return moment.isoformat(timespec="seconds")

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to live by this calendar."""
        return {"LD_PRELOAD": str(shims.build("clk")), "CLK_FILE": str(self.path), "BOX_CALENDAR": str(self.path)}

    def _write(self) -> None:
        _put(self.path, self._passed_s + self._wrong_s)
        _put(_uptime_of(self.path), self._passed_s)


def uptime_ahead_ms(path: Path) -> int:
    """How much longer a process of this calendar has been up than its machine."""
    return int(_uptime_of(path).read_text()) // 1_000_000


def _put(path: Path, seconds: int) -> None:
    """Replaced as a whole: a process may read it at any moment."""
    unready = path.with_name(path.name + ".part")
    unready.write_text(str(seconds * _SECOND))
    unready.replace(path)


def _uptime_of(path: Path) -> Path:
    return path.with_name(path.name + ".uptime")
