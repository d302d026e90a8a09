"""States of the log-in and the override for pictures and tests."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from pos_client.domain.override import OverrideReason
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.shift.override_page import OverridePage
from pos_client.ui.shift.shift_page import ShiftPage
from pos_client.usecases.shift import ShiftFacts
from script import screen_facts as facts
from script import shift_facts as people
from script.clerk_stage import Play, Stage

LOCKED = Verdict(VerdictKind.REFUSED, Reason.PIN_LOCKED, {"wait_s": 60})
WRONG = Verdict(VerdictKind.REFUSED, Reason.PIN_WRONG, {"count": 3})


def shift_of(stage: Stage, known: ShiftFacts = people.SHIFT) -> ShiftPage:
    """The log-in, opened by these people's counter."""
    page = stage.clerk.window.body.page(Workspace.SHIFT)
    assert isinstance(page, ShiftPage)
    page.steps.look(known)
    stage.presenter.open(Workspace.SHIFT)
    return page


def override_of(stage: Stage) -> OverridePage:
    """The override of a coupon above a limit."""
    page = stage.clerk.window.body.page(Workspace.OVERRIDE)
    assert isinstance(page, OverridePage)
    stage.presenter.on_answer(
        facts.refused(Reason.OVER_FLOOR_VALUE, VerdictKind.SUPERVISOR, limit_minor=5000, value_minor=8000)
    )
    stage.presenter.open(Workspace.OVERRIDE)
    page.steps.look(people.SHIFT, people.LEFT)
    page.on_tick()
    return page


def _pin(stage: Stage) -> None:
    shift_of(stage)
    stage.type("1")
    stage.type("4829")


def _wrong(stage: Stage, verdict: Verdict) -> None:
    page = shift_of(stage)
    stage.type("1482916")
    stage.presenter.enter()
    page.steps.answered(verdict)
    page.on_tick()


def _kept(stage: Stage) -> None:
    shift_of(stage)
    stage.presenter.on_scanned(Scan("71002600418833", ScanSource.WEDGE, facts.NOW))
    stage.time += timedelta(seconds=2)


def _offer(stage: Stage) -> None:
    _kept(stage)
    page = shift_page(stage)
    page.steps.choose(people.PROMOTER)
    page.steps.answered(Verdict(VerdictKind.ACCEPTED, Reason.LOGGED_IN, {"name": "小陈"}))
    stage.wait(8)


def shift_page(stage: Stage) -> ShiftPage:
    """The log-in as it stands."""
    page = stage.clerk.window.body.page(Workspace.SHIFT)
    assert isinstance(page, ShiftPage)
    return page


def _clock(stage: Stage) -> None:
    page = shift_of(stage, replace(people.SHIFT, clock_off_s=900))
    stage.type("1482915")
    stage.presenter.enter()
    page.steps.answered(Verdict(VerdictKind.SUPERVISOR, Reason.CLOCK_SUSPECT))
    page.on_tick()


def _promoter(stage: Stage) -> None:
    shift_of(stage)
    stage.type("p")


def _override_pin(stage: Stage) -> None:
    page = override_of(stage)
    page.steps.choose_reason(OverrideReason.NETWORK_DOWN)
    stage.type("1")
    stage.type("482915")


def _override_who(stage: Stage) -> None:
    page = override_of(stage)
    page.steps.choose_reason(OverrideReason.KNOWN_CUSTOMER)
    page.on_tick()


def _override_wait(stage: Stage) -> None:
    _override_pin(stage)
    stage.presenter.enter()
    page = stage.clerk.window.body.page(Workspace.OVERRIDE)
    assert isinstance(page, OverridePage)
    page.steps.answered(facts.answer(LOCKED))
    stage.wait(12)


def _override_phone(stage: Stage) -> None:
    page = override_of(stage)
    page.steps.choose_reason(OverrideReason.HEAD_OFFICE_AGREED)
    page.steps.call()
    page.steps.challenged("S101-L2", "K7Q2M9XD")
    stage.type("4F8R2")


def _override_nothing(stage: Stage) -> None:
    stage.presenter.open(Workspace.OVERRIDE)


SCREENS: dict[str, Play] = {
    "shift": shift_of,
    "shift-crowd": partial(shift_of, known=people.CROWD),
    "shift-hidden": partial(shift_of, known=people.NO_PINS),
    "shift-pin": _pin,
    "shift-wrong": lambda stage: _wrong(stage, WRONG),
    "shift-wait": lambda stage: _wrong(stage, LOCKED),
    "shift-kept": _kept,
    "shift-offer": _offer,
    "shift-clock": _clock,
    "shift-promoter": _promoter,
    "override": override_of,
    "override-who": _override_who,
    "override-pin": _override_pin,
    "override-wait": _override_wait,
    "override-phone": _override_phone,
    "override-nothing": _override_nothing,
}
