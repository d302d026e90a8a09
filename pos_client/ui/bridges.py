"""Brings what other threads say onto the main thread, as queued signals.

Apart so that no worker ever touches a widget, and no widget ever knows a thread.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos_client.domain.errors import CameraTrouble
from pos_client.domain.scan import Scan
from pos_client.usecases.camera_view import CameraAdvice, CameraState
from pos_client.usecases.printing_port import PrinterReport
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault

if TYPE_CHECKING:
    # Only the scanner thread needs numpy at work; the window is painted before it is loaded.
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code in the picture.

    Attributes:
        corners: four (x, y) pixel positions. believed: read surely; otherwise the hand should hold still.
    """

    corners: tuple[tuple[int, int], ...]
    believed: bool


@dataclass(frozen=True, slots=True, eq=False)
class CameraPicture:
    """What the camera sees now.

    Attributes:
        pixels: grey (height, width) or colour (height, width, 3), blue first; not changed by anybody afterwards.
        sightings: the codes in it.
        advice: what whoever holds a code can do.
    """

    pixels: NDArray[np.uint8]
    sightings: tuple[Sighting, ...] = ()
    advice: CameraAdvice = CameraAdvice.NONE


class TillBridge(QObject):
    """A ``TillListener`` whose calls become signals on the thread that made this object.

    Signals:
        answered, customer_changed, status_changed, faulted: with the value that the till thread handed over.
    """

    answered = Signal(object)
    customer_changed = Signal(object)
    status_changed = Signal(object)
    faulted = Signal(object)

    def on_answer(self, answer: TillAnswer) -> None:
        """A verdict, from any thread."""
        self.answered.emit(answer)

    def on_customer(self, customer: Customer) -> None:
        """The purchase in hand, from any thread."""
        self.customer_changed.emit(customer)

    def on_status(self, status: LaneStatus) -> None:
        """The lane's surroundings, from any thread."""
        self.status_changed.emit(status)

    def on_fault(self, fault: TillFault) -> None:
        """A fault of the world, from any thread."""
        self.faulted.emit(fault)


class PrinterBridge(QObject):
    """Where the printer's thread says how it is.

    Signals:
        changed: a PrinterReport.
    """

    changed = Signal(object)

    def on_report(self, report: PrinterReport) -> None:
        """Something changed; from any thread."""
        self.changed.emit(report)


class ScannerBridge(QObject):
    """Where the scanner thread, a serial line or the keyboard hand in what they read.

    Signals:
        scanned: a Scan; all ways in end here.
        camera_changed: a CameraState, and the CameraTrouble with ``LOST``, else None.
        picture_ready: there is a newer picture; fetch it with ``take_picture``.
    """

    scanned = Signal(object)
    camera_changed = Signal(object, object)
    picture_ready = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._newest: CameraPicture | None = None
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def on_scan(self, scan: Scan) -> None:
        """A believed text, from any thread."""
        self.scanned.emit(scan)

    def on_camera(self, state: CameraState, trouble: CameraTrouble | None = None) -> None:
        """The camera came, went (and why) or is being opened; from any thread."""
        self.camera_changed.emit(state, trouble)

    def on_picture(self, picture: CameraPicture) -> None:
        """A picture, from any thread; one that was not shown yet is dropped for it, never queued."""
        with self._lock:
            is_waiting = self._newest is not None
            self._newest = picture
        if not is_waiting:
            self._arrived.emit()

    def take_picture(self) -> CameraPicture | None:
        """The newest picture, once."""
        with self._lock:
            picture, self._newest = self._newest, None
        return picture

    @Slot()
    def _on_arrived(self) -> None:
        self.picture_ready.emit()
