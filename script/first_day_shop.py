"""The booth of a clerk's first day: a real desk, journal and cache, a till thread, and the real window over them.

Yesterday was worked and closed by the same deeds as today. The centre is there at first and goes away when the line is
cut; a customer who binds himself does it on his own telephone, which no key of the counter can do.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent

from pos_client.bootstrap.gun import Gun
from pos_client.config.settings import WedgeSettings
from pos_client.config.wording import Wording
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.keyed_hash import phone_account
from pos_client.domain.trusted_time import ClockReading
from pos_client.ui.assets import resources_folder
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.usecases.bind_port import BindPorts, SceneBound
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.day_end_state import Step
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from script.first_day_hands import pass_time
from tests import booth_builders as b
from tests import builders as a
from tests.fakes.binding_fakes import BindingCentre
from tests.fakes.desk_fakes import CountedWakes, SetClock
from tests.unit.usecases.bind_desk import KEY
from tests.unit.usecases.booth_shop import CAT
from tests.unit.usecases.counter import CLERK, IDENTITY, PROMOTER, SECRET, Counter, a_lane
from tests.unit.usecases.day_shop import BOSS, BOSS_PIN, CLERK_PIN, SIGNED, DayShop, with_day
from tests.unit.usecases.office import DeskOffice
from tests.unit.usecases.test_authorise import a_book

YESTERDAY: Final = (7301, 7302, 7303)
"""Serials of coupons that were redeemed the day before."""
SOUGHT: Final = "7302"
"""The end of a code of yesterday, as a customer reads it out."""
PLAIN, PRIZE, LARGE = 1001, 1002, 1003
LARGE_EFFECT: Final = {"kind": "amount_off", "amount_minor": 8_000}
PHONE_DIGITS: Final = a.PHONE.removeprefix("+86")
CARD: Final = card_number(7)
PINS: Final = (CLERK_PIN, BOSS_PIN)
ITEMS_TYPED: Final = ("2", "4711")
"""What lies at the booth in the evening: one of three cats was given away."""
CLERK_NAME: Final = "小王"
NIGHT: Final = timedelta(hours=22)


class MovableClock(SetClock):
    """Runs as fast as the machine's, from a moment that can be moved on."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._moved = timedelta()
        self._began = datetime.now(start.tzinfo)
        self._start = start

    def now(self) -> datetime:
        """Aware UTC."""
        return self._start + self._moved + (datetime.now(self._start.tzinfo) - self._began)

    def read(self) -> ClockReading:
        """One look."""
        passed = self.now() - self._start
        self.wall = self._start + passed
        return ClockReading(self.wall, 1_000_000 + passed // timedelta(milliseconds=1), self.boot_id)

    def pass_by(self, span: timedelta) -> None:
        """It is that much later."""
        self._moved += span


class CentreOnTheWay(BindingCentre):
    """A centre to which a customer's telephone speaks too."""

    is_scanned = False

    def bound(self, digest: str) -> SceneBound | None:
        """Whoever scans the code that is on show is a new member, called 李."""
        if self.is_scanned and digest not in self.scenes:
            key = phone_account(SECRET, "+8613900139000")
            self.scenes[digest] = SceneBound("m900", 900, key, "李* 139****9000", is_new=True)
        return super().bound(digest)


class Shop:
    """The booth, with its window in a language."""

    def __init__(self, folder: Path, language: str) -> None:
        self.language = language
        self.clock = MovableClock(a.NOON)
        self.counter = _counter(folder, self.clock)
        self.day = DayShop(self.counter, DeskOffice(self.counter.journal))
        self._work_and_close_yesterday()
        self.clock.pass_by(NIGHT)
        self.counter.hear_the_server()
        self.centre = CentreOnTheWay()
        desk = self.day.desk
        session = TillSession(desk, "", PROMOTER)
        session.keeps_things = True
        self.till = TillLane(desk, session, CountedWakes(), self._contact, lambda _promoter: None)
        ports: BindPorts = self.centre.ports(KEY)
        line = DeskLine(self.till, desk, session, CounterTools(binding=ports, far=self.till))
        wording, gun = Wording.load(resources_folder(), a.ZONE), Gun(WedgeSettings())
        looks = Looks(language)
        self.clerk = ClerkWindow(self.till, wording, resources_folder(), looks, self.clock.now, gun, None, line)
        self.till.listen(self.clerk.till_bridge)
        self.clerk.show()
        self.clerk.window.activateWindow()
        self.clerk.start({"till": self.till})

    def cut_the_line(self) -> None:
        """The centre cannot be reached any more."""
        self.counter.unplug()
        self.centre.is_reachable = False

    def customer_scans(self) -> None:
        """A customer holds his telephone before the code that is on show."""
        self.centre.is_scanned = True

    def booked(self) -> list[str]:
        """What the book records of today, oldest first."""
        return [entry.kind.value for entry in self.counter.entries()][self.entries_before :]

    def close(self) -> bool:
        """The counter closes; False where a thread did not end."""
        self.clerk.window.close()
        ended = self.clerk.stop()
        # What the till said last is still on its way to the window.
        pass_time(20)
        self.clerk.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.counter.journal.close()
        return ended

    def _contact(self) -> Contact:
        return Contact(at=self.clock.now() if self.counter.centre.is_reachable else a.NOON)

    def _work_and_close_yesterday(self) -> None:
        self.counter.hear_the_server()
        self.day.redeem(*YESTERDAY)
        facts = self.day.counted()
        at_sign = self.day.end.change(facts.state.at(Step.SIGN))
        closed = self.day.end.sign(at_sign.state, SIGNED)
        if closed.closed is None:
            raise AssertionError(f"yesterday was not closed: {closed.refusal}")
        self.day.end.finish()
        self.entries_before = len(self.counter.entries())


def coupon(serial: int, campaign: int = PLAIN) -> str:
    """What a coupon's code holds."""
    return a.a_signed_coupon(serial, campaign=campaign).text()


def _counter(folder: Path, clock: SetClock) -> Counter:
    tables = a.a_shop(SECRET)
    with_day(tables)
    tables["offer"] += [
        a.offer_row(PRIZE, name={"zh": "集章领奖", "en": "Prize day"}, effects=[CAT]),
        a.offer_row(LARGE, name={"zh": "大额券", "en": "Large coupon"}, effects=[LARGE_EFFECT]),
    ]
    tables["pool_member"] = [b.pool_member_row(500 + place) for place in range(3)]
    until = wire_time(a.NOON + timedelta(days=5))
    a.a_cache_in_use(folder, tables, a.cache_meta(soft_until=until))
    counter = a_lane(folder, folder, IDENTITY, clock)
    counter.pins = a_book(**{BOSS: BOSS_PIN, CLERK: CLERK_PIN})
    return counter
