"""A folder of pictures shown one after the other with a blank between, as a customer holds up one code after another.

Apart from the video file: its pictures are read whole, and each showing counts as one exposure.
"""

from collections.abc import Iterator
from itertools import chain, repeat
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


class PictureFolderSource:
    """The pictures of one folder, in the order of their names.

    Args:
        folder: its folders are walked too; files that are no pictures are passed over.
        show_s: how long each picture is shown.
        blank_s: how long nothing is shown between two pictures; longer than the debounce, so that one picture shown
            twice is two sightings.
        loops: begins anew after the last.
    """

    def __init__(self, folder: Path, *, show_s: float = 2.0, blank_s: float = 1.7, loops: bool = True) -> None:
        self.name = f"folder:{folder}"
        self.has_ended = False
        self._folder = folder
        self._show_s = show_s
        self._blank_s = blank_s
        self._loops = loops
        self._slides: Iterator[Pixels] = iter(())
        self._slide: Pixels | None = None
        self._slide_ends_s = 0.0
        self._is_blank = True
        self._due_s = 0.0
        self._number = 0
        self._closed = Event()

    def open(self) -> None:
        """Begin with the first picture (see ``FrameSource``)."""
        paths = pictures_in(self._folder)
        if not paths:
            raise PictureUnreadable(f"no picture in {self._folder.name}", why="no-picture", path=self._folder.name)
        rounds = repeat(paths) if self._loops else iter([paths])
        self._slides = _readable(chain.from_iterable(rounds))
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
        """Go on to the next picture or to the blank after it."""
        self._number += 1
        if self._is_blank:
            self._slide = next(self._slides, None)
            self.has_ended = self._slide is None
            self._slide_ends_s = now_s + self._show_s
        elif self._slide is not None:
            self._slide = np.full_like(self._slide, _BLANK_GREY)
            self._slide_ends_s = now_s + self._blank_s
        self._is_blank = not self._is_blank


def _readable(paths: Iterator[Path]) -> Iterator[Pixels]:
    """Read pictures one by one; ends when a whole round through the folder held none that can be read."""
    unreadable: set[Path] = set()
    for path in paths:
        if path in unreadable:
            return
        try:
            picture = load_colour(path)
        except PictureUnreadable:
            unreadable.add(path)
            continue
        unreadable.clear()
        yield picture
