"""A page as ESC/POS: python-escpos makes the commands, we make every byte of text (docs/adr/0031).

Apart from the ways to a printer because the bytes are the same on all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import segno
from escpos.constants import QR_ECLEVEL_M
from escpos.printer import Dummy

from pos_client.domain.receipt_page import Row, RowKind

from .letters import Encoding
from .lines import TextLine, text_lines

DOTS: Final = {58: 384, 80: 576}
"""Dots across the paper, by its width in mm, at 203 dpi."""

COLUMNS: Final = {58: 32, 80: 42}
_KANJI_ON: Final = b"\x1c&"
_KANJI_OFF: Final = b"\x1c."
_QR_DOTS: Final = 6
_QUIET: Final = 4
_RASTER: Final = b"\x1dv0\x00"
_BAND: Final = 256
_FEED: Final = b"\x1bd\x04"


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture for a printer: rows of ``(width + 7) // 8`` bytes, the highest bit leftmost, 1 is black."""

    width: int
    height: int
    bits: bytes


DrawPage = Callable[[Sequence[Row], int], Bitmap]
"""Draws rows on a paper of so many dots."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How one station's printer wants its pages.

    Attributes:
        encoding: None to send pictures, which ``draw`` makes. native_qr: the printer draws symbols itself.
    """

    encoding: Encoding | None
    paper_mm: int = 80
    native_qr: bool = True
    cut: bool = True


@dataclass(frozen=True, slots=True)
class EscPosPage:
    """The bytes of a page, and how many of its characters were replaced by a question mark."""

    data: bytes
    replaced: int = 0


class _Bytes(Dummy):  # type: ignore[misc]  # python-escpos says nothing of its types
    """Collects commands of the library and bytes of ours."""

    def put(self, data: bytes) -> None:
        """Bytes that are ready."""
        self._raw(data)


def escpos_page(rows: Sequence[Row], style: PageStyle, draw: DrawPage) -> EscPosPage:
    """A whole page, from resetting the printer to cutting the paper."""
    out = _Bytes()
    out.hw("INIT")
    replaced = 0
    if style.encoding is None:
        _picture(out, draw(rows, DOTS[style.paper_mm]))
    else:
        # Once a page: within it every byte is of one encoding, so that no mode is left behind by a lost line.
        out.put(_KANJI_OFF if style.encoding is Encoding.UTF_8 else _KANJI_ON)
        for row in rows:
            if row.kind is RowKind.CODE:
                _symbol(out, row.left, style)
                continue
            for line in text_lines(row, COLUMNS[style.paper_mm], style.encoding):
                _text(out, line, style.encoding)
                replaced += line.replaced
    if style.cut:
        out.cut(mode="PART")
    else:
        out.put(_FEED)
    return EscPosPage(bytes(out.output), replaced)


def _text(out: _Bytes, line: TextLine, encoding: Encoding) -> None:
    if line.is_title:
        out.set(align="center", bold=True)
    out.put(line.text.encode(encoding.value) + b"\n")
    if line.is_title:
        out.set(align="left", bold=False)


def _symbol(out: _Bytes, code: str, style: PageStyle) -> None:
    out.set(align="center")
    if style.native_qr:
        out.qr(code, ec=QR_ECLEVEL_M, size=_QR_DOTS, native=True)
    else:
        _picture(out, qr_bitmap(code, DOTS[style.paper_mm]))
    out.set(align="left")


def _picture(out: _Bytes, picture: Bitmap) -> None:
    """GS v 0, in bands that a small printer's memory holds; the library's own speaks on the standard output."""
    wide = (picture.width + 7) // 8
    for top in range(0, picture.height, _BAND):
        high = min(_BAND, picture.height - top)
        head = _RASTER + wide.to_bytes(2, "little") + high.to_bytes(2, "little")
        out.put(head + picture.bits[top * wide : (top + high) * wide])


def qr_bitmap(code: str, dots: int) -> Bitmap:
    """A QR symbol with its quiet zone, as large as ``_QR_DOTS`` a module or as the paper takes it."""
    matrix = [bytes(row) for row in segno.make_qr(code, error="m", boost_error=False).matrix_iter(border=_QUIET)]
    scale = max(1, min(_QR_DOTS, dots // len(matrix)))
    side = len(matrix) * scale
    padded = (side + 7) // 8 * 8
    lines = []
    for row in matrix:
        bits = "".join(("1" if module else "0") * scale for module in row).ljust(padded, "0")
        lines.append(int(bits, 2).to_bytes(padded // 8, "big") * scale)
    return Bitmap(side, side, b"".join(lines))
