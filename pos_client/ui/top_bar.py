"""The frame's upper edge: where this is, who works, who gets the credit, what time it is, what works."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.receipts.printer_words import PrinterWords
from pos_client.ui.scan.gun_words import GunWords
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.gun_view import GunReport
from pos_client.usecases.printing_port import PrinterReport, PrinterState
from pos_client.usecases.till_view import LaneStatus, Network

NETWORK_ICON: Final = {
    Network.ONLINE: "online",
    Network.SLOW: "slow",
    Network.OFFLINE_FRESH: "offline",
    Network.OFFLINE_STALE: "offline",
    Network.OFFLINE_EXPIRED: "offline",
    Network.OFFLINE_STORE: "store",
    Network.SYNCING: "syncing",
    Network.CONFLICT: "warning",
    Network.CLOCK: "clock",
    Network.DISK: "disk",
}

_NARROW: Final = 1200


class TopBar(QFrame):
    """48 pixels of facts.

    Signals:
        promoter_asked: the chip was pressed. sync_asked: the network was pressed. sound_asked: the speaker was pressed.
        gun_asked: the gun was pressed.
    """

    promoter_asked = Signal()
    sync_asked = Signal()
    sound_asked = Signal()
    gun_asked = Signal()

    def __init__(self, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        self.setProperty("kind", "bar")
        self._wording = wording
        self._now = now
        self._status = LaneStatus()
        self._camera = CameraState.NONE
        self._gun_at: datetime | None = None
        self._gun_report = GunReport()
        self._gun_words = GunWords(wording)
        self._printer_report = PrinterReport()
        self._printer_words = PrinterWords(wording)
        self._can_be_heard = False
        self._language = "zh"
        self._is_narrow = False
        self.place = FittedLabel("body")
        self.clerk = FittedLabel("body")
        self.promoter = KeyButton("chip", "F7", "promoter")
        self.clock = FittedLabel("title")
        self.network = KeyButton("quiet", "", "online")
        self.camera = IconLabel("camera", 24)
        self.gun = KeyButton("quiet", "", "gun")
        self.sound = KeyButton("quiet", "", "sound")
        self.printer = IconLabel("printer", 24)
        self.printer_state = FittedLabel("body")
        self.promoter.clicked.connect(self.promoter_asked)
        self.network.clicked.connect(self.sync_asked)
        self.sound.clicked.connect(self.sound_asked)
        self.gun.clicked.connect(self.gun_asked)
        self._build()

    def show_status(self, status: LaneStatus) -> None:
        """Place, people and network."""
        self._status = status
        self.retranslate(self._language)

    def show_camera(self, state: CameraState) -> None:
        """The camera's state."""
        self._camera = state
        self.retranslate(self._language)

    def show_gun(self, seen_at: datetime) -> None:
        """A gun has typed something: the only proof that a keyboard wedge can give."""
        self._gun_at = seen_at
        self.retranslate(self._language)

    def show_gun_line(self, report: GunReport) -> None:
        """The serial gun's line."""
        self._gun_report = report
        self.retranslate(self._language)

    def show_printer(self, report: PrinterReport) -> None:
        """The receipt printer, and what waits for it."""
        self._printer_report = report
        self.retranslate(self._language)

    def show_sound(self, *, can_be_heard: bool) -> None:
        """Whether there is a loudspeaker."""
        self._can_be_heard = can_be_heard
        self.retranslate(self._language)

    def set_locked(self, *, locked: bool) -> None:
        """While nobody is at the counter nobody changes who gets the credit, and no test is opened."""
        self.promoter.setVisible(not locked)
        self.gun.setDisabled(locked)

    def tick(self) -> None:
        """The clock, and ages that count."""
        local = self._now().astimezone(ZoneInfo(self._status.zone))
        self.clock.setText(local.strftime("%H:%M"))
        self._name_network()

    def retranslate(self, language: str) -> None:
        """All words in a language."""
        self._language = language
        status = self._status
        lane = self.tr("lane {number}").format(number=status.lane) if status.lane else ""
        where = "·".join(part for part in (status.store_name, status.booth) if part)
        self.place.setText(" ".join(part for part in (where, lane) if part))
        self.place.setToolTip(self.place.text())
        clerk = self.tr("Clerk {name}").format(name=status.operator_name) if status.operator_name else ""
        self.clerk.setText(status.operator_name if self._is_narrow else clerk)
        self.clerk.setAccessibleName(clerk)
        name = status.promoter_name
        promoter = self.tr("Promoter {name}").format(name=name) if name else self.tr("No promoter")
        # The icons say what they are; a narrow bar has no room to say it twice.
        self.promoter.set_words(name if name and self._is_narrow else promoter, self.tr("Change who gets the credit"))
        self.promoter.setAccessibleName(f"{promoter} F7")
        # Labels can shrink their letters; a name with a keycap cannot.
        self.promoter.setMinimumWidth(self.promoter.sizeHint().width() if name and self._is_narrow else 0)
        self._name_devices()
        self.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer words in a narrow bar."""
        super().resizeEvent(event)
        if (self.width() < _NARROW) != self._is_narrow:
            self._is_narrow = self.width() < _NARROW
            self.retranslate(self._language)

    def _build(self) -> None:
        self.setFixedHeight(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("store", 22))
        row.addWidget(self.place)
        row.addSpacing(12)
        row.addWidget(IconLabel("member", 22))
        row.addWidget(self.clerk)
        row.addSpacing(12)
        row.addWidget(self.promoter)
        row.addStretch(1)
        row.addWidget(self.clock)
        row.addSpacing(4)
        row.addWidget(self.network)
        row.addWidget(self.printer)
        row.addWidget(self.printer_state)
        row.addWidget(self.camera)
        row.addWidget(self.gun)
        row.addWidget(self.sound)

    def _name_devices(self) -> None:
        cameras = {
            CameraState.NONE: self.tr("No camera"),
            CameraState.STARTING: self.tr("Camera is starting"),
            CameraState.WATCHING: self.tr("Camera is watching"),
            CameraState.LOST: self.tr("Camera lost"),
        }
        has_picture = self._camera in {CameraState.STARTING, CameraState.WATCHING}
        self.camera.set_icon("camera" if has_picture else "camera-off")
        self.camera.set_tone("warn" if self._camera is CameraState.LOST else "")
        self.camera.name(cameras[self._camera])
        self._name_gun()
        self._name_printer()
        self.sound.set_icon("sound" if self._can_be_heard else "sound-off")
        sound = self.tr("Sound: press to hear it") if self._can_be_heard else self.tr("No loudspeaker")
        self.sound.setAccessibleName(sound)
        self.sound.setToolTip(sound)

    def _name_gun(self) -> None:
        """A fault of its line in words, for all to see; else an icon, which tells more to whoever asks it."""
        report, words = self._gun_report, self._gun_words
        at = self._gun_at.astimezone(ZoneInfo(self._status.zone)).strftime("%H:%M") if self._gun_at else ""
        seen = self.tr("Scanner gun last heard at {time}").format(time=at)
        heard = seen if at else self.tr("Scanner gun not heard yet")
        state = words.state(report)
        self.gun.set_icon("warning" if report.is_fault else "gun")
        self.gun.set_words(state if report.is_fault else "", self.tr("Press to test the scanner gun"))
        self.gun.setAccessibleName(f"{state} · {heard}" if state else heard)
        self.gun.setToolTip(words.fault(report, self._language) or self.gun.accessibleName())

    def _name_printer(self) -> None:
        """Nothing where there is no printer, its fault in words, else an icon."""
        report, words = self._printer_report, self._printer_words
        chip = words.chip(report)
        self.printer.setVisible(report.state is not PrinterState.NONE)
        self.printer.set_tone("warn" if chip else "")
        self.printer.name(words.fault(report, self._language) or words.state(report))
        self.printer_state.setVisible(bool(chip))
        self.printer_state.setText(chip)

    def _name_network(self) -> None:
        status = self._status
        self.network.set_icon(NETWORK_ICON[status.network])
        words = self._network_words()
        if words != self.network.text():
            self.network.set_words(words, self.tr("Network: press for why, and to send and fetch now"))

    def _network_words(self) -> str:
        status = self._status
        if status.network is Network.ONLINE and status.last_contact and not self._is_narrow:
            seconds = max(0, int((self._now() - status.last_contact).total_seconds()))
            return self.tr("Online · {age} ago").format(age=self._wording.age(seconds, self._language))
        return {
            Network.ONLINE: self.tr("Online"),
            Network.SLOW: self.tr("Network slow"),
            Network.OFFLINE_STORE: self.tr("Offline store"),
            Network.SYNCING: self.tr("Uploading"),
            Network.CONFLICT: self.tr("Conflict"),
            Network.CLOCK: self.tr("Check the clock"),
            Network.DISK: self.tr("Disk nearly full"),
        }.get(status.network, self.tr("Offline"))
