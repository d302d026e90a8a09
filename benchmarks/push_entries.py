"""Delivery of a long journal, beside bare ``requests`` sending the same bytes to the same server that does nothing.

What stands between the two: reading the rows off the disk, JSON and base64, SHA-256, the RFC 9421 signature, reading
the results, and marking each row delivered on the disk.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.config.machine_clock import MachineClock
from pos_client.domain.batch import Batch, SignedEntry, in_batches
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.sync.api_client import ApiClient
from pos_client.sync.push import Pusher
from pos_client.sync.server_time import ServerTime
from pos_client.sync.signing import RequestSigner
from tests import builders as a

GOAL: Final = 2.0
ENTRIES_QUICK: Final = 10_000
ENTRIES_FULL: Final = 100_000
RUNS: Final = 3
DEVICE: Final = "D" * 22


def run(*, quick: bool = True) -> dict[str, Any]:
    """One row: seconds for all entries, and their ratio."""
    entries = ENTRIES_QUICK if quick else ENTRIES_FULL
    # Beside this file, since a temporary folder may lie in memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as name:
        folder, key = Path(name), Ed25519PrivateKey.generate()
        bodies = _written(folder, key, entries)
        with _null_server(folder) as url:
            # In turns, so that whatever else the machine does meets both.
            turns = [(_bare(url, bodies), _delivered(url, folder, key, entries)) for _ in range(RUNS)]
    floor, measured = (min(taken) for taken in zip(*turns, strict=True))
    size = sum(len(body) for body in bodies)
    return {
        "work": f"push of {entries:,} entries ({size / 1e6:.0f} MB in {len(bodies)} batches)",
        "measured": f"{measured:.2f} s ({entries / measured:,.0f}/s)",
        "floor": f"{floor:.2f} s",
        "ratio": round(measured / floor, 2),
        "goal": f"≤ {GOAL}",
    }


def _written(folder: Path, key: Ed25519PrivateKey, entries: int) -> list[bytes]:
    """Write a journal of which nothing is delivered, and the hashes for the server; returns what delivery will send."""
    journal = _opened(folder / "journal.db", key)
    for number in range(entries):
        journal.append(a.a_redemption(f"1001-{number + 1}", member_ref="m" * 22))
    written = sorted(journal.latest(entries), key=lambda entry: entry.seq)
    head = journal.outbox.head()
    journal.close()
    hashes = "\n".join(entry.hash.hex() for entry in written)
    (folder / "hashes").write_text(hashes, encoding="ascii")
    rows = (SignedEntry(one.epoch, one.seq, one.hash, one.body, one.signature) for one in written)
    return [Batch(taken, head).wire(DEVICE) for taken in in_batches(rows)]


def _opened(path: Path, key: Ed25519PrivateKey) -> SqlJournal:
    return SqlJournal.open(path, LaneKey(DEVICE, 1, key.sign))


@contextmanager
def _null_server(folder: Path) -> Iterator[str]:
    arguments = [sys.executable, "-m", "benchmarks.null_server", str(folder / "hashes")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.kill()


def _bare(url: str, bodies: list[bytes]) -> float:
    """Seconds for the same bodies with nothing around them."""
    first = 1
    began = time.perf_counter()
    with requests.Session() as session:
        session.trust_env = False
        for body in bodies:
            last = first + body.count(b'"seq":') - 2
            headers = {"Content-Type": "application/json", "Idempotency-Key": f"{DEVICE}.1.{first}-{last}.x"}
            session.post(f"{url}/v1/journal/batches", body, headers=headers).content  # noqa: B018 - read to its end
            first = last + 1
    return time.perf_counter() - began


def _delivered(url: str, folder: Path, key: Ed25519PrivateKey, entries: int) -> float:
    """Seconds for delivery as a lane does it, from a copy of the journal."""
    copy = folder / "copy"
    copy.mkdir()
    shutil.copy(folder / "journal.db", copy)
    journal = _opened(copy / "journal.db", key)
    api = ApiClient(url, ServerTime(MachineClock()), version="bench", signer=RequestSigner(DEVICE, key.sign))
    began = time.perf_counter()
    report = Pusher(api, journal.outbox, DEVICE).run()
    took = time.perf_counter() - began
    api.close()
    journal.close()
    shutil.rmtree(copy)
    assert (report.pushed, report.error) == (entries, None)
    return took
