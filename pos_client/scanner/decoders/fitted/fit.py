"""Reads an EAN-13 out of focus: lays every number's blurred line over what is seen, and takes the one that fits best.

The libraries look for edges between bars and spaces; from a disk of about a module's radius on there are none. What a
number must look like is known all the same, and it fits or it does not: alignment, radius and light are adjusted to
the number that fits best so far, then the number is searched for again, until it stays (Gallo and Manduchi read sharp
codes of few pixels by templates in this way: IEEE Transactions on Pattern Analysis and Machine Intelligence 33, 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pos_client.scanner.decoders.fitted.alignment import Alignment, Start, at_positions, starts
from pos_client.scanner.decoders.fitted.blur import AT, INSIDE, RADII, Blur, blur_of
from pos_client.scanner.decoders.fitted.misfit import levelled
from pos_client.scanner.decoders.fitted.symbol import MODULES, Numbers, modules_of
from pos_client.scanner.decoders.fitted.trellis import Trellis

_FIRST_RADIUS = 1.1
_MOST_STARTS = 2
_MOST_ROUNDS, _STEPS = 4, 2
_UNSUITABLE = 0.4
"""Misfit of an alignment beyond which only sharp codes are read, which are the libraries' affair."""

_HOPELESS = 0.5
"""Of what is seen is left unexplained after the first round."""

_GOOD = 0.08
"""Of what is seen is left unexplained: no other start need be tried."""

_MOST_GROWN = 0.3
"""Modules by which ink may have spread: a fit that needs more has made something else of the bars."""

_MOST_BEND = 0.012
"""By which one step may bend a code, in parts of its length."""

_STRETCH = 24
"""Positions that a digit takes with what its blur reaches."""

_SEEN, _SURE = 2.0, 4.0
"""Margins. Of 6,000 lines that were merely out of focus 217 gave nothing, 5,783 theirs from 2 on, 5,754 from 4 on,
and none another. Of 24,000 that were damaged from top to bottom as well 168 gave another number from 2 on and 8 from 4
on, of 6,000 with bars that were no EAN-13 none (``benchmarks/damaged_lines.py``); photographs of other things gave up
to 1.9."""

_PARTS = AT / MODULES
_MIDDLE = _PARTS * (1 - _PARTS)


@dataclass(frozen=True, slots=True)
class Fit:
    """A number and how it fits.

    Attributes:
        text: 13 digits.
        left: position on the line of the code's left end; the code may stand on its head.
        right: of its right end.
        unexplained: part of what is seen that differs from what the number shows.
        margin: what the next best number costs more, in parts of what is left unexplained where that is most: where a
            scratch hides a digit it is much, and the number that makes the best of the scratch is the wrong one.
        grown: modules by which bars are wider than they should be, below 0 narrower.
    """

    text: str
    left: float
    right: float
    unexplained: float
    margin: float
    grown: float

    @property
    def is_likely(self) -> bool:
        """Whether it is worth telling."""
        return self.margin >= _SEEN and abs(self.grown) <= _MOST_GROWN

    @property
    def is_sure(self) -> bool:
        """Whether no other number and nothing else but an EAN-13 looks like this."""
        return self.is_likely and self.margin >= _SURE


@dataclass(frozen=True, slots=True, eq=False)
class _Explained:
    """What a number makes of a line: radius, what is left unexplained, bars' growth, the darkness without it, light."""

    radius: float
    unexplained: float
    grown: float
    darkness: Numbers
    is_inverted: bool


def promising(line: Numbers) -> list[Start]:
    """Return the ways in which an EAN-13 may lie on a line, the likeliest first; none where nothing resembles one.

    Args:
        line: (positions,) grey levels across the bars, dark on light, either way round.
    """
    return [start for start in starts(line, _MOST_STARTS) if start.misfit <= _UNSUITABLE]


def fit_ean13(line: Numbers, ways: Sequence[Start]) -> Fit | None:
    """Return the number that fits a line best; None where none does.

    Args:
        line: (positions,) grey levels across the bars.
        ways: in which the code may lie on it (``promising``), from this line or from one beside it.
    """
    best: Fit | None = None
    for start in ways:
        fit = _fitted(line[::-1] if start.is_reversed else line, start.alignment)
        if fit is not None and (best is None or fit.unexplained < best.unexplained):
            best = _turned_back(fit, line, start)
            if best.unexplained < _GOOD:
                break
    return best


def _turned_back(fit: Fit, line: Numbers, start: Start) -> Fit:
    last = len(line) - 1
    return replace(fit, left=last - fit.right, right=last - fit.left) if start.is_reversed else fit


def _fitted(line: Numbers, alignment: Alignment) -> Fit | None:
    """Search for the number, adjust alignment, radius and light to it, and so on until it stays."""
    blur, text = blur_of(_FIRST_RADIUS), ""
    darkness = levelled(at_positions(line, alignment.positions(_PARTS)), _FIRST_RADIUS, INSIDE)
    explained: _Explained | None = None
    for _ in range(_MOST_ROUNDS):
        trellis = Trellis(blur, darkness)
        if trellis.text() == text and explained is not None:
            return _judged(text, trellis, alignment, explained)
        text = trellis.text()
        for _ in range(_STEPS):
            alignment = _adjusted(line, alignment, blur, text)
        explained = _explained(line, alignment, text, blur.radius)
        if explained.is_inverted or explained.unexplained > _HOPELESS:
            return None
        blur, darkness = blur_of(explained.radius), explained.darkness
    return None


def _judged(text: str, trellis: Trellis, alignment: Alignment, explained: _Explained) -> Fit:
    left_over = (explained.darkness - blur_of(explained.radius).modules @ modules_of(text)) ** 2
    worst = float(np.convolve(left_over, np.ones(_STRETCH)).max())
    margin = trellis.margin(text) / max(worst, 1e-9)
    return Fit(text, alignment.left, alignment.right, explained.unexplained, margin, explained.grown)


def _adjusted(line: Numbers, alignment: Alignment, blur: Blur, text: str) -> Alignment:
    """Move ends and bend so that the number's line lies better on the seen one (one step of Gauss and Newton)."""
    expected = blur.modules @ modules_of(text)
    positions = alignment.positions(_PARTS)
    seen = at_positions(line, positions)
    slope = at_positions(line, positions + 0.5) - at_positions(line, positions - 0.5)
    length = alignment.right - alignment.left
    along = _PARTS + alignment.bend * _MIDDLE
    placed = (slope * (1 - along), slope * along, slope * length * _MIDDLE)
    lit = (-expected, -np.ones_like(expected), -_PARTS, -_PARTS * expected)
    most = length / MODULES / 2
    steps = _solved(np.stack((*placed, *lit), axis=1), -seen)[:3]
    left, right, bend = np.clip(steps, [-most, -most, -_MOST_BEND], [most, most, _MOST_BEND])
    return Alignment(alignment.left + float(left), alignment.right + float(right), alignment.bend + float(bend))


def _explained(line: Numbers, alignment: Alignment, text: str, radius: float) -> _Explained:
    """Find the radius, light and growth of the bars with which a number explains a line best.

    The radius is searched for from the last one on, as long as it gets better.
    """
    modules = modules_of(text)
    edges = np.abs(np.diff(modules, prepend=0.0, append=0.0))
    seen = at_positions(line, alignment.positions(_PARTS))
    seen = (seen - seen.mean()) / (seen.std() + 1e-6)
    start = RADII.index(radius)
    best = _lit(seen, modules, edges, radius)
    for way in (1, -1):
        index = start + way
        while 0 <= index < len(RADII):
            explained = _lit(seen, modules, edges, RADII[index])
            if explained.unexplained >= best.unexplained:
                break
            best, index = explained, index + way
    return best


def _lit(seen: Numbers, modules: Numbers, edges: Numbers, radius: float) -> _Explained:
    """Find the light and the growth of the bars at one radius."""
    blur = blur_of(radius)
    expected = blur.modules @ modules
    # Cameras show half of the light as more than half of the grey: a square beside the straight line.
    matrix = np.stack((np.ones_like(seen), seen, seen * seen, _PARTS, _PARTS * seen, -blur.edges @ edges), axis=1)
    solution = _solved(matrix, expected)
    darkness = matrix @ solution
    unexplained = float((darkness - expected).var() / expected.var())
    return _Explained(radius, unexplained, float(solution[5]), darkness, bool(solution[1] >= 0))


def _solved(matrix: Numbers, wanted: Numbers) -> Numbers:
    """Solve least squares; the matrix's columns may depend on each other."""
    square = matrix.T @ matrix
    square[np.diag_indices_from(square)] += 1e-9 * np.trace(square) + 1e-12
    return np.asarray(np.linalg.solve(square, matrix.T @ wanted))
