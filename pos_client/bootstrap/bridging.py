"""The bridge put together: the host's book, the loopback API and the drop folder, on their own or beside a window."""

import logging
import os
import secrets
import threading
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from pos_client.bridge.drop_folder import DropFolder
from pos_client.bridge.events import EventShelf
from pos_client.bridge.http_api import Desk as ApiDesk
from pos_client.bridge.http_api import create_app
from pos_client.bridge.http_gate import ARRIVES_WITHIN_S
from pos_client.bridge.proposals import Proposals
from pos_client.bridge.seal import Seal
from pos_client.bridge.server import BridgeServer
from pos_client.bridge.till_port import Till
from pos_client.config.paths import Home
from pos_client.config.whole_file import OWNER_ONLY, replace_file
from pos_client.config.wording import Wording
from pos_client.domain.errors import JournalHeld, PosError, StorageUnavailable
from pos_client.domain.keyed_hash import proposal_key
from pos_client.storage.host_book import SqlHostBook, open_host_book
from pos_client.storage.lock import WINDOW
from pos_client.ui.assets import resources_folder

from .host_till import LaneTill, VerdictDocument
from .lane import VERSION, LaneFiles, reading_lane, writer_of, writing_lane

LOG: Final = logging.getLogger(__name__)
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Bridge:
    """An open bridge.

    Attributes:
        events: told what happens at the counter.
        drop: has ``run(stop)``, as this itself has.
    """

    home: Home
    book: SqlHostBook
    proposals: Proposals
    server: BridgeServer
    drop: DropFolder
    events: EventShelf

    def run(self, stop: threading.Event) -> None:
        """Write down what a host accepted before this program ended too early, then serve until told to stop."""
        try:
            for answer in self.proposals.resume():
                LOG.info("a purchase of the host till was made good: %s", answer.get("state"))
        except PosError as fault:
            LOG.warning("purchases of the host till wait: %s %s", fault.reason, fault.detail)
        self.server.run(stop)

    def announcement(self) -> dict[str, Any]:
        """Where the host's IT finds everything."""
        return {
            "listening": self.server.url,
            "port": self.server.port,
            "token_file": str(self.home.bridge_token),
            "drop_folder": str(self.home.host_drop),
        }


def serve_bridge(
    given: Path | None, port: int | None, document: VerdictDocument, announce: Callable[[dict[str, Any]], None],
    stop: threading.Event,
) -> bool:  # fmt: skip
    """Serve until told to stop, without a window; False where a part of it died.

    Raises:
        JournalHeld: a window is open, which has a bridge of its own. BridgeUnavailable, NotEnrolled.
    """
    files = LaneFiles.of(given)
    if writer_of(files.home) == WINDOW:
        raise JournalHeld("a window is open", holder=WINDOW)
    with ThreadPoolExecutor(1, "till") as turns:
        till = LaneTill(partial(reading_lane, given), partial(writing_lane, given), turns, document)
        with open_bridge(files, till, files.settings.bridge.port if port is None else port) as bridge:
            announce(bridge.announcement())
            return _run_both(bridge, stop)


@contextmanager
def open_bridge(
    files: LaneFiles, till: Till, port: int, patience_s: float = ARRIVES_WITHIN_S
) -> Generator[Bridge, None, None]:
    """Make the bridge of a lane; it listens, and is to be run by the caller.

    Raises:
        BridgeUnavailable: the port is in use. StorageUnavailable.
    """
    home, store = files.home, files.orders.enrolment.store
    book = open_host_book(home.host_book)
    try:
        events, seal = EventShelf(), Seal(proposal_key(files.store_secret))
        proposals = Proposals(till, book, seal, events, store.zone, _now)
        wording = Wording.load(resources_folder(), store.zone)
        status = {"store": store.number, "lane": files.orders.enrolment.lane_no, "app_version": VERSION}
        desk = ApiDesk(proposals, book, events, partial(_told, wording), lambda: status, store.zone, _now)
        server = BridgeServer(create_app(desk, token_of(home), patience_s), port)
        drop = DropFolder(home.host_drop, book, store.zone, _now, partial(_why, wording))
        yield Bridge(home, book, proposals, server, drop, events)
    finally:
        book.close()


def token_of(home: Home) -> str:
    """The token of the loopback API; made at the first look, and closed to others if somebody opened it to them.

    Raises:
        DiskFull, StorageUnavailable: it can be neither read nor made.
    """
    path = home.bridge_token
    try:
        token = path.read_text("ascii").strip()
        if os.name == "posix":
            path.chmod(OWNER_ONLY)
    except (FileNotFoundError, UnicodeDecodeError):
        token = ""
    except OSError as error:
        raise StorageUnavailable(f"{path.name}: {error.strerror}", path=str(path)) from error
    if len(token) < _TOKEN_BYTES:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        replace_file(path, token.encode() + b"\n")
    return token


def _run_both(bridge: Bridge, stop: threading.Event) -> bool:
    """Run both workers until told to stop; one that dies ends the other."""
    died: list[str] = []

    def run(name: str, work: Callable[[threading.Event], None]) -> None:
        try:
            work(stop)
        except BaseException:
            died.append(name)
            raise
        finally:
            stop.set()

    threads = [
        threading.Thread(target=run, args=(name, work), name=name)
        for name, work in (("bridge", bridge.run), ("host-drop", bridge.drop.run))
    ]
    for thread in threads:
        thread.start()
    while not stop.wait(0.5):
        pass
    for thread in threads:
        thread.join()
    return not died


def _told(wording: Wording, fault: PosError) -> tuple[Mapping[str, str], Mapping[str, str]]:
    line, step = wording.of_fault(fault)
    return line.as_json(), step.as_json()


def _why(wording: Wording, fault: PosError) -> str:
    line, step = wording.of_fault(fault)
    return f"{line.zh}{step.zh}\n{line.en} {step.en}\n{fault.detail}\n"


def _now() -> datetime:
    return datetime.now(UTC)
