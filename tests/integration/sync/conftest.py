"""A scripted server and one lane's parts, closed after each test."""

import threading
from collections.abc import Callable, Generator

import pytest

from tests.integration.sync.lane_parts import LaneParts
from tests.integration.sync.scripted_server import CentreKeys, Script, ScriptedServer, html


@pytest.fixture
def keys() -> CentreKeys:
    return CentreKeys()


@pytest.fixture
def server() -> Generator[ScriptedServer, None, None]:
    """A server whose script the test sets."""
    with ScriptedServer(lambda _: html(500)) as running:
        yield running


@pytest.fixture
def lane(server: ScriptedServer, keys: CentreKeys) -> Generator[LaneParts, None, None]:
    parts = LaneParts(server.url, keys)
    yield parts
    parts.api.close()


@pytest.fixture
def released() -> Generator[threading.Event, None, None]:
    """What silent answers wait for; set at the latest when the test is over."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def scripted(server: ScriptedServer) -> Callable[[Script], None]:
    """Sets the script."""

    def play(script: Script) -> None:
        server.script = script

    return play
