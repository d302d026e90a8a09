"""An enrolled lane with its bridge open, in front of a real server."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from pos_client.bootstrap.bridging import open_bridge, token_of
from pos_client.bootstrap.host_till import LaneTill
from pos_client.bootstrap.lane import LaneFiles, reading_lane, writing_lane
from pos_client.bridge.till_port import Till
from pos_client.cli.verdict_document import verdict_document
from tests.fakes.shop import LaneHome, Shop
from tests.integration.bridge.host_side import HostSide

OpenBridge = Callable[..., HostSide]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """One shop for a file of tests."""
    shop = Shop(tmp_path_factory.mktemp("shop"))
    shop.open()
    yield shop
    shop.close()


@pytest.fixture(scope="module")
def lane(shop: Shop) -> LaneHome:
    """Its first lane."""
    return shop.lane(0)


@pytest.fixture
def open_host(shop: Shop, lane: LaneHome, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenBridge]:
    """Open the bridge of the lane; once more after it was closed."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    with ExitStack() as closing:
        yield partial(_open, closing, shop, lane)


@pytest.fixture
def host(open_host: OpenBridge) -> HostSide:
    """A host's way to the lane."""
    return open_host()


def _open(
    closing: ExitStack,
    shop: Shop,
    lane: LaneHome,
    *,
    within_s: float = 20.0,
    patience_s: float = 10.0,
    around: Callable[[Till], Till] = lambda till: till,
    busy_until: threading.Event | None = None,
) -> HostSide:
    home: Path = lane.home
    files = LaneFiles.of(home)
    turns = closing.enter_context(ThreadPoolExecutor(1, "till"))
    if busy_until is not None:
        closing.callback(busy_until.set)
        turns.submit(busy_until.wait)
    reading, writing = partial(reading_lane, home), partial(writing_lane, home)
    till = around(LaneTill(reading, writing, turns, verdict_document, within_s=within_s))
    bridge = closing.enter_context(open_bridge(files, till, 0, patience_s))
    stop = threading.Event()
    thread = threading.Thread(target=bridge.run, args=(stop,))
    closing.callback(thread.join)
    closing.callback(stop.set)
    thread.start()
    return HostSide(bridge, shop, lane, token_of(files.home))
