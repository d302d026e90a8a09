"""A slip as text for an 80 mm printer: 42 columns, codes as QR symbols of half blocks, two modules a line.

Apart from the page because a picture of it is drawn elsewhere, by Qt.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import segno

from .slip_page import COLUMNS, Row, RowKind, columns_of

# The paper beside the symbol is as white as a quiet zone.
_BORDER: Final = 2
_BLOCKS: Final = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def slip_text(rows: Sequence[Row]) -> str:
    """The whole slip; its last line ends with a newline."""
    return "".join(f"{line.rstrip()}\n" for row in rows for line in _lines(row))


def _lines(row: Row) -> Iterator[str]:
    if row.kind is RowKind.RULE:
        yield "-" * COLUMNS
    elif row.kind is RowKind.CODE:
        yield from _symbol(row.left)
    else:
        centred = row.kind is RowKind.TITLE
        gap = COLUMNS - columns_of(row.left) - columns_of(row.right)
        yield " " * (gap // 2) + row.left if centred else row.left + " " * gap + row.right


def _symbol(code: str) -> Iterator[str]:
    """A QR symbol in the middle, as well protected as the width allows; the code's text where even that is too wide."""
    for level in ("m", "l"):
        symbol = segno.make_qr(code, error=level, boost_error=False)
        modules = [list(row) for row in symbol.matrix_iter(border=_BORDER)]
        if len(modules) <= COLUMNS:
            yield from _half_blocks(modules)
            return
    for start in range(0, len(code), COLUMNS):
        yield code[start : start + COLUMNS]


def _half_blocks(modules: list[list[int]]) -> Iterator[str]:
    margin = " " * ((COLUMNS - len(modules)) // 2)
    white = [0] * len(modules)
    for upper, lower in zip(modules[::2], [*modules[1::2], white], strict=False):
        yield margin + "".join(_BLOCKS[int(bool(one)), int(bool(two))] for one, two in zip(upper, lower, strict=True))
