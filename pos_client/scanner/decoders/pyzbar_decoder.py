"""pyzbar (zbar): the second opinion on linear codes and on QR codes that zxing-cpp cannot read.

Apart because the names, flags, noise and exceptions of that library end here; and because its C library comes from the
operating system and may be absent.
"""

import re
from ctypes import ArgumentError

import cv2
import numpy as np
from pyzbar.pyzbar import Decoded, ZBarSymbol, decode
from pyzbar.pyzbar_error import PyZbarError

from pos_client.scanner.decoders.port import Manner, Reading
from pos_client.scanner.frame import Corners, Pixels
from pos_client.scanner.region import clockwise
from pos_client.scanner.symbology import Symbologies, Symbology, canonical

S = Symbology

# DataBar is never asked for: zbar then writes failed assertions to the error stream, gives other texts for date
# fields, and reads none that zxing-cpp does not. UPC-E and UPC-A are asked for by name: otherwise zbar hands them out
# as EAN-13 of another number form.
_ASKED_AS: dict[Symbology, ZBarSymbol] = {
    S.QR_CODE: ZBarSymbol.QRCODE,
    S.EAN13: ZBarSymbol.EAN13,
    S.EAN8: ZBarSymbol.EAN8,
    S.UPCA: ZBarSymbol.UPCA,
    S.UPCE: ZBarSymbol.UPCE,
    S.CODE128: ZBarSymbol.CODE128,
    S.CODE39: ZBarSymbol.CODE39,
    S.CODE93: ZBarSymbol.CODE93,
    S.CODABAR: ZBarSymbol.CODABAR,
    S.ITF: ZBarSymbol.I25,
}
_NAMES = {asked.name: kind for kind, asked in _ASKED_AS.items()}

_LIBRARY_ERRORS = (ArgumentError, ArithmeticError, LookupError, MemoryError, OSError, PyZbarError, ValueError)


class PyzbarDecoder:
    """Reads QR and most linear kinds with zbar; it cannot read the other matrix codes."""

    name = "pyzbar"

    def read(self, grey: Pixels, symbologies: Symbologies, manner: Manner = Manner.ALL) -> list[Reading]:
        """Return every code of these kinds (see ``port.Decoder``); zbar knows no other manner.

        A QR code of a structured-append set makes pyzbar raise and lose the whole picture (pyzbar issue 139): the
        linear kinds are then asked for once more without it.
        """
        asked = symbologies & _ASKED_AS.keys()
        if grey.size == 0 or not asked:
            return []
        try:
            return _read(grey, asked)
        except _LIBRARY_ERRORS:
            return self.read(grey, asked - {S.QR_CODE}, manner) if S.QR_CODE in asked else []


def _read(grey: Pixels, asked: Symbologies) -> list[Reading]:
    found = decode(np.ascontiguousarray(grey), symbols=[_ASKED_AS[kind] for kind in sorted(asked)])
    return [_reading(decoded) for decoded in found if decoded.type in _NAMES and decoded.data]


def _reading(decoded: Decoded) -> Reading:
    given = decoded.data.decode("utf-8", errors="replace")
    text, kind = canonical(given, _NAMES[decoded.type])
    return Reading(text, kind, _corners(decoded), guessed=_is_guess(text, kind))


def _is_guess(text: str, kind: Symbology) -> bool:
    """Tell whether zbar may have chosen the wrong signs for what it read.

    It converts bytes to text by a guess that turned umlauts into Chinese signs in 8 of 15 payloads, and it does not
    know Code 39's full alphabet, where ``+A`` stands for ``a``.
    """
    return not text.isascii() or (kind is S.CODE39 and re.search(r"[$%/+][A-Z]", text) is not None)


def _corners(decoded: Decoded) -> Corners:
    points = np.array([(point.x, point.y) for point in decoded.polygon], dtype=np.float32)
    if len(points) == 4:
        return clockwise((float(x), float(y)) for x, y in points)
    if len(points) == 0:
        left, top, width, height = decoded.rect
        return ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    # A linear code's outline is the hull of its scan lines' ends: any number of points.
    box = cv2.boxPoints(cv2.minAreaRect(points))
    return clockwise((float(x), float(y)) for x, y in box)
