"""Every state of the day's end for the gallery, by name."""

from collections.abc import Callable
from dataclasses import replace

from pos_client.ui.close.close_page import ClosePage
from pos_client.ui.close.close_view import Field, Typing
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.day_end_facts import DayEndFacts
from pos_client.usecases.day_end_state import Decision, Step
from pos_client.usecases.day_office import CarriedFile
from pos_client.usecases.print_day import SheetInQueue
from script import close_facts as facts
from script.clerk_stage import Play, Stage
from script.receipt_facts import PAPER_OUT
from script.receipt_screens import printer


def _shown(make: Callable[[], DayEndFacts], typing: Typing = Typing()) -> Play:  # noqa: B008 - it is frozen
    def play(stage: Stage) -> None:
        show(stage, make(), typing)

    return play


def show(stage: Stage, known: DayEndFacts, typing: Typing) -> ClosePage:
    """Open the screen and show facts on it as the desk would."""
    page = stage.open(Workspace.CLOSE, ClosePage)
    page.presenter.facts, page.presenter.typing = known, typing
    page.show_all(known, typing)
    return page


def _offline(stage: Stage) -> None:
    waiting = facts.upload(86, has_contact=False, disagreed=0)
    page = show(stage, facts.facts(Step.UPLOAD, upload=waiting), Typing())
    page.show_carried(CarriedFile("closings/2026-11-22-1.bundle", 86, "9f3a01c7d2e45b60" * 4))


def _paper_out(stage: Stage) -> None:
    """The day is closed, its files are there, and the slip waits for paper."""
    page = show(stage, facts.done(), Typing())
    answers: dict[str, object] = page.around.line.answers  # type: ignore[attr-defined]
    answers["day_sheet_asked"] = SheetInQueue(4)
    printer(stage, PAPER_OUT)
    page.papers.print_slip(facts.done())


SCREENS: dict[str, Play] = {
    "close-count": _shown(lambda: facts.facts(Step.COUNT), Typing(row=2, digits="6")),
    "close-begun": _shown(lambda: facts.facts(Step.COUNT, open_intents=2), Typing(row=2)),
    "close-counted": _shown(facts.counted_before_next),
    "close-upload": _shown(lambda: facts.facts(Step.UPLOAD)),
    "close-paused": _shown(lambda: facts.facts(Step.UPLOAD, upload=facts.upload(25, is_held=True))),
    "close-offline": _offline,
    "close-conflicts": _shown(lambda: facts.conflicts(Decision.LOSS), Typing(row=1)),
    "close-first-conflict": _shown(facts.conflicts),
    "close-no-conflict": _shown(lambda: facts.facts(Step.CONFLICTS)),
    "close-differences": _shown(facts.differences),
    "close-reason": _shown(
        lambda: facts.differences(reason="broken-or-used", note="2 cats wet"), Typing(is_noting=True, note="2 cats wet")
    ),
    "close-sign": _shown(
        lambda: replace(facts.facts(Step.SIGN), state=replace(facts.state(Step.SIGN), supervisor="E90")),
        Typing(place=Field.SUPERVISOR_PIN, clerk_pin="135790", supervisor_pin="2468"),
    ),
    "close-locked": _shown(facts.locked),
    "close-done": _shown(facts.done),
    "close-paper-out": _paper_out,
    "close-sealed": _shown(lambda: facts.done(86)),
}
