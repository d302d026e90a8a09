"""Codes drawn for tests, alone or lying on a desk, and small films of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import segno
import zxingcpp

from pos_client.scanner.frame import Pixels

EAN = "4006381333931"
QR_TEXT = "710123456789012345678901234567890123456789"


def qr(text: str, scale: int = 4, **options: Any) -> Pixels:
    """A QR code with its quiet zone, dark on white."""
    rows = [list(row) for row in segno.make_qr(text, **options).matrix_iter(scale=scale, border=4)]
    return np.where(np.array(rows) > 0, 0, 255).astype(np.uint8)


def drawn(kind: zxingcpp.BarcodeFormat, text: str, scale: int = 3) -> Pixels:
    """A code of any other kind with a quiet zone."""
    image = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=scale), np.uint8)
    grey = image if image.ndim == 2 else image[:, :, 0]
    return np.asarray(cv2.copyMakeBorder(grey, 30, 30, 40, 40, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)


def on_dark_display(code: Pixels, size: tuple[int, int] = (480, 640)) -> Pixels:
    """A code light on dark, in the middle of a dark display on a grey desk."""
    display = 255 - cv2.copyMakeBorder(code, 40, 40, 20, 20, cv2.BORDER_CONSTANT, value=(230,))
    place = ((size[1] - display.shape[1]) // 2, (size[0] - display.shape[0]) // 2)
    return on_desk((np.asarray(display, np.uint8), place), size=size)


def ean(text: str = EAN, scale: int = 3) -> Pixels:
    """An EAN-13."""
    return drawn(zxingcpp.BarcodeFormat.EAN13, text, scale)


def on_desk(*codes: tuple[Pixels, tuple[int, int]], size: tuple[int, int] = (480, 640)) -> Pixels:
    """Codes on a grey desk, each at its (x, y), in a picture of (height, width)."""
    desk: Pixels = np.full(size, 170, np.uint8)
    for code, (x, y) in codes:
        height, width = code.shape
        desk[y : y + height, x : x + width] = code
    return desk


def turned(picture: Pixels, degrees: float) -> Pixels:
    """The picture turned round its middle, the corners filled with desk."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), borderValue=(170,)), np.uint8)


def save(picture: Pixels, path: Path) -> Path:
    """Write a picture; the suffix says in which format."""
    assert cv2.imwrite(str(path), picture)
    return path


def film(path: Path, frames: Sequence[Pixels], fps: float = 25.0) -> Path:
    """Write a video; every frame is a key frame."""
    height, width = frames[0].shape
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (width, height))
    assert writer.isOpened()
    for frame in frames:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))
    writer.release()
    return path
