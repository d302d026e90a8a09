"""The loop: each task in its own time, none in the way of another, and an end within a second."""

import os
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.trusted_time import TimeQuality
from pos_client.sync import worker
from pos_client.sync.backoff import Backoff
from pos_client.sync.heartbeat import Heartbeat
from pos_client.sync.one_round import SyncParts, sync_once
from pos_client.sync.pull import Puller
from pos_client.sync.push import Pusher
from pos_client.sync.status import SyncPhase, SyncStatus
from pos_client.sync.worker import Rhythm, SyncWorker
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import DEVICE, Counts, LaneParts, MemoryCache, MemoryOutbox, rows
from tests.integration.sync.test_pull import STORE, Centre
from tests.integration.sync.test_push import Inbox

HEARD = {"ack_seq": 0, "missing": [], "resend": [], "policy_ver": 3, "snapshot_gen": 5, "commands": []}


class WholeServer:
    """Answers everything a lane asks; a path can be made to fail."""

    def __init__(self, keys: s.CentreKeys) -> None:
        self.keys = keys
        self.inbox, self.centre = Inbox(keys), Centre(keys)
        self.fails: dict[str, Callable[[s.Received], s.Play]] = {}

    def __call__(self, request: s.Received) -> s.Play:
        for part, play in self.fails.items():
            if part in request.path:
                return play(request)
        if request.path.endswith("/heartbeat"):
            return s.document(self.keys, request, HEARD)
        if request.path in {"/v1/journal/batches", "/v1/time"}:
            return self.inbox(request)
        return self.centre(request)


class Running:
    """A worker in its thread, and all that it said."""

    def __init__(self, lane: LaneParts, folder: Path, rhythm: Rhythm, first_s: float = 0.05) -> None:
        self.outbox, self.cache = MemoryOutbox(rows(3)), MemoryCache(folder)
        self.request_file = folder / "sync.request"
        self.said: list[SyncStatus] = []
        self.news = threading.Condition()
        self.stop = threading.Event()
        self.parts = SyncParts(
            lane.api,
            Pusher(lane.api, self.outbox, DEVICE, lambda _: None),
            Puller(lane.api, self.cache, STORE, lane.trust.verify_document, lambda _: None),
            Heartbeat(lane.api, self.outbox, DEVICE),
            self.cache,
            lambda: TimeQuality.SYNCED,
        )
        self.worker = SyncWorker(
            self.parts,
            self.outbox,
            lane.time,
            rhythm,
            self._hear,
            self.request_file,
            lambda: Backoff(first_s, first_s, dice=lambda: 0.0),
        )
        self.thread = threading.Thread(target=self.worker.run, args=(self.stop,))

    def _hear(self, status: SyncStatus) -> None:
        with self.news:
            self.said.append(status)
            self.news.notify_all()

    def until(self, wanted: Callable[[SyncStatus], bool]) -> SyncStatus:
        """The first status that is as wanted."""
        with self.news:
            assert self.news.wait_for(lambda: any(wanted(one) for one in self.said), 20), self.said[-3:]
            return next(one for one in self.said if wanted(one))

    def wait_for(self, wanted: Callable[[], bool]) -> None:
        """Look at every news whether it has come to this."""
        with self.news:
            assert self.news.wait_for(wanted, 20), self.said[-3:]


class Looked:
    """Stands for a request file that nobody touches, and tells when it was looked at often enough."""

    def __init__(self) -> None:
        self.more = threading.Event()
        self._times = 0

    def stat(self) -> os.stat_result:
        self._times += 1
        if self._times > 5:
            self.more.set()
        raise FileNotFoundError


@pytest.fixture
def whole(server: s.ScriptedServer, keys: s.CentreKeys) -> WholeServer:
    made = WholeServer(keys)
    server.script = made
    return made


@pytest.fixture
def running(lane: LaneParts, tmp_path: Path) -> Generator[Running, None, None]:
    """A worker that hurries; not started."""
    made = Running(lane, tmp_path, Rhythm(0.1, 0.1, 0.1))
    yield made
    made.stop.set()
    if made.thread.is_alive():
        made.thread.join(10)


def test_everything_is_delivered_and_fetched(whole: WholeServer, running: Running) -> None:
    running.thread.start()

    status = running.until(lambda one: one.phase is SyncPhase.IDLE and one.pending == 0)

    assert (status.last_error, status.stuck, status.next_try) == ("", 0, None)
    assert status.last_contact is not None
    assert sorted(whole.inbox.stored) == [1, 2, 3]
    assert running.cache.generation() == 5
    phases = {one.phase for one in running.said}
    assert {SyncPhase.PUSHING, SyncPhase.PULLING} <= phases


def test_a_push_that_fails_does_not_stop_the_pull(whole: WholeServer, running: Running) -> None:
    whole.fails = {"batches": lambda _: s.html(502), "/v1/time": lambda _: s.html(502)}
    running.thread.start()

    status = running.until(lambda one: one.phase is SyncPhase.WAITING)
    running.wait_for(lambda: len(running.cache.pages) >= 2)

    assert (status.last_error, status.cause, status.pending) == ("server-unreachable", "not-ours", 3)
    assert status.next_try is not None


def test_a_pull_that_fails_does_not_stop_the_push(whole: WholeServer, running: Running) -> None:
    whole.fails = {"policy": lambda _: s.html(200), "snapshots": lambda _: s.html(200)}
    running.thread.start()

    status = running.until(lambda one: one.pending == 0)

    assert (status.last_error, status.cause) == ("server-unreachable", "sign-in-page") or status.last_error == ""


def test_it_heals_by_itself(whole: WholeServer, running: Running) -> None:
    whole.fails = {"/v1/": lambda _: s.hang_up}
    running.thread.start()
    running.until(lambda one: one.phase is SyncPhase.WAITING)

    whole.fails = {}
    status = running.until(lambda one: one.phase is SyncPhase.IDLE and one.pending == 0 and not one.last_error)

    assert status.pending == 0


@pytest.mark.parametrize(
    ("status", "code", "phase"),
    [(401, "device-revoked", SyncPhase.DRAIN_ONLY), (409, "device-forked", SyncPhase.NEEDS_EPOCH)],
)
def test_a_device_that_may_not_go_on_says_so(
    whole: WholeServer, keys: s.CentreKeys, running: Running, status: int, code: str, phase: SyncPhase
) -> None:
    whole.fails = {"heartbeat": lambda request: s.problem(keys, request, status, code)}
    running.thread.start()

    said = running.until(lambda one: one.phase is phase)

    assert said.last_error == code


def test_it_stops_in_the_middle_of_a_request(whole: WholeServer, running: Running, released: threading.Event) -> None:
    asked = threading.Event()

    def silence(_: s.Received) -> s.Play:
        asked.set()
        return s.silent_until(released, s.hang_up)

    whole.fails = {"heartbeat": silence}
    running.thread.start()
    assert asked.wait(10)

    began = time.monotonic()
    running.stop.set()
    running.thread.join(10)

    assert time.monotonic() - began < 5
    assert running.said[-1].phase is SyncPhase.STOPPED


def test_a_new_entry_is_delivered_without_waiting(whole: WholeServer, lane: LaneParts, tmp_path: Path) -> None:
    running = Running(lane, tmp_path, Rhythm(3_600, 3_600, 3_600))
    running.thread.start()
    running.until(lambda one: one.phase is SyncPhase.IDLE and one.pending == 0)

    running.outbox.rows |= {(row.epoch, row.seq): row for row in rows(4)}
    running.worker.wake()
    running.wait_for(lambda: (1, 4) in running.outbox.results)

    running.stop.set()
    running.thread.join(10)
    assert sorted(whole.inbox.stored) == [1, 2, 3, 4]


def test_what_has_not_changed_is_not_said_again(
    whole: WholeServer, lane: LaneParts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Running(lane, tmp_path, Rhythm(3_600, 3_600, 3_600), first_s=3_600)
    monkeypatch.setattr(worker, "LOOK_EVERY_S", 0.01)
    whole.fails = {"/v1/": lambda _: s.html(502)}
    looked = Looked()
    running.worker._request_file = looked  # type: ignore[assignment]
    running.thread.start()
    running.until(lambda one: one.phase is SyncPhase.WAITING)
    said = len(running.said)

    running.worker.wake()
    looked.more.wait(10)

    running.stop.set()
    running.thread.join(10)
    assert len(running.said) == said + 1
    assert running.said[-1].phase is SyncPhase.STOPPED


def test_another_command_may_ask_for_a_sync(whole: WholeServer, lane: LaneParts, tmp_path: Path) -> None:
    running = Running(lane, tmp_path, Rhythm(3_600, 3_600, 3_600))
    running.thread.start()
    running.until(lambda one: one.phase is SyncPhase.IDLE and one.pending == 0)
    running.outbox.rows |= {(row.epoch, row.seq): row for row in rows(5)}

    running.request_file.touch()
    os.utime(running.request_file, ns=(1, 1))
    running.wait_for(lambda: (1, 5) in running.outbox.results)

    running.stop.set()
    running.thread.join(10)


def test_while_the_server_fails_new_entries_do_not_defeat_the_back_off(
    whole: WholeServer, lane: LaneParts, tmp_path: Path, server: s.ScriptedServer
) -> None:
    running = Running(lane, tmp_path, Rhythm(3_600, 3_600, 3_600), first_s=3_600)
    whole.fails = {"/v1/": lambda _: s.html(502)}
    running.thread.start()
    running.until(lambda one: one.phase is SyncPhase.WAITING)
    asked = len(server.received)

    for _ in range(20):
        running.worker.wake()
    running.worker.sync_now()
    running.wait_for(lambda: len(server.received) > asked)

    running.stop.set()
    running.thread.join(10)
    pushes = [one for one in server.received if one.path == "/v1/journal/batches"]
    assert len(pushes) == 2


@pytest.mark.expects_log("push failed unexpectedly")
def test_a_bug_in_one_task_is_seen_and_does_not_end_the_others(
    whole: WholeServer, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(MemoryOutbox):
        def next_batch(self, max_entries: int, max_bytes: int) -> None:
            raise ZeroDivisionError

    monkeypatch.setattr(running.outbox, "__class__", Broken)
    running.thread.start()

    status = running.until(lambda one: one.phase is SyncPhase.WAITING)
    running.wait_for(lambda: len(running.cache.pages) >= 2)

    assert status.last_error == "fault"


def test_a_journal_that_cannot_be_read_is_told(whole: WholeServer, running: Running) -> None:
    running.thread.start()
    running.until(lambda one: one.phase is SyncPhase.IDLE and one.pending == 0)

    def locked() -> Counts:
        raise StorageUnavailable("disk I/O error")

    running.outbox.counts = locked  # type: ignore[method-assign]
    running.worker.wake()
    status = running.until(lambda one: one.last_error == "storage-unavailable")

    assert status.pending == 0


def test_one_round_may_only_deliver(whole: WholeServer, running: Running) -> None:
    report = sync_once(running.parts, pull=False)

    assert (report.push.pushed, report.pull.rows, running.cache.installed) == (3, 0, [])


def test_one_round_reports_what_it_did(whole: WholeServer, running: Running) -> None:
    first = sync_once(running.parts).as_json()
    second = sync_once(running.parts).as_json()

    assert first == {
        "pushed": 3,
        "accepted": 3,
        "duplicates": 0,
        "conflicts": 0,
        "quarantined": 0,
        "forked": 0,
        "stuck": 0,
        "pulled": 2,
        "set_aside": 0,
        "snapshot": True,
        "generation": 5,
        "errors": [],
    }
    assert (second["pushed"], second["pulled"], second["snapshot"]) == (0, 0, False)


def test_one_round_names_what_went_wrong(whole: WholeServer, running: Running) -> None:
    whole.fails = {"/v1/": lambda _: s.html(200)}

    report = sync_once(running.parts).as_json()
    only_pull = sync_once(running.parts, push=False).as_json()

    assert [one["step"] for one in report["errors"]] == ["heartbeat", "push", "pull"]
    assert {one["reason"] for one in report["errors"]} == {"server-unreachable"}
    assert [one["step"] for one in only_pull["errors"]] == ["pull"]
