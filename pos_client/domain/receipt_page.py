"""A page of paper, row by row, before anybody draws, prints or sends it.

Apart from the wording, which fills the rows, and from the printers, which know no words.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class RowKind(StrEnum):
    """How a row is drawn."""

    TITLE = "title"
    TEXT = "text"
    RULE = "rule"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; of a code ``left`` is its text, which is drawn as a QR symbol."""

    kind: RowKind
    left: str = ""
    right: str = ""


RULE: Final = Row(RowKind.RULE)


def columns_of(text: str) -> int:
    """How many columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
