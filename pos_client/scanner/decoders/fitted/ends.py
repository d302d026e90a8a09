"""Where a code may begin and end on a line: where darkness begins after a quiet zone, and ends before one.

Apart from ``alignment``, which tries what is found here.
"""

import numpy as np

from pos_client.scanner.decoders.fitted.symbol import Numbers

_STEEP = 0.45
"""Of the steepest edges: an edge."""

_QUIET, _LONG = 0.03, 0.35
"""Of the line's length: a quiet zone, and the least of a code."""

_MOST_ENDS = 3
_MOST_PAIRS = 3


def pairs_of_ends(line: Numbers) -> list[tuple[int, int]]:
    """Return up to three positions of first and last edges of (positions,) grey levels, the quietest around first."""
    length = len(line)
    half = max(3, length // 200)
    step = np.convolve(line, np.r_[np.ones(half), -np.ones(half)] / half, "same")
    inner = step[1:-1]
    tenth = length * 9 // 10
    enough = _STEEP * np.partition(np.abs(step), tenth)[tenth]
    falls = np.flatnonzero((inner <= step[:-2]) & (inner < step[2:]) & (inner < -enough)) + 1
    rises = np.flatnonzero((inner >= step[:-2]) & (inner > step[2:]) & (inner > enough)) + 1
    edges = np.concatenate([falls, rises])
    ordered = edges.argsort()
    edges, is_fall = edges[ordered], ordered < len(falls)
    beside = np.r_[-_QUIET * length - 1, edges, (1 + _QUIET) * length + 1]
    before, after = edges - beside[:-2], beside[2:] - edges
    quiet = _QUIET * length
    lefts = _quietest(before, edges, is_fall & (before > quiet) & (edges < length / 2))
    rights = _quietest(after, edges, ~is_fall & (after > quiet) & (edges > length / 2))
    pairs = [(a + b, left, right) for a, left in lefts for b, right in rights if right - left > _LONG * length]
    return [(left, right) for _, left, right in sorted(pairs, reverse=True)[:_MOST_PAIRS]]


def _quietest(quiet: Numbers, edges: Numbers, wanted: Numbers) -> list[tuple[float, int]]:
    ends = sorted(zip(quiet[wanted].tolist(), edges[wanted].tolist(), strict=True), reverse=True)
    return [(float(width), int(edge)) for width, edge in ends[:_MOST_ENDS]]
