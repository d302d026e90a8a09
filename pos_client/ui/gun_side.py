"""Everything of the window that is about scanner guns: what they read, how they are, and the test that learns them.

Apart from the window because guns come in two kinds, and their scans go two ways: to the till, or to the test.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QWindow

from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.gun_bridge import GunBridge
from pos_client.ui.main_window import MainWindow
from pos_client.ui.scan.keyboard_wedge import GunClassifier, KeyboardWedge
from pos_client.ui.scan.typing import Typing
from pos_client.usecases.gun_view import GunBench, GunReport
from pos_client.usecases.till_view import TillFault


class GunSide(QObject):
    """The window's guns.

    Args:
        window: the frame and its screens.
        wording: sentences of faults.
        now: aware UTC wall clock.
        submit: takes a scan that is to be judged.
        classifier: tells a keyboard gun from a person; without it every key is a person's.
        bench: learns guns; without it the test shows the serial line only.
    """

    def __init__(
        self,
        window: MainWindow,
        wording: Wording,
        now: Callable[[], datetime],
        submit: Callable[[Scan], None],
        classifier: GunClassifier | None,
        bench: GunBench | None,
    ) -> None:
        super().__init__()
        self.bridge = GunBridge(self)
        self._window, self._wording, self._now, self._submit = window, wording, now, submit
        self._panel = window.page.gun
        self._bench = bench
        self._wedge = KeyboardWedge(classifier, Typing(window.presenter), now) if classifier else None
        self._connect()

    def watch(self, window: QWindow) -> None:
        """Hear the keys of the native window."""
        if self._wedge is not None:
            window.installEventFilter(self._wedge)

    def take(self, scan: Scan) -> None:
        """A scan of any source: the till judges it, unless it is the serial gun's test."""
        if scan.source is ScanSource.SERIAL:
            self._window.top_bar.show_gun(self._now())
            if self._is_testing():
                self._panel.show_serial_text(scan.text)
                return
        self._window.presenter.on_scanned(scan)

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self.bridge.changed.connect(self._on_line, queued)
        self.bridge.troubled.connect(self._on_trouble, queued)
        self._window.page.stack.currentChanged.connect(self._on_workspace)
        self._panel.save_asked.connect(self._on_save)
        self._panel.again_asked.connect(self._begin)
        if self._wedge is not None:
            self._wedge.scanned.connect(self._on_keyboard_scan)
            self._wedge.lesson_heard.connect(self._on_lesson)

    def _is_testing(self) -> bool:
        return self._window.page.stack.currentWidget() is self._panel

    @Slot(object)
    def _on_keyboard_scan(self, scan: Scan) -> None:
        self._window.top_bar.show_gun(self._now())
        self._submit(scan)

    @Slot(object)
    def _on_line(self, report: GunReport) -> None:
        self._window.top_bar.show_gun_line(report)
        self._panel.show_report(report)

    @Slot(str)
    def _on_trouble(self, why: str) -> None:
        self._window.presenter.on_unread(TillFault("scan-unreadable", 0, facts=(("why", why),)))

    @Slot(int)
    def _on_workspace(self, place: int) -> None:
        del place
        if self._is_testing():
            self._begin()
        if self._wedge is not None:
            self._wedge.teach(self._bench if self._is_testing() else None)

    @Slot()
    def _begin(self) -> None:
        if self._bench is not None:
            self._bench.begin()
            self._panel.begin(self._bench.wanted)

    @Slot()
    def _on_lesson(self) -> None:
        if self._bench is not None:
            self._panel.show_findings(self._bench.findings())

    @Slot()
    def _on_save(self) -> None:
        if self._bench is None:
            return
        try:
            self._bench.save()
        except PosError as fault:
            self._panel.show_fault(*self._wording.of_fault(fault))
        else:
            self._panel.show_saved()
