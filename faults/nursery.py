"""Lane processes by the dozen: one process that has loaded the program forks a child for each life.

It stands beside the real commands because starting Python takes a hundred times longer than a redemption; a child opens
journal, cache and connection itself, as every command does, and is killed like any other process.

On stdout it says when it is ready. A JSON line on stdin asks for one life; then come ``{"born": pid}``, what the child
says, ``{"dead": pid}``.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faults import statement_crash
from faults.lives import LIVES, say
from pos_client.domain.errors import PosError


def main() -> None:
    """Give life after life until stdin ends."""
    say({"ready": True})
    for life in _asked():
        pid = os.fork()
        if pid == 0:
            _live(life)
        _, status = os.waitpid(pid, 0)
        say({"dead": pid, "status": os.waitstatus_to_exitcode(status)})


def _asked() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


def _live(life: dict[str, Any]) -> None:
    try:
        say({"born": os.getpid()})
        if life.get("crash_at"):
            statement_crash.arm(int(life["crash_at"]))
        try:
            LIVES[life["does"]](Path(life["home"]), life["codes"])
        except PosError as fault:
            if not life.get("tolerates"):
                raise
            say({"fault": fault.reason})
        os._exit(0)
    finally:
        # Whatever it was, it must not go on as a second nursery; the traceback is on stderr.
        sys.excepthook(*sys.exc_info())
        os._exit(70)


if __name__ == "__main__":
    main()
