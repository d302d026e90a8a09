"""The loop: each task in its own time, none in the way of another, and an end within a second."""

import os
import threading
import time
from pathlib import Path

import pytest

from pos_client.domain.errors import StorageUnavailable
from pos_client.sync import worker
from pos_client.sync.status import SyncPhase
from pos_client.sync.worker import Rhythm
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import Counts, LaneParts, MemoryOutbox, rows
from tests.integration.sync.running_worker import Looked, Running
from tests.integration.sync.scripted_centre import WholeServer


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

    assert (status.last_error, status.cause, status.pending) == ("server-unreachable", "server-fault", 3)
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


def test_how_long_answers_take_is_told(whole: WholeServer, running: Running) -> None:
    running.thread.start()

    status = running.until(lambda one: one.round_trip_s is not None)

    assert 0.0 <= (status.round_trip_s or 0.0) < 5.0
