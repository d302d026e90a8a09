"""The whole product on one machine: server, seeded shop, enrolled lane, and pictures in place of a camera.

It speaks to the server program only as a customer would, by command line and HTTP.
"""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

from pos_client import bootstrap
from pos_client.domain.practice_pins import CLERK_PIN, SUPERVISOR_PIN
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.authorise import Signature
from pos_client.usecases.login import Login

from .demo_pictures import DemoPicture, draw_pictures
from .demo_play import Played, as_table, play
from .server_process import ServerProcess
from .verdict_document import verdict_document


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What a demo ended with."""

    document: dict[str, Any]
    text: str
    exit_code: int


def demo(home: Path | None, port: int, source: str | None, *, headless: bool) -> DemoResult:
    """Start everything, play or show, and stop everything again."""
    root = (home or Path(platformdirs.user_data_dir("pos-client-demo", appauthor=False))).absolute()
    root.mkdir(parents=True, exist_ok=True)
    say(f"everything of this demo is under {root}")
    lane_home = root / "lane"
    with ServerProcess(root / "crm", port, say) as server:
        enrol_at(server, lane_home)
        pictures = draw_pictures(server, root / "pictures", say)
        bootstrap.sync(lane_home, push=True, pull=True)
        if headless:
            return _headless(server, lane_home, root / "pictures", pictures)
        source = source or bootstrap.demo_source(root / "pictures")
        say(f"opening the window on {bootstrap.shown_source(source)}; close it to end the demo")
        if source.startswith("folder:"):
            say("each picture is held up once; the window is yours then. To hold one up again, touch its file")
        log_in_clerk(lane_home)
        code = bootstrap.run_window(lane_home, source, verdict_document, bootstrap.WindowKind.DEMO)
        return DemoResult({"exit_code": code}, "", code)


def enrol_at(server: ServerProcess, lane_home: Path) -> None:
    """Seed the shop and enrol its first lane; at a later start, find both and only name the server's new address."""
    lanes = server.command("seed", "--pins")["lanes"]
    say(f"PINs to try: clerk and promoter {CLERK_PIN}, supervisor and manager {SUPERVISOR_PIN}")
    if bootstrap.is_enrolled(lane_home):
        bootstrap.name_server(lane_home, server.url)
        say("the lane is enrolled already")
        return
    who = bootstrap.enrol(lane_home, server.url, str(lanes[0]["enrol_code"]))
    say(f"enrolled as {who['store_name']}, lane {who['lane']}")


def log_in_clerk(lane_home: Path) -> None:
    """Let the shop's clerk stand at the counter, or pictures would be held up to nobody; F12 leads to the log-in."""
    with bootstrap.writing_lane(lane_home) as lane:
        clerk = lane.operator
        done = Login(lane.desk)(Signature(clerk, CLERK_PIN))
    if done.kind is VerdictKind.ACCEPTED:
        say(f"{done.facts['name']} ({clerk}) is logged in; F12 locks the window")


def _headless(server: ServerProcess, lane_home: Path, folder: Path, pictures: list[DemoPicture]) -> DemoResult:
    played = play(lane_home, folder, pictures)
    report = bootstrap.sync(lane_home, push=True, pull=True)
    rows = server.command("report", "redemptions")
    held = {(row["device"], row["epoch"], row["seq"]): str(row["result"]) for row in _listed(rows)}
    device = bootstrap.identity(lane_home).device
    settled = [item.with_server_row(held.get((device, item.epoch, item.seq), "")) for item in played]
    chain = bootstrap.verify_journal(lane_home)
    well = chain.ok and not report["errors"] and all(item.is_as_expected for item in settled)
    document = {
        "ok": well,
        "pictures": [asdict(item) | {"as_expected": item.is_as_expected} for item in settled],
        "journal": {"ok": chain.ok, "entries": chain.entries},
        "sync": report,
    }
    return DemoResult(document, _text(settled, chain.ok, chain.entries), 0 if well else 1)


def _text(settled: list[Played], chain_ok: bool, entries: int) -> str:
    chain = f"journal verify: {entries} entries, " + ("chain intact" if chain_ok else "CHAIN BROKEN")
    agreed = sum(item.is_as_expected for item in settled)
    return f"{as_table(settled)}\n{chain}\n{agreed} of {len(settled)} pictures as expected"


def _listed(rows: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows["rows"] if isinstance(rows, dict) else rows
    return found


def say(text: str) -> None:
    """Tell whoever started it what happens."""
    print(f"==> {text}", file=sys.stderr, flush=True)
