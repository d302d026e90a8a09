"""Carries what the binding's presenter asks to the till's thread, or far away, and brings the answers back."""

from collections.abc import Callable
from functools import partial

from pos_client.domain.errors import PosError
from pos_client.ui.bind.bind_presenter import BindPresenter
from pos_client.ui.desk_line import AsksDesk
from pos_client.usecases.bind_port import BindPorts, CodeCheck, SceneBound
from pos_client.usecases.bind_side import OnShow, print_code, put_on_show, write_phone, write_scanned
from pos_client.usecases.binding import Binding
from pos_client.usecases.desk import Desk
from pos_client.usecases.show_scene import Scene
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.verify_phone import VerifyPhone


class BindErrands:
    """A ``BindWork``.

    Args:
        line: asks the desk. ports: of binding.
        on_bound: somebody was bound. on_news: something was answered, so that it is shown.
    """

    def __init__(
        self, line: AsksDesk, ports: BindPorts, on_bound: Callable[[Binding], None], on_news: Callable[[], None]
    ) -> None:
        self._line, self._ports, self._on_bound, self._on_news = line, ports, on_bound, on_news
        self.presenter: BindPresenter | None = None

    def show_code(self, *, lasting: bool) -> None:
        """A code for whoever gets the credit now."""
        ports = self._ports
        self._line.ask(
            lambda desk, session: put_on_show(desk, session, ports, lasting=lasting),
            lambda found: self._heard(lambda presenter: presenter.showing(found)),
        )

    def ask_paper(self, then: Callable[[OnShow | PosError], None]) -> None:
        """The lasting code, for paper."""
        self._line.ask(lambda desk, session: put_on_show(desk, session, self._ports, lasting=True), then)

    def print_code(self, page: tuple[str, str, str], then: Callable[[int | PosError], None]) -> None:
        """Headline, code and whose it is onto the slip printer; 0 where there is none."""
        self._line.ask(lambda desk, _session: print_code(desk, *page), then)

    def ask_who(self, scene: Scene) -> None:
        """Who scanned it."""
        scenes = self._ports.scenes

        def then(found: SceneBound | PosError | None) -> None:
            self._heard(lambda presenter: presenter.heard(scene, found))

        self._line.ask_far(partial(scenes.bound, scene.digest), then)

    def write_scanned(self, scene: Scene, found: SceneBound) -> None:
        """Into the journal."""
        self._write(lambda desk, session: write_scanned(desk, session, self._ports, scene, found))

    def write_phone(self, phone: str, member: str, told: str) -> None:
        """Into the journal."""
        self._write(lambda desk, session: write_phone(desk, session, self._ports, phone, member, told))

    def send_told(self, phone: str) -> None:
        """A one-time code; it may take seconds, so no deed waits for it."""
        codes, sealer = self._ports.codes, self._ports.sealer
        self._line.ask_far(
            lambda: VerifyPhone.sent(codes, sealer, phone),
            lambda found: self._heard(lambda presenter: presenter.told_sent(found)),
        )

    def check_told(self, phone: str, told: str) -> None:
        """Whether it is the right one."""
        codes, sealer = self._ports.codes, self._ports.sealer

        def then(found: CodeCheck | PosError) -> None:
            self._heard(lambda presenter: presenter.told_checked(found))

        self._line.ask_far(lambda: VerifyPhone.looked_at(codes, sealer, phone, told), then)

    def bound(self, binding: Binding) -> None:
        """Somebody was bound."""
        self._on_bound(binding)

    def _write(self, work: Callable[[Desk, TillSession], Binding]) -> None:
        self._line.ask(work, lambda found: self._heard(lambda presenter: presenter.written(found)))

    def _heard(self, tell: Callable[[BindPresenter], None]) -> None:
        if self.presenter is not None:
            tell(self.presenter)
            self._on_news()
