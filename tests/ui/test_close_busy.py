"""Enter at the day's end while the till is at something: it waits for its turn once, and the page says so."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos_client.ui.close.close_page import ClosePage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.day_end_state import Step
from tests.ui.day_stage import DayStage, SameThread
from tests.unit.usecases.day_shop import BOSS_PIN, CATS, CLERK_PIN, TEAS


class Busy(SameThread):
    """A till that does nothing until it is told to."""

    def __init__(self) -> None:
        self.waits: list[Callable[[], None]] = []
        self.is_busy = False

    def do(self, deed: Callable[[], None]) -> int:
        """Now, or later."""
        if not self.is_busy:
            return super().do(deed)
        self.waits.append(deed)
        return 1

    def go_on(self) -> None:
        """Do what waits."""
        self.is_busy = False
        while self.waits:
            self.waits.pop(0)()


@pytest.fixture
def till() -> Busy:
    return Busy()


@pytest.fixture
def day(qapp: object, tmp_path: Path, till: Busy) -> Iterator[DayStage]:
    """Return a window on a day that nobody sold anything on."""
    del qapp
    made = DayStage(tmp_path, till)
    yield made
    made.close()


@pytest.fixture
def page(day: DayStage) -> ClosePage:
    made = day.stage.open(Workspace.CLOSE, ClosePage)
    day.settle()
    return made


def test_enter_waits_for_the_second_look_at_the_delivery(day: DayStage, page: ClosePage, till: Busy) -> None:
    day.type(f"{CATS}\n{TEAS}\n\n")
    till.is_busy = True
    page.presenter.look_again()
    day.type("\n")
    said = page.said.text()
    till.go_on()
    day.settle()

    assert said == "请稍等…"
    assert page.presenter.step is Step.CONFLICTS


def test_enter_that_is_pressed_thrice_is_done_once(day: DayStage, page: ClosePage, till: Busy) -> None:
    day.type(f"{CATS}\n{TEAS}\n\n")
    till.is_busy = True
    day.type("\n\n\n")
    till.go_on()
    day.settle()

    assert page.presenter.step is Step.CONFLICTS


def test_a_number_that_is_typed_meanwhile_is_counted(day: DayStage, page: ClosePage, till: Busy) -> None:
    till.is_busy = True
    day.type(f"{CATS}\n{TEAS}\n")
    till.go_on()
    day.settle()

    facts = page.presenter.facts
    assert facts is not None
    assert sorted(facts.state.counted.values()) == sorted((CATS, TEAS))


def test_enter_while_a_signature_is_looked_at_does_not_lead_past_the_thanks(
    day: DayStage, page: ClosePage, till: Busy
) -> None:
    day.type(f"{CATS}\n{TEAS}\n\n\n\n\n{CLERK_PIN}\n1{BOSS_PIN}")
    before = page.presenter.step
    till.is_busy = True
    day.type("\n\n")
    till.go_on()
    day.settle()

    assert (before, page.presenter.step) == (Step.SIGN, Step.DONE)
    assert page.isVisibleTo(day.stage.clerk.window)
