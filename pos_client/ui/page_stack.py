"""The place between banner and function keys: the scan screen, or a screen that needs the whole of it.

Apart from the frame so that "which screen is shown" and "who is told what" are one class.
"""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from pos_client.ui.scan.scan_page import ScanPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page
from pos_client.usecases.till_view import Customer, LaneStatus


class PageStack(QStackedWidget):
    """Shows one of the screens and tells each what concerns it.

    Args:
        scan: the scan screen. pages: the others.
    """

    def __init__(self, scan: ScanPage, pages: Sequence[Page]) -> None:
        super().__init__()
        self.pages = {page.workspace: page for page in pages}
        self._scan = scan
        self._shown: Page | None = None
        self.addWidget(scan)
        for page in pages:
            if page.takes_whole:
                self.addWidget(page)
            else:
                scan.add_panel(page.workspace, page)
        scan.workspace_shown.connect(self._on_workspace)
        scan.status_shown.connect(self._on_status)
        scan.customer_shown.connect(self._on_customer)

    def retranslate(self, language: str) -> None:
        """Every word of every screen beside the scan screen."""
        for page in self.pages.values():
            page.retranslate(language)

    def tick(self) -> None:
        """A moment has passed, for whoever is shown."""
        if self._shown is not None:
            self._shown.on_tick()

    @Slot(object)
    def _on_workspace(self, workspace: Workspace) -> None:
        page = self.pages.get(workspace)
        if page is self._shown:
            return
        left, self._shown = self._shown, page
        self.setCurrentWidget(page if page is not None and page.takes_whole else self._scan)
        if left is not None:
            left.on_left()
        if page is not None:
            page.on_opened()

    @Slot(object)
    def _on_status(self, status: LaneStatus) -> None:
        for page in self.pages.values():
            page.on_status(status)

    @Slot(object)
    def _on_customer(self, customer: Customer) -> None:
        for page in self.pages.values():
            page.on_customer(customer)
