"""States of the scan loop for pictures and tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from pos_client.domain.errors import PosError, StorageUnavailable
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.camera_view import CameraAdvice, CameraState
from pos_client.usecases.gun_view import GunFindings, GunReport, GunState
from pos_client.usecases.history import HistoryLine
from pos_client.usecases.till_view import Customer, Network, Tally, TillFault
from script import history_facts
from script import screen_facts as facts
from script.clerk_stage import Play, Stage


def _answers(make: Callable[[], object], *, seen: bool = True) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.see(code=seen)
        stage.presenter.on_answer(make())  # type: ignore[arg-type]

    return play


def _network(network: Network) -> Callable[[Stage], None]:
    return lambda stage: stage.presenter.on_status(facts.status(network))


def _nothing(_stage: Stage) -> None:
    """The counter has opened."""


def _offline_redeemed(stage: Stage) -> None:
    stage.presenter.on_status(facts.status(Network.OFFLINE_FRESH))
    stage.see(code=True)
    stage.presenter.on_answer(facts.redeemed(VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE))


def _offline_used(stage: Stage) -> None:
    stage.presenter.on_status(facts.status(Network.OFFLINE_FRESH))
    stage.presenter.on_answer(facts.repeat())


def _history_text(stage: Stage) -> None:
    stage.presenter.on_answer(facts.redeemed())
    stage.presenter.on_customer(Customer())
    stage.wait(70)


def _amount(stage: Stage) -> None:
    stage.presenter.on_answer(facts.refused(Reason.BASKET_NEEDED))
    stage.presenter.open(Workspace.AMOUNT)
    stage.type("138.5")


def _amount_again(stage: Stage) -> None:
    stage.presenter.open(Workspace.AMOUNT)
    stage.type("52000")
    stage.presenter.enter()


def _unfinished(stage: Stage) -> None:
    stage.type("138001")
    stage.presenter.on_answer(facts.member_found())


def _fed(lines: tuple[HistoryLine, ...] | PosError) -> Callable[[Stage], None]:
    """A member in hand, and what was done with him; a window of 1280 has no room for that."""

    def play(stage: Stage) -> None:
        stage.line.answers["member_feed_asked"] = lines
        stage.presenter.on_answer(facts.member_found())
        stage.clerk.window.feed.ask()

    return play


def _member_without_coupons(stage: Stage) -> None:
    stage.presenter.on_answer(facts.member_found())
    stage.presenter.on_customer(facts.customer(member=replace(facts.member(), coupons=())))


def _undo_reason(stage: Stage) -> None:
    stage.presenter.on_answer(facts.redeemed())
    stage.wait(30)
    stage.presenter.undo()


def _camera_lost(stage: Stage) -> None:
    stage.camera(CameraState.LOST)
    stage.clerk.window.top_bar.show_sound(can_be_heard=False)


def _first_day(stage: Stage) -> None:
    stage.camera(CameraState.NONE)
    stage.presenter.on_status(facts.status(recent=(), tally=Tally(), promoter_name=""))


def _gun(stage: Stage, findings: GunFindings, report: GunReport | None = None) -> None:
    stage.presenter.open(Workspace.GUN)
    stage.clerk.window.page.gun.show_findings(findings)
    if report is not None:
        stage.clerk.guns.bridge.on_state(report)
        QCoreApplication.sendPostedEvents(stage.clerk.guns)


def _whole_used(stage: Stage) -> None:
    stage.clerk.window.page.whole.toggle()
    _answers(facts.repeat)(stage)


SCREENS: dict[str, Play] = {
    "idle": _nothing,
    "first-day": _first_day,
    "member": _answers(facts.member_found),
    "member-feed": _fed(history_facts.feed()),
    "member-feed-empty": _fed(()),
    "member-feed-busy": _fed(StorageUnavailable("busy")),
    "member-empty": _member_without_coupons,
    "accepted": _answers(facts.redeemed),
    "accepted-offline": _offline_redeemed,
    "confirm": _answers(facts.to_confirm),
    "supervisor": _answers(
        lambda: facts.refused(Reason.OVER_FLOOR_VALUE, VerdictKind.SUPERVISOR, limit_minor=5000, value_minor=8000)
    ),
    "below-threshold": _answers(
        lambda: facts.refused(Reason.BELOW_THRESHOLD, missing_minor=1200, threshold_minor=10000)
    ),
    "used": _answers(facts.repeat),
    "used-just-now": _answers(lambda: facts.repeat(own=True)),
    "used-offline": _offline_used,
    "used-whole": _whole_used,
    "refused": _answers(lambda: facts.refused(Reason.EXPIRED, last_day=facts.TODAY - timedelta(days=1))),
    "not-our-code": _answers(lambda: facts.refused(Reason.NOT_OUR_CODE, VerdictKind.UNKNOWN, None, start="ABCD")),
    "payment-code": _answers(lambda: facts.refused(Reason.PAYMENT_CODE, VerdictKind.UNKNOWN, None)),
    "cannot-decide": lambda stage: stage.presenter.on_fault(TillFault("disk-full", 1)),
    "hold-still": lambda stage: stage.see(code=True, believed=False),
    "too-dark": lambda stage: stage.see(code=False, advice=CameraAdvice.TOO_DARK),
    "checking": lambda stage: stage.clerk.window.page.verdict.show_checking(),
    "past": _history_text,
    "offline-stale": _network(Network.OFFLINE_STALE),
    "offline-expired": _network(Network.OFFLINE_EXPIRED),
    "offline-store": _network(Network.OFFLINE_STORE),
    "uploading": _network(Network.SYNCING),
    "conflict": _network(Network.CONFLICT),
    "phone": lambda stage: stage.type("13800"),
    "amount": _amount,
    "amount-again": _amount_again,
    "unfinished": _unfinished,
    "undo": _undo_reason,
    "promoter": lambda stage: stage.presenter.open(Workspace.PROMOTER),
    "help": lambda stage: stage.presenter.open(Workspace.HELP),
    "gun": lambda stage: _gun(stage, facts.gun_findings(), GunReport(GunState.CONNECTED, "COM3")),
    "gun-lost": lambda stage: _gun(stage, GunFindings(), GunReport(GunState.LOST, "/dev/ttyACM0")),
    "camera-lost": _camera_lost,
    "stopped": lambda stage: stage.clerk.window.show_failure("scanner", "RuntimeError"),
}
