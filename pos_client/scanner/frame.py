"""What a source hands on and what a decoder sees in it: the two values that travel through the scanner.

Apart so that sources, cascade, agreement and window can speak of frames without knowing one another.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.symbology import Symbology

Pixels = NDArray[np.uint8]
"""Grey pictures are (height, width); colour ones (height, width, 3), blue first as OpenCV has them."""

Corners = tuple[tuple[int, int], ...]
"""Four (x, y) pixel positions, clockwise, beginning nearest the picture's top left."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a moment.

    Attributes:
        grey: (height, width) pixels; decoders never see colour, because pyzbar would take the blue channel for grey.
        taken_at: aware UTC time.
        monotonic_s: seconds of a clock that never jumps; windows and gaps are measured by it.
        number: which exposure this is. Two frames of one number hold the same pixels (a picture shown for seconds), so
            the second one proves nothing that the first did not.
        bgr: (height, width, 3) pixels for the preview, where the source has colour.
    """

    grey: Pixels
    taken_at: datetime
    monotonic_s: float
    number: int
    bgr: Pixels | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """One code seen in a frame or picture.

    Attributes:
        text: what it says, in the form of ``symbology.canonical_text``.
        symbology: what kind of code carries it.
        corners: where it is.
        decoder: which library read it.
        stage: on which view of the picture, such as ``full``, ``half+soft`` or ``bands-sharp/upper``.
        guessed: the library guessed the text's encoding or alphabet; such a text proves nothing.
        doubtful: the decoder is not certain; it seconds what another one read and proves nothing by itself.
        believed: whether the reading is sure enough to act on; found and believed are two different things.
        looks: the looks that agree on it, each ``decoder:stage``; empty on a single reading.
    """

    text: str
    symbology: Symbology
    corners: Corners
    decoder: str
    stage: str
    guessed: bool = False
    doubtful: bool = False
    believed: bool = False
    looks: tuple[str, ...] = ()
