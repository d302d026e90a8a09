"""The place between banner and function keys: the scan screen, or a screen that needs the whole of it.

Apart from the frame so that "which screen is shown" and "who is told what" are one class.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_client.ui.bridges import CameraPicture
from pos_client.ui.scan.scan_page import ScanPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.printing_port import PrinterReport
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer


class PageStack(QStackedWidget):
    """Shows one of the screens and tells each what concerns it.

    A screen is made when it is first opened, for a counter must stand before anybody looks at a dashboard; it is told
    then what it would have heard. One that must hear everything is made at once (``Page.is_early``).

    Args:
        scan: the scan screen. kinds: the others. around: what those are given.
    """

    made = Signal(object)

    def __init__(self, scan: ScanPage, kinds: Sequence[type[Page]], around: Surroundings) -> None:
        super().__init__()
        self._kinds = {kind.workspace: kind for kind in kinds}
        self._around = around
        self._made: dict[Workspace, Page] = {}
        self._scan = scan
        scan.can_bind = Workspace.BIND in self._kinds
        scan.home.card.leads_to = frozenset(self._kinds)
        self._shown: Page | None = None
        self._language = "zh"
        self._news: dict[str, Callable[[Page], None]] = {}
        self.addWidget(scan)
        scan.workspace_asked.connect(self._on_asked)
        scan.workspace_shown.connect(self._on_workspace)
        scan.status_shown.connect(self._on_status)
        scan.customer_shown.connect(self._on_customer)
        scan.camera_shown.connect(self._on_camera)
        scan.answer_shown.connect(self._on_verdict)

    @property
    def workspaces(self) -> tuple[Workspace, ...]:
        """What the screens are for."""
        return tuple(self._kinds)

    def make_early(self) -> None:
        """Make those that must hear everything."""
        for workspace, kind in self._kinds.items():
            if kind.is_early:
                self.page(workspace)

    def page(self, workspace: Workspace) -> Page:
        """The screen for this. Raises KeyError where there is none."""
        if workspace not in self._made:
            self._make(workspace)
        return self._made[workspace]

    def retranslate(self, language: str) -> None:
        """Every word of every screen beside the scan screen."""
        self._language = language
        for page in self._made.values():
            page.retranslate(language)

    @Slot(float)
    def tell_volume(self, volume: float) -> None:
        """How loud it is, for whoever remembers it."""
        self._tell("volume", lambda page: page.on_volume(volume))

    def tick(self) -> None:
        """A moment has passed, for whoever is shown."""
        if self._shown is not None:
            self._shown.on_tick()

    def show_picture(self, picture: CameraPicture) -> None:
        """A newer picture, for whoever is shown."""
        if self._shown is not None:
            self._shown.on_picture(picture)

    def show_sound(self, *, can_be_heard: bool) -> None:
        """A loudspeaker came or went."""
        self._tell("sound", lambda page: page.on_sound(can_be_heard=can_be_heard))

    def show_printer(self, report: PrinterReport) -> None:
        """How the receipt printer is."""
        self._tell("printer", lambda page: page.on_printer(report))

    def take_key(self, key: str) -> bool:
        """A key of the window, offered to whoever is shown; True where it was taken."""
        return self._shown is not None and self._shown.take_key(key)

    @Slot(object)
    def _on_asked(self, workspace: Workspace) -> None:
        """Before it is shown, so that a panel has its place."""
        if workspace in self._kinds:
            self.page(workspace)

    @Slot(object)
    def _on_workspace(self, workspace: Workspace) -> None:
        page = self.page(workspace) if workspace in self._kinds else None
        if page is self._shown:
            return
        left, self._shown = self._shown, page
        self._turn_to(page if page is not None and page.takes_whole else self._scan)
        if left is not None:
            left.on_left()
        if page is not None:
            page.on_opened()

    def _turn_to(self, screen: QWidget) -> None:
        """Show it; it says itself where the keyboard is, or Qt would give that to its first button."""
        if screen is self.currentWidget():
            return
        place = self._scan.focusWidget() if screen is self._scan else None
        self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentWidget(screen)
        if place is not None:
            place.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_status(self, status: LaneStatus) -> None:
        self._tell("status", lambda page: page.on_status(status))

    @Slot(object)
    def _on_customer(self, customer: Customer) -> None:
        self._tell("customer", lambda page: page.on_customer(customer))

    @Slot(object)
    def _on_camera(self, state: CameraState) -> None:
        self._tell("camera", lambda page: page.on_camera(state))

    @Slot(object)
    def _on_verdict(self, answer: TillAnswer) -> None:
        self._tell("verdict", lambda page: page.on_verdict(answer))

    def _tell(self, about: str, news: Callable[[Page], None]) -> None:
        """Tell those that are made, and remember the newest for those that are not."""
        self._news[about] = news
        for page in self._made.values():
            news(page)

    def _make(self, workspace: Workspace) -> None:
        page = self._made[workspace] = self._kinds[workspace](self._around)
        if page.takes_whole:
            self.addWidget(page)
        else:
            self._scan.add_panel(workspace, page)
        page.retranslate(self._language)
        for news in self._news.values():
            news(page)
        self.made.emit(page)
