"""EAN-13 and UPC-A as 95 modules, light or dark (ISO/IEC 15420, tables 1 to 4), and the arithmetic of its check digit.

Apart from optics and search, because these are the standard's words and not ours.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]

MODULES: Final = 95
DRAWN: Final = 12
"""Digits that are drawn; the thirteenth stands before them and is told by the number sets of the left half."""

DIGIT_MODULES: Final = 7
STARTS: Final = tuple(3 + 7 * place for place in range(6)) + tuple(50 + 7 * place for place in range(6))
"""First module of each drawn digit: after the normal guard of three, and after the centre guard of five."""

LEFT: Final = 6
"""Drawn digits before the centre guard."""

_SET_A = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011"
_SETS_OF_FIRST = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA"


def _drawn_digits() -> Numbers:
    set_a = np.array([[int(module) for module in digit] for digit in _SET_A.split()], np.float64)
    set_c = 1.0 - set_a
    return np.stack([set_a, set_c[:, ::-1], set_c])


def _guards() -> Numbers:
    guards = np.zeros(MODULES)
    guards[[0, 2, 46, 48, 92, 94]] = 1.0
    return guards


PATTERNS: Final = _drawn_digits()
"""(3, 10, 7): number sets A, B and C, each digit's modules, 1 for dark."""

GUARDS: Final = _guards()
"""(95,): 1 for the dark modules of the three guards."""

SETS: Final[Indices] = np.array([["ABC".index(name) for name in left + "CCCCCC"] for left in _SETS_OF_FIRST.split()])
"""(10, 12): number set of each drawn digit, by the first digit."""

WEIGHTS: Final = (3, 1) * 6
"""Of the drawn digits in the sum whose last digit is 0; the first digit counts once."""


def modules_of(text: str) -> Numbers:
    """Return the 95 modules of 13 digits, 1 for dark."""
    modules = GUARDS.copy()
    for start, number_set, digit in zip(STARTS, SETS[int(text[0])], text[1:], strict=True):
        modules[start : start + DIGIT_MODULES] = PATTERNS[number_set, int(digit)]
    return modules
