"""A page's rows as lines of a printer's text: what stands at the right ends at the right edge, nothing is too wide.

Apart from the wording's page, which counts by Unicode: a printer gives two columns to every character of two bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pos_client.domain.receipt_page import Row, RowKind

from .letters import Encoding, columns, lettered


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as it is sent; ``replaced`` counts the question marks that stand for something else."""

    text: str
    is_title: bool = False
    replaced: int = 0


def text_lines(row: Row, width: int, encoding: Encoding) -> Iterator[TextLine]:
    """The lines of a row that is no code; none is wider than ``width`` columns."""
    if row.kind is RowKind.RULE:
        yield TextLine("-" * width)
        return
    left, right = lettered(row.left, encoding), lettered(row.right, encoding)
    replaced, is_title = left.replaced + right.replaced, row.kind is RowKind.TITLE
    gap = width - left.columns - right.columns
    if not right.text:
        fitted = list(_pieces(left.text, width, encoding))
    elif gap >= 1:
        fitted = [left.text + " " * gap + right.text]
    else:
        fitted = [*_pieces(left.text, width, encoding), *_at_right(right.text, width, encoding)]
    for number, text in enumerate(fitted):
        yield TextLine(text.rstrip(), is_title, 0 if number else replaced)


def _at_right(text: str, width: int, encoding: Encoding) -> Iterator[str]:
    for piece in _pieces(text, width, encoding):
        yield " " * (width - columns(piece, encoding)) + piece


def _pieces(text: str, width: int, encoding: Encoding) -> Iterator[str]:
    piece, room = "", width
    for character in text:
        wide = columns(character, encoding)
        if wide > room:
            yield piece
            piece, room = "", width
        piece, room = piece + character, room - wide
    yield piece
