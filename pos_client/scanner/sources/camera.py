"""A camera of this machine, through OpenCV.

Apart from ``live`` because opening one is a trade of its own: wishes that a driver may ignore, and a refusal that says
nothing until the system is asked for the reason.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.frame import Pixels
from pos_client.scanner.sources.capture import next_picture, open_capture
from pos_client.scanner.sources.live import LiveSource
from pos_client.scanner.sources.local_cameras import IS_LINUX, DeviceTree

_FAILURES_IN_A_ROW: Final = 5
_READ_MS: Final = 2_000
_FROZEN_S: Final = 10.0
_NODE: Final = re.compile(r"video(\d+)")


@dataclass(frozen=True, slots=True)
class CameraWishes:
    """What a camera is asked for; it gives the nearest that it has, which the frames tell.

    Attributes:
        width, height: in pixels. fps: pictures a second.
    """

    width: int = 1280
    height: int = 720
    fps: int = 30


class CameraSource(LiveSource):
    """One camera.

    Args:
        device: number of a local camera, its device file, or its name or part of it.
        wishes: size and pace.
        tree: where Linux keeps its cameras.
    """

    def __init__(self, device: int | str, wishes: CameraWishes | None = None, tree: DeviceTree | None = None) -> None:
        feed = _CameraFeed(device, wishes or CameraWishes(), tree or DeviceTree())
        super().__init__(feed, frozen_s=_FROZEN_S)


class _CameraFeed:
    """A camera as a ``Feed``."""

    def __init__(self, device: int | str, wishes: CameraWishes, tree: DeviceTree) -> None:
        self.name = f"camera:{device}"
        self._device = device
        self._wishes = wishes
        self._tree = tree
        self._capture: cv2.VideoCapture | None = None
        self._failures = 0

    def check(self) -> None:
        if IS_LINUX:
            self._tree.find(self._device)

    def open(self) -> None:
        self._failures = 0
        path = self._tree.find(self._device) if IS_LINUX else None
        capture = open_capture(*self._opened_as(path))
        if capture is None:
            raise CameraUnavailable(f"{self.name} cannot be opened", self._reason(path, CameraTrouble.NOT_A_CAMERA))
        # Many cameras give their larger sizes at full pace as JPEG only.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._wishes.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._wishes.height)
        capture.set(cv2.CAP_PROP_FPS, self._wishes.fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        capture.set(cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS)
        self._capture = capture

    def next(self, *, is_wanted: bool) -> Pixels | None:
        picture, is_good = None, False
        if self._capture is not None:
            picture = next_picture(self._capture) if is_wanted else None
            is_good = picture is not None if is_wanted else bool(self._capture.grab())
        self._failures = 0 if is_good else self._failures + 1
        if self._failures >= _FAILURES_IN_A_ROW:
            self.close()
            path = self._still_there()
            raise CameraUnavailable(f"{self.name} gives no picture", self._reason(path, CameraTrouble.STALLED))
        return picture

    def close(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _opened_as(self, path: Path | None) -> tuple[int | str, int]:
        """A device file by its number, since OpenCV would take its path for a film's."""
        if path is None:
            return self._device, cv2.CAP_ANY
        node = _NODE.fullmatch(path.resolve().name)
        return (int(node[1]), cv2.CAP_V4L2) if node else (str(path), cv2.CAP_ANY)

    def _still_there(self) -> Path | None:
        try:
            return self._tree.find(self._device) if IS_LINUX else None
        except CameraUnavailable:
            return None

    def _reason(self, path: Path | None, otherwise: CameraTrouble) -> CameraTrouble:
        """Why, as far as the system can tell."""
        if path is None:
            never_there = CameraTrouble.NO_CAMERA if self._device == 0 else CameraTrouble.NO_SUCH_DEVICE
            return CameraTrouble.UNPLUGGED if IS_LINUX else never_there
        return self._tree.look(path).trouble or otherwise
