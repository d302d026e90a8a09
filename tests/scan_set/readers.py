"""Who reads the set: the two libraries alone, both, and the program's cascade for stills.

Apart from the table, so that a test and a search for failures read the pictures in the same way.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import thread_time

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from pos_client.scanner.frame import Pixels
from pos_client.scanner.still import decode_picture
from tests.scan_set.picture_set import SetPicture
from tests.scan_set.texts import is_same

F = zxingcpp.BarcodeFormat
_ALL = zxingcpp.BarcodeFormats(
    [
        *(F.QRCode, F.EANUPC, F.Code128, F.Code39, F.Code93, F.Codabar, F.ITF),
        *(F.DataBar, F.DataMatrix, F.PDF417, F.Aztec),
    ]
)
READERS = ("zxing", "pyzbar", "both", "seen", "believed")
"""zxing-cpp's single call, pyzbar, the union; what our cascade found, and what of it may be acted on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one picture.

    Attributes:
        texts: that it read.
        ms: of CPU time; ours with the file's unpacking.
    """

    texts: tuple[str, ...]
    ms: float

    def is_hit(self, expected: str | None) -> bool:
        """Whether the expected text is among them."""
        return expected is not None and any(is_same(text, expected) for text in self.texts)

    def is_wrong(self, expected: str | None) -> bool:
        """Whether a text is among them that is not expected."""
        return any(expected is None or not is_same(text, expected) for text in self.texts)


def read_by_zxing(grey: Pixels) -> tuple[str, ...]:
    """zxing-cpp's single call."""
    found = zxingcpp.read_barcode(grey, formats=_ALL, text_mode=zxingcpp.TextMode.Plain)
    return (found.text,) if found else ()


def read_by_pyzbar(grey: Pixels) -> tuple[str, ...]:
    """pyzbar with all its symbols."""
    try:
        return tuple(found.data.decode("utf-8", "replace") for found in pyzbar.decode(np.ascontiguousarray(grey)))
    except ValueError:  # structured append, pyzbar issue 139
        return ()


def read_all(picture: SetPicture) -> dict[str, Reading]:
    """What every reader makes of one picture."""
    packed = picture.jpeg()
    grey = np.asarray(cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)
    zxing, pyzbar_ = _timed(read_by_zxing, grey), _timed(read_by_pyzbar, grey)
    both = Reading(zxing.texts + pyzbar_.texts, zxing.ms + pyzbar_.ms)
    return {"zxing": zxing, "pyzbar": pyzbar_, "both": both} | read_by_cascade(packed)


def read_by_cascade(packed: bytes) -> dict[str, Reading]:
    """What the program makes of a picture file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.jpg"
        path.write_bytes(packed)
        began_s = thread_time()
        result = decode_picture(path)
        ms = (thread_time() - began_s) * 1000
    return {
        "seen": Reading(tuple(code.text for code in result.codes), ms),
        "believed": Reading(tuple(code.text for code in result.codes if code.believed), ms),
    }


def _timed(read: Callable[[Pixels], tuple[str, ...]], grey: Pixels) -> Reading:
    began_s = thread_time()
    texts = read(grey)
    return Reading(texts, (thread_time() - began_s) * 1000)
