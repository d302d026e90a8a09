"""A colour picture made into a frame: grey for the decoders, colour for the window, both times.

Apart because every source ends with this step.
"""

from datetime import UTC, datetime
from time import monotonic

import cv2
import numpy as np

from pos_client.scanner.frame import Frame, Pixels


def exposed(picture: Pixels, number: int, monotonic_s: float | None = None) -> Frame:
    """Make a frame of a picture.

    Args:
        picture: (height, width) grey or (height, width, 3) blue, green, red.
        number: of the exposure, see ``Frame``.
        monotonic_s: when it was taken; now unless told.
    """
    colour = picture if picture.ndim == 3 else None
    grey = picture if colour is None else np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)
    taken_s = monotonic() if monotonic_s is None else monotonic_s
    return Frame(grey, datetime.now(UTC), taken_s, number, colour)
