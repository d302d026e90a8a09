"""Small PNG files of pictures that hold flat panels and a photograph: 256 colours, chosen for both.

Apart from the clerk's pictures, which hold no photograph and do with their most frequent colours.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

_FLAT: Final = 80
_MEANS: Final = 176


def kiosk_png(picture: QImage) -> bytes:
    """A PNG of 256 colours: those of flat panels as they are, and as many as are left for the photograph."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    height, width = rgb.height(), rgb.width()
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(height, rgb.bytesPerLine())[:, : width * 3]
    pixels = rows.reshape(-1, 3).astype(np.float32)
    table = _palette(pixels)
    squares = (table**2).sum(-1)
    places = np.concatenate([(squares - 2 * part @ table.T).argmin(-1) for part in np.array_split(pixels, 64)])
    small = QImage(places.astype(np.uint8).tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(r) << 16 | int(g) << 8 | int(b) for r, g, b in table])
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG", 0)  # type: ignore[call-overload]
    return bytes(data.data())


def _palette(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """The most frequent colours, and the means of what is left."""
    keys = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colours, counts = np.unique(keys, return_counts=True)
    flat = colours[np.argsort(-counts, kind="stable")[:_FLAT]]
    kept = np.stack([(flat >> shift) & 255 for shift in (16, 8, 0)], -1).astype(np.float32)
    rest = pixels[~np.isin(keys, flat)]
    if len(rest) <= _MEANS:
        return np.concatenate([kept, rest])
    sample = rest[:: max(1, len(rest) // 20_000)]
    order = np.argsort(sample.sum(-1), kind="stable")
    means = sample[order[np.linspace(0, len(sample) - 1, _MEANS).astype(int)]]
    for _ in range(8):
        nearest = ((means**2).sum(-1) - 2 * sample @ means.T).argmin(-1)
        sums = np.stack([np.bincount(nearest, sample[:, channel], _MEANS) for channel in range(3)], -1)
        sizes = np.bincount(nearest, minlength=_MEANS)[:, None]
        means = np.where(sizes > 0, sums / np.maximum(sizes, 1), means).astype(np.float32)
    return np.concatenate([kept, np.round(means)])
