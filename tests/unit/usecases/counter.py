"""One counter as the tests drive it: deeds in the trade's words, every verdict checked to be sayable.

Apart from conftest because the tests name its type.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pos_client.config.signing_keys import DeviceKey, StoreHasher, TrustedKey, TrustKeys
from pos_client.config.slip_page import slip_rows
from pos_client.config.slip_text import slip_text
from pos_client.config.wording import Wording
from pos_client.domain.basket import Basket
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.limits import Limits
from pos_client.domain.pins import PinBook
from pos_client.domain.signed_document import KeyPurpose
from pos_client.domain.trade_policy import TradePolicy
from pos_client.domain.trusted_time import TimeAnchor
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.storage.booth_reader import SqlBooth
from pos_client.storage.cache_reader import SqlCache, open_cache
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.slip_book import SqlSlipBook
from pos_client.usecases.accounts import Accounts, holder_of
from pos_client.usecases.authorise import Signature
from pos_client.usecases.check_code import CheckCode
from pos_client.usecases.confirm_date import ConfirmDate
from pos_client.usecases.desk import Attribution, Desk
from pos_client.usecases.hand_over import HandOver, HandOverRequest
from pos_client.usecases.hold import Hold
from pos_client.usecases.ports import LaneIdentity
from pos_client.usecases.printing_port import NoPrintQueue, PrintQueue
from pos_client.usecases.purchase import Purchase, PurchaseRequest
from pos_client.usecases.recognise import MemberShown, recognise
from pos_client.usecases.redeem import Redeem
from pos_client.usecases.return_goods import ReturnGoods, ReturnRequest
from pos_client.usecases.slip import MakeSlip
from pos_client.usecases.transaction import Request
from pos_client.usecases.void import Void
from tests import builders as a
from tests.fakes.desk_fakes import CentreInMemory, SetClock

SECRET = a.a_store_secret()
IDENTITY = LaneIdentity("device-1", 1, a.STORE, 2, "B1")
CLERK, COLLEAGUE, PROMOTER = "E01", "E02", "P05"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WORDING = Wording.load(Path(__file__).resolve().parents[3] / "resources")
Tables = dict[str, list[a.Row]]


@dataclass
class Counter:
    """A lane's counter.

    Attributes:
        folder: of journal and cache.
        limits: of the lane alone; may be set.
        chance: what is drawn, from 0 up to 1; high enough that nobody is asked at random unless a test sets it.
        parts: uses of limited campaigns that are this lane's own.
    """

    folder: Path
    journal: SqlJournal
    cache: SqlCache
    centre: CentreInMemory
    clock: SetClock
    verifier: TrustKeys
    hasher: StoreHasher
    booth: SqlBooth
    limits: Limits = field(default_factory=Limits)
    trade: TradePolicy = field(default_factory=TradePolicy)
    chance: float = 0.99
    parts: dict[int, int] = field(default_factory=dict)
    pins: PinBook = field(default_factory=PinBook)
    identity: LaneIdentity = IDENTITY
    prints: PrintQueue = field(default_factory=NoPrintQueue)

    @property
    def desk(self) -> Desk:
        """The ports put together."""
        return Desk(
            identity=self.identity,
            cache=self.cache,
            journal=self.journal,
            claims=self.centre,
            clock=self.clock,
            verifier=self.verifier,
            hasher=self.hasher,
            limits=lambda: self.limits,
            policy_version=lambda: 4,
            app_version="0.1.0",
            booth=self.booth,
            trade=lambda: self.trade,
            has_signed=DeviceKey(a.a_key("device").private_bytes_raw()).has_signed,
            chance=lambda: self.chance,
            slips=SqlSlipBook(self.folder / "slips.db", SECRET),
            parts=lambda: self.parts,
            pins=lambda: self.pins,
            prints=self.prints,
        )

    def check(self, *codes: str, operator: str = CLERK, **more: Any) -> Verdict:
        """What would happen."""
        return said(CheckCode(self.desk)(Request(codes, attribution=Attribution(operator, PROMOTER, "camera"), **more)))

    def redeem(self, *codes: str, operator: str = CLERK, basket: Basket | None = None, **more: Any) -> Verdict:
        """Redeem what is shown."""
        request = Request(codes, basket, attribution=Attribution(operator, PROMOTER, "camera"), **more)
        return said(Redeem(self.desk)(request))

    def purchase(self, *codes: str, burn: int = 0, basket: Basket | None = None, **more: Any) -> Verdict:
        """Record a purchase."""
        request = Request(codes, basket, attribution=Attribution(CLERK, PROMOTER, "camera"), **more)
        return said(Purchase(self.desk)(PurchaseRequest(request, burn)))

    def return_goods(self, seq: int, pieces: dict[int, int] | None = None, amount: int | None = None) -> Verdict:
        """Goods come back."""
        return said(ReturnGoods(self.desk)(ReturnRequest(seq, pieces, amount), Attribution(CLERK, PROMOTER, "window")))

    def hand_over(self, seq: int, **more: str) -> Verdict:
        """Something changes hands."""
        return said(HandOver(self.desk)(HandOverRequest(seq, **more), Attribution(CLERK, PROMOTER, "window")))

    def hold(self, *codes: str, **more: Any) -> Verdict:
        """Hold a coupon."""
        return said(Hold(self.desk)(Request(codes, attribution=Attribution(CLERK, PROMOTER, "camera"), **more)))

    def slip(self, seq: int, language: str = "zh") -> str:
        """A slip's text, of an entry of which there is one."""
        made = MakeSlip(self.desk)(seq)
        assert made is not None
        return slip_text(slip_rows(made, WORDING, language))

    def points(self, card: str) -> int:
        """A member's points as this lane knows them."""
        shown = recognise(self.desk, card, self.desk.trusted_time())
        assert isinstance(shown, MemberShown)
        return Accounts(self.desk).points(holder_of(shown))

    def stamps(self, card: str, on: str) -> int:
        """Stamps on a card of a member."""
        shown = recognise(self.desk, card, self.desk.trusted_time())
        assert isinstance(shown, MemberShown)
        return Accounts(self.desk).stamps(holder_of(shown), on)

    def void(self, seq: int, reason: str = "slip", operator: str = CLERK, who: Signature | None = None) -> Verdict:
        """Take an entry back."""
        return said(Void(self.desk)(seq, reason, Attribution(operator, "", "window"), who))

    def confirm_date(self, day: date, supervisor: str) -> Verdict:
        """A supervisor's word for the date."""
        return said(ConfirmDate(self.desk)(day, supervisor))

    def unplug(self) -> None:
        """Nobody can be reached."""
        self.centre.is_reachable = False

    def hear_the_server(self, moment: datetime | None = None) -> None:
        """A signed time came in."""
        at = self.clock.read()
        self.journal.server_heard(TimeAnchor(moment or at.wall, at.monotonic_ms, at.boot_id))

    def entries(self) -> list[Entry]:
        """The whole book, oldest first."""
        return list(reversed(self.journal.latest(1_000)))

    def kinds(self) -> list[EntryKind]:
        """What the book records, oldest first."""
        return [entry.kind for entry in self.entries()]

    def fields(self, seq: int) -> dict[str, Any]:
        """An entry's body."""
        entry = self.journal.entry(seq)
        assert entry is not None
        return entry.fields()

    def fill_the_disk(self, spare_pages: int = 0) -> None:
        """From now on the journal's file cannot grow: SQLite itself says that the disk is full."""
        with self.journal._file.transaction() as connection:
            pages = connection.execute("PRAGMA page_count").fetchall()[0][0]
            connection.execute(f"PRAGMA max_page_count = {pages + spare_pages}").fetchall()


KEYS = [
    TrustedKey(1, purpose, a.public_bytes(a.a_key(name)), date(2025, 1, 1), date(2027, 12, 31))
    for purpose, name in (
        (KeyPurpose.COUPON, "coupon"),
        (KeyPurpose.SLOT, "slot"),
        (KeyPurpose.PARAMETRIC, "parametric"),
    )
]
OpenCounter = Callable[..., Counter]


def a_counter(folder: Path, change: Callable[[Tables], object] | None = None, *, with_data: bool = True) -> Counter:
    """A counter in a folder; the shop's rows may be changed, or left as they lie there."""
    tables = a.a_shop(SECRET)
    if change:
        change(tables)
    if with_data:
        a.a_cache_in_use(folder, tables)
    return a_lane(folder, folder, IDENTITY, SetClock(a.NOON))


def a_lane(folder: Path, data: Path, identity: LaneIdentity, clock: SetClock) -> Counter:
    """A lane whose book lies in one folder and its data in another, which lanes of a store may share."""
    key, cache = LaneKey(identity.device, identity.epoch, a.a_key("device").sign), open_cache(data, SECRET)
    return Counter(
        folder=folder,
        journal=SqlJournal.open(folder / "journal.db", key),
        cache=cache,
        centre=CentreInMemory(identity, clock),
        clock=clock,
        verifier=TrustKeys(KEYS, lambda: a.TODAY),
        hasher=StoreHasher(SECRET),
        booth=SqlBooth(cache, SECRET, identity.lane),
        identity=identity,
    )


def said(verdict: Verdict) -> Verdict:
    """The verdict, once its sentences were found to be whole in both languages."""
    for language in ("zh", "en"):
        words = WORDING.of_verdict(verdict, language, a.NOON)
        for text in (words.headline, words.line, words.say, words.next_step):
            assert text, verdict
            _whole(text)
    beside = [part for notice in verdict.notices for part in WORDING.of_notice(notice.reason, notice.facts)]
    beside += [WORDING.of_reward(reward) for reward in verdict.rewards]
    unused = [outcome for outcome in verdict.coupons if not outcome.used]
    beside += [WORDING.sentence(Verdict(VerdictKind.REFUSED, one.why, one.facts, coupons=(one,))) for one in unused]
    for part in beside:
        _whole(part.zh)
        _whole(part.en)
    return verdict


def _whole(text: str) -> None:
    assert not re.search(r"  | [.,;]|[:：] ×|^ |第 +笔|于 *[，。]", text), text
