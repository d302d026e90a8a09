"""How the camera hangs: turned on its side, seeing more than the counter, seen in a mirror.

Apart from the sources, because it is the same for a camera, a film and a network stream; and from the cascade, because
decoders and window must see the very same picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from pos_client.scanner.frame import Corners, Frame, Pixels
from pos_client.scanner.region import clockwise

_TURNS: Final = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
ROTATIONS: Final = (0, *_TURNS)
WHOLE: Final = (0, 0, 100, 100)


@dataclass(frozen=True, slots=True)
class Mounting:
    """What is done to each picture before anybody looks at it.

    Attributes:
        rotation: degrees clockwise by which the picture is turned upright: one of ``ROTATIONS``.
        crop: left, top, right and bottom of the part that counts, in percent of the turned picture.
        is_mirrored: people see themselves as in a mirror. Decoders are given the picture as it is: both read
            mirrored codes as well, and a picture turned over twice costs time for nothing.
    """

    rotation: int = 0
    crop: tuple[int, int, int, int] = WHOLE
    is_mirrored: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no mounting.

        Raises:
            ValueError: an odd angle, or a part that is empty or outside of the picture.
        """
        left, top, right, bottom = self.crop
        if self.rotation not in ROTATIONS:
            raise ValueError(f"rotation is one of {ROTATIONS}")
        if not (0 <= left < right <= 100 and 0 <= top < bottom <= 100):
            raise ValueError("crop is left, top, right, bottom in percent, left of right and top over bottom")

    def applied(self, frame: Frame) -> Frame:
        """Return the frame turned upright and cut; the same frame where there is nothing to do."""
        if self.rotation == 0 and self.crop == WHOLE:
            return frame
        bgr = None if frame.bgr is None else self._cut(self._turned(frame.bgr))
        return replace(frame, grey=self._cut(self._turned(frame.grey)), bgr=bgr)

    def for_people(self, pixels: Pixels) -> Pixels:
        """Return pixels as the window shows them: a view, nothing is copied."""
        return pixels[:, ::-1] if self.is_mirrored else pixels

    def corners_for_people(self, corners: Corners, width: int) -> Corners:
        """Return corners as the window shows them on a picture of this width."""
        return clockwise(_mirrored(corners, width)) if self.is_mirrored else corners

    def _turned(self, pixels: Pixels) -> Pixels:
        turn = _TURNS.get(self.rotation)
        return pixels if turn is None else np.asarray(cv2.rotate(pixels, turn), np.uint8)

    def _cut(self, pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        left, top, right, bottom = self.crop
        begin_x, begin_y = width * left // 100, height * top // 100
        end_x, end_y = max(begin_x + 1, width * right // 100), max(begin_y + 1, height * bottom // 100)
        return pixels[begin_y:end_y, begin_x:end_x]


def _mirrored(corners: Corners, width: int) -> Iterable[tuple[float, float]]:
    return ((width - x, y) for x, y in corners)
