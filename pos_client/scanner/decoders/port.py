"""What every decoder promises, whichever library does the work.

Apart from the libraries so that the cascade can be written, and a decoder be absent, without them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pos_client.scanner.frame import Corners, Pixels
from pos_client.scanner.symbology import Symbologies, Symbology


@dataclass(frozen=True, slots=True)
class Reading:
    """One code read on one view of a picture.

    Attributes:
        text: canonical text (``symbology.canonical``).
        symbology: the kind of code.
        corners: four positions on that view.
        guessed: the library guessed how the bytes are to be read as text, and guesses are often wrong.
        doubtful: something else would fit nearly as well; to be acted on only if another decoder reads the same.
    """

    text: str
    symbology: Symbology
    corners: Corners
    guessed: bool = False
    doubtful: bool = False


class Manner(StrEnum):
    """How hard a decoder looks.

    Attributes:
        ALL: for every code, at any quarter turn, dark on light or light on dark.
        FIRST: the same, until one is found.
        DARK: for every code at any quarter turn, dark on light, at this size only: half the price of ALL.
        ROWS: along the rows only, dark on light: linear codes that were laid straight.
        HALVES: the same, in the upper and the lower half by themselves; a library that cannot looks at all of it.
    """

    ALL = "all"
    FIRST = "first"
    DARK = "dark"
    ROWS = "rows"
    HALVES = "halves"


class Decoder(Protocol):
    """A library that reads codes in grey pixels."""

    @property
    def name(self) -> str:
        """Short name for reports: ``zxing``, ``pyzbar``."""
        ...

    def read(self, grey: Pixels, symbologies: Symbologies, manner: Manner = Manner.ALL) -> list[Reading]:
        """Return the codes of these kinds.

        Args:
            grey: (height, width) uint8, any size including none.
            symbologies: kinds to look for; those the library does not know are left out.
            manner: how hard to look; a library without such a choice always looks for all.

        Never raises for what a picture holds: whatever trips a library is an empty answer.
        """
        ...
