"""Pictures cut out of a stream of bytes: motion JPEG, or raw pictures as YUV4MPEG2, both of which say where one ends.

Apart from the pipe they come through. It may be joined in the middle of a picture and may hold anything: what is no
picture is passed over, and no more is kept than one picture may be long.
"""

import re
from typing import Final

import cv2
import numpy as np

from pos_client.scanner.frame import Pixels
from pos_client.scanner.picture_header import read_header

LONGEST: Final = 32 * 1024 * 1024
_JPEG_BEGIN: Final = b"\xff\xd8\xff"
_JPEG_END: Final = b"\xff\xd9"
_Y4M: Final = b"YUV4MPEG2 "
_RAW_PICTURE: Final = b"FRAME"
_LONGEST_LINE: Final = 1_024
_LARGEST_SIDE: Final = 8_192
_EIGHT_BIT: Final = {"420": 1.5, "422": 2.0, "444": 3.0, "mono": 1.0, "411": 1.5}


class PictureStream:
    """Cuts a stream, piece by piece; of the pictures that came with one piece only the last is opened."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._raw: _RawForm | None = None

    def feed(self, piece: bytes) -> Pixels | None:
        """Take what has come; return the newest whole picture in it, None for none yet."""
        self._kept += piece
        if self._raw is not None and not self._raw.fits(self._kept):
            # Another writer, of another form: begin anew.
            self._raw = None
        if self._raw is None and self._kept.startswith(_Y4M):
            self._raw = self._raw_form()
        picture = self._newest_jpeg() if self._raw is None else self._newest_raw(self._raw)
        if len(self._kept) > LONGEST:
            self._kept.clear()
        return picture

    def _newest_jpeg(self) -> Pixels | None:
        begin, end = self._last_jpeg()
        if end < 0:
            return None
        coded = bytes(self._kept[begin:end])
        del self._kept[:end]
        header = read_header(coded)
        if header is None or max(header.width, header.height) > _LARGEST_SIDE:
            return None
        try:
            picture = cv2.imdecode(np.frombuffer(coded, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            return None
        return None if picture is None else np.asarray(picture, np.uint8)

    def _last_jpeg(self) -> tuple[int, int]:
        """Where the last whole picture lies; (-1, -1) for none. Inside a picture no byte pair looks like an end."""
        end = self._kept.rfind(_JPEG_END)
        begin = self._kept.rfind(_JPEG_BEGIN, 0, max(0, end))
        return (begin, end + len(_JPEG_END)) if 0 <= begin < end else (-1, -1)

    def _raw_form(self) -> "_RawForm | None":
        line, ended, _ = bytes(self._kept[:_LONGEST_LINE]).partition(b"\n")
        if not ended:
            return None
        form = _RawForm.parse(line)
        if form is None:
            # Another form than we can read: it is passed over like anything else that is no picture.
            self._kept.clear()
            return None
        del self._kept[: len(line) + 1]
        return form

    def _newest_raw(self, form: "_RawForm") -> Pixels | None:
        newest: bytes | None = None
        while (begin := form.next_picture(self._kept)) >= 0 and len(self._kept) >= begin + form.length:
            newest = bytes(self._kept[begin : begin + form.width * form.height])
            del self._kept[: begin + form.length]
        if newest is None:
            return None
        return np.frombuffer(newest, np.uint8).reshape(form.height, form.width)


class _RawForm:
    """What the head of a raw stream says; only the brightness of each picture is used."""

    def __init__(self, width: int, height: int, bytes_a_pixel: float) -> None:
        self.width, self.height = width, height
        self.length = int(width * height * bytes_a_pixel)

    @classmethod
    def parse(cls, line: bytes) -> "_RawForm | None":
        """Read the head; None for a form that is not known here (more than 8 bits, odd sizes, a picture too large)."""
        fields = {word[:1]: word[1:] for word in line.decode("ascii", "replace").split(" ")[1:]}
        colours = re.match(r"(420|422|444|411|mono)(?:jpeg|mpeg2|paldv)?$", fields.get("C", "420"))
        sides = [fields.get(side, "") for side in "WH"]
        if colours is None or not all(side.isdecimal() and len(side) < 6 for side in sides):
            return None
        width, height = map(int, sides)
        is_even = colours[1] in {"444", "mono"} or not (width % 4 or height % 2)
        if not (0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE and is_even):
            return None
        return cls(width, height, _EIGHT_BIT[colours[1]])

    @staticmethod
    def fits(kept: bytearray) -> bool:
        """Whether what has come may be the beginning of a next picture."""
        return bytes(kept[: len(_RAW_PICTURE)]) == _RAW_PICTURE[: len(kept)]

    @staticmethod
    def next_picture(kept: bytearray) -> int:
        """Where the next picture's first byte is, after its ``FRAME`` line; -1 if that has not come whole."""
        line_end = kept.find(b"\n", 0, _LONGEST_LINE)
        return line_end + 1 if kept.startswith(_RAW_PICTURE) and line_end >= 0 else -1
