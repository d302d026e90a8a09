"""A counter at the end of a day: things in stock, a clerk and a supervisor with PINs, an office behind the desk.

Apart from conftest because tests of the deed, of the screen, and a process that is killed use the same one.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from pos_client.domain.journal_entry import EntryKind
from pos_client.usecases.day_end import DayEnd, Signatures
from pos_client.usecases.day_end_facts import DayEndFacts
from pos_client.usecases.day_end_state import Step
from pos_client.usecases.desk import Desk
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.counter import CLERK, Counter, Tables, a_counter
from tests.unit.usecases.office import DeskOffice
from tests.unit.usecases.test_authorise import a_book

BOSS, BOSS_PIN, CLERK_PIN, WRONG = "S01", "482915", "591382", "482916"
SIGNED = Signatures(CLERK_PIN, BOSS, BOSS_PIN)
# A number that stands nowhere else.
CATS, TEAS = 3, 4711


@dataclass(frozen=True)
class Word:
    """What the centre says of a row."""

    epoch: int
    seq: int
    hash: bytes
    result: str = "accepted"
    reason: str = ""
    holder: str = ""
    server_ref: str = ""


@dataclass
class DayShop:
    """A counter and its office."""

    counter: Counter
    office: DeskOffice

    @property
    def desk(self) -> Desk:
        """The desk with its office."""
        return replace(self.counter.desk, office=self.office)

    @property
    def end(self) -> DayEnd:
        """The day's end, looked at anew as after a restart."""
        return DayEnd(self.desk, CLERK)

    def redeem(self, *serials: int) -> list[int]:
        """Coupons of campaign 1001; numbers of their entries."""
        numbers = []
        for serial in serials:
            verdict = self.counter.redeem(a.a_signed_coupon(serial).text())
            assert verdict.entry is not None, verdict
            numbers.append(verdict.entry.seq)
        return numbers

    def deliver(self, **results: str) -> None:
        """Everything arrives; ``e7="conflict"`` says of entry 7 that it lost its use."""
        outbox = self.counter.journal.outbox
        while batch := outbox.next_batch(100, 1 << 20):
            outbox.record_results(
                [Word(row.epoch, row.seq, row.hash, results.get(f"e{row.seq}", "accepted")) for row in batch.rows]
            )

    def counted(self, **numbers: int) -> DayEndFacts:
        """The count done with these numbers, at the second step."""
        state = self.end.open().state
        for item, number in ({"plush-cat": CATS, "tea-box": TEAS} | numbers).items():
            state = state.with_count(item, number)
        return self.end.change(replace(state, is_counted=True).at(Step.UPLOAD))

    def closes(self) -> int:
        """How many days were closed."""
        return len(self.counter.journal.days.closes())

    def kinds(self) -> list[EntryKind]:
        """What the book records."""
        return self.counter.kinds()


def with_day(tables: Tables) -> None:
    """Stock and people."""
    tables["stock"] = [b.stock_row("plush-cat", CATS), b.stock_row("tea-box", TEAS)]
    tables["staff"] += [a.staff_row(BOSS, name="赵姐", role="supervisor")]


def a_day_shop(folder: Path) -> DayShop:
    """The shop in a folder; opened again on one that has a journal already, it goes on there."""
    counter = a_counter(folder, with_day, with_data=not (folder / "cache.json").exists())
    counter.pins = a_book(**{BOSS: BOSS_PIN, CLERK: CLERK_PIN})
    return DayShop(counter, DeskOffice(counter.journal))
