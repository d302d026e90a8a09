"""Tries a source for a moment and tells what it really gives: for ``doctor`` and ``cameras``.

Apart from the worker, which goes on trying where this gives up with the reason.
"""

from dataclasses import dataclass
from time import monotonic
from typing import Final

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.frame import Frame
from pos_client.scanner.sources.port import FrameSource

_WITHIN_S: Final = 15.0
_COUNTED_S: Final = 1.0
_WAIT_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source gives.

    Attributes:
        width, height: of its pictures, in pixels. fps: pictures that came in a second.
    """

    width: int
    height: int
    fps: int


def try_source(source: FrameSource, within_s: float = _WITHIN_S) -> Trial:
    """Open a source, look at it for a second, and close it.

    Args:
        source: not open.
        within_s: how long its first picture may take.

    Raises:
        CameraUnavailable: it gives none, and why.
        PictureUnreadable: the file or folder holds no picture.
    """
    try:
        source.open()
        first = _first(source, within_s)
        count, until_s = 1, monotonic() + _COUNTED_S
        while (left_s := until_s - monotonic()) > 0:
            count += source.read(min(left_s, _WAIT_S)) is not None
    finally:
        source.close()
    height, width = first.grey.shape
    return Trial(width, height, round(count / _COUNTED_S))


def _first(source: FrameSource, within_s: float) -> Frame:
    until_s = monotonic() + within_s
    while monotonic() < until_s and not source.has_ended:
        frame = source.read(_WAIT_S)
        if frame is not None:
            return frame
    trouble = CameraTrouble.NO_VIDEO if source.has_ended else CameraTrouble.STALLED
    raise CameraUnavailable(f"{source.name} gives no picture", trouble)
