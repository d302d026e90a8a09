"""A folder of pictures shown one after the other with a blank between, as a customer holds up one code after another.

Apart from the video file: its pictures are read whole, each showing counts as one exposure, and whoever copies one
into the folder (or touches one that is there) holds it up.
"""

from collections import deque
from pathlib import Path
from threading import Event
from time import monotonic

import numpy as np

from pos_client.domain.errors import PictureUnreadable
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.picture_file import load_colour, pictures_in
from pos_client.scanner.sources.exposure import exposed

_FPS = 15.0
_BLANK_GREY = 200
_LOOKS_EVERY_S = 0.5


class PictureFolderSource:
    """The pictures of one folder, in the order of their names, each once; then each that is new or was changed.

    Args:
        folder: its folders are walked too; files that are no pictures are passed over.
        show_s: how long each picture is shown.
        blank_s: how long nothing is shown between two pictures; longer than the debounce, so that one picture shown
            twice is two sightings.
        stays: waits for new ones after the last.
    """

    def __init__(self, folder: Path, *, show_s: float = 2.0, blank_s: float = 1.7, stays: bool = True) -> None:
        self.name = f"folder:{folder}"
        self.has_ended = False
        self._folder = folder
        self._show_s = show_s
        self._blank_s = blank_s
        self._stays = stays
        self._waiting: deque[Path] = deque()
        self._seen: dict[Path, int] = {}
        self._slide: Pixels | None = None
        self._slide_ends_s = 0.0
        self._is_blank = True
        self._due_s = 0.0
        self._number = 0
        self._closed = Event()

    def open(self) -> None:
        """Begin with the first picture (see ``FrameSource``)."""
        if not pictures_in(self._folder):
            raise PictureUnreadable(f"no picture in {self._folder.name}", why="no-picture", path=self._folder.name)
        # Opened again it begins anew; what was left of the last time would be shown beside it.
        self._seen = {}
        self._waiting.clear()
        self._look()
        self._slide, self._is_blank = None, True
        self._slide_ends_s = self._due_s = monotonic()
        self.has_ended = False
        self._closed.clear()

    def read(self, timeout_s: float) -> Frame | None:
        """Return the picture that is shown now, or the blank (see ``FrameSource``)."""
        wait_s = self._due_s - monotonic()
        if wait_s > 0 and self._closed.wait(min(wait_s, timeout_s)):
            return None
        if wait_s > timeout_s or self.has_ended:
            return None
        now_s = monotonic()
        self._due_s = now_s + 1 / _FPS
        if now_s >= self._slide_ends_s:
            self._change(now_s)
        return None if self._slide is None else exposed(self._slide, self._number, now_s)

    def close(self) -> None:
        """End the show."""
        self._closed.set()

    def _change(self, now_s: float) -> None:
        """Go on to the next picture or to the blank after it; where there is no next one, look again in a while."""
        if not self._is_blank and self._slide is not None:
            self._show(np.full_like(self._slide, _BLANK_GREY), now_s + self._blank_s)
            return
        if (picture := self._next()) is not None:
            self._show(picture, now_s + self._show_s)
            return
        self.has_ended = self._slide is None or not self._stays
        self._slide_ends_s = now_s + _LOOKS_EVERY_S

    def _show(self, pixels: Pixels, ends_s: float) -> None:
        self._number += 1
        self._slide, self._slide_ends_s = pixels, ends_s
        self._is_blank = not self._is_blank

    def _next(self) -> Pixels | None:
        """The next picture that can be read; one that is torn is tried again when it was changed."""
        if not self._waiting and self._stays:
            self._look()
        while self._waiting:
            try:
                return load_colour(self._waiting.popleft())
            except PictureUnreadable:
                continue
        return None

    def _look(self) -> None:
        """Line up what is new or was changed since."""
        for path in pictures_in(self._folder):
            try:
                changed_ns = path.stat().st_mtime_ns
            except OSError:  # it went away between the two
                continue
            if self._seen.get(path) != changed_ns:
                self._seen[path] = changed_ns
                self._waiting.append(path)
