"""Brings each new entry to the store's own server at once, beside the centre and independent of it.

Apart from push, in a thread of its own, because neither may wait for the other: what is brought here marks nothing
delivered, and a store's server that is down costs the centre no moment. It is a second witness of the book's tail, and
it makes the store's server know what was redeemed here while nobody reached the centre.

Where it stands is kept beside the entries (``store_head``). It may be lost: then entries are brought twice, which the
inbox at the other end recognises. A server whose database was put back has a new ``store_epoch``, and is brought the
last 30 days again.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from pos_client.domain.batch import MAX_BODY_BYTES, MAX_ENTRIES, Batch, JournalHead
from pos_client.domain.errors import PosError, ServerRefused
from pos_client.domain.store_server import StoreServer

from . import payloads
from .api_client import ApiClient, ApiRequest, encode
from .push import batch_request

LOG: Final = logging.getLogger(__name__)
BUDGET_S: Final = 5.0
BEAT_EVERY_S: Final = 20.0
TRY_AGAIN_S: Final = 3.0
KEEP_EVERY_S: Final = 5.0
KEPT_DAYS: Final = timedelta(days=30)
HEAD_KEY: Final = "store_head"


class Book(Protocol):
    """What is asked of the journal."""

    def after(self, place: tuple[int, int], max_entries: int, max_bytes: int) -> Batch | None:
        """The entries that follow one (epoch, number)."""

    def last_before(self, moment: datetime) -> tuple[int, int]:
        """The newest entry that is older than a moment."""

    def head(self, epoch: int | None = None) -> JournalHead:
        """The newest entry."""


class Memory(Protocol):
    """Values beside the entries."""

    def meta(self, key: str) -> str | None:
        """A remembered value."""

    def remember(self, key: str, value: str) -> None:
        """Keep one."""


@dataclass(frozen=True, slots=True)
class StoreHead:
    """How far the store's server was brought.

    Attributes:
        device, store_epoch: which server, and which of its lives.
        epoch, seq: the entry to go on after. top_epoch, top_seq: the highest entry that it acknowledged.
        brought: the ``store_epoch`` for which all of the last 30 days is there; 0 for none yet.
    """

    device: str = ""
    store_epoch: int = 0
    epoch: int = 0
    seq: int = 0
    top_epoch: int = 0
    top_seq: int = 0
    brought: int = 0


@dataclass(frozen=True, slots=True)
class StoreContact:
    """The store's server as this lane last saw it.

    Attributes:
        url: empty where the policy names none. is_there: it answered the last time. heard_at: when it last did.
        rebuilding: it was restored, and grants nothing yet. error: why it is not there.
    """

    url: str = ""
    is_there: bool = False
    heard_at: datetime | None = None
    rebuilding: bool = False
    error: str = ""


class Witness:
    """Keeps the store's server up to date until told to stop.

    Args:
        link: the way to it, None while the policy names none. where: the policy's row.
        book, memory: of the journal. device: this lane's id.
        now: trusted time.
        on_contact: told of every change, in this thread.
    """

    def __init__(
        self,
        link: Callable[[], ApiClient | None],
        where: Callable[[], StoreServer | None],
        book: Book,
        memory: Memory,
        device: str,
        now: Callable[[], datetime],
        on_contact: Callable[[StoreContact], None] = lambda _: None,
    ) -> None:
        self._link, self._where, self._book, self._memory = link, where, book, memory
        self._device = device
        self._now = now
        self._on_contact = on_contact
        self._news = threading.Event()
        self._head = _read(memory.meta(HEAD_KEY))
        self._kept, self._kept_at = self._head, 0.0
        self._beat_at = 0.0
        self.contact = StoreContact()

    def wake(self) -> None:
        """An entry was written. Returns at once; any thread."""
        self._news.set()

    def run(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; ends within a second of it."""
        while not stop.is_set():
            self._news.clear()
            there = self.once(stop.is_set)
            # While it is away new entries must not make a hammer of this.
            if there or self._where() is None:
                self._news.wait(min(1.0, BEAT_EVERY_S))
            else:
                stop.wait(TRY_AGAIN_S)
        self.keep()

    def keep(self) -> None:
        """Remember where it stands now; at the end of a process."""
        self._keep(at_once=True)

    def once(self, stopping: Callable[[], bool] = lambda: False) -> bool:
        """Bring what is new, and beat where that is due; whether the server was there."""
        named, api = self._where(), self._link()
        if named is None or api is None:
            self._tell(StoreContact(url=named.url if named else "", error="not-usable" if named else ""))
            return False
        api.stopping = stopping
        try:
            self._begin(named.device, max(named.store_epoch, self._head.store_epoch * self._is_same(named)))
            if time.monotonic() >= self._beat_at:
                self._beat(api)
            self._bring_all(api, stopping)
        except PosError as error:
            self._tell(replace(self.contact, url=named.url, is_there=False, error=_why(error)))
            return False
        finally:
            self._keep(at_once=False)
        self._tell(replace(self.contact, url=named.url, is_there=True, heard_at=self._minute(), error=""))
        return True

    def _is_same(self, named: StoreServer) -> bool:
        return self._head.device == named.device

    def _begin(self, device: str, store_epoch: int) -> None:
        """Begin anew with another server, or with one that lost what it was brought."""
        if (self._head.device, self._head.store_epoch) == (device, store_epoch):
            return
        epoch, seq = self._book.last_before(self._now() - KEPT_DAYS)
        same = self._head.device == device
        # What it acknowledged once it must not deny, whichever life it is in.
        top = (self._head.top_epoch, self._head.top_seq) if same else (0, 0)
        self._head = StoreHead(device, store_epoch, epoch, seq, *top)
        self._beat_at = 0.0

    def _bring_all(self, api: ApiClient, stopping: Callable[[], bool]) -> None:
        rows = MAX_ENTRIES
        while not stopping():
            batch = self._book.after((self._head.epoch, self._head.seq), rows, MAX_BODY_BYTES)
            if batch is None:
                break
            try:
                self._bring(api, batch)
            except ServerRefused as refused:
                if refused.retry != "never":
                    raise
                # One row that it cannot read must not keep the others away from it.
                self._refused(batch, rows)
                rows = 1
            else:
                rows = MAX_ENTRIES
        if not stopping() and self._head.brought != self._head.store_epoch:
            self._head = replace(self._head, brought=self._head.store_epoch)
            self._beat(api)

    def _bring(self, api: ApiClient, batch: Batch) -> None:
        answer = api.ask(batch_request(self._device, batch), BUDGET_S).expect().document
        stored = {result.seq for result in payloads.row_results(answer, batch.rows)}
        last = None
        for row in batch.rows:
            if row.seq not in stored:
                break
            last = row
        if last is None:
            raise ServerRefused("nothing was stored", problem="deferred", retry="same")
        top = max((self._head.top_epoch, self._head.top_seq), (last.epoch, last.seq))
        self._head = replace(self._head, epoch=last.epoch, seq=last.seq, top_epoch=top[0], top_seq=top[1])

    def _refused(self, batch: Batch, rows: int) -> None:
        if rows == 1 or len(batch.rows) == 1:
            row = batch.rows[0]
            LOG.warning("the store's server refuses entry %s of epoch %s", row.seq, row.epoch)
            self._head = replace(self._head, epoch=row.epoch, seq=row.seq)

    def _beat(self, api: ApiClient) -> None:
        head = self._book.head()
        document = {
            "epoch": head.epoch,
            "head_seq": head.seq,
            "head_hash": head.hash.hex(),
            "undelivered": 0,
            "oldest_s": 0,
            "cache_gen": 0,
            "time_quality": "synced",
            "stuck": [],
            "store_head": {"epoch": self._head.top_epoch, "seq": self._head.top_seq},
            "store_brought": self._head.brought,
        }
        path = f"/v1/devices/{self._device}/heartbeat"
        answer = api.ask(ApiRequest("POST", path, body=encode(document)), BUDGET_S).expect().document
        self._beat_at = time.monotonic() + BEAT_EVERY_S
        self.contact = replace(self.contact, rebuilding=answer.get("rebuilding") is True)
        self._begin(self._head.device, max(self._head.store_epoch, payloads.whole(answer, "store_epoch", 0)))
        lacking = payloads.ranges(answer, "missing") + payloads.ranges(answer, "resend")
        self._go_back(head.epoch, [first for first, _ in lacking])

    def _go_back(self, epoch: int, lacking: list[int]) -> None:
        """Bring again from the first entry that it lacks and this lane still has."""
        first = min(lacking, default=0)
        if not first or (epoch, first - 1) >= (self._head.epoch, self._head.seq):
            return
        batch = self._book.after((epoch, first - 1), 1, MAX_BODY_BYTES)
        if batch is not None and batch.rows[0].seq == first:
            self._head = replace(self._head, epoch=epoch, seq=first - 1)

    def _keep(self, *, at_once: bool) -> None:
        """Remember where it stands, seldom: each time costs the disk what an entry costs."""
        if self._head == self._kept or not (at_once or time.monotonic() - self._kept_at >= KEEP_EVERY_S):
            return
        self._memory.remember(HEAD_KEY, json.dumps(asdict(self._head)))
        self._kept, self._kept_at = self._head, time.monotonic()

    def _minute(self) -> datetime:
        """When it was heard, to the minute: finer would be news each second."""
        return self._now().replace(second=0, microsecond=0)

    def _tell(self, contact: StoreContact) -> None:
        if contact != self.contact:
            self.contact = contact
        self._on_contact(contact)


def _read(kept: str | None) -> StoreHead:
    known: dict[str, Any] = json.loads(kept) if kept else {}
    names = StoreHead.__dataclass_fields__
    return StoreHead(**{name: value for name, value in known.items() if name in names})


def _why(error: PosError) -> str:
    problem = error.problem if isinstance(error, ServerRefused) else ""
    return problem or str(error.facts.get("cause", "")) or error.reason
