"""A lane on a file system of 64 MB that something else fills: run in a mount namespace of its own (``unshare -Urm``).

Redeems until the disk is full, then takes one back and syncs; a JSON document a line on stdout says how it went.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from faults.lives import CLERK, say, told
from pos_client import bootstrap
from pos_client.bootstrap.lane import Lane
from pos_client.domain.errors import DiskFull
from pos_client.usecases.transaction import Request

SIZE = 64 * 1024 * 1024
LEFT = 1024 * 1024
FILLS_EVERY = 20


def main() -> None:
    """Mount, copy the lane there, fill, act, copy it back."""
    asked: dict[str, Any] = json.load(sys.stdin)
    origin, disk = Path(asked["home"]), Path(asked["disk"])
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], check=True)
    home = disk / "home"
    shutil.copytree(origin, home)
    with bootstrap.writing_lane(home) as lane:
        first = lane.redeem(Request([asked["codes"][0]], attribution=CLERK))
        say({"first": True, **told(first)})
        _until_full(lane, asked["codes"][1:], disk)
        began = time.monotonic()
        assert first.entry is not None
        taken = lane.void(first.entry.seq, "clerk-error", CLERK)
        say({"voided": taken.kind.value, "took_ms": round((time.monotonic() - began) * 1_000)})
    say({"sync_errors": bootstrap.sync(home, push=True, pull=False)["errors"]})
    shutil.rmtree(origin)
    shutil.copytree(home, origin)


def _fill(disk: Path) -> None:
    """What somebody else does on this machine."""
    stats = os.statvfs(disk)
    room = stats.f_bavail * stats.f_frsize - LEFT
    if room > 0:
        with (disk / f"film-{time.monotonic_ns()}").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, room)


def _until_full(lane: Lane, codes: list[str], disk: Path) -> None:
    """Redeem until nothing more can be begun, although the disk fills all the time; how long the last answer took."""
    for number, code in enumerate(codes):
        if number % FILLS_EVERY == 0:
            _fill(disk)
        began = time.monotonic()
        try:
            say(told(lane.redeem(Request([code], attribution=CLERK))))
        except DiskFull as full:
            say({"full": full.reason, "took_ms": round((time.monotonic() - began) * 1_000)})
            return
    say({"full": "", "took_ms": 0})


if __name__ == "__main__":
    main()
