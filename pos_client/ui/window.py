"""Opens the clerk's window around a till: the looks, the bridges, what its devices show, what is loaded late.

Apart from the widgets so that ``bootstrap`` has one thing to call, and everything that must be joined is in one place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Slot

from pos_client.config.wording import Wording
from pos_client.domain.errors import CameraTrouble
from pos_client.domain.scan import Scan
from pos_client.ui.bridges import ScannerBridge, TillBridge
from pos_client.ui.desk_line import AsksDesk
from pos_client.ui.gun_side import GunSide
from pos_client.ui.keyboard_place import KeyboardPlace
from pos_client.ui.loudspeaker import Loudspeaker
from pos_client.ui.main_window import MainWindow
from pos_client.ui.receipts.printer_side import PrinterSide
from pos_client.ui.scan.keyboard_wedge import GunClassifier
from pos_client.ui.scan.sound import Sound
from pos_client.ui.shift.idle_watch import IdleWatch
from pos_client.ui.theme import Theme
from pos_client.ui.till_port import Till
from pos_client.ui.translations import Translations
from pos_client.ui.window_run import WindowRun, application
from pos_client.ui.worker_thread import Worker
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.gun_view import GunBench
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault

_SMALLEST: Final = QSize(1280, 800)


@dataclass(frozen=True, slots=True)
class Looks:
    """How the window begins.

    Attributes:
        language: ``zh`` or ``en``. dark: the dark table.
        text_percent: one of ``theme.TEXT_STEPS``.
        volume: 0 to 1.
        full_screen: no frame of the desktop around it.
    """

    language: str = "zh"
    dark: bool = False
    text_percent: int = 100
    volume: float = 0.7
    full_screen: bool = False


class ClerkWindow(QObject):
    """The window and everything that lives as long as it does.

    Args:
        till: takes the deeds; its answers go to ``till_bridge``.
        wording, resources: words and files.
        looks: how it begins.
        now: aware UTC wall clock.
        gun: tells a keyboard gun from a person; without it every key is a person's.
        bench: learns how this station's gun types.
        line: asks the desk for the screens beside the scan loop.
    """

    def __init__(
        self,
        till: Till,
        wording: Wording,
        resources: Path,
        looks: Looks,
        now: Callable[[], datetime],
        gun: GunClassifier | None = None,
        bench: GunBench | None = None,
        line: AsksDesk | None = None,
    ) -> None:
        app = application()
        super().__init__()
        self._looks = looks
        self.till_bridge = TillBridge(self)
        self.scanner_bridge = ScannerBridge(self)
        self.theme = Theme(app, resources, dark=looks.dark, text_percent=looks.text_percent)
        self.theme.apply()
        self.translations = Translations(app, resources)
        self.translations.use(looks.language)
        self.window = MainWindow(till, self.theme, self.translations, wording, now, line)
        KeyboardPlace(self.window, app)
        self.guns = GunSide(self.window, wording, now, self.scanner_bridge.on_scan, gun, bench)
        self.idle = IdleWatch(self.window.lock)
        self.gun_bridge = self.guns.bridge
        self.more_workers: dict[str, Worker] = {}
        self.printer = PrinterSide(self.window)
        self.printer_bridge = self.printer.bridge
        self._loudspeaker = Loudspeaker(resources, looks.volume, self)
        self._run = WindowRun(self.window, self.window.close, self.window.show_failure)
        self._connect()

    def run(self, workers: Mapping[str, Worker]) -> int:
        """Show the window, run the workers beside it, and return when it is closed and all of them have ended.

        Args:
            workers: by name (``till``, ``scanner``, ``sync``); started in this order, stopped in the reverse one.

        Returns:
            The exit code: 0, or 1 where a worker did not end in time.
        """
        self.show()
        return self._run.run(workers)

    def show(self) -> None:
        """Show the window; what is slow to load follows its first paint."""
        if self._looks.full_screen:
            self.window.showFullScreen()
        else:
            self._show_large()
        # Without a window manager nobody else would, and then the function keys would be heard by nobody.
        self.window.windowHandle().requestActivate()
        self.guns.watch(self.window.windowHandle())
        self.idle.watch(self.window.windowHandle())
        self._run.after_first_paint(self._load_the_rest)

    def _show_large(self) -> None:
        """As large as the screen, which on a till is nobody else's; a smaller one shows a part of the smallest size."""
        available = self.window.screen().availableGeometry()
        if available.width() >= _SMALLEST.width() and available.height() >= _SMALLEST.height():
            # Without a window manager nobody else would enlarge it.
            self.window.setGeometry(available)
            self.window.showMaximized()
        else:
            self.window.resize(_SMALLEST)
            self.window.show()

    def start(self, workers: Mapping[str, Worker]) -> None:
        """Start the threads."""
        self._run.start(workers)

    def stop(self) -> bool:
        """Stop and join the threads, the last one first; False where one is still running."""
        return self._run.stop()

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        page = self.window.page
        # Slots of an object that lives on the main thread: a bare function would run on the thread that calls.
        self.till_bridge.answered.connect(self._on_answer, queued)
        self.till_bridge.customer_changed.connect(self._on_customer, queued)
        self.till_bridge.status_changed.connect(self._on_status, queued)
        self.till_bridge.faulted.connect(self._on_fault, queued)
        self.scanner_bridge.scanned.connect(self._on_scanned, queued)
        self.scanner_bridge.scanned.connect(self.idle.heard, queued)
        self.window.volume_asked.connect(self._loudspeaker.set_volume)
        self._loudspeaker.availability_changed.connect(self._on_sound)
        self.scanner_bridge.camera_changed.connect(self._on_camera, queued)
        self.scanner_bridge.picture_ready.connect(self._on_picture)
        page.sounded.connect(self._loudspeaker.play)
        self.window.top_bar.sound_asked.connect(lambda: self._loudspeaker.play(Sound.OK))
        self.window.closed.connect(self._on_closed)

    @Slot(object)
    def _on_answer(self, answer: TillAnswer) -> None:
        self.window.presenter.on_answer(answer)
        self.printer.on_answer(answer)

    @Slot(object)
    def _on_customer(self, customer: Customer) -> None:
        self.window.presenter.on_customer(customer)

    @Slot(object)
    def _on_status(self, status: LaneStatus) -> None:
        self.window.presenter.on_status(status)

    @Slot(object)
    def _on_fault(self, fault: TillFault) -> None:
        self.window.presenter.on_fault(fault)

    @Slot(object, object)
    def _on_camera(self, state: CameraState, trouble: CameraTrouble | None) -> None:
        self.window.page.show_camera(state, trouble)
        self.window.top_bar.show_camera(state)

    @Slot(object)
    def _on_scanned(self, scan: Scan) -> None:
        self.guns.take(scan)

    @Slot()
    def _on_picture(self) -> None:
        picture = self.scanner_bridge.take_picture()
        if picture is not None:
            self.window.page.camera.viewfinder.show_picture(picture)
            self.window.body.show_picture(picture)

    @Slot()
    def _on_closed(self) -> None:
        self.idle.stop()
        self.translations.withdraw()

    @Slot()
    def _load_the_rest(self) -> None:
        from pos_client.ui.announcer import announce  # noqa: PLC0415 - slow to load, and of no use before the first paint

        verdict = self.window.page.verdict
        verdict.announced.connect(partial(announce, verdict))
        self._loudspeaker.load()

    @Slot(bool)
    def _on_sound(self, can_be_heard: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.window.top_bar.show_sound(can_be_heard=can_be_heard)
        self.window.body.show_sound(can_be_heard=can_be_heard)
        self.window.page.verdict.show_heard(can_be_heard=can_be_heard)
