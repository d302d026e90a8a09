"""How a kiosk's screen hangs: how many pixels are a millimetre, how high it is, and where the reader sits.

Apart from the screens because reach and key sizes are promised in millimetres, and many panels lie about theirs.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QGuiApplication

REACH_LOW_MM: Final = 800
REACH_HIGH_MM: Final = 1100
HIGHEST_MM: Final = 1200
KEY_MM: Final = 20
_SMALLEST_KEY_PX: Final = 64
_MM_PER_INCH: Final = 25.4
_DEFAULT: Final = 4.03
_LEAST: Final = 2.0
_MOST: Final = 12.0


@dataclass(frozen=True, slots=True)
class Mounting:
    """One kiosk.

    Attributes:
        px_per_mm: of the panel; 4.03 is 21.5 inches of Full HD.
        bottom_mm: of the picture's lower edge above the floor.
        reader: where the reader sits: ``below``, ``right`` or ``left`` of the picture.
        elsewhere: the nearest place that works, for people: "12号柜台"; empty for none.
    """

    px_per_mm: float = _DEFAULT
    bottom_mm: int = 900
    reader: str = "below"
    elsewhere: str = ""

    def band(self, height: int) -> tuple[int, int]:
        """Upper and lower edge, in pixels from the top, of what can be reached from a wheelchair."""
        return self._pixel(REACH_HIGH_MM, height), self._pixel(REACH_LOW_MM, height)

    def highest(self, height: int) -> int:
        """No control stands above this pixel row, ever."""
        return self._pixel(HIGHEST_MM, height)

    def key_px(self) -> int:
        """The side of a number key."""
        return max(_SMALLEST_KEY_PX, round(KEY_MM * self.px_per_mm))

    def _pixel(self, mm: int, height: int) -> int:
        return max(0, min(height, round(height - (mm - self.bottom_mm) * self.px_per_mm)))


def panel_px_per_mm() -> float:
    """What the panel says of itself, where that is believable; else that of 21.5 inches of Full HD."""
    screen = QGuiApplication.primaryScreen()
    found = screen.physicalDotsPerInch() / _MM_PER_INCH
    return found if _LEAST <= found <= _MOST else _DEFAULT
