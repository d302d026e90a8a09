"""How well the camera sees, from the pictures that the window gets: how many, how sharp, how often a code is read.

Apart from the widget because it is arithmetic on the newest seconds; it knows no Qt.
"""

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WINDOW_S: Final = 5.0
_EVERY: Final = 2
_SHARP: Final = 12.0


@dataclass(frozen=True, slots=True)
class CameraFigures:
    """The newest five seconds.

    Attributes:
        fps: pictures a second as the window gets them (fifteen at most).
        sharpness: 0 to 100, 50 is good enough for a code held up at half a metre.
        read_percent: of the pictures with a code, how many were read surely; None where no code was held up.
        width, height: of the newest picture.
    """

    fps: float = 0.0
    sharpness: int = 0
    read_percent: int | None = None
    width: int = 0
    height: int = 0


class CameraMeasure:
    """Remembers the newest seconds."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float, bool, bool]] = deque()
        self._size = (0, 0)

    def take(self, at_s: float, pixels: "NDArray[np.uint8]", *, has_code: bool, is_read: bool) -> None:
        """One picture: grey (height, width) or colour (height, width, 3); ``at_s`` of a clock that only rises."""
        self._size = (int(pixels.shape[1]), int(pixels.shape[0]))
        self._seen.append((at_s, _contrast_of_edges(pixels), has_code, is_read))
        while self._seen and at_s - self._seen[0][0] > _WINDOW_S:
            self._seen.popleft()

    def figures(self) -> CameraFigures:
        """What the newest seconds say."""
        if len(self._seen) < 2:
            return CameraFigures(width=self._size[0], height=self._size[1])
        span = max(self._seen[-1][0] - self._seen[0][0], 1e-3)
        edges = sorted(one[1] for one in self._seen)[len(self._seen) // 2]
        coded = [one for one in self._seen if one[2]]
        read = round(100 * sum(one[3] for one in coded) / len(coded)) if coded else None
        sharpness = min(100, round(50 * edges / _SHARP))
        return CameraFigures((len(self._seen) - 1) / span, sharpness, read, *self._size)


def _contrast_of_edges(pixels: "NDArray[np.uint8]") -> float:
    """Mean step between neighbours where there are steps at all: a blurred edge has small ones."""
    import numpy as np  # noqa: PLC0415 - loaded while somebody looks at the camera, not before the first paint

    grey = pixels[..., 1] if pixels.ndim == 3 else pixels
    steps = np.abs(np.diff(grey[::_EVERY].astype(np.int16), axis=1))
    return float(np.percentile(steps, 99)) / 4 if steps.size else 0.0
