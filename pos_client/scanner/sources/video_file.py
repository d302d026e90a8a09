"""A video file, shown at its own pace or frame by frame.

Apart from the camera: a file has an end, and its pace is ours to keep.
"""

from pathlib import Path
from threading import Event
from time import monotonic

import cv2

from pos_client.domain.errors import PictureUnreadable
from pos_client.scanner.frame import Frame
from pos_client.scanner.sources.capture import next_picture, open_capture
from pos_client.scanner.sources.exposure import exposed

_USUAL_FPS = 25.0


class VideoFileSource:
    """One video file.

    Args:
        path: of the file.
        is_paced: frames come at the file's own pace and late ones are dropped, as from a camera; otherwise each read
            gives the next frame at once, with the times that the film had.
        loops: begins anew at the end.
    """

    def __init__(self, path: Path, *, is_paced: bool = True, loops: bool = False) -> None:
        self.name = f"file:{path}"
        self.has_ended = False
        self._path = path
        self._is_paced = is_paced
        self._loops = loops
        self._capture: cv2.VideoCapture | None = None
        self._fps = _USUAL_FPS
        self._begin_s = 0.0
        self._next = 0
        self._number = 0
        self._closed = Event()

    def open(self) -> None:
        """Open the file at its beginning (see ``FrameSource``)."""
        self.close()
        capture = None if (why := _obstacle(self._path)) else open_capture(str(self._path))
        if capture is None:
            raise self._unreadable(why or "not-a-video")
        self._capture = capture
        self._fps = capture.get(cv2.CAP_PROP_FPS) or _USUAL_FPS
        self._closed.clear()
        self.has_ended = False
        self._begin()

    def read(self, timeout_s: float) -> Frame | None:
        """Return the frame that is due (see ``FrameSource``).

        Raises:
            PictureUnreadable: it calls itself a video and holds not one picture.
        """
        if self._capture is None or self.has_ended:
            self._closed.wait(timeout_s)
            return None
        if self._is_paced and not self._is_due(timeout_s):
            return None
        picture = next_picture(self._capture)
        self._next += 1
        if picture is None:
            self._at_the_end()
            return None
        self._number += 1
        taken_s = None if self._is_paced else self._begin_s + (self._next - 1) / self._fps
        return exposed(picture, self._number, taken_s)

    def close(self) -> None:
        """Let go of the file."""
        capture, self._capture = self._capture, None
        self._closed.set()
        if capture is not None:
            capture.release()

    def _begin(self) -> None:
        self._begin_s = monotonic()
        self._next = 0

    def _is_due(self, timeout_s: float) -> bool:
        """Skip the frames that are late already, and wait for the next one's time."""
        capture = self._capture
        due = int((monotonic() - self._begin_s) * self._fps)
        while capture is not None and self._next < due and capture.grab():
            self._next += 1
        early_s = self._begin_s + self._next / self._fps - monotonic()
        if early_s > 0:
            self._closed.wait(min(early_s, timeout_s))
        return early_s <= timeout_s

    def _unreadable(self, why: str) -> PictureUnreadable:
        name = self._path.name.encode("utf-8", "replace").decode("utf-8")  # a name may hold bytes that are no text
        return PictureUnreadable(f"{name}: {why}", why=why, path=name)

    def _at_the_end(self) -> None:
        if self._number == 0:
            raise self._unreadable("not-a-video")
        if not self._loops or self._capture is None:
            self.has_ended = True
            return
        self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
        self._begin()


def _obstacle(path: Path) -> str:
    """Why a file cannot be a video at all, as ``why`` of PictureUnreadable; empty where nothing speaks against it."""
    try:
        if path.is_dir():
            return "folder"
        with path.open("rb") as file:
            return "" if file.read(1) else "empty"
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "refused"
