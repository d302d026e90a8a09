"""Which hop of the way to the centre fails, told apart by real sockets: no name, silence, a refusal, a fault."""

import errno
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from pos_client.domain.errors import PosError
from pos_client.sync import line
from pos_client.usecases.way_out import Hop, hop_of
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import ASK, LaneParts


def lost(lane: LaneParts, url: str, budget_s: float = 6.0) -> PosError:
    """Return the error in which a request to this address ends."""
    with closing(lane.client(url)) as api:
        with pytest.raises(PosError) as raised:
            api.ask(ASK, budget_s).expect()
        return raised.value


def hop(error: PosError) -> Hop | None:
    """Return the hop that the status of sync would name."""
    return hop_of(error.reason, str(error.facts.get("cause", "")))


@pytest.fixture
def dumb() -> Iterator[str]:
    """Return the address of somebody who lets everybody in and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_name_that_nobody_knows_is_this_machines_own_line(lane: LaneParts) -> None:
    error = lost(lane, "http://crm.invalid")

    assert (error.facts["cause"], hop(error)) == ("no-name", Hop.LOCAL)


def test_no_route_is_told_from_silence() -> None:
    kinds = [
        line._lost(OSError(number, "x")).facts["cause"]
        for number in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EPIPE)
    ]

    assert kinds == ["no-route", "no-route", "no-route", "dropped"]


def test_silence_is_the_stores_line(lane: LaneParts, dumb: str) -> None:
    error = lost(lane, dumb, budget_s=0.6)

    assert (error.facts["cause"], hop(error)) == ("timeout", Hop.STORE)


def test_an_address_that_swallows_everything_is_the_stores_line(
    lane: LaneParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "CONNECT_TIMEOUT_S", 0.4)
    with closing(socket.socket()) as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        # A queue that is full drops whoever knocks: nothing comes back, as behind a dead uplink.
        knocking = [socket.socket() for _ in range(3)]
        for one in knocking:
            one.setblocking(False)
            one.connect_ex(address)
        error = lost(lane, f"http://127.0.0.1:{address[1]}")
        for one in knocking:
            one.close()

    assert (error.facts["cause"], hop(error)) == ("timeout", Hop.STORE)


def test_a_sign_in_page_is_the_stores_line(lane: LaneParts, server: s.ScriptedServer) -> None:
    server.script = lambda _: s.html(200)

    assert hop(lost(lane, server.url)) is Hop.STORE


def test_a_closed_port_is_our_server(lane: LaneParts) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    error = lost(lane, f"http://127.0.0.1:{port}")

    assert (error.facts["cause"], hop(error)) == ("refused", Hop.OURS)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_gateway_that_says_503_is_our_server(lane: LaneParts, server: s.ScriptedServer, status: int) -> None:
    server.script = lambda _: s.html(status)
    error = lost(lane, server.url)

    assert (error.facts["cause"], hop(error)) == ("server-fault", Hop.OURS)


def test_our_own_server_that_says_503_is_our_server(
    lane: LaneParts, server: s.ScriptedServer, keys: s.CentreKeys
) -> None:
    server.script = lambda request: s.problem(keys, request, 503, "busy", "after")

    assert hop(lost(lane, server.url)) is Hop.OURS


def test_a_line_in_order_names_no_hop() -> None:
    assert [hop_of("", ""), hop_of("fault", ""), hop_of("server-unreachable", "stopped")] == [None, None, None]
