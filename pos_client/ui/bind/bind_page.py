"""C6: a customer scans the booth's code with his own phone and is a member, credited to whoever shows it.

Both sides stand beside each other; F4 turns the only screen to the customer, a second screen has his side always. The
next scan is judged as ever: the code stays good meanwhile, and who scanned it is written down.
"""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from pos_client.domain.errors import PosError
from pos_client.ui.bind.bind_errands import BindErrands
from pos_client.ui.bind.bind_presenter import BindPresenter
from pos_client.ui.bind.bind_view import BindMode
from pos_client.ui.bind.clerk_side import ClerkSide
from pos_client.ui.bind.customer_screen import CustomerScreen, other_screen
from pos_client.ui.bind.customer_view import SCAN, CustomerView
from pos_client.ui.bind.paper_code import paper_code
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.turning_row import Part, TurningRow
from pos_client.usecases.bind_port import nobody_binds
from pos_client.usecases.bind_side import OnShow, lead_on
from pos_client.usecases.binding import Binding
from pos_client.usecases.till_view import Customer, LaneStatus, Network, TillAnswer

REACHES: frozenset[Network] = frozenset({Network.ONLINE, Network.SLOW, Network.SYNCING, Network.CONFLICT})
_WHILE_AWAY_MS = 1_000


class BindPage(Page):
    """The screen of F4."""

    workspace = Workspace.BIND
    takes_whole = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._status = LaneStatus()
        self._is_open = self._has_none = False
        self.faces_customer = False
        self.second: CustomerScreen | None = None
        ports = around.line.tools.binding or nobody_binds()
        self.errands = BindErrands(around.line, ports, self._on_bound, self.show_now)
        self.presenter = BindPresenter(self.errands, around.now, ports.link)
        self.errands.presenter = self.presenter
        self.clerk, self.customer = ClerkSide(around.wording), CustomerView(around.theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 12, 12, 12)
        outer.addWidget(TurningRow((Part(self.clerk, 11, 4), Part(self.customer, 9, 6)), 12))
        self._away = QTimer(self)
        self._away.setInterval(_WHILE_AWAY_MS)
        self._away.timeout.connect(self.presenter.tick)
        self._connect()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.show_now()

    def on_opened(self) -> None:
        """Go on, or begin with somebody new."""
        self._is_open = True
        self._away.stop()
        self._show_second()
        self.presenter.begin(is_online=self._status.network in REACHES)
        # A member without a coupon is to scan at once; a question that is open is the clerk's, and comes first.
        self.faces_customer = self._has_none and self.second is None and self.presenter.view.mode is BindMode.CODE
        self.show_now()

    def on_left(self) -> None:
        """The code stays good, so who scans it is still asked after; the only screen is the clerk's again."""
        self._is_open = self.faces_customer = False
        self._away.start()
        self._rest_second()

    def on_status(self, status: LaneStatus) -> None:
        """Who gets the credit, and whether anybody can be asked."""
        changed = status.promoter_id != self._status.promoter_id
        self._status = status
        if not self._is_open:
            return
        if changed:
            self.presenter.promoter_changed()
        self.presenter.set_online(is_online=status.network in REACHES)
        self.show_now()

    def on_customer(self, customer: Customer) -> None:
        """Whether whoever stands here has a coupon."""
        self._has_none = customer.member is not None and not customer.member.coupons

    def on_tick(self) -> None:
        """Ask who came."""
        self.presenter.tick()
        self.show_now()

    def type_character(self, character: str) -> bool:
        """A digit of the phone number, of the one-time code, or of a choice."""
        if self.presenter.view.mode is BindMode.PROMOTER and character.isdecimal():
            self._choose(int(character) - 1)
            return True
        taken = self.presenter.type(character)
        self.show_now()
        return taken or character.isalnum()

    def backspace(self) -> bool:
        """One digit less."""
        self.presenter.erase()
        self.show_now()
        return True

    def enter(self) -> bool:
        """The blue button of what is open."""
        if self.presenter.view.mode is BindMode.DONE:
            self._lead_on()
        else:
            self.presenter.enter()
        self.show_now()
        return True

    def escape(self) -> bool:
        """One step back."""
        if self.faces_customer:
            self._turn()
            return True
        went = self.presenter.back()
        self.show_now()
        return went

    def take_key(self, key: str) -> bool:
        """F4 turns the screen, F7 asks for the promoter, F9 is paper, or a binding without a one-time code."""
        if key == "F4" and self.second is None:
            self._turn()
            return True
        if key == "F7":
            self.presenter.ask_promoter()
            self.show_now()
            return True
        if key == "F9" and self.presenter.view.mode in {BindMode.PHONE, BindMode.TOLD}:
            self.presenter.bind_at_once()
            self.show_now()
            return True
        if key == "F9" and self.presenter.view.mode is BindMode.CODE:
            self.errands.ask_paper(self._on_paper)
            return True
        return False

    def show_now(self) -> None:
        """Both sides as they are."""
        view = self.presenter.view
        self.clerk.setVisible(not self.faces_customer)
        self.clerk.show_view(view, self._status, self.language, can_turn=self.second is None)
        self.customer.show_view(view, self.language)
        self.customer.done_button.setVisible(self.faces_customer)
        if self.second is not None:
            self.second.view.show_view(view, self.language)
            self.second.view.done_button.setVisible(False)

    def _on_bound(self, _binding: Binding) -> None:
        """Whoever looks at the screen sees it first; the clerk goes on with him at once."""
        if not self._is_open:
            return
        # Where nobody turned the screen, the customer has seen it on his own, and the clerk has no key to press.
        if self.faces_customer:
            self.around.play(Sound.OK)
        else:
            self._lead_on()

    def _lead_on(self) -> None:
        """The new member stands at the counter from now on."""
        binding = self.presenter.view.done
        if binding is not None:
            self.faces_customer = False
            self.around.line.ask(lambda desk, session: lead_on(desk, session, binding), self._on_led)

    def _on_led(self, found: TillAnswer | PosError) -> None:
        if isinstance(found, TillAnswer):
            self.around.go_home()
            self.around.answer(found)

    def _on_paper(self, found: OnShow | PosError) -> None:
        """The lasting code, out of the slip printer where there is one, and as a page where files go."""
        if isinstance(found, PosError):
            self.around.play(Sound.NO)
            return
        side = found.side
        whose = " · ".join(part for part in (side.store, self._status.booth, side.promoter) if part)
        page = SCAN.in_language(self.language), self.presenter.text_of(found.scene), whose
        name = self._kept_as(f"new-members-{side.promoter_id or 'booth'}.pdf", page)

        def printed(number: int | PosError) -> None:
            is_printed = isinstance(number, int) and number > 0
            if is_printed or name:
                self.presenter.on_paper(name, is_printed=is_printed)
            if not name and not is_printed:
                self.around.play(Sound.NO)
            self.show_now()

        self.errands.print_code(page, printed)

    def _kept_as(self, name: str, page: tuple[str, str, str]) -> str:
        """The name of the file with the page; empty where no file could be kept."""
        files, (headline, code, whose) = self.around.line.tools.files, page
        try:
            return Path(files.keep(name, paper_code(code, headline, whose))).name if files else ""
        except PosError:
            return ""

    def _choose(self, place: int) -> None:
        if self.presenter.view.mode is BindMode.MEMBER:
            self.presenter.type(str(place + 1))
        elif 0 <= place < len(self._status.promoters):
            self.around.till.choose_promoter(self._status.promoters[place].id)
            self.presenter.back()
        self.show_now()

    def _turn(self) -> None:
        self.faces_customer = not self.faces_customer
        self.show_now()

    def _show_second(self) -> None:
        screen = other_screen(self)
        if screen is None:
            self.second = None
            return
        if self.second is None:
            self.second = CustomerScreen(self.around.theme, self.window())
            self._connect_customer(self.second.view)
        self.second.show_on(screen)

    def _rest_second(self) -> None:
        if self.second is not None and self.presenter.view.mode is not BindMode.DONE:
            self.second.view.show_view(self.presenter.view, self.language)

    def _connect(self) -> None:
        clerk = self.clerk
        clerk.promoter_asked.connect(lambda: self.take_key("F7"))
        clerk.phone_asked.connect(self._on_phone)
        clerk.paper_asked.connect(lambda: self.take_key("F9"))
        clerk.turned.connect(self._turn)
        clerk.entered.connect(self.enter)
        clerk.at_once.connect(lambda: self.take_key("F9"))
        clerk.next_asked.connect(self.enter)
        clerk.left.connect(self._on_back)
        clerk.chosen.connect(self._choose)
        self._connect_customer(self.customer)

    def _connect_customer(self, view: CustomerView) -> None:
        view.typed.connect(self.type_character)
        view.erased.connect(self.backspace)
        view.cleared.connect(self._on_cleared)
        view.entered.connect(self.enter)
        view.done.connect(self.enter)

    def _on_back(self) -> None:
        if not self.escape():
            self.around.go_home()

    def _on_phone(self) -> None:
        self.presenter.ask_phone()
        self.show_now()

    def _on_cleared(self) -> None:
        while self.presenter.view.typed:
            self.presenter.erase()
        self.show_now()
