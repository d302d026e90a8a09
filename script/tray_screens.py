"""States of the tray and of practice, for pictures and tests."""

from dataclasses import replace

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import Customer
from script import screen_facts as facts
from script.clerk_stage import Play, Stage


def another(number: int) -> Customer:
    """A customer who is somebody else."""
    masked = ("李* 159****8801", "陈** 186****3321", "赵** 137****0046")[number % 3]
    card = facts.member()
    return facts.customer(member=replace(card, view=replace(card.view, ref=f"M-{number + 2}", masked=masked)))


def put_aside(stage: Stage, count: int = 2) -> None:
    """So many purchases give way to the next customer."""
    stage.presenter.on_customer(facts.customer(awaits_confirm=True))
    for number in range(count):
        stage.presenter.on_scanned(Scan(f"code-{number}", ScanSource.WEDGE, stage.wait(60)))
        stage.presenter.on_customer(another(number))


def _tray(stage: Stage) -> None:
    put_aside(stage)
    stage.presenter.open(Workspace.TRAY)


def _chip(stage: Stage) -> None:
    put_aside(stage)
    stage.presenter.on_customer(Customer())


SCREENS: dict[str, Play] = {
    "tray": _tray,
    "tray-empty": lambda stage: stage.presenter.open(Workspace.TRAY),
    "tray-chip": _chip,
}
