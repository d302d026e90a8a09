"""A camera through OpenCV, read by a thread of its own that keeps the newest picture only.

Apart because OpenCV's capture blocks, buffers old pictures and answers a pulled plug with silence; all that ends here.
"""

from threading import Condition, Thread
from time import monotonic

import cv2
import numpy as np

from pos_client.domain.errors import CameraUnavailable
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.sources.exposure import exposed

_STALE_S = 2.0
_FAILURES_IN_A_ROW = 5
_CLOSING_S = 0.8


class CameraSource:
    """One camera.

    Args:
        device: number of a local camera, or the path or address of another device that OpenCV can open.
        width: wished for, in pixels; cameras give the nearest they have.
        height: likewise.
        stale_s: a camera without a new picture for so long counts as lost.
    """

    has_ended = False

    def __init__(self, device: int | str, width: int = 1280, height: int = 720, stale_s: float = _STALE_S) -> None:
        self.name = f"camera:{device}"
        self._device = device
        self._size = (width, height)
        self._stale_s = stale_s
        self._reader: _Reader | None = None
        self._number = 0
        self._newest_s = 0.0

    def open(self) -> None:
        """Open the device and begin to read it (see ``FrameSource``)."""
        self.close()
        # A missing camera is reported by us, once, not by OpenCV, every few seconds.
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        capture = cv2.VideoCapture(self._device)
        if not capture.isOpened():
            capture.release()
            raise CameraUnavailable(f"{self.name} cannot be opened", camera=str(self._device))
        width, height = self._size
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._reader = _Reader(capture, self.name)
        self._newest_s = monotonic()
        self._reader.start()

    def read(self, timeout_s: float) -> Frame | None:
        """Return the newest picture (see ``FrameSource``)."""
        if self._reader is None:
            raise CameraUnavailable(f"{self.name} is not open", camera=str(self._device))
        picture = self._reader.newest(timeout_s)
        if picture is not None:
            self._newest_s = monotonic()
            self._number += 1
            return exposed(picture, self._number)
        silent_s = monotonic() - self._newest_s
        if self._reader.is_lost or silent_s > self._stale_s:
            raise CameraUnavailable(f"{self.name} gives no picture any more", camera=str(self._device))
        return None

    def close(self) -> None:
        """Let go of the device."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.stop()


class _Reader(Thread):
    """Keeps the newest picture of a capture. A daemon: a driver that hangs must not keep the program from ending."""

    def __init__(self, capture: cv2.VideoCapture, name: str) -> None:
        super().__init__(name=f"reader of {name}", daemon=True)
        self.is_lost = False
        self._capture = capture
        self._changed = Condition()
        self._newest: Pixels | None = None
        self._stopped = False

    def run(self) -> None:
        """Read until stopped, or until the device fails several times in a row."""
        failures = 0
        while not self._stopped and failures < _FAILURES_IN_A_ROW:
            is_good, picture = self._capture.read()
            failures = 0 if is_good else failures + 1
            if is_good:
                self._keep(np.asarray(picture, np.uint8))
        self._capture.release()
        with self._changed:
            self.is_lost = True
            self._changed.notify_all()

    def newest(self, timeout_s: float) -> Pixels | None:
        """Take the newest picture, waiting for one if need be."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self.is_lost, timeout_s)
            picture, self._newest = self._newest, None
            return picture

    def stop(self) -> None:
        """End soon; a device that hangs in its driver is left to itself."""
        self._stopped = True
        self.join(_CLOSING_S)

    def _keep(self, picture: Pixels) -> None:
        with self._changed:
            self._newest = picture
            self._changed.notify_all()
