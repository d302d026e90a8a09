"""A scripted server and one lane's parts, closed after each test."""

import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from pos_client.sync.worker import Rhythm
from tests.integration.sync.fetching import Fetching
from tests.integration.sync.lane_parts import LaneParts, MemoryCache
from tests.integration.sync.running_worker import Running
from tests.integration.sync.scripted_centre import Centre, Inbox, WholeServer
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


@pytest.fixture
def centre(server: ScriptedServer, keys: CentreKeys) -> Centre:
    made = Centre(keys)
    server.script = made
    return made


@pytest.fixture
def fetching(lane: LaneParts, tmp_path: Path) -> Fetching:
    return Fetching(lane, MemoryCache(tmp_path))


@pytest.fixture
def inbox(server: ScriptedServer, keys: CentreKeys) -> Inbox:
    made = Inbox(keys)
    server.script = made
    return made


@pytest.fixture
def whole(server: ScriptedServer, keys: CentreKeys) -> WholeServer:
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
