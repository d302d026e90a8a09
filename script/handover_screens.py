"""States of the hand-over screen, for pictures and tests."""

from pos_client.ui.handover.prize_page import PrizePage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.handing import HandingFacts
from script.clerk_stage import Play, Stage
from script.handover_facts import handing


def opened(stage: Stage, facts: HandingFacts) -> PrizePage:
    """The screen with what waits."""
    page = stage.open(Workspace.PRIZE, PrizePage)
    page.presenter.known(facts)
    page.show_now()
    return page


def _instead(stage: Stage, keys: str) -> None:
    opened(stage, handing(left=0)).take_key("F9")
    stage.type(keys)


SCREENS: dict[str, Play] = {
    "prize": lambda stage: opened(stage, handing()),
    "prize-waiting": lambda stage: opened(stage, handing(held=False)),
    "prize-out-of-stock": lambda stage: opened(stage, handing(left=0)),
    "prize-instead": lambda stage: _instead(stage, ""),
    "prize-who": lambda stage: _instead(stage, "1"),
    "prize-pin": lambda stage: _instead(stage, "112345"),
    "prize-empty": lambda stage: opened(stage, handing(held=False, owed=False)),
}
