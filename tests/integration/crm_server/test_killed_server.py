"""A grant that was answered is on disk: servers and PostgreSQL are killed while lanes ask, nothing answered is lost.

Each lane asks for one coupon after the other until the connection breaks; then the server is started again and must
know every grant that it ever answered, and grant none of these to somebody else. That a commit reaches the disk itself
is the databases' part: ``synchronous=FULL`` and ``synchronous_commit=on``, which no kill of a process can test.
"""

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import requests

from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.clusters import Cluster, cluster
from tests.integration.crm_server.conftest import SeededShop
from tests.integration.crm_server.served_shop import Shop, claim_of, problem, served
from tests.integration.crm_server.served_store import join

pytestmark = pytest.mark.long

LANES, COUPONS, KILLS, START_S = 4, 200, 2, 40


@dataclass
class Crowd:
    """Lanes that ask at once.

    Attributes:
        coupons: id and code, still to be asked for.
        granted: what was answered with a grant: claim, coupon and code.
        odd: answers that are neither a grant nor a broken connection.
    """

    lanes: list[LaneClient]
    coupons: list[tuple[str, str]]
    granted: list[tuple[str, str, str]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def ask(self, url: str) -> list[threading.Thread]:
        """Start asking."""
        self.stopping.clear()
        threads = [threading.Thread(target=self._one, args=(replace_url(lane, url),)) for lane in self.lanes]
        for thread in threads:
            thread.start()
        return threads

    def _one(self, lane: LaneClient) -> None:
        while self.coupons and not self.stopping.is_set():
            coupon_id, code = self.coupons.pop()
            intent = lane.intent(coupon_id)
            try:
                answer = lane.claim(intent, code)
            except requests.RequestException:
                break
            if answer.status_code == 201:
                self.granted.append((claim_of(intent), coupon_id, code))
            elif answer.status_code < 500:
                self.odd.append(answer.text)


def replace_url(lane: LaneClient, url: str) -> LaneClient:
    """The same lane at another address, on a connection of its own."""
    other = replace(lane, base_url=url, session=requests.Session())
    other.entries = lane.entries
    return other


@contextmanager
def running(folder: Path, *arguments: str, url: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, killed at the end if it is not dead yet; the process and its address."""
    database = ["--database-url", url] if url else []
    line = [sys.executable, "-m", "crm_server", "--data", str(folder), *database, "--json", "serve", "--port", "0"]
    with (folder / "server.log").open("a") as log:
        process = subprocess.Popen([*line, *arguments], stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said, (folder / "server.log").read_text("utf-8")[-2_000:]
        yield process, json.loads(said)["listening"]
    finally:
        process.kill()
        process.communicate()


def must_hold(crowd: Crowd, url: str) -> None:
    """Every grant that was answered stands, and is nobody else's."""
    assert crowd.odd == []
    stranger = replace_url(crowd.lanes[0], url)
    for claim_id, coupon_id, _ in crowd.granted:
        state = stranger.get(f"/v1/claims/{claim_id}")
        assert (state.status_code, state.json()["coupon_id"]) == (200, coupon_id), state.text
    _, coupon_id, code = crowd.granted[-1]
    assert problem(stranger.claim(stranger.intent(coupon_id), code)) == (409, "already-used")


def wait_for_grants(crowd: Crowd, more: int) -> None:
    """Return when so many more were answered."""
    until, wanted = time.monotonic() + START_S, len(crowd.granted) + more
    while len(crowd.granted) < wanted:
        assert time.monotonic() < until, crowd.odd
        time.sleep(0.002)


def asked_until_killed(crowd: Crowd, url: str, process: subprocess.Popen[str], grants: int) -> None:
    """Let the lanes ask, and kill the server in the middle of it."""
    threads = crowd.ask(url)
    wait_for_grants(crowd, grants)
    process.send_signal(signal.SIGKILL)
    crowd.stopping.set()
    for thread in threads:
        thread.join()


def crowd_of(shop: Shop) -> Crowd:
    """Enrolled lanes and coupons."""
    return Crowd([shop.lane(lane=1 + number % 2) for number in range(LANES)], [shop.coupon() for _ in range(COUPONS)])


def test_a_killed_centre_knows_every_grant_that_it_answered(seeded_sqlite: SeededShop, tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(seeded_sqlite.folder, folder)
    with served(folder) as shop:
        crowd = crowd_of(shop)
    for kill in range(KILLS):
        with running(folder) as (process, url):
            if crowd.granted:
                must_hold(crowd, url)
            asked_until_killed(crowd, url, process, 7 + 5 * kill)
    with running(folder) as (_, url):
        must_hold(crowd, url)


def test_a_killed_store_server_knows_every_grant_that_it_answered(small_shop: Shop, tmp_path: Path) -> None:
    folder, crowd = tmp_path / "store", crowd_of(small_shop)
    join(small_shop, folder)
    for kill in range(KILLS - 1):
        with running(folder, "--role", "store") as (process, url):
            wait_until_it_grants(crowd, url)
            asked_until_killed(crowd, url, process, 9 + 4 * kill)
    with running(folder, "--role", "store") as (_, url):
        wait_until_it_grants(crowd, url)
        must_hold(crowd, url)


@pytest.fixture
def database() -> Iterator[Cluster]:
    """A running cluster with an empty database."""
    with cluster() as made:
        made.make()
        made.start()
        made.ask("CREATE DATABASE pos")
        yield made


def test_a_store_server_whose_postgresql_crashes_knows_every_grant(
    small_shop: Shop, database: Cluster, tmp_path: Path
) -> None:
    folder, crowd = tmp_path / "store", crowd_of(small_shop)
    join(small_shop, folder)
    with running(folder, "--role", "store", url=database.url()) as (_, url):
        wait_until_it_grants(crowd, url)
        threads = crowd.ask(url)
        wait_for_grants(crowd, 15)
        database.stop("immediate")
        crowd.stopping.set()
        for thread in threads:
            thread.join()
        database.start()
        # The same process goes on: what broke was a connection of its pool.
        must_hold(crowd, url)
        before = len(crowd.granted)
        crowd.ask(url)
        wait_for_grants(crowd, 5)
        crowd.stopping.set()
        assert len(crowd.granted) > before


def wait_until_it_grants(crowd: Crowd, url: str) -> None:
    """A store's server has its data, knows the lanes, and is open: it says that there is no such claim."""
    until, lane = time.monotonic() + START_S, replace_url(crowd.lanes[0], url)
    while lane.get("/v1/claims/" + "0" * 32).status_code != 404:
        assert time.monotonic() < until
        time.sleep(0.05)
