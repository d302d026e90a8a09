"""The program in a bad hour: a lane enrolled a moment ago, a clock years off, a centre that hears and is mute."""

import signal
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from crm_server.minting import CodeKind
from crm_server.store_role import joining
from crm_server.store_role.centre_time import CentreTime
from crm_server.store_role.store_server import StoreServer, open_store
from pos_client.domain.trusted_time import ClockReading
from tests.fakes.fault_proxy import FaultMix, FaultProxy
from tests.integration.crm_server.served_shop import Shop, problem
from tests.integration.crm_server.served_store import join
from tests.integration.crm_server.test_store_process import Program

STOPS_WITHIN_S = 5.0
YEARS_AGO = datetime(2019, 1, 1, tzinfo=UTC)


def joined(shop: Shop, folder: Path, upstream: str = "") -> Program:
    """A running program that serves the first store."""
    code = str(shop.mint(CodeKind.STORE_SERVER, store="1")[0]["code"])
    return Program(folder, "--upstream", upstream or shop.url, "--store", "1", "--code", code, "--port", "0")


def test_a_lane_that_was_enrolled_a_moment_ago_is_known_at_its_second_try(small_shop: Shop, tmp_path: Path) -> None:
    program = joined(small_shop, tmp_path / "store")
    known = small_shop.lane()
    known.base_url = program.url
    while known.get("/v1/policy").status_code != 200:
        time.sleep(0.1)
    time.sleep(1.0)  # the round is over, the next one is seconds away
    fresh = small_shop.lane(lane=2)
    fresh.base_url = program.url

    first = fresh.get("/v1/policy")
    time.sleep(1.5)
    second = fresh.get("/v1/policy")
    program.end()

    assert (problem(first), second.status_code) == ((401, "device-unknown"), 200)


@pytest.mark.parametrize("waits", ["rounds", "a relayed request"])
def test_it_stops_soon_while_the_centre_hears_and_is_mute(small_shop: Shop, tmp_path: Path, waits: str) -> None:
    with FaultProxy(small_shop.url) as wan:
        program = joined(small_shop, tmp_path / "store", wan.url)
        wan.mix = FaultMix(delay_reply=1.0, delay_s=40.0)
        asking = None
        if waits == "a relayed request":
            asking = threading.Thread(target=asked, args=(f"{program.url}/v1/nowhere",))
            asking.start()
        time.sleep(6.5)  # a round has begun
        before = time.monotonic()
        code = program.end(signal.SIGTERM)
        took = time.monotonic() - before
        if asking is not None:
            asking.join()

    assert (code, took < STOPS_WITHIN_S) == (0, True), took


def asked(url: str) -> None:
    """Ask, whatever comes of it."""
    with suppress(requests.RequestException):
        requests.get(url, timeout=30)


@pytest.fixture
def store(small_shop: Shop, tmp_path: Path) -> StoreServer:
    """A joined server on a machine whose clock is years behind."""
    join(small_shop, tmp_path / "store")
    server = open_store(tmp_path / "store")
    server.url = "http://127.0.0.1:1"
    assert server.time is not None
    server.time._machine = lambda: ClockReading(YEARS_AGO, time.monotonic_ns() // 1_000_000, "run")
    return server


def test_it_goes_by_the_centres_time_once_it_was_heard(store: StoreServer) -> None:
    assert store.centre.now() == YEARS_AGO

    line = store.upstream()
    joining.announce(store, line, "test")
    line.close()

    now = store.centre.now()
    store.close()
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_time_that_the_centre_did_not_sign_is_not_heard(store: StoreServer) -> None:
    heard = CentreTime(lambda: ClockReading(YEARS_AGO, 5, "run"))
    headers = {"Server-Time": "2026-01-01T00:00:00.000Z", "X-Time-Sig": "AAAA", "X-Time-Key": "4"}

    heard.hear(headers, "1", store.trusted.has_signed_time)
    store.close()

    assert heard() == YEARS_AGO
