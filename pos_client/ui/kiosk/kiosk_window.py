"""Opens the kiosk around a till: the looks, the threads, the voice, the clock, the end.

Apart from the widgets so that ``bootstrap`` has one thing to call, and apart from the clerk's window because no line of
that one may be reached from here.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from pos_client.config.wording import Wording
from pos_client.domain.errors import CameraTrouble, PosError
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Verdict
from pos_client.ui.bridges import PrinterBridge, ScannerBridge, TillBridge
from pos_client.ui.gun_bridge import GunBridge
from pos_client.ui.kiosk.help_call import HelpCall
from pos_client.ui.kiosk.kiosk_keys import KioskKeys
from pos_client.ui.kiosk.kiosk_presenter import KioskPresenter
from pos_client.ui.kiosk.kiosk_screen import KioskScreen
from pos_client.ui.kiosk.kiosk_typing import KioskTyping
from pos_client.ui.kiosk.kiosk_view import Clocks, Dress
from pos_client.ui.kiosk.kiosk_words import KioskWords
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.paper_slips import PaperSlips
from pos_client.ui.kiosk.staff_door import Asks, StaffDoor
from pos_client.ui.kiosk.voice import find_voice
from pos_client.ui.loudspeaker import Loudspeaker
from pos_client.ui.scan.keyboard_wedge import GunClassifier, KeyboardWedge
from pos_client.ui.theme import Theme
from pos_client.ui.till_port import Till
from pos_client.ui.translations import Translations
from pos_client.ui.window_run import WindowRun, application
from pos_client.ui.worker_thread import Worker
from pos_client.usecases.assistance import AssistanceCalls, NobodyAttends
from pos_client.usecases.camera_view import CameraAdvice, CameraState
from pos_client.usecases.slip_out import SlipOut
from pos_client.usecases.spare_key import SpareKey, SpareLock
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault

_TICK_MS: Final = 100


@dataclass(frozen=True, slots=True)
class KioskStation:
    """This kiosk.

    Attributes:
        number: its lane. mounting: how it hangs. language: of the store.
        volume: of sounds, 0 to 1. calls: for a clerk.
        has_printer: slips go through the desk into the lane's own queue. slips: another way for them.
        full_screen: nothing of the desktop is seen.
        spare: who is let out by PIN where the till has died.
    """

    number: int = 1
    mounting: Mounting = field(default_factory=Mounting)
    language: str = "zh"
    volume: float = 0.7
    calls: AssistanceCalls = field(default_factory=NobodyAttends)
    has_printer: bool = False
    slips: SlipOut | None = None
    full_screen: bool = True
    spare: SpareKey | None = None

    def with_calls(self, calls: AssistanceCalls) -> "KioskStation":
        """The same kiosk, whose calls go this way."""
        return replace(self, calls=calls)


class KioskWindow(QObject):
    """The kiosk and everything that lives as long as it does.

    Args:
        till: takes the deeds; its answers go to ``till_bridge``.
        wording, resources: words and files. station: this kiosk.
        now: aware UTC wall clock. now_s: seconds of a clock that only runs forward.
        gun: tells a keyboard gun from a person. line: asks the desk; without it nobody can leave by PIN.
    """

    def __init__(
        self,
        till: Till,
        wording: Wording,
        resources: Path,
        station: KioskStation,
        now: Callable[[], datetime],
        now_s: Callable[[], float] = time.monotonic,
        gun: GunClassifier | None = None,
        line: Asks | None = None,
    ) -> None:
        app = application()
        super().__init__()
        self._station, self._wording = station, wording
        self.till_bridge, self.scanner_bridge = TillBridge(self), ScannerBridge(self)
        self.gun_bridge, self.printer_bridge = GunBridge(self), PrinterBridge(self)
        self.more_workers: dict[str, Worker] = {}
        self.theme = Theme(app, resources)
        self.theme.set_kiosk(large=False, contrast=False)
        self.translations = Translations(app, resources)
        self.translations.use(station.language)
        self.screen = KioskScreen(self.theme, station.mounting, now_s)
        self.screen.dressed.connect(self._on_dressed)
        help_call = HelpCall(station.calls, station.number, now)
        words = KioskWords.load(resources, wording)
        clocks = Clocks(now, now_s)
        slips = station.slips or self._slips(line)
        self.presenter = KioskPresenter(till, self.screen, words, clocks, help_call, slips, station.language)
        self._door = self._door_of(line, SpareLock(now_s)) if line else None
        self.keys = KioskKeys(self.screen, self.presenter, self._door)
        self._wedge = KeyboardWedge(gun, KioskTyping(self.keys.type_character), now) if gun else None
        self.runner = WindowRun(self.screen, self.screen.end, self._on_died)
        self._loudspeaker = Loudspeaker(resources, station.volume, self)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self.tick)
        self._connect()
        self.presenter.show_everything()

    def run(self, workers: Mapping[str, Worker]) -> int:
        """Show the kiosk, run the workers beside it, and return when staff ended it; the exit code."""
        self.show()
        return self.runner.run(workers)

    def show(self) -> None:
        """Show it; what is slow to load follows its first paint."""
        if self._station.full_screen:
            self.screen.fill_panel()
        else:
            self.screen.show()
        window = self.screen.windowHandle()
        self.screen.watch(window)
        if self._wedge is not None:
            window.installEventFilter(self._wedge)
        self._clock.start()
        self.runner.after_first_paint(self._load_the_rest)

    @Slot()
    def tick(self) -> None:
        """A moment has passed."""
        self.presenter.on_tick()
        if self._door is not None:
            self._door.on_tick()
        self.screen.show_slide()

    def _door_of(self, line: Asks, lock: SpareLock) -> StaffDoor:
        machine, spare = self.presenter.machine, self._station.spare
        return StaffDoor(line, self.screen, machine, self._sentence, spare, lock)

    def _on_died(self, worker: str, what: str) -> None:
        self.presenter.on_worker_died(worker, what)
        if worker == "till" and self._door is not None:
            self._door.till_died()

    def _slips(self, line: Asks | None) -> SlipOut | None:
        if line is None or not self._station.has_printer:
            return None
        slips = PaperSlips(line, self._wording, self)
        self.printer_bridge.changed.connect(slips.on_report, Qt.ConnectionType.QueuedConnection)
        return slips

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self.till_bridge.answered.connect(self._on_answer, queued)
        self.till_bridge.customer_changed.connect(self._on_customer, queued)
        self.till_bridge.status_changed.connect(self._on_status, queued)
        self.till_bridge.faulted.connect(self._on_fault, queued)
        self.scanner_bridge.scanned.connect(self._on_scanned, queued)
        self.scanner_bridge.camera_changed.connect(self._on_camera, queued)
        self.scanner_bridge.picture_ready.connect(self._on_picture)
        self.screen.sounded.connect(self._loudspeaker.play)
        self.screen.left.connect(self.screen.end)
        self.screen.closed.connect(self._on_closed)
        if self._wedge is not None:
            self._wedge.scanned.connect(self._on_scanned)

    @Slot(object)
    def _on_answer(self, answer: TillAnswer) -> None:
        self.presenter.on_answer(answer)

    @Slot(object)
    def _on_customer(self, customer: Customer) -> None:
        self.presenter.on_customer(customer)

    @Slot(object)
    def _on_status(self, status: LaneStatus) -> None:
        self.presenter.on_status(status)

    @Slot(object)
    def _on_fault(self, fault: TillFault) -> None:
        self.presenter.on_fault(fault)

    @Slot(object)
    def _on_scanned(self, scan: Scan) -> None:
        self.presenter.on_scanned(scan)

    @Slot(object, object)
    def _on_camera(self, state: CameraState, trouble: CameraTrouble | None) -> None:
        del trouble
        self.presenter.on_camera(state)

    @Slot()
    def _on_picture(self) -> None:
        """Only what the camera advises is shown, never what it sees."""
        picture = self.scanner_bridge.take_picture()
        self.presenter.guide.on_advice(picture.advice if picture else CameraAdvice.NONE)

    @Slot(object)
    def _on_dressed(self, dress: Dress) -> None:
        if self.translations.language != dress.language:
            self.translations.use(dress.language)

    @Slot()
    def _on_closed(self) -> None:
        self._clock.stop()
        self.presenter.help.withdraw()
        self.translations.withdraw()

    @Slot()
    def _load_the_rest(self) -> None:
        self._loudspeaker.load()
        self.screen.set_voice(find_voice(self))

    def _sentence(self, found: Verdict | PosError) -> str:
        language = self.presenter.dress.language
        if isinstance(found, Verdict):
            return self._wording.of_verdict(found, language).line
        return self._wording.of_fault(found)[0].in_language(language)
