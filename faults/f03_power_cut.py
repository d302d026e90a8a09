"""F3: the power goes at any moment of a lane's day, and what was not synced is torn, lost or out of order.

A day is run once under ``wlog.so``; its log is cut at thousands of places, and each disk that could be left is opened
by the program. The control runs the same day with commits that do not wait for the disk: it has to lose something.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from faults import shims
from faults.oracle import Green, LaneFacts, check_journal
from faults.ready_shop import ReadyShop
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.weak.switch import ENVIRONMENT
from faults.write_log import Disk, Record, records
from pos_client.bootstrap.lane import LaneFiles
from pos_client.domain.errors import PosError
from pos_client.storage.lock import COMMAND

SESSIONS, EACH = 12, 10
WORKERS = 2
# Made by mapping memory or by reserving blocks: what stands in them is made anew, or is nothing.
NOT_WRITTEN = ("-shm", ".ballast", ".lock")
INJECT = Path(__file__).parent / "weak" / "inject"


@dataclass(frozen=True)
class Day:
    """A day's log and the home that it ended with."""

    home: Path
    log: Path
    marks: Path


def run(order: Order) -> Outcome:
    """One day, many cuts, and the control."""
    shop = ReadyShop(order.folder / "shop")
    shop.open()
    try:
        day = _lived(shop, order.folder / "day", os.environ.get(ENVIRONMENT, ""))
        control = _lived(shop, order.folder / "control", "normal-sync")
    finally:
        shop.close()
    order.say("the days are over; cutting the power")
    counts = _cut(day, order.amount, order.seed, order.folder)
    told = Counter(record.type for record in records(day.log))
    controls = order.amount if order.size is Size.FULL else max(40, order.amount // 5)
    control_counts = _cut(control, controls, order.seed, order.folder)
    figures = {
        "images": counts["images"],
        "before_the_first_green": counts["before"],
        "writes": told["W"],
        "syncs": told["S"],
        "renames": told["R"],
        "log_and_disk_differ": _differences(day),
        "greens_checked": counts["greens"],
        "lost": counts["lost"],
        "gaps": counts["gaps"],
        "chain": counts["chain"],
        "would_not_open": counts["unopened"],
        "bugs": counts["bugs"],
        "control_images": control_counts["images"],
        "control_failed": control_counts["harmed"],
    }
    return Outcome(figures, _broken(figures))


def _lived(shop: ReadyShop, folder: Path, weakness: str) -> Day:
    folder.mkdir()
    day = Day(folder / "home", folder / "wlog", folder / "home" / "marks.log")
    asked = {
        "home": str(day.home),
        "url": shop.server.url,
        "enrol_code": shop.mint("enrol", 1, "--store", "1", "--lane", "1")[0],
        "codes": list(shop.take(SESSIONS * EACH)),
        "sessions": SESSIONS,
        "each": EACH,
    }
    day.home.mkdir(mode=0o700)
    root = Path(__file__).parents[1]
    added = {
        "LD_PRELOAD": str(shims.build("wlog")),
        "WLOG_DIR": str(day.home),
        "WLOG_OUT": str(day.log),
        "FAULTS_MARKS": str(day.marks),
        "POS_CLIENT_KEYRING": "file",
        "PYTHONPATH": os.pathsep.join([str(INJECT), str(root)]),
        ENVIRONMENT: weakness,
    }
    done = subprocess.run(
        [sys.executable, "-m", "faults.lane_day"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | added,
    )
    if done.returncode or "Traceback" in done.stderr:
        raise RuntimeError(f"the day ended badly: {done.stderr[-500:]}")
    return day


def _cut(day: Day, count: int, seed: int, folder: Path) -> Counter[str]:
    """Cut the power ``count`` times and open what is left."""
    length = sum(1 for _ in records(day.log))
    dice = random.Random(seed)
    cuts = sorted(dice.randrange(1, length + 1) for _ in range(count))
    jobs = [(day, cuts[one::WORKERS], seed + one, folder / f"image-{one}") for one in range(WORKERS)]
    with ProcessPoolExecutor(WORKERS, get_context("fork")) as pool:
        return sum(pool.map(_opened_after_each, jobs), Counter[str]())


def _opened_after_each(job: tuple[Day, Sequence[int], int, Path]) -> Counter[str]:
    day, cuts, seed, folder = job
    os.environ["POS_CLIENT_KEYRING"] = "file"
    dice, disk, counts = random.Random(seed), Disk(day.home), Counter[str]()
    at, greens = 0, list[Green]()
    log = list(records(day.log))
    for cut in cuts:
        for record in log[at:cut]:
            disk.follow(record)
            greens += _shown(record, day)
        at = cut
        _lay(folder, day.home, disk.image(dice))
        harm = _opened(folder, greens)
        counts.update(harm)
        counts["harmed"] += any(harm[name] for name in ("lost", "gaps", "chain", "unopened", "bugs"))
        counts["images"] += 1
    return counts


def _shown(record: Record, day: Day) -> list[Green]:
    """The green of a line that the clerk was shown, as it has its place in the log."""
    if record.type != "W" or record.path != str(day.marks):
        return []
    green = json.loads(record.data).get("green")
    return [Green(green["coupon_id"], green["epoch"], green["seq"], green["hash"])] if green else []


def _lay(folder: Path, home: Path, image: dict[str, bytes]) -> None:
    """Make a disk's image a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for path, content in image.items():
        target = folder / Path(path).relative_to(home)
        if not target.name.endswith(NOT_WRITTEN):
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.write_bytes(content)


def _opened(home: Path, greens: Sequence[Green]) -> Counter[str]:
    """Open a lane as it starts after a power cut, and look for everything that was shown before."""
    counts = Counter(greens=len(greens))
    if not greens:
        counts["before"] += 1
    try:
        files = LaneFiles.of(home)
        files.open_journal(COMMAND, 0.0).close()
    except PosError:
        counts["unopened"] += bool(greens)
        return counts
    except Exception:  # noqa: BLE001 - whatever else comes out of it is a bug, and counted
        counts["bugs"] += 1
        return counts
    found = check_journal(LaneFacts(files.device, home / "journal.db", greens))
    counts.update(lost=found.lost, gaps=found.gaps, chain=found.chain)
    return counts


def _differences(day: Day) -> int:
    """Files that the whole log does not make as they are on the disk: the log would have missed a write."""
    disk = Disk(day.home)
    for record in records(day.log):
        disk.follow(record)
    logged = {path: content for path, content in disk.now().items() if not path.endswith(NOT_WRITTEN)}
    real = {str(path): path.read_bytes() for path in day.home.rglob("*") if path.is_file()}
    real = {path: content for path, content in real.items() if not path.endswith(NOT_WRITTEN)}
    return sum(logged.get(path) != real.get(path) for path in {*logged, *real})


def _broken(figures: dict[str, int]) -> tuple[str, ...]:
    promises = {
        "log_and_disk_differ": "files are not what the write log makes of them",
        "lost": "accepted redemptions lost",
        "gaps": "gaps in the numbers",
        "chain": "links of the chain broken",
        "would_not_open": "lanes would not open after the first green",
        "bugs": "lanes died of a bug when they opened",
    }
    broken = tuple(f"{figures[name]} {what}" for name, what in promises.items() if figures[name])
    if not figures["control_failed"]:
        broken += ("the control without waiting for the disk lost nothing: these images prove nothing",)
    return broken


ROW = Row(
    name="F3",
    what="power cut with torn, lost and reordered writes",
    method="a lane's day from enrolling on, every write logged below the program (LD_PRELOAD); disks that a cut could "
    "leave: what was written to a file before its last fsync stays, later writes survive 45 %, are torn at 512 bytes "
    "25 %, are lost 30 %; renames are durable only with their folder's fsync; each disk is opened by the program",
    reach="no accepted redemption lost, no broken chain, every disk opens after the first green; the same day with "
    "synchronous=NORMAL must fail",
    unit="images",
    amounts=Amounts(full=3_000, quick=500, ci=40),
    run=run,
)
