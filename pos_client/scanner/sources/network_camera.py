"""A network camera: RTSP over TCP, or motion JPEG over HTTP, through OpenCV's FFmpeg.

Apart from the cameras of this machine: it has an address that must not be shown, a password, and a network between.
"""

from time import monotonic
from typing import Final

import cv2

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.frame import Pixels
from pos_client.scanner.sources.camera_address import CameraAddress
from pos_client.scanner.sources.capture import next_picture, open_capture
from pos_client.scanner.sources.live import LiveSource

_OPEN_MS: Final = 5_000
_READ_MS: Final = 3_000
_FIRST_S: Final = 12.0
"""Longer than the three waits of an opening together, so that their reason is told and not "stalled"."""


class NetworkCameraSource(LiveSource):
    """One network camera.

    Args:
        address: where it is.
        password: for an address that names a user only.
    """

    def __init__(self, address: CameraAddress, password: str = "") -> None:
        super().__init__(_NetworkFeed(address, password), first_s=_FIRST_S)


class _NetworkFeed:
    """A network camera as a ``Feed``."""

    def __init__(self, address: CameraAddress, password: str) -> None:
        self.name = address.shown
        self._address = address
        self._password = password
        self._capture: cv2.VideoCapture | None = None

    def check(self) -> None:
        """Whether a host answers cannot be said at once."""

    def open(self) -> None:
        self._address.reach()
        # TCP is OpenCV's own choice for RTSP: pictures come whole or not at all.
        limits = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS)
        self._capture = open_capture(self._address.url(self._password), cv2.CAP_FFMPEG, limits)
        if self._capture is None:
            raise CameraUnavailable(f"{self.name} gives no picture", self._address.trouble())

    def next(self, *, is_wanted: bool) -> Pixels | None:
        # FFmpeg has to decode each picture for the sake of the next one.
        del is_wanted
        asked_s = monotonic()
        picture = None if self._capture is None else next_picture(self._capture)
        if picture is None:
            # FFmpeg does not find its way back by itself, neither from an end nor from a wait.
            waited = (monotonic() - asked_s) * 1_000 >= _READ_MS * 0.9
            trouble = CameraTrouble.STALLED if waited else CameraTrouble.ENDED
            raise CameraUnavailable(f"{self.name} gives no more pictures", trouble)
        return picture

    def close(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()
