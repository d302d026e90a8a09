"""F20: journals of other programs' times, with hundreds of rows that nobody has yet: older, newer, of no known kind.

The program brings an older file forward, delivers a newer one without writing to it, and the stand-alone tool does the
same without the program. Every byte that was written arrives as it was.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from pysqlite3 import dbapi2

from faults.row import Amounts, Order, Outcome, Row
from faults.stage import NOBODY, OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client import bootstrap
from pos_client.bootstrap import name_server
from pos_client.bootstrap.lane import LaneFiles
from pos_client.domain.errors import SchemaTooNew
from pos_client.storage.upgrade import VERSIONS, upgrade
from tests.e2e import newer_rows

DRAIN: Final = Path(__file__).resolve().parents[1] / "drain" / "drain.py"
FIRST: Final = "v0001_the_book.py"
ROWS_EACH: Final = 167
BODY_VERSIONS: Final = (1, 2, 9)
COPIED: Final = ("entry", "meta")
WAYS: Final = (
    "an older file, the program",
    "an older file, the tool",
    "a newer file, the program",
    "a newer file, the tool",
)


def run(order: Order) -> Outcome:
    """Each file, delivered by each."""
    promises, counts = Promises(), Counter[str]()
    with stage(order.folder) as shop:
        for number in range(order.amount):
            for place, way in enumerate(WAYS):
                order.say(f"round {number}: {way}")
                home = shop.enrolled(place % 2 + 1, name=f"lane-{number}-{place}")
                _one(shop, home, way, counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _one(shop: Stage, home: Path, way: str, counts: Counter[str], promises: Promises) -> None:
    name_server(home, NOBODY)
    lane = OpenLane.open(home)
    lane.redeem(shop.coupons(3))
    lane.close()
    name_server(home, shop.shop.url)
    if way.startswith("an older"):
        _make_older(home)
    for version in BODY_VERSIONS:
        newer_rows.write(home, ROWS_EACH, version)
    if way.startswith("a newer"):
        newer_rows.make_newer(home)
    before = newer_rows.in_journal(home)
    file = (home / "journal.db").read_bytes()
    columns = len(rows(home / "journal.db", "PRAGMA table_info(entry)"))
    _deliver(home, way, counts, promises)
    if way == WAYS[0]:
        now = len(rows(home / "journal.db", "PRAGMA table_info(entry)"))
        promises.hold(now > columns, f"{way}: the file was not of the first version")
    if way.startswith("a newer"):
        promises.hold((home / "journal.db").read_bytes() == file, f"{way}: the file was written to")
        promises.hold(_is_refused(home), f"{way}: it was opened for writing")
    _compare(shop, home, way, before, counts, promises)


def _make_older(home: Path) -> None:
    """The same entries in a file of the first version, made by the first migration."""
    path, old = home / "journal.db", home / "old.db"
    dbapi2.connect(str(old)).execute("VACUUM").connection.close()
    only_first = home / "versions"
    only_first.mkdir()
    shutil.copyfile(VERSIONS / FIRST, only_first / FIRST)
    upgrade(old, 1, (only_first,))
    shutil.rmtree(only_first)
    connection = dbapi2.connect(str(old))
    connection.execute("ATTACH ? AS new", (str(path),))
    for table in COPIED:
        names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")
    connection.commit()
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    old.replace(path)


def _deliver(home: Path, way: str, counts: Counter[str], promises: Promises) -> None:
    if way.endswith("program"):
        report = bootstrap.sync(home, push=True, pull=True)
        counts["delivered_by_program"] += report["pushed"]
        promises.hold(not report["errors"], f"{way}: {report['errors']}")
    else:
        code, said = _drained(home)
        promises.hold(code == 0 and not said.get("not_delivered"), f"{way}: {code} {said}")
        counts["delivered_by_tool"] += sum(said.get("results", {}).values())


def _drained(home: Path) -> tuple[int, dict[str, Any]]:
    """The tool as it is found on a stick: without this project and its libraries."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    line = [sys.executable, "-S", str(DRAIN), "--home", str(home)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=environment, cwd="/")
    return done.returncode, json.loads(done.stdout) if done.stdout else {"said": done.stderr[-300:]}


def _is_refused(home: Path) -> bool:
    try:
        OpenLane.open(home).close()
    except SchemaTooNew:
        return True
    return False


def _compare(
    shop: Stage, home: Path, way: str, before: list[newer_rows.Row], counts: Counter[str], promises: Promises
) -> None:
    """Byte for byte: what stood here, what stands here, what the centre stored."""
    device, data = LaneFiles.of(home).device, shop.folder / "crm"
    here, there = newer_rows.in_journal(home)[: len(before)], newer_rows.at_centre(data, device)[: len(before)]
    results = newer_rows.results_at_centre(data, device)
    counts["rows"] += len(before)
    counts["quarantined"] += sum(count for result, count in results.items() if result.startswith("quarantined"))
    promises.hold(here == before, f"{way}: the journal's bytes changed")
    promises.hold(there == before, f"{way}: the centre has {len(there)} of {len(before)}, or other bytes")
    unknown = results.get("quarantined:unknown-version", 0)
    promises.hold(unknown >= ROWS_EACH, f"{way}: {unknown} rows of an unknown version are named: {results}")


ROW = Row(
    name="F20",
    what="upgrade and downgrade with 500 undelivered rows of versions 1, 2 and an unknown 9",
    method="a file of the first version, and one of a version that does not exist yet; by the program and by drain.py",
    reach="all delivered or quarantined, bytes identical; a newer file is only read",
    unit="rounds of four ways",
    amounts=Amounts(full=5, quick=1, ci=0),
    run=run,
)
