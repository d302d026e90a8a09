"""The centre over either of two ways, and the entries at the store's own server, on scripted servers."""

import threading
import time
from collections.abc import Generator

import pytest

from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.store_server import StoreServer
from pos_client.sync.api_client import ApiRequest
from pos_client.sync.line import Door
from pos_client.sync.signing import RequestSigner
from pos_client.sync.two_ways import RELAY, TwoWays
from pos_client.sync.witness import HEAD_KEY, Witness
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import ASK, DEVICE, LaneParts, MemoryOutbox, rows


@pytest.fixture
def store() -> Generator[s.ScriptedServer, None, None]:
    """A store's server whose script the test sets."""
    with s.ScriptedServer(lambda _: s.html(500)) as running:
        yield running


@pytest.fixture
def ways(lane: LaneParts, server: s.ScriptedServer, store: s.ScriptedServer) -> TwoWays:
    """A lane's conversation with the centre, which has another way."""
    relay = lane.api.towards(store.url, Door("", RELAY), token=lane.token)
    signer = RequestSigner(DEVICE, lane.key.sign)
    return TwoWays(server.url, lane.time, version="0.1.0", signer=signer, token=lane.token, relay=lambda: relay)


def test_while_the_centre_answers_nobody_else_is_asked(
    ways: TwoWays, server: s.ScriptedServer, store: s.ScriptedServer, keys: s.CentreKeys
) -> None:
    server.script = lambda request: s.document(keys, request, {})

    assert ways.ask(ASK).status == 200
    assert (ways.way, store.received) == ("direct", [])


def test_a_dead_line_is_left_alone_and_the_store_carries_it(
    ways: TwoWays, server: s.ScriptedServer, store: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda _: s.hang_up
    store.script = lambda request: s.document(keys, request, {"by": "the centre"})
    answers = [ways.ask(ASK).document for _ in range(3)]

    assert answers == [{"by": "the centre"}] * 3
    assert ways.way == "store-server"
    assert {request.headers["x-relay"] for request in store.received} == {"upstream"}
    assert {request.headers["x-session-token"] for request in store.received} == {lane.token.token}
    # Once, and once more because an idle connection may have been closed: then it is left alone.
    assert len(server.received) == 2


def test_a_line_that_is_back_is_taken_again(
    ways: TwoWays, server: s.ScriptedServer, store: s.ScriptedServer, keys: s.CentreKeys
) -> None:
    server.script = lambda _: s.hang_up
    store.script = lambda request: s.document(keys, request, {})
    ways.ask(ASK)
    server.script = lambda request: s.document(keys, request, {})
    ways._again_at = time.monotonic() - 1
    ways.ask(ASK)

    assert ways.way == "direct"


def test_a_store_that_does_not_reach_it_either_is_no_answer(
    ways: TwoWays, server: s.ScriptedServer, store: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda _: s.hang_up
    store.script = lambda request: s.problem(keys, request, 502, "upstream-unreachable", "same")

    with pytest.raises(ServerUnreachable) as unreachable:
        ways.ask(ASK)

    assert (unreachable.value.facts["cause"], ways.way) == ("upstream", "none")
    assert lane.time.last_contact is None


class Kept:
    """What a lane remembers beside its entries."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def meta(self, key: str) -> str | None:
        return self.values.get(key)

    def remember(self, key: str, value: str) -> None:
        self.values[key] = value


class StoreInbox:
    """What a store's server does with entries and heartbeats."""

    def __init__(self, keys: s.CentreKeys) -> None:
        self.keys = keys
        self.stored: list[int] = []
        self.heads: list[tuple[int, int]] = []
        self.store_epoch = 1
        self.lacks: list[list[int]] = []

    def __call__(self, request: s.Received) -> s.Play:
        if request.path.endswith("/heartbeat"):
            said = request.json()
            self.heads.append((said["store_head"]["seq"], said["store_brought"]))
            told = {"ack_seq": 0, "missing": self.lacks, "resend": [], "store_epoch": self.store_epoch}
            return s.document(self.keys, request, told)
        sent = {row.seq: row for row in rows(20)}
        seqs = [entry["seq"] for entry in request.json()["entries"]]
        self.stored += seqs
        results = [{"seq": seq, "hash": sent[seq].hash.hex(), "result": "accepted"} for seq in seqs]
        return s.document(self.keys, request, {"results": results, "ack_seq": seqs[-1], "missing": [], "resend": []})


class Book(MemoryOutbox):
    """Rows in memory, with their places."""

    def after(self, place: tuple[int, int], max_entries: int, max_bytes: int) -> object:
        kept = self.rows
        self.rows = {key: row for key, row in kept.items() if key > place}
        try:
            return self.next_batch(max_entries, max_bytes)
        finally:
            self.rows = kept

    def last_before(self, _moment: object) -> tuple[int, int]:
        return (0, 0)


class Witnessing:
    """One lane's witness at a scripted store server."""

    def __init__(self, lane: LaneParts, store: s.ScriptedServer, keys: s.CentreKeys) -> None:
        self.inbox, self.memory, self.book = StoreInbox(keys), Kept(), Book(rows(3))
        store.script = self.inbox
        self.named = StoreServer("s-1", store.url, "", 1_001, 1)
        self.api = lane.api.towards(store.url, Door())
        self.lane = lane
        self.witness = self.again()

    def again(self) -> Witness:
        """The program started anew."""
        now = self.lane.time.now
        return Witness(lambda: self.api, lambda: self.named, self.book, self.memory, DEVICE, now)  # type: ignore[arg-type]


@pytest.fixture
def witnessing(lane: LaneParts, store: s.ScriptedServer, keys: s.CentreKeys) -> Witnessing:
    return Witnessing(lane, store, keys)


def test_each_entry_is_brought_once_and_nothing_is_marked_delivered(witnessing: Witnessing) -> None:
    assert witnessing.witness.once()
    witnessing.book.rows = {(row.epoch, row.seq): row for row in rows(4)}
    assert witnessing.witness.once()

    assert witnessing.inbox.stored == [1, 2, 3, 4]
    assert witnessing.inbox.heads[:2] == [(0, 0), (3, 1)]
    assert witnessing.book.results == {}


def test_a_new_start_goes_on_where_it_stood(witnessing: Witnessing) -> None:
    witnessing.witness.once()
    witnessing.witness.keep()
    witnessing.again().once()

    assert witnessing.inbox.stored == [1, 2, 3]
    assert HEAD_KEY in witnessing.memory.values


def test_a_server_whose_tables_were_put_back_is_brought_all_again(witnessing: Witnessing) -> None:
    witnessing.witness.once()
    witnessing.inbox.store_epoch = 2
    witnessing.witness._beat_at = 0.0
    witnessing.witness.once()

    assert witnessing.inbox.stored == [1, 2, 3, 1, 2, 3]
    assert witnessing.inbox.heads[-1] == (3, 2)


def test_what_it_lacks_is_brought_again(witnessing: Witnessing) -> None:
    witnessing.witness.once()
    witnessing.inbox.lacks = [[2, 2]]
    witnessing.witness._beat_at = 0.0
    witnessing.witness.once()

    assert witnessing.inbox.stored == [1, 2, 3, 2, 3]


def test_a_server_that_is_away_is_told_and_caught_up_with(witnessing: Witnessing, store: s.ScriptedServer) -> None:
    store.script = lambda _: s.hang_up
    away = witnessing.witness.once()
    told = witnessing.witness.contact
    store.script = witnessing.inbox
    back = witnessing.witness.once()

    assert (away, told.is_there, told.error) == (False, False, "dropped")
    assert (back, witnessing.witness.contact.is_there) == (True, True)
    assert witnessing.inbox.stored == [1, 2, 3]


def test_its_thread_brings_at_once_and_ends_soon(witnessing: Witnessing) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=witnessing.witness.run, args=(stop,))
    thread.start()
    ends = time.monotonic() + 10
    while witnessing.inbox.stored != [1, 2, 3]:
        assert time.monotonic() < ends
        time.sleep(0.01)
    witnessing.book.rows = {(row.epoch, row.seq): row for row in rows(4)}
    witnessing.witness.wake()
    while 4 not in witnessing.inbox.stored:
        assert time.monotonic() < ends
        time.sleep(0.01)
    stop.set()
    witnessing.witness.wake()
    thread.join(5)

    assert not thread.is_alive()


def test_where_the_policy_names_none_nothing_is_asked(witnessing: Witnessing, store: s.ScriptedServer) -> None:
    nobody = Witness(lambda: None, lambda: None, witnessing.book, witnessing.memory, DEVICE, witnessing.lane.time.now)  # type: ignore[arg-type]

    assert not nobody.once()
    assert nobody.contact.url == ""
    assert store.received == []


def test_a_request_that_is_no_json_is_carried_too(ways: TwoWays, server: s.ScriptedServer) -> None:
    server.script = lambda _: s.hang_up

    with pytest.raises(ServerUnreachable):
        ways.fetch(ApiRequest("GET", "/v1/snapshots/1/cache.db"))
