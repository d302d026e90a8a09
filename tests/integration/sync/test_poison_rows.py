"""A row that the server fails on holds up no other, and a server that fails on everything is left in peace."""

import threading
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_client.domain.batch import MAX_ENTRIES
from pos_client.domain.errors import ServerRefused, ServerUnreachable
from tests.integration.sync import scripted_server as s
from tests.integration.sync.delivery import Delivery
from tests.integration.sync.lane_parts import LaneParts
from tests.integration.sync.scripted_centre import Inbox


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
