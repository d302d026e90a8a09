"""The bridge beside a window: one till thread for clerk and host, the clerk never waits, and both are heard of."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from pos_client.bootstrap.asking import crm_desks
from pos_client.bootstrap.bridging import token_of
from pos_client.bootstrap.lane import Lane, LaneFiles
from pos_client.bootstrap.window_bridge import Beside, bridge_beside
from pos_client.cli.verdict_document import verdict_document
from pos_client.domain.errors import BridgeUnavailable, StorageUnavailable
from pos_client.domain.scan import Scan, ScanSource
from pos_client.storage.lock import WINDOW
from pos_client.ui.worker_thread import Worker
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import TillAnswer
from tests.fakes.desk_fakes import CountedWakes, Ears
from tests.fakes.shop import LaneHome, Shop
from tests.integration.bridge.host_side import BASKET, now


@dataclass
class Counter:
    """A till thread, a window's ears, and the workers that stand beside them."""

    till: TillLane
    ears: Ears
    wakes: CountedWakes
    workers: dict[str, Worker]
    url: str
    token: str

    def ask(self, method: str, path: str, document: Any = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, self.url + path, json=document, headers=headers, timeout=30)

    def scan(self, text: str) -> TillAnswer:
        number = self.till.submit_scan(Scan(text, ScanSource.WEDGE, datetime.now(UTC)))
        told = self.ears.wait_until(
            lambda all_: any(isinstance(one, TillAnswer) and one.number == number for one in all_)
        )
        return next(one for one in told if isinstance(one, TillAnswer) and one.number == number)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def home(shop: Shop, lane: LaneHome, monkeypatch: pytest.MonkeyPatch) -> Iterator[LaneHome]:
    """The lane, with a bridge wanted by its settings."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    settings = lane.home / "station.toml"
    settings.write_text(f"[bridge]\nenabled = true\nport = {free_port()}\n", "utf-8")
    yield lane
    settings.unlink()


@contextmanager
def a_counter(lane: LaneHome) -> Iterator[Counter]:
    files = LaneFiles.of(lane.home)
    with ExitStack() as closing:
        journal = files.open_journal(WINDOW, 2.0)
        closing.callback(journal.close)
        api = files.api(files.server_time(journal))
        closing.callback(api.close)
        desk = files.desk(journal, *crm_desks(api, files.orders))
        session, wakes, ears = TillSession(desk, "E1001", "P2001"), CountedWakes(), Ears()
        till = TillLane(desk, session, wakes, Contact, lambda _staff: None)
        beside = Beside(Lane(files, desk, journal), till, session, wakes.wake, verdict_document)
        workers = closing.enter_context(bridge_beside(beside, ears))
        for worker in (till, *(workers.values() if "host-drop" in workers else ())):
            stop = threading.Event()
            thread = threading.Thread(target=worker.run, args=(stop,))
            closing.callback(thread.join)
            closing.callback(stop.set)
            thread.start()
        url = f"http://127.0.0.1:{files.settings.bridge.port}"
        token = token_of(files.home) if "host-drop" in workers else ""
        yield Counter(till, ears, wakes, workers, url, token)


def test_clerk_and_host_work_on_one_till_and_the_sale_has_the_promoter_at_the_counter(
    home: LaneHome, shop: Shop
) -> None:
    host_code, clerk_code = shop.mint("coupon", 2)
    with a_counter(home) as counter:
        proposal = counter.ask("POST", "/v1/baskets", {"basket": BASKET, "codes": [host_code]}).json()
        answered = counter.scan(clerk_code)
        said = {"receipt_no": "0500", "total_minor": proposal["total_minor"], "paid_at": now()}
        accepted = counter.ask("POST", f"/v1/baskets/{proposal['id']}/accept", said)
        events = counter.ask("GET", "/v1/events?after=0").json()["events"]

        assert answered.verdict.entry is not None
        assert (accepted.status_code, accepted.json()["agrees"]) == (200, True)
        assert [event["kind"] for event in events if event["kind"] != "customer"] == ["proposal", "verdict", "accepted"]
        assert counter.wakes.count >= 2
    shown = home.run("journal", "show", "--kind", "transaction").document["entries"][0]["body"]
    assert (shown["promoter"], shown["source"], shown["receipt_no"]) == ("P2001", "host", "0500")


def test_a_host_that_stalls_never_holds_the_clerk_up(home: LaneHome, shop: Shop) -> None:
    with a_counter(home) as counter:
        port = int(counter.url.rpartition(":")[2])
        head = f"POST /v1/baskets HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {counter.token}\r\n"
        lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(30)]
        for line in lines:
            line.sendall(head.encode() + b"Content-Length: 5000\r\n\r\n{")
        answered = counter.scan(shop.mint("coupon")[0])
        for line in lines:
            line.close()

        assert answered.verdict.entry is not None


def test_a_port_that_is_taken_is_a_part_that_dies_and_the_counter_works_on(home: LaneHome, shop: Shop) -> None:
    port = LaneFiles.of(home.home).settings.bridge.port
    with socket.create_server(("127.0.0.1", port)), a_counter(home) as counter:
        with pytest.raises(BridgeUnavailable):
            counter.workers["bridge"].run(threading.Event())
        assert counter.scan(shop.mint("coupon")[0]).verdict.entry is not None


def test_a_token_that_cannot_be_had_is_a_part_that_dies_and_the_counter_works_on(home: LaneHome, shop: Shop) -> None:
    token = home.home / "bridge.token"
    token.unlink(missing_ok=True)
    token.mkdir()
    try:
        with a_counter(home) as counter:
            with pytest.raises(StorageUnavailable):
                counter.workers["bridge"].run(threading.Event())
            assert counter.scan(shop.mint("coupon")[0]).verdict.entry is not None
    finally:
        token.rmdir()


def test_without_the_setting_nothing_listens(home: LaneHome, shop: Shop) -> None:
    (home.home / "station.toml").write_text("", "utf-8")
    with a_counter(home) as counter:
        assert counter.workers == {}
        assert counter.scan(shop.mint("coupon")[0]).verdict.entry is not None
