"""A lane that dies at the n-th line of taking a snapshot in: ``python -m faults.swap_steps HOME`` reads n after n.

Apart from the row because a process that serves must not be forked. ``n`` 0 syncs to the end and counts the lines, in
the modules that fetch, check and swap.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final

from faults.stage import OpenLane
from pos_client.storage import cache_installer, cache_pointer, connections, snapshot_check
from pos_client.sync import snapshot

WATCHED: Final = frozenset(
    str(module.__file__) for module in (cache_installer, cache_pointer, connections, snapshot_check, snapshot)
)
DIED: Final = 9


class Steps:
    """Counts lines of the watched modules, and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.count = 0
        self._last = last

    def trace(self, frame: FrameType, event: str, _argument: Any) -> Callable[..., Any] | None:
        """As ``sys.settrace`` wants it."""
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            self.count += 1
            if self.count == self._last:
                os._exit(DIED)
        return self.trace


def main() -> None:
    """One child for each number."""
    home = Path(sys.argv[1])
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _pull(home, int(line))
        _, status = os.waitpid(child, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


def _pull(home: Path, last: int) -> None:
    lane, steps = OpenLane.open(home), Steps(last)
    sys.settrace(steps.trace)
    report = lane.side.parts.puller.run()
    sys.settrace(None)
    lane.close()
    print(f"lines {steps.count} {report.generation}", flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
