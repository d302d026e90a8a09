"""How an EAN-13 may lie on a line: the ends and the bend that suit its guards and digits.

Apart from the fit, which starts from here and comes to an end only if it is within a quarter of a module or so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pos_client.scanner.decoders.fitted.ends import pairs_of_ends
from pos_client.scanner.decoders.fitted.misfit import Comb
from pos_client.scanner.decoders.fitted.symbol import MODULES, Numbers

_ENDS, _BENDS = (-1.2, -0.4, 0.4, 1.2), (-1.2, 0.0, 1.2)
"""Modules that are tried around an end, and by which the middle of a bent or leaning code may lie aside."""

_NEAR_ENDS, _NEAR_BENDS = (-0.4, 0.0, 0.4), (-0.6, 0.0, 0.6)
_COARSE, _FINE = Comb(1), Comb(2)
_NO_CODE = 0.45
"""Misfit of the coarse search beyond which the finer one finds nothing that can be read."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a code lies on a line.

    Attributes:
        left: position of the first bar's beginning.
        right: position of the last bar's end.
        bend: of the way between, in parts of its length: the middle lies a quarter of it further.
    """

    left: float
    right: float
    bend: float

    def positions(self, parts: Numbers) -> Numbers:
        """Give the line's positions of parts of the code, 0 at its beginning and 1 at its end."""
        return self.left + (self.right - self.left) * (parts + self.bend * parts * (1 - parts))


@dataclass(frozen=True, slots=True)
class Start:
    """A way in which a code may lie on a line.

    Attributes:
        misfit: what does not suit, 0 to about 1.
        is_reversed: the code stands on its head.
        alignment: on the line, or on the reversed line if the code stands on its head.
    """

    misfit: float
    is_reversed: bool
    alignment: Alignment


def at_positions(line: Numbers, positions: Numbers) -> Numbers:
    """Read a line between its pixels."""
    read = np.interp(positions.ravel(), np.arange(len(line)), line)
    return np.asarray(read, np.float64).reshape(positions.shape)


def starts(line: Numbers, most: int) -> list[Start]:
    """Return up to ``most`` ways in which a code may lie on (positions,) grey levels, the likeliest first."""
    ends = pairs_of_ends(line)
    if not ends:
        return []
    tried = np.concatenate([_around((left, right, 0.0), _ENDS, _BENDS) for left, right in ends])
    found = [
        finer
        for misfit, is_reversed, way in _best(line, _COARSE, tried, 2)
        if misfit < _NO_CODE
        for finer in _best(line, _FINE, _around(way, _NEAR_ENDS, _NEAR_BENDS), 1)
        if finer[1] == is_reversed
    ]
    found.sort(key=lambda way: way[0])
    return [Start(misfit, is_reversed, _placed(line, way, is_reversed)) for misfit, is_reversed, way in found[:most]]


def _around(way: Sequence[float], ends: Sequence[float], bends: Sequence[float]) -> Numbers:
    """Give (ways, 3): left end, right end and bend of what is to be tried around one way."""
    left, right, bend = way
    module = (right - left) / MODULES
    grids = np.meshgrid(
        left + np.array(ends) * module, right + np.array(ends) * module, bend + np.array(bends) * 4 / MODULES
    )
    return np.stack([grid.ravel() for grid in grids], axis=1)


def _best(line: Numbers, comb: Comb, ways: Numbers, most: int) -> list[tuple[float, bool, tuple[float, ...]]]:
    """Return the ways that suit best, ``most`` of each direction, with their misfit."""
    lefts, rights, bends = ways.T[..., np.newaxis]
    lines = at_positions(line, lefts + (rights - lefts) * (comb.parts + bends * (comb.parts * (1 - comb.parts))))
    found = []
    for is_reversed in (False, True):
        misfit = comb.misfit(lines[:, ::-1] if is_reversed else lines)
        best = np.argsort(misfit)[:most]
        found += [(float(misfit[index]), is_reversed, tuple(ways[index].tolist())) for index in best]
    return sorted(found, key=lambda way: way[0])


def _placed(line: Numbers, way: tuple[float, ...], is_reversed: bool) -> Alignment:  # noqa: FBT001 - a fact, no switch
    left, right, bend = way
    last = len(line) - 1
    return Alignment(last - right, last - left, -bend) if is_reversed else Alignment(left, right, bend)
