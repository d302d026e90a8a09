"""Picture files, from their path to pixels, or one named reason why not.

Apart from decoding codes: the folder source and the command line want pictures too.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from pos_client.domain.errors import PictureUnreadable
from pos_client.scanner.frame import Pixels
from pos_client.scanner.picture_header import PictureHeader, read_header

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"})
_SAID = {
    "missing": "there is no such file",
    "refused": "the system does not let it be read",
    "folder": "it is a folder",
    "empty": "the file is empty",
    "torn": "the file is cut off or damaged",
    "too-large": "it is larger than 64 megapixels or 96 megabytes",
    "not-a-picture": "it is no PNG, JPEG, WebP, BMP or GIF",
}

_MOST_PIXELS = 64_000_000
_MOST_BYTES = 96_000_000
_TRANSPARENT_PIXELS = 4_000_000
"""Beyond this transparency is not laid on white: a picture with 16 bits a channel would take 32 bytes a pixel."""

_REDUCED = ((32_000_000, 4, cv2.IMREAD_REDUCED_GRAYSCALE_4), (16_000_000, 2, cv2.IMREAD_REDUCED_GRAYSCALE_2))
"""Pixels beyond which a picture is read at half or a quarter of its size."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedPicture:
    """A picture's pixels.

    Attributes:
        grey: (height, width).
        scale: how many pixels of the file one of these stands for, along each side.
    """

    grey: Pixels
    scale: int


def pictures_in(folder: Path) -> list[Path]:
    """Return every picture file below a folder, sorted; none where it is no folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file())


@dataclass(frozen=True, slots=True, eq=False)
class PictureFile:
    """A file's bytes and what they say of themselves, no pixel decoded yet.

    Attributes:
        path: of the file.
        data: all of it.
        header: checked: whole, and not too large.
    """

    path: Path
    data: bytes
    header: PictureHeader

    @property
    def pixels(self) -> int:
        """Width times height."""
        return self.header.width * self.header.height

    def grey(self) -> LoadedPicture:
        """Decode the pixels.

        Raises:
            PictureUnreadable: ``why`` is torn.
        """
        for pixels, scale, flags in _REDUCED:
            if self.pixels > pixels:
                return LoadedPicture(_decoded(self.data, flags, self.path), scale)
        if self.header.may_be_transparent and self.pixels <= _TRANSPARENT_PIXELS:
            colour = _in_colour(self.data, self.header, self.path)
            grey = colour if colour.ndim == 2 else np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)
            return LoadedPicture(grey, 1)
        return LoadedPicture(_decoded(self.data, cv2.IMREAD_GRAYSCALE, self.path), 1)


def read_file(path: Path) -> PictureFile:
    """Read a picture file without decoding it.

    Raises:
        PictureUnreadable: ``why`` is missing, folder, empty, torn, too-large, not-a-picture or refused.
    """
    data = _bytes_of(path)
    return PictureFile(path, data, _checked_header(data, path))


def load_grey(path: Path) -> LoadedPicture:
    """Read a picture for decoding.

    Raises:
        PictureUnreadable: ``why`` is missing, folder, empty, torn, too-large, not-a-picture or refused.
    """
    return read_file(path).grey()


def load_colour(path: Path) -> Pixels:
    """Read a picture for showing and decoding: (height, width, 3), blue first.

    Raises:
        PictureUnreadable: as for ``load_grey``.
    """
    data = _bytes_of(path)
    colour = _in_colour(data, _checked_header(data, path), path)
    return colour if colour.ndim == 3 else np.asarray(cv2.cvtColor(colour, cv2.COLOR_GRAY2BGR), np.uint8)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _unreadable("folder", path)
        if size > _MOST_BYTES:
            raise _unreadable("too-large", path)
        data = path.read_bytes()
    except FileNotFoundError as cause:
        raise _unreadable("missing", path) from cause
    except OSError as cause:
        raise _unreadable("refused", path) from cause
    if not data:
        raise _unreadable("empty", path)
    return data


def _checked_header(data: bytes, path: Path) -> PictureHeader:
    header = read_header(data)
    if header is None:
        raise _unreadable("not-a-picture", path)
    if header.width * header.height > _MOST_PIXELS:
        raise _unreadable("too-large", path)
    if not header.is_whole or header.width * header.height == 0:
        raise _unreadable("torn", path)
    return header


def _in_colour(data: bytes, header: PictureHeader, path: Path) -> Pixels:
    # Only a JPEG carries the camera's orientation, which IMREAD_COLOR honours; the others may carry transparency.
    flags = cv2.IMREAD_COLOR if header.kind == "jpeg" else cv2.IMREAD_UNCHANGED
    picture = _decoded(data, flags, path)
    if picture.ndim == 3 and picture.shape[2] == 4:
        return _on_white(picture)
    return picture


def _decoded(data: bytes, flags: int, path: Path) -> Pixels:
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except (cv2.error, MemoryError) as cause:
        raise _unreadable("torn", path) from cause
    if picture is None or picture.size == 0:
        raise _unreadable("torn", path)
    if picture.dtype == np.uint16:
        picture = cv2.convertScaleAbs(picture, alpha=1 / 257)
    return np.asarray(picture, np.uint8)


def _on_white(picture: Pixels) -> Pixels:
    """Lay a transparent picture on white paper, as a code printed from it would look."""
    alpha = picture[:, :, 3:].astype(np.float32) / 255
    return np.asarray(picture[:, :, :3] * alpha + 255 * (1 - alpha), np.float32).round().astype(np.uint8)


def _unreadable(why: str, path: Path) -> PictureUnreadable:
    name = path.name.encode("utf-8", "replace").decode("utf-8")  # a name may hold bytes that are no text
    return PictureUnreadable(f"{name}: {_SAID[why]}", why=why, path=name)
