"""EAN-13 on paper before a lens that is out of focus by so much: the same pictures for the tests and the benchmark.

``python -m tests.scan_set.out_of_focus`` shows one of them, more and more so, in docs/out-of-focus.png.

Apart from the set of pictures, whose strengths grow by three levels: here one of them grows and nothing else does.
"""

import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pos_client.scanner.frame import Pixels
from pos_client.scanner.symbology import Symbology
from tests.scan_set.codes import CleanCode, random_code
from tests.scan_set.lens import Optics, Pose
from tests.scan_set.paper import wrapped
from tests.scan_set.scenes import on_paper

SHEET = Path(__file__).parents[2] / "docs" / "out-of-focus.png"
_SIZE = (640, 480)
_SHOWN, _ROWS, _COLUMNS, _COLOURS = (0.4, 0.8, 1.2, 1.6, 2.0), slice(190, 290), slice(120, 570), 24


def text_of(number: int) -> str:
    """The 13 digits of a picture."""
    return _code(number).text


def out_of_focus(number: int, radius: float, module_px: float = 4.0, *, is_bent: bool = False) -> Pixels:
    """Make a picture.

    Args:
        number: which; the same number is the same code, held in the same way.
        radius: of the disk that a point becomes, in modules.
        module_px: pixels of a module.
        is_bent: the paper is wrapped around something of about the code's width.

    Returns:
        (480, 640) grey pixels.
    """
    rng = np.random.default_rng([number, 4])
    code = _code(number)
    lean, at = rng.uniform(-10, 10, 3), 0.5 + rng.uniform(-1, 1, 2) * (0.05, 0.1)
    pose = Pose(_SIZE, module_px, float(lean[0]) * 0.8, float(lean[1]), float(lean[2]), (float(at[0]), float(at[1])))
    light, noise = float(rng.uniform(0.6, 1.0)), float(rng.uniform(3, 9))
    harms = (wrapped(float(rng.uniform(0.9, 1.4)), upright=True, shine=0.05),) if is_bent else ()
    optics = Optics(defocus=radius * module_px, exposure=light, noise=noise, jpeg=85)
    packed = on_paper(rng, code, pose, optics, harms).taken(rng)
    return np.asarray(cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)


def _code(number: int) -> CleanCode:
    return random_code(Symbology.EAN13, 7000 + number)


def _strip(radius: float) -> Pixels:
    cut = out_of_focus(2, radius)[_ROWS, _COLUMNS]
    framed = cv2.copyMakeBorder(cut, 2, 2, 44, 2, cv2.BORDER_CONSTANT, value=(255,))
    cv2.putText(framed, f"{radius}", (8, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0,), 1, cv2.LINE_AA)
    return np.asarray(framed, np.uint8)


def main() -> int:
    """Draw the sheet; few shades keep the file small."""
    strips = np.vstack([_strip(radius) for radius in _SHOWN])
    Image.fromarray(strips).quantize(_COLOURS, dither=Image.Dither.NONE).save(SHEET, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
