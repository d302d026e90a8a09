"""A lane, opened: the ports put together for a command that reads, or for one that writes."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from pos_client.config import settings as station
from pos_client.config.credentials import Credentials
from pos_client.config.machine_clock import MachineClock
from pos_client.config.paths import Home, find_home
from pos_client.config.secret_store import open_secrets
from pos_client.config.settings import Settings
from pos_client.config.signing_keys import StoreHasher
from pos_client.config.wording import Wording
from pos_client.domain.errors import JournalHeld, StorageUnavailable
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.keyed_hash import pin_pepper
from pos_client.domain.store_profile import Role
from pos_client.domain.verdict import EntryRef, Notice, Verdict
from pos_client.storage.booth_reader import SqlBooth
from pos_client.storage.cache_pointer import CachePointer
from pos_client.storage.cache_reader import SqlCache
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.journal_beside import ReadOnlyJournal
from pos_client.storage.journal_opening import Witness
from pos_client.storage.journal_reader import JournalReader
from pos_client.storage.lock import COMMAND, WINDOW, WriterLock
from pos_client.storage.lookup_book import LookupBook
from pos_client.storage.slip_book import SqlSlipBook
from pos_client.sync.api_client import ApiClient
from pos_client.sync.server_time import ServerTime
from pos_client.sync.signing import RequestSigner
from pos_client.sync.store_link import StoreLink
from pos_client.ui.assets import resources_folder
from pos_client.usecases.authorise import Signature
from pos_client.usecases.check_code import CheckCode
from pos_client.usecases.claim_port import Claims, NobodyHoldsPoints, PointsDesk
from pos_client.usecases.confirm_date import ConfirmDate
from pos_client.usecases.desk import Attribution, Desk
from pos_client.usecases.late_answers import take_note
from pos_client.usecases.login import OPERATOR
from pos_client.usecases.redeem import Redeem
from pos_client.usecases.sync_overview import Overview, overview
from pos_client.usecases.transaction import Request
from pos_client.usecases.void import Void

from .asking import LateShelf, SightClaims, crm_desks, store_client
from .print_queue import prints_of
from .standing import StandingOrders

LOG: Final = logging.getLogger(__name__)
LOCK_WAIT_S: Final = 5.0
VERSION: Final = version("pos-client")


@dataclass(frozen=True)
class LaneFiles:
    """What every opening of a home needs: paths, orders, secrets, clocks, settings.

    Attributes:
        pointer: which cache file is in use, shared by reader and installer of this process.
    """

    home: Home
    orders: StandingOrders
    credentials: Credentials
    clock: MachineClock
    settings: Settings
    pointer: CachePointer

    @classmethod
    def of(cls, given: Path | None) -> "LaneFiles":
        """Read a home's identity. Raises NotEnrolled, SettingsInvalid, StorageUnavailable."""
        home, clock = find_home(given), MachineClock()
        orders = StandingOrders(home, clock)
        credentials = Credentials(open_secrets(home, orders.enrolment.secrets_in))
        return cls(home, orders, credentials, clock, station.load(home.settings), CachePointer(home.root))

    @cached_property
    def store_secret(self) -> bytes:
        """32 bytes behind every keyed hash of this store."""
        return self.credentials.store_secret(self.orders.enrolment.device_id)

    @property
    def device(self) -> str:
        """This lane's device id."""
        return self.orders.enrolment.device_id

    def server_time(self, journal: JournalReader) -> ServerTime:
        """The server's clock as this lane knows it; new knowledge goes into a journal that can be written."""
        on_anchor = journal.server_heard if isinstance(journal, SqlJournal) else None
        time = ServerTime(self.clock, self.orders.verify_time, journal.time_anchor(), on_anchor)
        self.orders.go_by(time.now)
        return time

    def signer(self) -> RequestSigner:
        """Signs requests with the lane's key."""
        return RequestSigner(self.device, self.credentials.device_key(self.device).sign)

    def api(self, time: ServerTime, **options: Any) -> ApiClient:
        """A client of the server, with a connection of its own."""
        url = self.orders.enrolment.server_url
        return ApiClient(url, time, version=VERSION, signer=self.signer(), **options)

    def open_journal(self, holder: str, wait_s: float, *, as_found: bool = False) -> SqlJournal:
        """Open the book as its only writer; ``as_found`` also where the witness knows more than it holds."""
        device, credentials = self.device, self.credentials
        key = LaneKey(device, self.orders.enrolment.epoch, credentials.device_key(device).sign)

        left_here = credentials.head_witness(device) if as_found else None

        def known() -> EntryRef | None:
            return None if as_found else credentials.head_witness(device)

        def remember(head: EntryRef) -> None:
            # What is missing stays remembered until a new epoch says so.
            if left_here is None or head.epoch > left_here.epoch:
                credentials.witness_head(device, head)

        witness = Witness(remember, known)
        lock = WriterLock(self.home.lane_lock, holder)
        journal = SqlJournal.open(self.home.journal, key, lock=lock, wait_s=wait_s, witness=witness)
        self.follow(journal)
        return journal

    def follow(self, journal: SqlJournal) -> None:
        """Bring the enrolment up to the journal's epoch; where the disk refuses, the next opening does it."""
        try:
            self.orders.adopt_epoch(journal.epoch)
        except StorageUnavailable as error:
            LOG.warning("the enrolment does not follow epoch %s yet: %s", journal.epoch, error.detail)

    def desk(self, journal: ReadOnlyJournal | SqlJournal, claims: Claims, points: PointsDesk | None = None) -> Desk:
        """The ports of one lane; without ``points`` nobody holds any."""
        cache = SqlCache(self.pointer, self.store_secret)
        return Desk(
            identity=self.orders.identity,
            cache=cache,
            journal=journal,
            claims=claims,
            clock=self.clock,
            verifier=self.orders,
            hasher=StoreHasher(self.store_secret),
            limits=self.orders.limits,
            policy_version=self.orders.policy_version,
            app_version=VERSION,
            booth=SqlBooth(cache, self.store_secret, self.orders.identity.lane),
            trade=self.orders.trade,
            points=points or NobodyHoldsPoints(),
            has_signed=self.credentials.device_key(self.device).has_signed,
            slips=SqlSlipBook(self.home.slip_book, self.store_secret),
            parts=self.orders.parts,
            pins=lambda: self.orders.pins(pin_pepper(self.store_secret)),
            lookups=LookupBook(self.home.lookups),
            prints=prints_of(self.home, self.settings.printer, self.store_secret),
        )


@dataclass(frozen=True)
class Lane:
    """An open lane, as commands use it."""

    files: LaneFiles
    desk: Desk
    journal: JournalReader

    @cached_property
    def wording(self) -> Wording:
        """Sentences in this store's time zone."""
        return Wording.load(resources_folder(), self.zone)

    @property
    def zone(self) -> str:
        """The store's time zone, as it was enrolled with."""
        return self.files.orders.enrolment.store.zone

    @property
    def operator(self) -> str:
        """Who acts where nobody is named: who logged in, else the only clerk of the store; else nobody."""
        logged_in = self.journal.meta(OPERATOR)
        if logged_in or self.desk.is_revoked:
            return logged_in or ""
        clerks = [person.id for person in self.desk.cache.staff() if person.role is Role.CLERK]
        return clerks[0] if len(clerks) == 1 else ""

    @property
    def promoter(self) -> str:
        """Who gets the credit, as the station's settings say."""
        return self.files.settings.station.promoter

    @property
    def window_holds_journal(self) -> bool:
        """Whether a window is open on this home."""
        return writer_of(self.files.home) == WINDOW

    def conflict_documents(self) -> list[dict[str, Any]]:
        """Redemptions of this lane that lost their use to another one, each with its holder."""
        return [
            {
                "seq": entry.seq,
                "coupon_id": entry.fields().get("coupon_id"),
                "at": entry.fields().get("at"),
                "value_minor": entry.fields().get("value_minor"),
                "holder": json.loads(entry.holder) if entry.holder else None,
            }
            for entry in self.journal.conflicts()
        ]

    def check(self, request: Request) -> Verdict:
        """The verdict; nothing is written."""
        return CheckCode(self.desk)(request)

    def redeem(self, request: Request) -> Verdict:
        """The verdict, with the entry on disk."""
        return Redeem(self.desk)(request)

    def void(self, seq: int, reason: str, attribution: Attribution, who: Signature | None = None) -> Verdict:
        """Take a redemption back."""
        return Void(self.desk)(seq, reason, attribution, who)

    def confirm_date(self, day: date, supervisor: str, pin: str = "") -> Verdict:
        """Take a supervisor's word for the date."""
        return ConfirmDate(self.desk)(day, supervisor, pin)

    def overview(self) -> Overview:
        """The lane at a glance."""
        seen = overview(self.desk)
        beside = self._new_epoch(seen.time.now)
        if self.files.credentials.is_file_backed:
            beside = (*beside, Notice("key-in-file"))
        return replace(seen, notices=(*seen.notices, *beside))

    def _new_epoch(self, now: datetime) -> tuple[Notice, ...]:
        """That the centre saw this lane twice, or in an old state, and since when it goes on; said for a day."""
        first = self.journal.entry_of(self.journal.epoch, 1)
        if first is None or first.kind is not EntryKind.RESYNC_GAP:
            return ()
        fields = first.fields()
        at = datetime.fromisoformat(fields["at"])
        if now - at > timedelta(days=1):
            return ()
        lost = max(0, fields["server_seq"] - fields["last_seq"])
        return (Notice("new-epoch", {"epoch": first.epoch, "since": at, "lost": lost}),)

    def notice_document(self, notice: Notice) -> dict[str, Any]:
        """A notice with its sentences."""
        line, step = self.wording.of_notice(notice.reason, notice.facts)
        return {"reason": notice.reason, "sentence": line.as_json(), "next_step": step.as_json()}


def writer_of(home: Home) -> str:
    """Who holds the journal now: ``window``, ``command`` or empty."""
    return WriterLock(home.lane_lock).holder_now()


def open_for_command(files: LaneFiles) -> SqlJournal:
    """Open the journal for a command: another command is waited for, a window is not."""
    try:
        return files.open_journal(COMMAND, 0.0)
    except JournalHeld as held:
        if held.facts.get("holder") == WINDOW:
            raise
    return files.open_journal(COMMAND, LOCK_WAIT_S)


@contextmanager
def reading_lane(given: Path | None) -> Iterator[Lane]:
    """Open a lane beside whoever writes it."""
    files = LaneFiles.of(given)
    journal = ReadOnlyJournal.open(files.home.journal, WriterLock(files.home.lane_lock))
    try:
        api = files.api(files.server_time(journal))
        store = StoreLink(files.orders.store_server, partial(store_client, api, files.orders))
        yield Lane(files, files.desk(journal, SightClaims(api, store)), journal)
        store.close()
    finally:
        journal.close()


@contextmanager
def writing_lane(given: Path | None) -> Iterator[Lane]:
    """Open a lane as its only writer. Raises JournalHeld while a window or another command has it."""
    files = LaneFiles.of(given)
    journal = open_for_command(files)
    try:
        api, late = files.api(files.server_time(journal)), LateShelf()
        lane = Lane(files, files.desk(journal, *crm_desks(api, files.orders, late)), journal)
        yield lane
        for one in late.take():
            take_note(lane.desk, one)
        api.close()
    finally:
        journal.close()
