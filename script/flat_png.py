"""Small PNG files of pictures that are flat panels and letters.

Apart from the kiosk's, which hold a photograph.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

# Flat panels and smooth letters need no more; a palette of 256 makes the files a third larger.
_COLOURS = 64


def png(picture: QImage) -> bytes:
    """A PNG of the colours that matter most in this picture, packed as tightly as Qt can."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB32)
    height, width = rgb.height(), rgb.width()
    pixels = np.frombuffer(rgb.constBits(), np.uint8).reshape(height, rgb.bytesPerLine())[:, : width * 4]
    words = np.ascontiguousarray(pixels).view(np.uint32).reshape(height, width)
    places, table = _indexed(words & np.uint32(0xFFFFFF))
    small = QImage(places.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(colour) for colour in table])
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG", 0)  # type: ignore[call-overload]
    return bytes(data.data())


def _indexed(pixels: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Places in a table of colours, and the table: the most frequent colours, the others at their nearest."""
    colours, inverse, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    table = colours[np.argsort(-counts, kind="stable")[:_COLOURS]]
    channels = np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=-1).astype(np.int32)
    kept = np.stack([(table >> shift) & 0xFF for shift in (16, 8, 0)], axis=-1).astype(np.int32)
    nearest = np.concatenate(
        [((part[:, None, :] - kept[None]) ** 2).sum(axis=-1).argmin(axis=-1) for part in np.array_split(channels, 64)]
    )
    return nearest.astype(np.uint8)[inverse.reshape(pixels.shape)], table
