"""States of the binding screen, for pictures and tests."""

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.bind.bind_page import BindPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.binding import Binding
from pos_client.usecases.till_view import Network
from script import bind_facts as known
from script import screen_facts as facts
from script.clerk_stage import Play, Stage


def opened(stage: Stage, *, lasting: bool = False) -> BindPage:
    """The screen with its code."""
    page = stage.open(Workspace.BIND, BindPage)
    page.presenter.showing(known.on_show(lasting=lasting))
    page.show_now()
    return page


def _bound(stage: Stage, reason: Reason = Reason.MEMBER_BOUND) -> None:
    page = opened(stage)
    page.take_key("F4")
    page.presenter.written(known.bound(reason))
    page.show_now()


def _turned(stage: Stage) -> None:
    opened(stage).take_key("F4")


def _offline(stage: Stage) -> None:
    stage.presenter.on_status(facts.status(Network.OFFLINE_FRESH))
    opened(stage, lasting=True)


def _waited(stage: Stage) -> None:
    opened(stage)
    stage.wait(75)


def _phone(stage: Stage) -> None:
    opened(stage)
    stage.type("1380013")


def _told(stage: Stage) -> None:
    page = opened(stage)
    page.presenter.phone = "1" * 11
    page.presenter.ask_phone()
    page.presenter.enter()
    sent = Verdict(VerdictKind.READY, Reason.PHONE_CODE_SENT, {"expires_s": 600})
    page.presenter.told_sent(Binding(sent))
    stage.type("482")


def _promoter(stage: Stage) -> None:
    opened(stage).take_key("F7")


SCREENS: dict[str, Play] = {
    "bind": opened,
    "bind-customer": _turned,
    "bind-waited": _waited,
    "bind-offline": _offline,
    "bind-phone": _phone,
    "bind-code": _told,
    "bind-promoter": _promoter,
    "bind-done": _bound,
}
