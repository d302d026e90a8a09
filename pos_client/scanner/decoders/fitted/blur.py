"""What a line across an EAN-13 shows through a lens out of focus: a sum of its modules' spread-out darkness.

A point becomes a disk, seen across the bars a half circle; a module becomes a bump that is wider than itself. Because
the bumps add up, the squared difference between a seen line and any number's line is a sum over digits and over pairs
of neighbours, and the number that fits best can be found exactly (``trellis``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np

from pos_client.scanner.decoders.fitted.symbol import (
    DIGIT_MODULES,
    DRAWN,
    GUARDS,
    LEFT,
    MODULES,
    PATTERNS,
    SETS,
    STARTS,
    Numbers,
)

RADII = (0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.55, 1.8, 2.1, 2.5)
"""Of the disk, in modules. Beyond the last nothing is left of a bar of one module."""

_PER_MODULE = 3
_BESIDE = 1
"""Positions on each module, and modules of the quiet zones that are compared."""

AT: Numbers = (np.arange(-_BESIDE * _PER_MODULE, (MODULES + _BESIDE) * _PER_MODULE) + 0.5) / _PER_MODULE
"""(positions,): where a line is compared, in modules from its first bar."""

INSIDE = slice(_BESIDE * _PER_MODULE, -_BESIDE * _PER_MODULE)
"""Those of them that are on the code itself."""

_FINE = 64
_PIXEL = 16
"""Steps of a module in which a bump is drawn, and how many of them a pixel takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Blur:
    """One radius.

    Attributes:
        radius: in modules.
        modules: (positions, 95) darkness that each dark module sends to each position.
        edges: (positions, 96) darkness that an edge between two modules sends there for each module its bar grows.
        digits: (12, 10, 10) cost of a drawn digit by itself: place, first digit, digit.
        neighbours: (11, 10, 10, 10) cost of two digits beside each other: place, first digit, digit, next digit.
    """

    radius: float
    modules: Numbers
    edges: Numbers
    digits: Numbers
    neighbours: Numbers


@lru_cache(maxsize=len(RADII))
def blur_of(radius: float) -> Blur:
    """Return what there is to know of one radius, in modules; made once."""
    modules = spread_out(radius, AT, MODULES)
    edges = _bumps(radius, [_PIXEL], AT[:, np.newaxis] - np.arange(MODULES + 1))
    overlap = modules.T @ modules
    toward_guards = overlap @ GUARDS
    return Blur(radius, modules, edges, _digits(overlap, toward_guards), _neighbours(overlap))


def spread_out(radius: float, at: Numbers, modules: int) -> Numbers:
    """Give (positions, modules) darkness that dark modules send to positions, both counted from the first module."""
    return _bumps(radius, [_FINE, _PIXEL], at[:, np.newaxis] - (np.arange(modules) + 0.5))


def _bumps(radius: float, widths: Sequence[int], offsets: Numbers) -> Numbers:
    """Give the darkness that far from the middle of something so many steps wide."""
    reach = ceil(radius * _FINE)
    steps = np.arange(-reach, reach + 1) / _FINE
    bump = np.sqrt(np.maximum(radius * radius - steps * steps, 0.0))
    bump *= _FINE / bump.sum()
    for width in widths:
        bump = np.convolve(bump, np.full(width, 1 / width))
    at = (np.arange(len(bump)) - (len(bump) - 1) / 2) / _FINE
    return np.asarray(np.interp(offsets.ravel(), at, bump, 0.0, 0.0), np.float64).reshape(offsets.shape)


def _digits(overlap: Numbers, toward_guards: Numbers) -> Numbers:
    first = slice(STARTS[0], STARTS[0] + DIGIT_MODULES)  # all digits overlap with themselves alike
    alone = np.einsum("sdi,ij,sdj->sd", PATTERNS, overlap[first, first], PATTERNS)
    guarded = [2 * PATTERNS @ toward_guards[start : start + DIGIT_MODULES] for start in STARTS]
    return np.stack([(alone + beside)[SETS[:, place]] for place, beside in enumerate(guarded)])


def _neighbours(overlap: Numbers) -> Numbers:
    across = overlap[STARTS[0] : STARTS[0] + DIGIT_MODULES, STARTS[1] : STARTS[1] + DIGIT_MODULES]
    beside = 2 * np.einsum("sdi,ij,tej->stde", PATTERNS, across, PATTERNS)
    pairs = [beside[SETS[:, place], SETS[:, place + 1]] for place in range(DRAWN - 1)]
    pairs[LEFT - 1] = np.zeros_like(pairs[0])  # the centre guard stands between
    return np.stack(pairs)
