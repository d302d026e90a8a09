"""Clean drawings of codes with known texts, one pixel for each module, from which every picture of the set starts.

Apart from the scenes, which do harm to them. QR comes from segno, the other kinds from zxing-cpp's writer.
"""

import random
from dataclasses import dataclass

import numpy as np
import segno
import zxingcpp
from numpy.typing import NDArray

from pos_client.scanner.frame import Pixels
from pos_client.scanner.symbology import LINEAR, Symbology
from tests.scan_set.texts import expected_text, text_for

S = Symbology
F = zxingcpp.BarcodeFormat

_FORMATS: dict[Symbology, zxingcpp.BarcodeFormat] = {
    S.MICRO_QR_CODE: F.MicroQRCode,
    S.RMQR_CODE: F.RMQRCode,
    S.DATA_MATRIX: F.DataMatrix,
    S.AZTEC: F.AztecCode,
    S.PDF417: F.PDF417,
    S.EAN13: F.EAN13,
    S.EAN8: F.EAN8,
    S.UPCA: F.UPCA,
    S.UPCE: F.UPCE,
    S.CODE128: F.Code128,
    S.CODE39: F.Code39Std,
    S.CODE93: F.Code93,
    S.CODABAR: F.Codabar,
    S.ITF: F.ITF,
    S.DATABAR: F.DataBarOmni,
    S.DATABAR_LIMITED: F.DataBarLtd,
    S.DATABAR_EXPANDED: F.DataBarExp,
}
DRAWABLE: tuple[Symbology, ...] = (S.QR_CODE, *_FORMATS)

QUIET = 4
"""Modules of white around matrix codes (ISO/IEC 18004)."""

QUIET_LINEAR = 10
"""Modules of white left and right of linear codes (the most that any of them asks for)."""

_HEIGHT_OF_WIDTH = 0.45
"""How high a linear code is drawn, in parts of its width, as on most packages."""


@dataclass(frozen=True, slots=True, eq=False)
class CleanCode:
    """A code as the standard draws it.

    Attributes:
        text: what a scanner must return.
        symbology: what kind it is.
        modules: (height, width), 0 dark and 255 light, one pixel each, the quiet zone of ``quiet`` included.
        quiet: modules of white left and right (above and below too, on a matrix code).
    """

    text: str
    symbology: Symbology
    modules: Pixels
    quiet: int

    @property
    def width(self) -> int:
        """In modules, quiet zone included."""
        return int(self.modules.shape[1])


def drawn_code(symbology: Symbology, text: str, level: str = "m") -> CleanCode:
    """Draw one code.

    Args:
        symbology: what kind.
        text: what it says, application identifiers in square brackets.
        level: of a QR code's error correction.
    """
    quiet = QUIET_LINEAR if symbology in LINEAR else QUIET
    dark = _qr(text, level) if symbology is S.QR_CODE else _written(symbology, text)
    if symbology in LINEAR:
        dark = _stretched(dark)
    modules = np.pad(np.where(dark, 0, 255), ((QUIET, QUIET), (quiet, quiet)), constant_values=255)
    return CleanCode(expected_text(text), symbology, modules.astype(np.uint8), quiet)


def random_code(symbology: Symbology, seed: int) -> CleanCode:
    """Draw a code whose text follows from the seed."""
    rng = random.Random(seed)
    return drawn_code(symbology, text_for(symbology, rng))


def _qr(text: str, level: str) -> NDArray[np.bool_]:
    made = segno.make_qr(text, error=level, boost_error=False, encoding=None if text.isascii() else "utf-8")
    return np.array([list(row) for row in made.matrix], np.bool_)


def _written(symbology: Symbology, text: str) -> NDArray[np.bool_]:
    content = text[2:] if symbology in {S.DATABAR, S.DATABAR_LIMITED} else text
    made = zxingcpp.create_barcode(content, _FORMATS[symbology], **({"gs1": True} if text.startswith("[") else {}))
    image = np.array(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False), np.uint8)
    grey = image if image.ndim == 2 else image[:, :, 0]
    return np.asarray(grey < 128)


def _stretched(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Bars as high as on a package, whatever the writer made of them; guard bars lose what hangs below the others."""
    row = dark[dark.shape[0] // 2]
    columns = np.flatnonzero(row)
    row = row[columns[0] : columns[-1] + 1]
    return np.repeat(row[np.newaxis], max(12, round(_HEIGHT_OF_WIDTH * row.size)), axis=0)
