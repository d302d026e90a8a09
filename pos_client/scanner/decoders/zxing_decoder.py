"""zxing-cpp: the first decoder asked, and the only one for matrix codes other than QR.

Apart because the names, flags and exceptions of that library end here.
"""

import zxingcpp

from pos_client.scanner.decoders.port import Manner, Reading
from pos_client.scanner.frame import Pixels
from pos_client.scanner.region import clockwise
from pos_client.scanner.symbology import Symbologies, Symbology, canonical

F = zxingcpp.BarcodeFormat
S = Symbology

# F.QRCode would drag Micro QR and rMQR along, which invent codes where there are none.
_ASKED_AS: dict[Symbology, tuple[zxingcpp.BarcodeFormat, ...]] = {
    S.QR_CODE: (F.QRCodeModel1, F.QRCodeModel2),
    S.MICRO_QR_CODE: (F.MicroQRCode,),
    S.RMQR_CODE: (F.RMQRCode,),
    S.DATA_MATRIX: (F.DataMatrix,),
    S.AZTEC: (F.Aztec,),
    S.PDF417: (F.PDF417,),
    S.EAN13: (F.EAN13,),
    S.EAN8: (F.EAN8,),
    S.UPCA: (F.UPCA,),
    S.UPCE: (F.UPCE,),
    S.CODE128: (F.Code128,),
    S.CODE39: (F.Code39Std, F.Code39Ext),
    S.CODE93: (F.Code93,),
    S.CODABAR: (F.Codabar,),
    S.ITF: (F.ITF,),
    S.DATABAR: (F.DataBarOmni, F.DataBarStk, F.DataBarStkOmni),
    S.DATABAR_EXPANDED: (F.DataBarExp, F.DataBarExpStk),
    S.DATABAR_LIMITED: (F.DataBarLtd,),
}

# Asked for by one name, handed out under another.
_SPECIAL_NAMES: dict[str, Symbology] = {
    "QR Code": S.QR_CODE,
    "Aztec Code": S.AZTEC,
    "Aztec Rune": S.AZTEC,
    "Compact PDF417": S.PDF417,
    "MicroPDF417": S.PDF417,
    "Code 39": S.CODE39,
    "ITF-14": S.ITF,
    "DataBar": S.DATABAR,
}
_NAMES = {str(name): kind for kind, names in _ASKED_AS.items() for name in names}
_NAMES |= _SPECIAL_NAMES

# What the binding makes of the library's C++ exceptions; a torn symbol must never end a scanner.
_LIBRARY_ERRORS = (ArithmeticError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)


class ZxingDecoder:
    """Reads every kind of ``Symbology`` with zxing-cpp."""

    name = "zxing"

    def __init__(self) -> None:
        self._formats: dict[Symbologies, zxingcpp.BarcodeFormats] = {}

    def read(self, grey: Pixels, symbologies: Symbologies, manner: Manner = Manner.ALL) -> list[Reading]:
        """Return the codes of these kinds (see ``port.Decoder``)."""
        if grey.size == 0 or not symbologies:
            return []
        try:
            found = _found(grey, self._asked(symbologies), manner)
            return [reading for barcode in found if (reading := _reading(barcode)) is not None]
        except _LIBRARY_ERRORS:
            return []

    def _asked(self, symbologies: Symbologies) -> zxingcpp.BarcodeFormats:
        if symbologies not in self._formats:
            names = [name for kind in sorted(symbologies) for name in _ASKED_AS[kind]]
            self._formats[symbologies] = zxingcpp.BarcodeFormats(names)
        return self._formats[symbologies]


def _found(grey: Pixels, formats: zxingcpp.BarcodeFormats, manner: Manner) -> list[zxingcpp.Barcode]:
    # Plain, because the library's default text puts brackets into GS1 texts.
    plain = zxingcpp.TextMode.Plain
    if manner is Manner.FIRST:
        first = zxingcpp.read_barcode(grey, formats=formats, text_mode=plain)
        return [] if first is None else [first]
    harder = manner is Manner.ALL
    return zxingcpp.read_barcodes(
        grey,
        formats=formats,
        text_mode=plain,
        try_rotate=manner is not Manner.ROWS,
        try_downscale=harder,
        try_invert=harder,
    )


def _reading(barcode: zxingcpp.Barcode) -> Reading | None:
    kind = _NAMES.get(str(barcode.format))
    if kind is None or not barcode.text:
        return None
    text, kind = canonical(barcode.text, kind)
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return Reading(text, kind, clockwise((point.x, point.y) for point in corners))
