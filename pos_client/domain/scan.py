"""A scan: one text that a person meant to show, whichever way it came in.

Camera, gun, serial line and keyboard all end in this one value, so that nothing behind it knows the difference.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ScanSource(StrEnum):
    """Where a text was read."""

    CAMERA = "camera"
    WEDGE = "wedge"
    SERIAL = "serial"
    TYPED = "typed"
    PICTURE = "picture"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Scan:
    """One believed text.

    Attributes:
        text: what was read, at most a few thousand characters; never logged in clear.
        source: the device it came from.
        symbology: ISO/AIM name such as ``QRCode`` or ``EAN13``; empty where a keyboard cannot tell.
        at: aware UTC time of the reading.
        corners: four (x, y) pixel positions in the picture, clockwise from the top left; empty without a picture.
    """

    text: str
    source: ScanSource
    at: datetime
    symbology: str = ""
    corners: tuple[tuple[int, int], ...] = ()
