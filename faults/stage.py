"""A centre served in this process and real lanes on real files, for rows that look into the server or sign for it.

Apart from the rows because many need it. The lanes are opened as commands open them, and reach the centre over loopback
HTTP; nothing between the two is replaced.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from crm_server.minting import CodeKind
from faults.lives import told
from faults.oracle import Green, LaneFacts
from pos_client import bootstrap
from pos_client.bootstrap.asking import crm_desks
from pos_client.bootstrap.lane import Lane, LaneFiles
from pos_client.bootstrap.lane_entries import LaneEntries
from pos_client.bootstrap.syncing import SyncSide, sync_side
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.verdict import Verdict
from pos_client.storage.journal import SqlJournal
from pos_client.storage.lock import COMMAND
from pos_client.sync.one_round import SyncReport, sync_once
from pos_client.usecases.transaction import Request
from tests.integration.crm_server.served_shop import Shop, seed_into, served

NOBODY: Final = "http://127.0.0.1:9"
"""An address where nothing listens: a lane that names it is alone at once."""


@dataclass
class OpenLane:
    """A lane whose journal is open, with its till and its sync.

    Attributes:
        greens: what a clerk was shown as accepted.
    """

    home: Path
    files: LaneFiles
    journal: SqlJournal
    side: SyncSide
    till: Lane
    greens: list[Green] = field(default_factory=list)

    @classmethod
    def open(cls, home: Path, greens: list[Green] | None = None, *, as_found: bool = False) -> "OpenLane":
        """Open it as a command does."""
        files = LaneFiles.of(home)
        journal = files.open_journal(COMMAND, 2.0, as_found=as_found)
        side = sync_side(files, journal)
        till = Lane(files, files.desk(journal, *crm_desks(files.api(side.time), files.orders)), journal)
        return cls(home, files, journal, side, till, [] if greens is None else greens)

    def close(self) -> None:
        """Let go of everything."""
        self.side.parts.api.close()
        self.side.cache.close()
        self.journal.close()

    def redeem(self, codes: Sequence[str]) -> list[Verdict]:
        """A clerk, one code after the other; greens are remembered."""
        verdicts = [self.till.redeem(Request([code])) for code in codes]
        self.greens += [Green(**said["green"]) for said in map(told, verdicts) if "green" in said]
        return verdicts

    def note(self, count: int) -> None:
        """Entries about nobody."""
        for _ in range(count):
            LaneEntries(self.files, self.journal).write(EntryKind.LOGIN)

    def sync(self) -> SyncReport:
        """One whole round."""
        return sync_once(self.side.parts)

    @property
    def facts(self) -> LaneFacts:
        """For the oracle."""
        return LaneFacts(self.files.device, self.home / "journal.db", self.greens)


@dataclass
class Stage:
    """A served shop and a folder for its lanes."""

    folder: Path
    shop: Shop

    @property
    def database(self) -> Path:
        """The centre's tables."""
        return self.folder / "crm" / "crm.db"

    def enrolled(self, number: int = 1, url: str = "", *, store: str = "1", name: str = "") -> Path:
        """The home of a lane that was enrolled just now and reaches the centre under ``url``."""
        home = self.folder / (name or f"lane-{store}-{number}")
        code = self.shop.mint(CodeKind.ENROL, store=store, lane=number)[0]["code"]
        bootstrap.enrol(home, url or self.shop.url, code)
        return home

    def coupons(self, count: int, **wanted: Any) -> list[str]:
        """Codes of fresh coupons of one fen each, so that no sum limits a lane alone."""
        made = self.shop.mint(CodeKind.COUPON, count=count, **{"value_minor": 1, **wanted})
        return [str(one["code"]) for one in made]


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A seeded shop, served until the block ends; lanes keep their keys in files."""
    os.environ["POS_CLIENT_KEYRING"] = "file"
    _log_to(folder / "crm-server.log")
    seed_into(folder / "crm")
    with served(folder / "crm") as shop:
        yield Stage(folder, shop)


def _log_to(file: Path) -> None:
    """What the centre logs goes to a file: a row that makes it fail on purpose would fill the screen."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for name in ("crm_server", "pos_client", "uvicorn"):
        logger = logging.getLogger(name)
        for old in logger.handlers[:]:
            logger.removeHandler(old)
            old.close()
        logger.addHandler(logging.FileHandler(file))
        logger.propagate = False


class Promises:
    """Collects each promise that did not hold, with what was seen instead."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def hold(self, holds: bool, sentence: str) -> None:  # noqa: FBT001 - reads as an assertion
        """Note the sentence where it does not hold."""
        if not holds:
            self.broken.append(sentence)
