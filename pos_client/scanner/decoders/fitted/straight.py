"""Rows across bars that lean: shifted until the bars stand upright, so that they may be averaged.

Apart from ``bands``, which turns a place as a whole: in perspective the bars lean against it by a few positions from
row to row, which smears what is out of focus as it is.
"""

import numpy as np
from numpy import fft  # else it is loaded with the first code that needs it

from pos_client.scanner.decoders.fitted.symbol import Numbers
from pos_client.scanner.frame import Pixels

_LEAN = np.arange(-12.0, 12.1)
"""Positions by which the bars may lean from row to row."""

_COARSE = 4
"""Positions that are taken together to find the lean."""


def upright(rows: Pixels) -> Numbers:
    """Return (rows, positions) as grey levels, shifted by the lean at which most is left of the edges of their mean."""
    lines = np.asarray(rows, np.float64)
    if len(lines) == 1:
        return lines
    offsets = np.arange(len(lines), dtype=np.float64) - (len(lines) - 1) / 2
    lean = _lean(lines, offsets)
    at = np.arange(lines.shape[1])
    return np.stack([np.interp(at + lean * by, at, line) for by, line in zip(offsets, lines, strict=True)])


def _lean(lines: Numbers, offsets: Numbers) -> float:
    whole = lines.shape[1] // _COARSE * _COARSE
    edges = np.diff(lines[:, :whole].reshape(len(lines), -1, _COARSE).mean(axis=2), axis=1)
    turns = fft.rfftfreq(edges.shape[1]) / _COARSE
    turns = turns[: len(turns) // 2 + 1]  # fine edges say little about the lean
    spectrum = fft.rfft(edges, axis=1)[:, : len(turns)]
    shifts = np.exp(2j * np.pi * turns * (_LEAN[:, np.newaxis] * offsets)[..., np.newaxis])
    together = np.einsum("lrt,rt->lt", shifts, spectrum)
    return float(_LEAN[(together.real**2 + together.imag**2).sum(axis=1).argmax()])
