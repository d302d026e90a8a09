"""A redemption on disk, beside the bare commit of the same bytes: numbering, chaining, signing and columns in between.

Floor and journal take turns on the same disk, so that what else the machine does hits both. The disk is the one this
file stands on, since a temporary folder may lie in memory, where a commit costs nothing.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pysqlite3 import dbapi2

from pos_client.domain.hash_chain import claim_id
from pos_client.domain.journal_entry import EntryDraft
from pos_client.storage.journal import LaneKey, SqlJournal
from tests import builders as a

GOAL: Final = 1.5
ROUNDS_QUICK: Final = 2_000
ROUNDS_FULL: Final = 20_000
WARM_UP: Final = 200


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: a redemption alone, and an intent with its redemption against two bare commits."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        bench = _Bench(Path(folder))
        rounds = WARM_UP + (ROUNDS_QUICK if quick else ROUNDS_FULL)
        times = [bench.turn(number) for number in range(rounds)][WARM_UP:]
        bench.close()
    floor, alone, pair = ([turn[place] for turn in times] for place in range(3))
    return {
        "rows": [
            _row("redeem, durable: one entry", alone, floor, 1),
            _row("redeem, durable: intent and entry, two commits", pair, floor, 2),
        ]
    }


class _Bench:
    """A journal and a bare file beside it."""

    def __init__(self, folder: Path) -> None:
        # A key of its own: how a key is kept is not what is measured, signing is.
        self._journal = SqlJournal.open(folder / "journal.db", LaneKey("D" * 22, 1, Ed25519PrivateKey.generate().sign))
        self._bare = dbapi2.connect(str(folder / "bare.db"), isolation_level=None)
        self._bare.execute("PRAGMA journal_mode = WAL")
        self._bare.execute("PRAGMA synchronous = FULL")
        self._bare.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash BLOB, body BLOB, sig BLOB)")
        self._bytes = self._sample()

    def turn(self, number: int) -> tuple[float, float, float]:
        """Seconds of a bare commit, of a redemption alone, and of an intent with its redemption."""
        alone = a.a_redemption(f"1001-{2 * number + 1}", member_ref="m" * 22)
        coupon = f"1001-{2 * number + 2}"
        intent, redemption = a.an_intent(coupon), a.a_redemption(coupon, member_ref="m" * 22, tier="A")
        return (
            _seconds(self._commit_bare),
            _seconds(lambda: self._journal.append(alone)),
            _seconds(lambda: self._intent_and_redemption(intent, redemption)),
        )

    def close(self) -> None:
        self._journal.close()
        self._bare.close()

    def _commit_bare(self) -> None:
        self._bare.execute("BEGIN IMMEDIATE")
        self._bare.execute("INSERT INTO entry (hash, body, sig) VALUES (?, ?, ?)", self._bytes)
        self._bare.execute("COMMIT")

    def _intent_and_redemption(self, intent: EntryDraft, redemption: EntryDraft) -> None:
        """As a till does it: the claim between the two is derived from the intent."""
        asked = self._journal.append(intent)
        link = {"claim_id": claim_id(bytes.fromhex(asked.hash)), "intent_seq": asked.seq}
        self._journal.append(replace(redemption, fields={**redemption.fields, **link}))

    def _sample(self) -> tuple[bytes, bytes, bytes]:
        self._journal.append(a.a_redemption("1001-0", member_ref="m" * 22))
        entry = self._journal.latest(1)[0]
        return entry.hash, entry.body, entry.signature


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _row(work: str, measured: list[float], floor: list[float], commits: int) -> dict[str, Any]:
    ours, bare = statistics.median(measured), commits * statistics.median(floor)
    return {
        "work": work,
        "measured": f"p50 {ours * 1e6:.0f} us, p99 {_p99(measured) * 1e6:.0f} us",
        "floor": f"bare commit of the same bytes: p50 {bare * 1e6:.0f} us, p99 {commits * _p99(floor) * 1e6:.0f} us",
        "ratio": round(ours / bare, 2),
        "goal": f"<= {GOAL}",
        "rounds": len(measured),
    }


def _p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]
