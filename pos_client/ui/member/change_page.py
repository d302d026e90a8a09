"""C2: the member who stands here gets another phone number, on his own proof or a supervisor's.

The next scan is judged as ever, and his own code is proof enough. What is typed is his: it goes when somebody else
comes.
"""

from functools import partial

from pos_client.domain.errors import PosError
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Verdict
from pos_client.ui.bind.bind_page import REACHES
from pos_client.ui.member.change_panel import ChangePanel
from pos_client.ui.member.change_steps import ChangeSteps
from pos_client.ui.panel_page import PanelPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.screen import Surroundings
from pos_client.usecases.bind_port import CodeCheck, nobody_binds
from pos_client.usecases.binding import Binding
from pos_client.usecases.change_side import ChangeFacts, ChangeWish, change_asked, change_number
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer
from pos_client.usecases.verify_phone import VerifyPhone


class ChangePage(PanelPage):
    """The panel; a ``ChangeWork``."""

    steps: ChangeSteps

    workspace = Workspace.PHONE

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._ports = around.line.tools.binding or nobody_binds()
        self.steps = ChangeSteps(self, around.now)
        self._customer = Customer()
        self.panel = ChangePanel(around.wording)
        self._hold(self.panel)
        self.panel.sign_asked.connect(lambda: self.take_key("F10"))

    def on_opened(self) -> None:
        """Who stands here."""
        self._is_open, self._fault = True, None
        self.show_now()
        self._look()

    def on_status(self, status: LaneStatus) -> None:
        """Whether the centre can be asked."""
        self.steps.is_online = status.network in REACHES and self.around.line.tools.far is not None
        self.show_now()

    def on_customer(self, customer: Customer) -> None:
        """Somebody else, nobody any more, or the same one, who showed his code meanwhile."""
        if customer.member == self._customer.member:
            return
        self._customer = customer
        if customer.member is None or customer.member.view.ref != self.steps.ref:
            self.steps.forget()
        if self._is_open:
            self._look()
        self.show_now()

    def take_scan(self, scan: Scan) -> bool:
        """A supervisor's badge, where one is asked for; any other code is judged as ever."""
        took = self.steps.took(scan)
        self.show_now()
        return took

    def take_key(self, key: str) -> bool:
        """F10 asks for a supervisor instead."""
        if key != "F10" or not self.steps.can_sign:
            return False
        self.steps.sign()
        self.show_now()
        return True

    def type_character(self, character: str) -> bool:
        """A digit; with nobody here, digits begin a phone number as ever."""
        if not self.steps.ref:
            return False
        self._fault = None
        self.steps.type(character)
        self.show_now()
        return True

    def enter(self) -> bool:
        """The blue button; what was wrong before is tried again."""
        self._fault = None
        return super().enter()

    def escape(self) -> bool:
        """One step back."""
        self._fault = None
        return super().escape()

    def change(self, wish: ChangeWish) -> None:
        """Write it down, on the till's thread."""
        ports = self._ports
        self.around.line.ask(lambda desk, session: change_number(desk, session, ports, wish), self._on_answer)

    def send_told(self, facts: ChangeFacts) -> None:
        """A one-time code; it may take seconds, so no deed waits for it."""

        def sent(found: Binding | PosError) -> None:
            self.steps.told_sent(facts.ref, found)
            self.show_now()

        self.around.line.ask_far(partial(VerifyPhone.sent_sealed, self._ports.codes, facts.old_sealed), sent)

    def check_told(self, facts: ChangeFacts, told: str) -> None:
        """Whether it is the right one."""

        def checked(found: CodeCheck | PosError) -> None:
            self.steps.told_checked(facts.ref, found)
            self.show_now()

        self.around.line.ask_far(partial(self._ports.codes.check, facts.old_sealed, told), checked)

    def show_now(self) -> None:
        """All of it as it is."""
        if self._is_open:
            self.panel.show_view(self.steps.view(), self.language, self._fault, can_sign=self.steps.can_sign)

    def _look(self) -> None:
        ports = self._ports

        self.around.line.ask(lambda desk, session: change_asked(desk, session, ports), self._on_facts)

    def _on_facts(self, found: ChangeFacts | PosError | None) -> None:
        if isinstance(found, PosError):
            self._fault = found
        else:
            self.steps.look(found)
        self.show_now()

    def _on_answer(self, found: TillAnswer | Verdict | PosError | None) -> None:
        if isinstance(found, TillAnswer):
            self.steps.forget()
            self.around.go_home()
            self.around.answer(found)
            return
        if isinstance(found, PosError):
            self._fault = found
            self.steps.failed()
        elif found is None:
            self.steps.look(None)
        else:
            self.steps.refused(found)
        if found is None or self._fault or self.steps.view().refusal:
            # Being asked for a proof is no refusal.
            self.around.play(Sound.NO)
        self.show_now()
