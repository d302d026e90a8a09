"""Delivery: every row arrives, no row disappears, no row holds up another, whatever the server does."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_client.domain.errors import DeviceForked, DeviceRevoked, ServerRefused, ServerUnreachable
from pos_client.domain.hash_chain import entry_hash
from pos_client.domain.signed_document import from_base64
from pos_client.sync.push import MAX_ENTRIES, Pusher
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import DEVICE, LaneParts, MemoryOutbox, rows


class Inbox:
    """A server's inbox: stores what it is given, and may choke on some rows."""

    def __init__(self, keys: s.CentreKeys, poison: frozenset[int] = frozenset()) -> None:
        self.keys = keys
        self.poison = poison
        self.choke: Callable[[s.Received], s.Play] = lambda request: s.problem(
            keys, request, 500, "server-error", "same"
        )
        self.stored: dict[int, bytes] = {}
        self.words: dict[int, dict[str, Any]] = {}
        self.more: dict[str, Any] = {}
        self.batches: list[list[int]] = []

    def __call__(self, request: s.Received) -> s.Play:
        if request.path == "/v1/time":
            return s.document(self.keys, request, {"time": "now"})
        batch = request.json()
        seqs = [entry["seq"] for entry in batch["entries"]]
        self.batches.append(seqs)
        if self.poison & set(seqs):
            return self.choke(request)
        results = [self._store(entry) for entry in batch["entries"]]
        answer = {"results": results, "ack_seq": 0, "missing": [], "resend": [], **self.more}
        return s.document(self.keys, request, answer, X_Session_Token=f"t-{len(self.batches)}")

    def _store(self, entry: dict[str, Any]) -> dict[str, Any]:
        seq, body = entry["seq"], from_base64(entry["body"])
        known = seq in self.stored
        self.stored[seq] = body
        digest = entry_hash(bytes.fromhex(json.loads(body)["prev"]), body)
        word = {"seq": seq, "hash": digest.hex(), "result": "accepted", "server_ref": f"r{seq}"}
        word |= self.words.get(seq, {})
        return {**word, "result": "duplicate", "original": word["result"]} if known else word


class Delivery:
    """One lane with rows that wait."""

    def __init__(self, lane: LaneParts, count: int) -> None:
        self.outbox = MemoryOutbox(rows(count))
        self.pauses: list[float] = []
        self.pusher = Pusher(lane.api, self.outbox, DEVICE, self.pauses.append)


@pytest.fixture
def inbox(server: s.ScriptedServer, keys: s.CentreKeys) -> Inbox:
    made = Inbox(keys)
    server.script = made
    return made


def test_the_exact_bytes_arrive(inbox: Inbox, lane: LaneParts, server: s.ScriptedServer) -> None:
    waiting = Delivery(lane, 3)

    report = waiting.pusher.run()

    sent = server.received[0]
    assert (report.pushed, report.accepted, report.error) == (3, 3, None)
    assert {seq: row.body for (_, seq), row in waiting.outbox.rows.items()} == inbox.stored
    assert sent.json()["head"] == {"seq": 3, "hash": waiting.outbox.head(1).hash.hex()}
    assert (sent.json()["first_seq"], sent.json()["last_seq"]) == (1, 3)
    assert sent.headers["idempotency-key"].startswith("d-1.1.1-3.")
    assert lane.token.token == "t-1"


def test_a_second_run_sends_nothing(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 3)
    waiting.pusher.run()

    again = waiting.pusher.run()

    assert (again.pushed, len(inbox.batches)) == (0, 1)


def test_many_rows_go_in_batches(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 450)

    report = waiting.pusher.run()

    assert report.pushed == 450
    assert [len(batch) for batch in inbox.batches] == [MAX_ENTRIES, MAX_ENTRIES, 50]


def test_each_stored_result_counts_as_delivered(inbox: Inbox, lane: LaneParts) -> None:
    holder = {"device": "d-2", "lane": 4}
    inbox.words = {
        2: {"result": "conflict", "holder": holder},
        3: {"result": "quarantined", "reason": "bad-field"},
        4: {"result": "forked"},
    }
    waiting = Delivery(lane, 4)

    report = waiting.pusher.run()

    by_seq = {seq: one for (_, seq), one in waiting.outbox.results.items()}
    assert (report.accepted, report.conflicts, report.quarantined, report.forked) == (1, 1, 1, 1)
    assert by_seq[2].holder == '{"device": "d-2", "lane": 4}'
    assert (by_seq[3].reason, by_seq[1].server_ref) == ("bad-field", "r1")


def test_a_repeated_row_carries_its_first_result(inbox: Inbox, lane: LaneParts) -> None:
    inbox.words = {1: {"result": "conflict", "holder": {"lane": 4}}}
    Delivery(lane, 2).pusher.run()
    after_a_crash = Delivery(lane, 2)

    report = after_a_crash.pusher.run()

    assert (report.duplicates, report.accepted, report.conflicts) == (2, 0, 1)
    assert after_a_crash.outbox.results[1, 1].result == "conflict"
    assert after_a_crash.outbox.results[1, 1].repeated


def test_a_result_for_another_hash_is_no_result(inbox: Inbox, lane: LaneParts) -> None:
    inbox.words = {2: {"hash": "00" * 32}}
    waiting = Delivery(lane, 3)

    waiting.pusher.run()

    assert (1, 2) not in waiting.outbox.results


@pytest.mark.parametrize(
    "play",
    [s.html(200), s.html(302), s.html(400), s.html(404), s.html(500), s.html(502), s.hang_up, s.reset_after_headers],
    ids=["portal", "redirect", "400", "404", "500", "502", "reset", "reset-after-headers"],
)
def test_nothing_that_stands_between_touches_a_row(server: s.ScriptedServer, lane: LaneParts, play: s.Play) -> None:
    waiting = Delivery(lane, 5)
    server.script = lambda _: play

    report = waiting.pusher.run()

    assert isinstance(report.error, ServerUnreachable)
    assert (waiting.outbox.results, waiting.outbox.stuck) == ({}, {})
    assert waiting.outbox.counts().pending == 5


@pytest.mark.parametrize(
    ("status", "code", "retry", "kind"),
    [
        (401, "device-revoked", "never", DeviceRevoked),
        (409, "device-forked", "reenrol", DeviceForked),
        (409, "device-rolled-back", "reenrol", DeviceForked),
        (401, "signature-invalid", "resign", ServerRefused),
        (403, "device-other", "never", ServerRefused),
        (429, "rate-limited", "after", ServerRefused),
        (503, "store-rebuilding", "after", ServerRefused),
    ],
)
def test_an_answer_about_the_device_ends_the_round_and_marks_no_row(
    server: s.ScriptedServer,
    keys: s.CentreKeys,
    lane: LaneParts,
    status: int,
    code: str,
    retry: str,
    kind: type[ServerRefused],
) -> None:
    waiting = Delivery(lane, 5)
    server.script = lambda request: s.problem(keys, request, status, code, retry)

    report = waiting.pusher.run()

    assert type(report.error) is kind
    assert (waiting.outbox.results, waiting.outbox.stuck) == ({}, {})
    assert len(server.received) == (2 if retry == "resign" else 1)


@pytest.mark.parametrize("how", ["500", "422", "413", "silence"])
def test_a_poison_row_holds_up_no_other(inbox: Inbox, keys: s.CentreKeys, lane: LaneParts, how: str) -> None:
    inbox.poison = frozenset({37})
    plays: dict[str, Callable[[s.Received], s.Play]] = {
        "500": lambda request: s.problem(keys, request, 500, "server-error", "same"),
        "422": lambda request: s.problem(keys, request, 422, "batch-malformed"),
        "413": lambda request: s.problem(keys, request, 413, "body-too-large"),
        "silence": lambda _: s.hang_up,
    }
    inbox.choke = plays[how]
    waiting = Delivery(lane, 1_000)

    report = waiting.pusher.run()

    assert (report.pushed, report.stuck, report.error) == (999, 1, None)
    assert list(waiting.outbox.stuck) == [(1, 37)]
    assert len(inbox.batches) < 60


def test_a_stuck_row_is_tried_again_after_the_others(inbox: Inbox, lane: LaneParts) -> None:
    inbox.poison = frozenset({2})
    waiting = Delivery(lane, 3)
    waiting.pusher.run()
    inbox.poison = frozenset()

    report = waiting.pusher.run()

    assert (report.pushed, waiting.outbox.stuck) == (1, {})


def test_a_server_that_fails_on_everything_is_not_hammered(inbox: Inbox, lane: LaneParts) -> None:
    inbox.poison = frozenset(range(1, 1_001))
    waiting = Delivery(lane, 1_000)

    report = waiting.pusher.run()

    assert isinstance(report.error, ServerRefused)
    assert waiting.outbox.results == {}
    assert len(inbox.batches) < 60


def test_one_row_and_an_outage_do_not_call_for_help(inbox: Inbox, lane: LaneParts) -> None:
    inbox.poison = frozenset({1})
    waiting = Delivery(lane, 1)

    report = waiting.pusher.run()

    assert isinstance(report.error, ServerRefused)
    assert (report.stuck, waiting.outbox.stuck, len(waiting.pauses)) == (0, {}, 2)


def test_an_answer_that_stores_nothing_does_not_loop(inbox: Inbox, lane: LaneParts) -> None:
    inbox.words = {seq: {"result": "deferred"} for seq in range(1, 4)}
    waiting = Delivery(lane, 3)

    report = waiting.pusher.run()

    assert report.error is not None
    assert waiting.outbox.results == {}
    assert len(inbox.batches) < 20


def test_what_the_server_lacks_goes_back_in_line(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 5)
    waiting.pusher.run()
    inbox.more = {"missing": [[2, 3]], "resend": [[5, 5]]}
    waiting.outbox.rows |= {(row.epoch, row.seq): row for row in rows(6)}

    waiting.pusher.run()

    assert waiting.outbox.resent[-1] == (1, ((2, 3), (5, 5)))
    assert waiting.outbox.counts().pending == 3


@pytest.mark.parametrize("ranges", [None, "x", [[1]], [["a", "b"]], [[5, 2]], [[True, False]]])
def test_odd_ranges_do_no_harm(inbox: Inbox, lane: LaneParts, ranges: object) -> None:
    inbox.more = {"missing": ranges}
    waiting = Delivery(lane, 2)

    assert waiting.pusher.run().error is None
    assert waiting.outbox.resent[-1] == (1, ())


def test_rows_of_two_epochs_are_not_mixed(inbox: Inbox, lane: LaneParts, server: s.ScriptedServer) -> None:
    waiting = Delivery(lane, 0)
    waiting.outbox.rows = {(row.epoch, row.seq): row for row in [*rows(2), *rows(1, epoch=2)]}

    waiting.pusher.run()

    assert [(one.json()["epoch"], len(one.json()["entries"])) for one in server.received] == [(1, 2), (2, 1)]


def test_a_stop_ends_delivery_between_two_batches(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 450)
    lane.api.stopping = lambda: len(inbox.batches) >= 1 and len(waiting.outbox.results) >= MAX_ENTRIES

    report = waiting.pusher.run()

    assert (report.pushed, report.error) == (MAX_ENTRIES, None)


def test_a_stop_ends_the_tries_of_stuck_rows(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 3)
    waiting.outbox.stuck = {(1, seq): "server-error" for seq in (1, 2, 3)}
    lane.api.stopping = lambda: len(waiting.outbox.results) >= 1

    waiting.pusher.run()

    assert len(waiting.outbox.results) == 1


def test_a_stop_in_the_middle_of_a_request_marks_nothing(
    server: s.ScriptedServer, lane: LaneParts, released: threading.Event
) -> None:
    waiting = Delivery(lane, 3)
    lane.api.stopping = lambda: bool(server.received)
    server.script = lambda _: s.silent_until(released, s.hang_up)

    report = waiting.pusher.run()

    assert isinstance(report.error, ServerUnreachable)
    assert (waiting.outbox.results, waiting.outbox.stuck) == ({}, {})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(poison=st.frozensets(st.integers(1, 120), max_size=6), count=st.integers(1, 120))
def test_exactly_the_poison_rows_stay(inbox: Inbox, lane: LaneParts, poison: frozenset[int], count: int) -> None:
    inbox.poison, inbox.stored = poison, {}
    waiting = Delivery(lane, count)

    waiting.pusher.run()

    healthy = set(range(1, count + 1)) - poison
    delivered = {seq for _, seq in waiting.outbox.results}
    assert delivered == healthy
