"""A lane's pull after one coupon in a hundred changed, beside fetching the very same pages and applying nothing.

What stands between the two: the centre's signatures, sorting the rows out, and one transaction in the cache file.
"""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pos_client import bootstrap
from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.syncing import SyncSide, sync_side
from pos_client.sync.api_client import ApiRequest
from pos_client.sync.pull import PAGE_ROWS
from tests.fakes.shop import Shop

GOAL: Final = 4.0
COUPONS_QUICK: Final = 20_000
COUPONS_FULL: Final = 100_000
RUNS: Final = 5
MOST_S: Final = 10.0
MOST_BYTES: Final = 5_000_000


@dataclass(frozen=True)
class Fetched:
    """All pages after a cursor as they came over the line."""

    seconds: float
    size: int


def run(*, quick: bool = True) -> dict[str, Any]:
    """One row: seconds of a pull, and what its pages weigh, packed and plain."""
    coupons = COUPONS_QUICK if quick else COUPONS_FULL
    share = coupons // 100
    os.environ["POS_CLIENT_KEYRING"] = "file"
    # Beside this file, since a temporary folder may lie in memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder, _shop(Path(folder)) as shop:
        minted = shop.server.command("mint", "coupon", "--count", str(coupons), "--opaque")
        ids = [str(one["coupon_id"]) for one in minted]
        shop.server.command("snapshot")
        with _lane(shop) as side:
            side.parts.puller.run()
            turns = [_turn(shop, side, ids[turn * share : (turn + 1) * share]) for turn in range(RUNS)]
    plain = min((turn[0] for turn in turns), key=_seconds)
    packed = min((turn[1] for turn in turns), key=_seconds)
    measured = min(turn[2] for turn in turns)
    assert (measured <= MOST_S, packed.size <= MOST_BYTES) == (True, True), (measured, packed)
    return {
        "work": f"pull of {share:,} changes in {coupons:,} coupons",
        "measured": f"{measured:.2f} s, {packed.size / 1e3:.0f} kB",
        "floor": f"fetched only: {packed.seconds:.2f} s (plain: {plain.seconds:.2f} s, {plain.size / 1e3:.0f} kB)",
        "ratio": round(measured / packed.seconds, 2),
        "goal": f"≤ {GOAL}",
    }


def _seconds(fetched: Fetched) -> float:
    return fetched.seconds


def _turn(shop: Shop, side: SyncSide, ids: list[str]) -> tuple[Fetched, Fetched, float]:
    """The same changes fetched plain, fetched packed, and pulled (seconds)."""
    shop.server.command("revoke", *ids)
    cursor = side.cache.cursor()
    assert cursor is not None
    _fetched(side, cursor, "gzip")  # whoever asks first pays for what the server reads from its disk
    plain, packed = (_fetched(side, cursor, coding) for coding in ("identity", "gzip"))
    began = time.perf_counter()
    report = side.parts.puller.run()
    took = time.perf_counter() - began
    assert (report.error, report.rows, report.snapshot) == (None, len(ids), False)
    return plain, packed, took


def _fetched(side: SyncSide, cursor: str, coding: str) -> Fetched:
    size, more, began = 0, True, time.perf_counter()
    while more:
        query = {"cursor": cursor, "limit": str(PAGE_ROWS)}
        answer = side.parts.api.fetch(ApiRequest("GET", "/v1/changes", query, headers={"Accept-Encoding": coding}))
        size += int(answer.headers["Content-Length"])
        page = json.loads(answer.body)
        cursor, more = page["to"], page["more"]
    return Fetched(time.perf_counter() - began, size)


@contextmanager
def _shop(folder: Path) -> Iterator[Shop]:
    shop = Shop(folder)
    shop.open()
    try:
        yield shop
    finally:
        shop.close()


@contextmanager
def _lane(shop: Shop) -> Iterator[SyncSide]:
    home = shop.root / "lane"
    bootstrap.enrol(home, shop.server.url, shop.mint("enrol", 1, "--store", "S001", "--lane", "1")[0])
    files = LaneFiles.of(home)
    journal = files.open_journal("command", 1.0)
    side = sync_side(files, journal)
    try:
        yield side
    finally:
        side.parts.api.close()
        side.cache.close()
        journal.close()
