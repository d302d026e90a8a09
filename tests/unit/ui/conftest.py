"""A counter without a window: the presenter between a screen that remembers and a till that writes down."""

from datetime import datetime, timedelta

import pytest

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.entry_text import AmountText, CodeText
from pos_client.ui.scan.scan_presenter import ScanPresenter
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.till_view import Customer, LaneStatus, RecentItem, TillAnswer, TillFault
from script import screen_facts as facts


class Screen:
    """A screen that remembers what it shows."""

    def __init__(self) -> None:
        self.workspace = Workspace.HOME
        self.verdict: TillAnswer | TillFault | str = ""
        self.code = CodeText()
        self.amount = AmountText()
        self.asks_again = False
        self.customer = Customer()
        self.unfinished = CodeText()
        self.status = LaneStatus()
        self.is_past = False
        self.undo_left_s = 0.0
        self.undo_item: RecentItem | None = None
        self.undo_note: str | None = None
        self.tray = 0
        self.sounds: list[Sound] = []

    def show_workspace(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def show_code_entry(self, text: CodeText) -> None:
        self.code = text

    def show_amount_entry(self, text: AmountText, *, asks_again: bool) -> None:
        self.amount, self.asks_again = text, asks_again

    def show_customer(self, customer: Customer, unfinished: CodeText) -> None:
        self.customer, self.unfinished = customer, unfinished

    def show_status(self, status: LaneStatus) -> None:
        self.status = status

    def show_answer(self, answer: TillAnswer) -> None:
        self.verdict = answer

    def show_fault(self, fault: TillFault) -> None:
        self.verdict = fault

    def show_nothing(self) -> None:
        self.verdict = ""

    def show_checking(self) -> None:
        self.verdict = "checking"

    def show_age(self, *, is_past: bool, undo_left_s: float) -> None:
        self.is_past, self.undo_left_s = is_past, undo_left_s

    def show_undo(self, item: RecentItem | None, note: str | None) -> None:
        self.undo_item, self.undo_note = item, note

    def show_tray(self, count: int) -> None:
        self.tray = count

    def play(self, sound: Sound) -> None:
        self.sounds.append(sound)


class Counter:
    """A presenter between a screen and a till, with a clock that a test moves."""

    def __init__(self) -> None:
        self.time = facts.NOW
        self.screen = Screen()
        self.till = facts.ScriptedTill()
        self.presenter = ScanPresenter(self.till, self.screen, self.now)
        self.presenter.on_status(facts.status())

    def now(self) -> datetime:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        self.presenter.on_tick()

    def type(self, text: str) -> None:
        for character in text:
            self.presenter.type_character(character)

    def scan(self, source: ScanSource = ScanSource.WEDGE) -> None:
        self.presenter.on_scanned(Scan("C8F3KQ", source, self.time))


@pytest.fixture
def counter() -> Counter:
    """Return a counter that has just opened."""
    return Counter()


class ListOfDeeds:
    """A screen on which a deed is chosen, and that takes nothing else."""

    takes_whole = True
    is_locked = False

    def __init__(self, chosen: RecentItem) -> None:
        self._chosen = chosen

    def take_scan(self, scan: Scan) -> bool:
        return False

    def type_character(self, character: str) -> bool:
        return False

    def backspace(self) -> bool:
        return False

    def enter(self) -> bool:
        return False

    def escape(self) -> bool:
        return False

    def chosen_item(self) -> RecentItem | None:
        return self._chosen
