"""The end of a long day: 20,000 entries that nobody has heard of yet, from ``close-day`` to an agreed day.

Two commands of the lane, each a process of its own, against a centre that is another: count and close, then deliver and
agree. SQLite below the centre, and PostgreSQL where the machine has its programs (a cluster of this run's own, with
fsync). The floor is what no program can do without: the same bytes written to a bare SQLite file on each side in the
batches of delivery, a commit each, and each signature checked once.
"""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.lane_entries import LaneEntries
from pos_client.domain.batch import MAX_ENTRIES, SignedEntry
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from tests.integration.crm_server.clusters import cluster

ENTRIES: Final = 20_000
GOAL_S: Final = 30
CLERK: Final = "E1001"
_AT_ONCE: Final = 500
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def run(*, quick: bool = True) -> dict[str, Any]:
    """A row for each engine below the centre; a tenth of the day where it is to be quick."""
    entries = ENTRIES // 10 if quick else ENTRIES
    # Beside this file, since a temporary folder may lie in memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as name:
        rows = [_row("SQLite", Path(name) / "sqlite", entries, None)]
        if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"):
            with cluster() as held:
                held.make()
                held.start()
                rows.append(_row("PostgreSQL", Path(name) / "postgresql", entries, held.url("postgres")))
    return {"rows": rows}


def _row(engine: str, folder: Path, entries: int, url: str | None) -> dict[str, Any]:
    folder.mkdir()
    with _Centre(folder / "crm", url) as centre:
        home = folder / "lane"
        _command(home, "enrol", centre.url, centre.enrol_code)
        written = _filled(home, entries)
        floor = _floor(folder, written)
        taken = _agreed(home, centre)
    whole_s, spent_s = (sum(part[at] for part in taken.values()) for at in (0, 1))
    parts = ", ".join(f"{name} {spent:.1f} s" for name, (_, spent) in taken.items())
    return {
        "work": f"close of {entries:,} entries, from close-day to agreed, centre on {engine}",
        "measured": f"{whole_s:.1f} s ({spent_s:.1f} s of processor: {parts})",
        "floor": f"{floor:.2f} s",
        "ratio": round(whole_s / floor, 1),
        "goal": f"<= {GOAL_S} s for {ENTRIES:,}",
        "load": f"{os.getloadavg()[0]:.1f}",
    }


class _Centre:
    """The centre's process, and how much of the processor it took."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self._line = [sys.executable, "-m", "crm_server", "--data", str(folder), "--json"]
        self._line += ["--database-url", url] if url else []
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.enrol_code = ""

    def __enter__(self) -> Self:
        seeded = subprocess.run([*self._line, "seed"], check=True, capture_output=True, text=True)
        self.enrol_code = str(json.loads(seeded.stdout)["lanes"][0]["enrol_code"])
        self._process = subprocess.Popen(
            [*self._line, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.url = json.loads(self._process.stdout.readline())["listening"]
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.communicate()

    def spent_s(self) -> float:
        """Seconds of processor time so far."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


def _filled(home: Path, entries: int) -> list[SignedEntry]:
    """Write a day of redemptions that the lane decided alone; returns them as delivery will send them."""
    os.environ["POS_CLIENT_KEYRING"] = "file"
    files = LaneFiles.of(home)
    journal = files.open_journal("command", 5.0)
    drafted = LaneEntries(files, journal).draft(EntryKind.REDEEM, operator=CLERK)
    for start in range(0, entries, _AT_ONCE):
        journal.append_all([_redemption(drafted, number) for number in range(start, min(start + _AT_ONCE, entries))])
    written = [
        SignedEntry(one.epoch, one.seq, one.hash, one.body, one.signature) for one in reversed(journal.latest(entries))
    ]
    journal.close()
    return written


def _redemption(drafted: EntryDraft, number: int) -> EntryDraft:
    fields = {
        "code_kind": "signed_coupon", "code_hash": f"{number:064x}", "member_ref": f"m-{number % 5_000}",
        "value_minor": 1_000, "discount_minor": 1_000, "currency": "CNY", "tier": "C", "verdict": "pending",
        "claim_id": "", "reason": "accepted-offline", "intent_seq": None, "campaign": 1_000 + number % 3,
    }  # fmt: skip
    return EntryDraft(EntryKind.REDEEM, {**drafted.fields, **fields}, f"1000-{10_000_000 + number}", 1)


def _command(home: Path, *arguments: str) -> Any:
    """One command of the lane, a process of its own; what it says."""
    line = [sys.executable, "-m", "pos_client", "--home", str(home), *arguments, "--json"]
    environment = os.environ | {"POS_CLIENT_KEYRING": "file"}
    done = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return json.loads(done.stdout)


def _agreed(home: Path, centre: _Centre) -> dict[str, tuple[float, float]]:
    """Close and sync until the day is agreed; seconds on the clock and of processor time, by part."""
    at_centre = centre.spent_s()
    with _timed() as closing:
        _command(home, "close-day", "--operator", CLERK)
    with _timed() as delivering:
        while _command(home, "sync", "--push")["days_open"]:
            time.sleep(0.1)
    assert [row["standing"] for row in _command(home, "closings")["closings"]] == ["agreed"]
    found = {"close": closing, "deliver and agree": delivering}
    times = {name: (one[0], one[1]) for name, one in found.items()}
    return times | {"centre": (0.0, centre.spent_s() - at_centre)}


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Seconds on the clock, and of processor time of the commands that ended meanwhile."""
    found: list[float] = []
    began, spent = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield found
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    found += [time.perf_counter() - began, now.ru_utime + now.ru_stime - spent.ru_utime - spent.ru_stime]


def _floor(folder: Path, written: Sequence[SignedEntry]) -> float:
    """Seconds for bare writes on both sides and a bare check of as many signatures."""
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key(), key.sign(b"x" * 40)
    with ExitStack() as stack:
        sides = [stack.enter_context(_bare(folder / f"bare-{side}.db")) for side in ("lane", "centre")]
        began = time.perf_counter()
        for first in range(0, len(written), MAX_ENTRIES):
            rows = [(one.seq, one.hash, one.body, one.signature) for one in written[first : first + MAX_ENTRIES]]
            for bare in sides:
                bare.execute("BEGIN")
                bare.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
                bare.execute("COMMIT")
            for _ in rows:
                public.verify(signature, b"x" * 40)
        return time.perf_counter() - began


@contextmanager
def _bare(path: Path) -> Iterator[sqlite3.Connection]:
    bare = sqlite3.connect(path, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash BLOB, body BLOB, sig BLOB)",
    ):
        bare.execute(statement)
    yield bare
    bare.close()
