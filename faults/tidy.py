"""What a row leaves behind is taken away: its folder, and every process that it or a child of it started.

Apart from the rows because none of them may forget it, also not when it fails or is interrupted. Linux only: the
harness declares itself the reaper of its descendants, so that an orphan of a killed process comes back and is found.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE_S = 5.0


def adopt_orphans() -> None:
    """From now on orphans among the descendants become children of this process."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@contextlib.contextmanager
def clean_folder(name: str, keep: Path | None) -> Iterator[Path]:
    """An empty folder; whatever still runs at the end is ended, and then the folder goes, unless it is to be kept."""
    made = Path(tempfile.mkdtemp(prefix=f"faults-{name}-")) if keep is None else keep / name
    made.mkdir(parents=True, exist_ok=True)
    try:
        yield made
    finally:
        end_descendants()
        if keep is None:
            shutil.rmtree(made, ignore_errors=True)


def end_descendants() -> int:
    """End every process below this one; how many there were."""
    # Asked first: a harness among them has folders of its own to remove.
    ended = _signalled(signal.SIGTERM)
    return len(ended | _signalled(signal.SIGKILL))


def _signalled(sign: signal.Signals) -> set[int]:
    """Send it to every child until none is left, or patience is at its end."""
    ended: set[int] = set()
    until = time.monotonic() + _PATIENCE_S
    while (below := _living_children()) and time.monotonic() < until:
        for pid in below:
            if pid not in ended or sign is signal.SIGKILL:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
            ended.add(pid)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.02)
    return ended


def _living_children() -> list[int]:
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found.update(int(pid) for pid in (task / "children").read_text().split())
    return sorted(found)
