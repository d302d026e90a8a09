"""A call ends with its budget or with a stop, whatever the other side does or does not do."""

import socket
import threading
import time

import pytest

from pos_client.domain.errors import ServerUnreachable
from pos_client.sync import line
from pos_client.sync.answers import Reply
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import ASK, LaneParts


def test_a_server_that_takes_too_long_over_one_byte_timed_out(
    server: s.ScriptedServer, lane: LaneParts, released: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "READ_TIMEOUT_S", 0.1)
    server.script = lambda _: s.silent_until(released, s.hang_up)
    with pytest.raises(ServerUnreachable) as before_headers:
        lane.api.ask(ASK)
    server.script = lambda _: s.stops_in_the_body(released)
    with pytest.raises(ServerUnreachable) as in_the_body:
        lane.api.ask(ASK)

    assert (before_headers.value.facts["cause"], in_the_body.value.facts["cause"]) == ("timeout", "timeout")
    assert len(server.received) == 2


def test_a_late_page_of_somebody_else_is_told_to_nobody(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    late: list[Reply] = []
    sent = threading.Event()

    def then(connection: socket.socket) -> None:
        s.html(200)(connection)
        connection.shutdown(socket.SHUT_RDWR)
        sent.set()

    server.script = lambda _: s.silent_until(released, then)
    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, 0.2, late.append)
    errands = [thread for thread in threading.enumerate() if thread.name == "errand"]
    released.set()
    sent.wait(10)
    for thread in errands:
        thread.join(10)

    assert late == []


def test_one_byte_now_and_again_ends_with_the_budget(
    server: s.ScriptedServer, lane: LaneParts, released: threading.Event
) -> None:
    server.script = lambda _: s.slow_loris(released)

    began = time.monotonic()
    with pytest.raises(ServerUnreachable) as raised:
        lane.api.ask(ASK, budget_s=0.3)

    assert raised.value.facts["cause"] == "timeout"
    assert time.monotonic() - began < 5


def test_the_connection_of_an_abandoned_call_is_cut(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    cut = threading.Event()

    def watch(connection: socket.socket) -> None:
        if connection.recv(1) == b"":
            cut.set()

    server.script = lambda _: watch
    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, budget_s=0.2)

    assert cut.wait(5)
    server.script = lambda request: s.document(keys, request, {"again": 1})
    assert lane.api.ask(ASK).document == {"again": 1}


def test_a_call_ends_soon_after_stop(server: s.ScriptedServer, lane: LaneParts, released: threading.Event) -> None:
    stop = threading.Event()
    lane.api.stopping = stop.is_set

    def silence(request: s.Received) -> s.Play:
        stop.set()
        return s.silent_until(released, s.hang_up)

    server.script = silence
    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, budget_s=60)

    assert stop.is_set()


def test_a_late_answer_still_reaches_who_wants_it(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    late: list[dict[str, object]] = []
    arrived = threading.Event()

    def keep(reply: Reply) -> None:
        late.append(dict(reply.document))
        arrived.set()

    server.script = lambda request: s.silent_until(released, s.document(keys, request, {"late": True}))

    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, 0.2, keep)
    released.set()

    assert arrived.wait(5)
    assert late == [{"late": True}]


def test_an_idle_connection_that_was_closed_is_opened_again(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    plays = iter([s.hang_up])
    server.script = lambda request: next(plays, s.document(keys, request, {"second": True}))

    assert lane.api.ask(ASK).document == {"second": True}
    assert len({one.headers["signature-input"] for one in server.received}) == 2
