"""Claims at a store's server: 8 and 40 lanes, beside a bare commit of the same bytes in the same run.

Every claim is a signed request of a real lane over a connection of its own, for a coupon of its own; the server is a
process of its own, as ``crm-server serve --role store`` starts it. The floor is SQLite with ``synchronous = FULL``, and
PostgreSQL's insert where POS_TEST_POSTGRESQL names one.
"""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import make_url

from crm_server.minting import CodeKind
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, seed_into, served
from tests.integration.crm_server.served_store import join

PROCESSES: Final = 2
FLOOR_ROUNDS: Final = 500
KNOWN_WITHIN_S: Final = 60
PAUSE_S: Final = 0.5

Request = dict[str, Any]


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: eight lanes as fast as they can; forty, two claims a second each, and forty as fast as they can."""
    each = 20 if quick else 240
    # Beside this file, since a temporary folder may lie in memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as name:
        folder = Path(name)
        floors = [_bare_sqlite(folder), *_bare_postgresql()]
        seed_into(folder / "crm")
        with served(folder / "crm") as shop, _store_server(shop, folder / "store") as url:
            bench = _Bench(shop, url, folder)
            runs = [(8, each, 0.0), (40, each, PAUSE_S), (40, max(4, each // 5), 0.0)]
            rows = [bench.row(*one) for one in runs]
        granted = sum(int(row["granted"]) for row in rows)
        kept = _kept(folder / "store" / "crm.db")
    shown = "; ".join(floors)
    return {"rows": [row | {"floor": shown, "lost": granted - kept} for row in rows]}


class _Bench:
    """The lanes, enrolled once, and their claims."""

    def __init__(self, shop: Shop, url: str, folder: Path) -> None:
        self._shop, self._url, self._folder = shop, url, folder
        self._lanes = [shop.lane(lane=1 + number % 2) for number in range(40)]
        self._wait_until_known(self._lanes[-1])

    def row(self, lanes: int, each: int, pause_s: float) -> dict[str, Any]:
        """So many lanes, so many claims of each."""
        codes = [(one["coupon_id"], one["code"]) for one in self._shop.mint(CodeKind.COUPON, count=lanes * each)]
        asked = [[_signed(lane, *codes.pop()) for _ in range(each)] for lane in self._lanes[:lanes]]
        said = self._sent(asked, pause_s)
        times = sorted(ms for one in said for ms in one["ms"])
        took_s = max(one["took_s"] for one in said)
        odd = {status: count for one in said for status, count in one["odd"].items()}
        rate = f", {1 / pause_s:.0f}/s each for {took_s:.0f} s" if pause_s else ", one after the other"
        return {
            "work": f"claims at the store's server, {lanes} lanes{rate}",
            "measured": f"p50 {statistics.median(times):.1f} ms, p99 {_p99(times):.1f} ms, {len(times) / took_s:.0f}/s",
            "ratio": "",
            "goal": "p99 <= 20 ms (F49), <= 50 ms and 0 lost (F51)" if pause_s else "",
            "granted": len(times) - sum(odd.values()),
            "odd": odd,
            "load": f"{os.getloadavg()[0]:.1f}",
        }

    def _sent(self, asked: Sequence[list[Request]], pause_s: float) -> list[dict[str, Any]]:
        clients = []
        for number in range(PROCESSES):
            part = self._folder / f"part-{number}.json"
            part.write_text(json.dumps(asked[number::PROCESSES]), encoding="utf-8")
            line = [sys.executable, "-m", "benchmarks.claim_client", self._url, str(part), str(pause_s)]
            clients.append(subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        for client in clients:
            assert client.stdout is not None
            assert client.stdout.readline() == "ready\n"
        for client in clients:
            assert client.stdin is not None
            client.stdin.write("go\n")
            client.stdin.flush()
        return [json.loads(client.communicate()[0]) for client in clients]

    def _wait_until_known(self, lane: LaneClient) -> None:
        until = time.monotonic() + KNOWN_WITHIN_S
        here, lane.base_url = lane.base_url, self._url
        while lane.get("/v1/claims/" + "0" * 32).status_code != 404:
            assert time.monotonic() < until, "the store's server does not know the lanes"
            time.sleep(0.1)
        lane.base_url = here


def _signed(lane: LaneClient, coupon_id: str, code: str) -> Request:
    """A claim as it goes over the wire."""
    path, body = lane.claim_request(lane.intent(coupon_id), code)
    prepared = lane.prepare("PUT", path, body)
    lane.sign(prepared)
    content = prepared.body if isinstance(prepared.body, bytes) else (prepared.body or "").encode()
    return {"path": path, "headers": dict(prepared.headers), "body": content.decode()}


@contextmanager
def _store_server(shop: Shop, folder: Path) -> Iterator[str]:
    join(shop, folder)
    line = [sys.executable, "-m", "crm_server", "--data", str(folder), "--json", "serve", "--role", "store"]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen([*line, "--port", "0"], stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["listening"]
    finally:
        process.terminate()
        process.communicate()


def _kept(file: Path) -> int:
    """How many claims stand in the server's own tables."""
    with sqlite3.connect(file) as connection:
        return int(connection.execute("SELECT count(*) FROM claim").fetchone()[0])


BODY: Final = b"x" * 700
"""About what a claim's row and its answer take."""


def _bare_sqlite(folder: Path) -> str:
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE c (n INTEGER, b BLOB)"):
        bare.execute(statement)
    times = []
    for number in range(FLOOR_ROUNDS):
        began = time.perf_counter()
        bare.execute("INSERT INTO c VALUES (?, ?)", (number, BODY))
        times.append((time.perf_counter() - began) * 1_000)
    bare.close()
    return f"SQLite commit: {_told(times)}"


def _bare_postgresql() -> list[str]:
    url = os.environ.get("POS_TEST_POSTGRESQL")
    if not url:
        return []
    known = make_url(url)
    times = []
    with psycopg.connect(host=str(known.query["host"]), user=known.username, dbname=known.database) as connection:
        connection.execute("CREATE TEMPORARY TABLE c (n INTEGER, b BYTEA)")
        connection.commit()
        for number in range(FLOOR_ROUNDS):
            began = time.perf_counter()
            connection.execute("INSERT INTO c VALUES (%s, %s)", (number, BODY))
            connection.commit()
            times.append((time.perf_counter() - began) * 1_000)
    return [f"PostgreSQL insert: {_told(times)}"]


def _told(times: list[float]) -> str:
    return f"p50 {statistics.median(times):.2f} ms, p99 {_p99(sorted(times)):.2f} ms"


def _p99(ordered: list[float]) -> float:
    return ordered[len(ordered) * 99 // 100]
