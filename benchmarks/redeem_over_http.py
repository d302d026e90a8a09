"""A redemption that the centre grants, beside an authenticated GET of the same server: one lane, then eight at once.

A redemption here is all of it: verdict, intent on disk, claim over HTTP, entry on disk. The GET is signed and checked
the same way, so that what is left between the two is the claim itself, two commits of the lane and one of the server.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.fakes.shop import Shop

GOAL: Final = 3.0
LANES: Final = 8
ROUNDS_QUICK: Final = 100
ROUNDS_FULL: Final = 1_000
WARM_UP: Final = 20
CODES: Final = "codes.json"


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: one client by time, eight clients by rate."""
    rounds = ROUNDS_QUICK if quick else ROUNDS_FULL
    # Beside this file, since a temporary folder may lie in memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder, _clients(Path(folder), rounds) as clients:
        for client in clients:
            client.begin("get", WARM_UP)
            client.begin("redeem", WARM_UP)
            client.end()
            client.end()
        return {"rows": [_alone(clients[0], rounds), _together(clients, rounds)]}


class Client:
    """One lane's process."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.redeem_client", str(home), str(home / CODES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"POS_CLIENT_KEYRING": "file"},
        )

    def begin(self, deed: str, count: int) -> None:
        """Start so many rounds."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{deed} {count}\n")
        self._process.stdin.flush()

    def end(self) -> Any:
        """What it says next: milliseconds of each round, and how many redemptions it decided alone."""
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """Let it go home."""
        self._process.communicate()


@contextmanager
def _clients(folder: Path, rounds: int) -> Iterator[list[Client]]:
    shop = Shop(folder)
    shop.open()
    try:
        clients = [Client(_enrolled(shop, number, 2 * rounds + WARM_UP)) for number in range(1, LANES + 1)]
        for client in clients:
            client.end()
        yield clients
        for client in clients:
            client.close()
    finally:
        shop.close()


def _enrolled(shop: Shop, number: int, codes: int) -> Path:
    """A new lane's home, with coupons to redeem in it."""
    home = shop.root / f"lane-{number}"
    code = shop.mint("enrol", 1, "--store", "S001", "--lane", "1")[0]
    subprocess.run(
        [sys.executable, "-m", "pos_client", "--home", str(home), "enrol", shop.server.url, code, "--json"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"POS_CLIENT_KEYRING": "file"},
    )
    minted = shop.mint("coupon", codes, "--value-minor", "1")
    (home / CODES).write_text(json.dumps(minted), encoding="ascii")
    return home


def _alone(client: Client, rounds: int) -> dict[str, Any]:
    """Median times of one lane, the two taking turns so that what else the machine does hits both."""
    times: dict[str, list[float]] = {"get": [], "redeem": []}
    for _ in range(rounds // 10):
        for deed, found in times.items():
            client.begin(deed, 10)
            found.extend(client.end()["ms"])
    ours, floor = statistics.median(times["redeem"]), statistics.median(times["get"])
    return {
        "work": "redeem over HTTP, one client",
        "measured": f"p50 {ours:.1f} ms, p99 {_p99(times['redeem']):.1f} ms ({1_000 / ours:.0f}/s)",
        "floor": f"authenticated GET: p50 {floor:.1f} ms, p99 {_p99(times['get']):.1f} ms",
        "ratio": round(ours / floor, 2),
        "goal": f"<= {GOAL}",
        "rounds": rounds,
    }


def _together(clients: list[Client], rounds: int) -> dict[str, Any]:
    """Rates of all lanes at once."""
    floor, _, _ = _rate(clients, "get", rounds)
    ours, times, alone = _rate(clients, "redeem", rounds)
    return {
        "work": f"redeem over HTTP, {len(clients)} clients",
        "measured": f"{ours:.0f}/s, p50 {statistics.median(times):.1f} ms, p99 {_p99(times):.1f} ms",
        "floor": f"authenticated GETs: {floor:.0f}/s",
        "ratio": round(floor / ours, 2),
        "goal": f"<= {GOAL}",
        "rounds": rounds * len(clients),
        "decided_alone": alone,
    }


def _rate(clients: list[Client], deed: str, rounds: int) -> tuple[float, list[float], int]:
    began = time.perf_counter()
    for client in clients:
        client.begin(deed, rounds)
    ended = [client.end() for client in clients]
    times = [ms for one in ended for ms in one["ms"]]
    return len(times) / (time.perf_counter() - began), times, sum(one["alone"] for one in ended)


def _p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]
