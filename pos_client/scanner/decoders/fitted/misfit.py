"""How badly any number at all would suit a line: each digit's place by itself, against the digits that may stand there.

Apart from the trellis, which is exact and a hundred times dearer; this tells which of a hundred alignments to take.
"""

from functools import cached_property, lru_cache

import numpy as np

from pos_client.scanner.decoders.fitted.blur import INSIDE, blur_of, spread_out
from pos_client.scanner.decoders.fitted.symbol import (
    DIGIT_MODULES,
    GUARDS,
    LEFT,
    MODULES,
    PATTERNS,
    STARTS,
    Numbers,
    modules_of,
)

_RADIUS = 1.1
"""A lens that is somewhat out of focus stands for all of them."""

_STEP = 6_180_339_887_499
"""Digits of the golden section, whose multiples lie evenly among all numbers."""

_GUARD_MODULES = ((0, 3), (45, 50), (92, 95))
_BESIDE = 3
"""Modules beside a digit whose darkness reaches it."""


def levelled(lines: Numbers, radius: float, inside: slice = slice(None)) -> Numbers:
    """Turn grey levels into darkness, so that it has inside the code the mean and spread of numbers at this radius."""
    mean, spread = _usual(radius)
    middle, width = (of(lines[..., inside], axis=-1, keepdims=True) for of in (np.mean, np.std))
    return np.asarray(mean - (lines - middle) * (spread / (width + 1e-6)))


@lru_cache(maxsize=16)
def _usual(radius: float) -> tuple[float, float]:
    """Mean and spread of the darkness of numbers at this radius, of fifty numbers that hold all digits alike."""
    modules = np.array([modules_of(f"{_STEP * number % 10**13:013d}") for number in range(1, 51)])
    lines = (modules @ blur_of(radius).modules.T)[:, INSIDE]
    return float(lines.mean()), float(lines.std(axis=1).mean())


class Comb:
    """The places of digits and guards at so many positions a module.

    Args:
        per_module: positions on each module.

    Attributes:
        parts: (positions,) of the code, 0 at its beginning and 1 at its end, where lines are compared.
    """

    def __init__(self, per_module: int) -> None:
        self._per_module = per_module
        self.parts: Numbers = (np.arange(MODULES * per_module) + 0.5) / (MODULES * per_module)

    def misfit(self, lines: Numbers) -> Numbers:
        """Return what no digit explains of each of (ways, positions) grey levels: 0 to about 1, 0.4 is a lot."""
        darkness = levelled(lines, _RADIUS)
        rest = ((darkness - self._guards)[:, self._at_guards] ** 2).sum(axis=1)
        for first, digits in zip((STARTS[0], STARTS[LEFT]), self._digits, strict=True):
            half = darkness[:, first * self._per_module : (first + LEFT * DIGIT_MODULES) * self._per_module]
            seen = half.reshape(-1, DIGIT_MODULES * self._per_module)
            nearest = ((digits * digits).sum(axis=1) - 2 * seen @ digits.T).min(axis=1)
            rest += (nearest + np.einsum("ij,ij->i", seen, seen)).reshape(len(lines), -1).sum(axis=1)
        return np.asarray(rest / (lines.shape[1] * _usual(_RADIUS)[1] ** 2))

    @cached_property
    def _digits(self) -> tuple[Numbers, Numbers]:
        """Darkness of the digits of the left half, and of the right half."""
        at = (np.arange(DIGIT_MODULES * self._per_module) + 0.5) / self._per_module
        spread = spread_out(_RADIUS, at + _BESIDE, DIGIT_MODULES + 2 * _BESIDE)
        # What stands beside a digit of the left half is dark before it and light behind it, and further on either.
        left, right = (
            np.array([np.r_[0.5, 0.5, before, digit, 1 - before, 0.5, 0.5] @ spread.T for digit in digits])
            for before, digits in ((1.0, PATTERNS[:2].reshape(-1, DIGIT_MODULES)), (0.0, PATTERNS[2]))
        )
        return left, right

    @cached_property
    def _guards(self) -> Numbers:
        """Darkness of the whole code where its digits are unknown."""
        unknown = np.full(MODULES, 0.5)
        for first, end in _GUARD_MODULES:
            unknown[first:end] = GUARDS[first:end]
        unknown[[STARTS[0], STARTS[-1] + DIGIT_MODULES - 1]] = 0.0
        unknown[[STARTS[LEFT - 1] + DIGIT_MODULES - 1, STARTS[LEFT]]] = 1.0
        return np.asarray(spread_out(_RADIUS, self.parts * MODULES, MODULES) @ unknown)

    @cached_property
    def _at_guards(self) -> Numbers:
        step = self._per_module
        return np.concatenate([np.arange(first * step, end * step) for first, end in _GUARD_MODULES])
