"""One picture of each kind side by side: ``python -m tests.scan_set.contact_sheet``, into docs/scan-set.png.

Apart from the set, which has no words in its pictures.
"""

import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pos_client.scanner.frame import Pixels
from tests.scan_set.picture_set import KINDS, Kind, SetPicture

SHEET = Path(__file__).parents[2] / "docs" / "scan-set.png"
_CELL = (152, 114)
_COLUMNS = 6
_LEVEL = 2
_COLOURS = 32


def cell(kind: Kind) -> Pixels:
    """The first picture of a kind, small, with its name below."""
    picture = SetPicture(kind, _LEVEL, 0).bgr()
    small = cv2.resize(picture, _CELL, interpolation=cv2.INTER_AREA)
    framed = cv2.copyMakeBorder(small, 2, 16, 2, 2, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    cv2.putText(framed, kind.name, (4, _CELL[1] + 13), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 0), 1, cv2.LINE_AA)
    return np.asarray(framed, np.uint8)


def sheet() -> Pixels:
    """All kinds, in the order of the table."""
    cells = [cell(kind) for kind in KINDS]
    cells += [np.full_like(cells[0], 255)] * (-len(cells) % _COLUMNS)
    rows = [np.hstack(cells[first : first + _COLUMNS]) for first in range(0, len(cells), _COLUMNS)]
    return np.asarray(np.vstack(rows), np.uint8)


def main() -> int:
    """Draw the sheet; few colours keep the file small."""
    picture = Image.fromarray(cv2.cvtColor(sheet(), cv2.COLOR_BGR2RGB))
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(SHEET, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
