"""C9: a supervisor allows, on the spot and with his name on it, what the lane leaves to a person.

The clerk stays logged in. The next scan puts the question aside; F10 brings it back as it was, without its digits.
"""

from pos_client.domain.errors import PosError
from pos_client.domain.scan import Scan
from pos_client.ui.panel_page import PanelPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.screen import Surroundings
from pos_client.ui.shift.override_panel import OverridePanel
from pos_client.ui.shift.override_steps import OverrideSteps
from pos_client.ui.shift.override_view import OverrideStep
from pos_client.usecases.desk import Desk
from pos_client.usecases.overriding import OverrideAsk, OverridesLeft, left_today, new_challenge
from pos_client.usecases.shift import ShiftFacts, look
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import TillAnswer


class OverridePage(PanelPage):
    """The panel; an ``OverrideWork``."""

    steps: OverrideSteps

    workspace = Workspace.OVERRIDE
    is_early = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.steps = OverrideSteps(self, around.now)
        self.panel = OverridePanel(around.wording)
        self._hold(self.panel)

    def on_opened(self) -> None:
        """Who could sign, and what is left of today."""
        self._is_open, self._fault = True, None
        self.show_now()
        self.around.line.ask(override_asked, self._on_facts)

    def on_verdict(self, answer: TillAnswer) -> None:
        """One that leaves it to a person is what F10 is about."""
        self.steps.hear(answer)
        self.show_now()

    def take_scan(self, scan: Scan) -> bool:
        """A supervisor's badge; any other code puts the question aside."""
        if self.steps.took(scan):
            self.show_now()
            return True
        self.around.go_home()
        return False

    def type_character(self, character: str) -> bool:
        """A number of the list, a digit of the PIN, a letter that was heard."""
        if self.steps.step is OverrideStep.NOTHING:
            return False
        self.steps.type(character)
        self.show_now()
        return True

    def allow(self, ask: OverrideAsk, of_number: int) -> None:
        """Redeem it, on the till's thread."""
        self._fault = None
        self.around.line.ask(lambda _desk, session: session.override(ask, of_number), self._on_answer)

    def call_head_office(self) -> None:
        """A new challenge, on the till's thread."""
        self.around.line.ask(challenge_asked, self._on_challenge)

    def _on_facts(self, found: tuple[ShiftFacts, OverridesLeft] | PosError) -> None:
        if isinstance(found, PosError):
            self._fault = found
        else:
            self.steps.look(*found)
        self.show_now()

    def _on_challenge(self, found: tuple[str, str] | PosError) -> None:
        if isinstance(found, PosError):
            self._fault = found
        else:
            self.steps.challenged(*found)
        self.show_now()

    def _on_answer(self, found: TillAnswer | PosError | None) -> None:
        if isinstance(found, PosError):
            self._fault = found
            self.steps.failed()
            self.around.play(Sound.NO)
        elif (verdict := self.steps.answered(found)) is not None:
            self.around.go_home()
            self.around.answer(verdict)
        else:
            self.around.play(Sound.NO)
        self.show_now()

    def show_now(self) -> None:
        """All of it as it is."""
        if self._is_open:
            self.panel.show_view(self.steps.view(), self.language, self._fault)


def override_asked(desk: Desk, session: TillSession) -> tuple[ShiftFacts, OverridesLeft]:
    """Who could sign, and what is left of today."""
    return look(desk, session), left_today(desk)


def challenge_asked(desk: Desk, _session: TillSession) -> tuple[str, str]:
    """This device, and what is read to head office."""
    return desk.identity.device, new_challenge(desk)
