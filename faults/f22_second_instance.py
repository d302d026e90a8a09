"""F22: a second window or command on the same home; it refuses or waits, and nothing lets anybody pass by."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from faults.row import Amounts, Order, Outcome, Row
from faults.stage import OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client.storage.lock import WINDOW, WriterLock

PATIENCE_S: Final = 60.0
AT_ONCE: Final = 4
LETS_PASS: Final = ("ignore", "force", "override-lock", "unlock", "skip")


def run(order: Order) -> Outcome:
    """A window and commands beside it; a command and others beside it; many at once; a window that was killed."""
    promises, counts = Promises(), Counter[str]()
    with stage(order.folder) as shop:
        for number in range(order.amount):
            home = shop.enrolled(number % 2 + 1, name=f"lane-{number}")
            order.say(f"home {number}: beside a window")
            _beside_a_window(shop, home, counts, promises)
            order.say(f"home {number}: beside a command")
            _beside_a_command(shop, home, counts, promises)
            order.say(f"home {number}: {AT_ONCE} commands at once")
            _at_once(shop, home, counts, promises)
    _nothing_lets_pass(counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _beside_a_window(shop: Stage, home: Path, counts: Counter[str], promises: Promises) -> None:
    codes = shop.coupons(2)
    with _window(home) as first:
        before = _entries(home)
        for what, arguments in (("window", ["run"]), ("redeem", ["redeem", codes[0]])):
            code, said = _command(home, *arguments)
            counts["tried_beside_window"] += 1
            counts["refused"] += code != 0
            promises.hold(code == 1, f"{what} beside a window ended with {code}: {said[:200]}")
            promises.hold(what == "window" or "journal-held" in said, f"{what} beside a window: {said[:200]}")
        promises.hold(_entries(home) == before, "a refused command wrote something")
        code, said = _command(home, "sync")
        promises.hold(code == 0 and json.loads(said)["asked_window"], f"sync beside a window: {code} {said[:200]}")
        code, said = _command(home, "check", codes[0])
        promises.hold(code == 0, f"check beside a window: {code} {said[:200]}")
        first.kill()
        first.wait()
    code, said = _command(home, "redeem", codes[0])
    counts["after_a_kill"] += 1
    promises.hold(code == 0, f"after the window was killed: {code} {said[:200]}")


def _beside_a_command(shop: Stage, home: Path, counts: Counter[str], promises: Promises) -> None:
    """This process holds the journal as a command does, for longer than anybody waits."""
    lane = OpenLane.open(home)
    try:
        before = _entries(home)
        for what, arguments in (("window", ["run"]), ("redeem", ["redeem", shop.coupons(1)[0]])):
            code, said = _command(home, *arguments)
            counts["tried_beside_command"] += 1
            counts["refused"] += code != 0
            promises.hold(code == 1, f"{what} beside a command ended with {code}: {said[:200]}")
        promises.hold(_entries(home) == before, "something was written beside a command")
    finally:
        lane.close()


def _at_once(shop: Stage, home: Path, counts: Counter[str], promises: Promises) -> None:
    """Several clerks press at the same moment: each waits his turn, and one coupon is green once."""
    code = shop.coupons(1)[0]
    processes = [_started(home, "redeem", code) for _ in range(AT_ONCE)]
    said = [process.communicate(timeout=PATIENCE_S)[0] for process in processes]
    verdicts = Counter(json.loads(one)["verdict"] if '"verdict"' in one else "fault" for one in said)
    counts["at_once"] += AT_ONCE
    counts["green_at_once"] += verdicts["accepted"] + verdicts["pending"]
    promises.hold(verdicts["accepted"] + verdicts["pending"] == 1, f"{AT_ONCE} at once: {verdicts}")


def _nothing_lets_pass(counts: Counter[str], promises: Promises) -> None:
    """No command has an option that goes on in spite of the lock."""
    from typer.main import get_command  # noqa: PLC0415 - loads the whole command line

    from pos_client.cli import app  # noqa: PLC0415

    commands: list[Any] = [get_command(app)]
    while commands:
        command = commands.pop()
        commands += getattr(command, "commands", {}).values()
        options = [option for parameter in command.params for option in parameter.opts]
        counts["options_looked_at"] += len(options)
        found = [one for one in options if any(word in one for word in LETS_PASS)]
        promises.hold(not found, f"{command.name} has {found}")


@contextmanager
def _window(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A real window on the home, without a screen, once it holds the journal."""
    process = _started(home, "run", "--source", "none")
    lock, ends = WriterLock(home / "lane.lock"), time.monotonic() + PATIENCE_S
    try:
        while lock.holder()["holder"] != WINDOW or not lock.holder_now():
            if process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"no window: {process.communicate()[1][-500:]}")
            time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.communicate()


def _started(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    as_json = [] if arguments[0] == "run" else ["--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "pos_client", "--home", str(home), *arguments, *as_json],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )


def _command(home: Path, *arguments: str) -> tuple[int, str]:
    process = _started(home, *arguments)
    said, errors = process.communicate(timeout=PATIENCE_S)
    return process.returncode, said + errors


def _entries(home: Path) -> int:
    return int(rows(home / "journal.db", "SELECT COUNT(*) AS count FROM entry")[0]["count"])


ROW = Row(
    name="F22",
    what="a second instance on one home",
    method="real windows and commands beside a window, beside a command, and several at once; a window is killed",
    reach="the second refuses or waits its turn, nothing is written beside the first, no way to ignore",
    unit="homes",
    amounts=Amounts(full=3, quick=1, ci=0),
    run=run,
)
