"""Size and wholeness of a picture file, read from its own marks before any pixel is decoded.

Apart from loading because it must be right about hostile and torn files without a library: OpenCV fills what is missing
with grey and says nothing, and would allocate whatever size a header claims.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """What a file says of itself.

    Attributes:
        kind: png, jpeg, webp, bmp or gif.
        width: in pixels.
        height: in pixels.
        is_whole: whether the file goes on to its own end mark.
        may_be_transparent: whether its pixels may have an alpha channel.
    """

    kind: str
    width: int
    height: int
    is_whole: bool
    may_be_transparent: bool = field(default=True, compare=False)


def read_header(data: bytes) -> PictureHeader | None:
    """Return what the file says of itself; None where it is no picture of a known kind.

    A file that is cut off before its size is known has width and height 0 and is not whole.
    """
    for magic, offset, reader in _KINDS:
        if data[offset : offset + len(magic)] == magic:
            try:
                return reader(data)
            except (struct.error, IndexError):
                return PictureHeader(reader.__name__.strip("_"), 0, 0, is_whole=False)
    return None


def _png(data: bytes) -> PictureHeader:
    """PNG (ISO/IEC 15948): chunks with length and CRC, IHDR first, IEND last."""
    width, height = struct.unpack_from(">II", data, 16)
    at = 8
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        (crc,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(data[at + 4 : at + 8 + length]) != crc:
            return PictureHeader("png", width, height, is_whole=False)
        if data[at + 4 : at + 8] == b"IEND":
            return PictureHeader("png", width, height, is_whole=True, may_be_transparent=_has_alpha(data))
        at += 12 + length


def _has_alpha(data: bytes) -> bool:
    """Tell whether a PNG has an alpha channel (colour types 4 and 6) or names a transparent colour."""
    return data[25] in (4, 6) or b"tRNS" in data[:4096]


def _jpeg(data: bytes) -> PictureHeader:
    """JPEG (ITU-T T.81): segments up to the scan, then entropy-coded bytes up to the EOI mark."""
    width = height = 0
    for marker, at, length in _jpeg_segments(data):
        # SOF0 to SOF15 without DHT, JPG and DAC, which share their numbers
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 3)
        if marker == 0xDA:
            # An EOI of an embedded preview stands before the scan and does not count.
            return PictureHeader(
                "jpeg", width, height, is_whole=data.find(b"\xff\xd9", at + length) >= 0, may_be_transparent=False
            )
    return PictureHeader("jpeg", width, height, is_whole=False)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (marker, position after the marker, length of the segment) up to the first scan."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, at + 2, length
        at += 2 + length


def _webp(data: bytes) -> PictureHeader:
    """WebP (RFC 9649): a RIFF file with a lossy, lossless or extended first chunk."""
    (riff_size,) = struct.unpack_from("<I", data, 4)
    is_whole = len(data) >= riff_size + 8
    kind = data[12:16]
    if kind == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    return PictureHeader("webp", width, height, is_whole)


def _bmp(data: bytes) -> PictureHeader:
    """BMP: the file's size and the DIB header's width and height, which is negative for rows from the top."""
    (size,) = struct.unpack_from("<I", data, 2)
    width, height = struct.unpack_from("<ii", data, 18)
    return PictureHeader("bmp", abs(width), abs(height), is_whole=len(data) >= size)


def _gif(data: bytes) -> PictureHeader:
    """GIF89a: the logical screen's size; a trailer byte ends the file."""
    width, height = struct.unpack_from("<HH", data, 6)
    return PictureHeader("gif", width, height, is_whole=data.rstrip(b"\0").endswith(b";"))


_KINDS: tuple[tuple[bytes, int, Callable[[bytes], PictureHeader]], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, _png),
    (b"\xff\xd8\xff", 0, _jpeg),
    (b"WEBP", 8, _webp),
    (b"BM", 0, _bmp),
    (b"GIF8", 0, _gif),
)
