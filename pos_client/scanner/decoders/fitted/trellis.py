"""The number that fits a line best, among all that have a right check digit, and by how much no other fits as well.

A walk over the twelve drawn digits (Viterbi, IEEE Transactions on Information Theory 13, 1967): what is known after
each is the first digit, this digit and the sum so far, a thousand states, and the best way to each of them.
"""

import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.decoders.fitted.blur import Blur
from pos_client.scanner.decoders.fitted.symbol import DIGIT_MODULES, DRAWN, PATTERNS, SETS, STARTS, WEIGHTS, Numbers

_TEN = np.arange(10)
_STATES = (10, 10, 10)
"""First digit, digit, last digit of the sum so far."""

_DRAWN_AS = PATTERNS[SETS.T]
"""(12, 10, 10, 7): place, first digit, digit, its modules."""

_WAYS = np.arange(1000).reshape(_STATES) * 10
"""Where the ten ways to each state begin."""


def _with_sums(change: int) -> list[NDArray[np.intp]]:
    """Give for each place and state the state of the same digits whose sum differs by the digit's share."""
    rows = 10 * np.arange(100).reshape(10, 10, 1)
    return [rows + (_TEN + change * weight * _TEN[:, np.newaxis]) % 10 for weight in WEIGHTS]


_BEFORE, _AFTER = _with_sums(-1), _with_sums(1)
"""The state before a digit was added to the sum, and after."""


class Trellis:
    """The ways through one line.

    Args:
        blur: of the lens.
        darkness: (positions,) of the line at ``blur.AT``, about 1 where all is dark and 0 where nothing is.
    """

    def __init__(self, blur: Blur, darkness: Numbers) -> None:
        seen = blur.modules.T @ darkness
        of_digits = np.stack([seen[start : start + DIGIT_MODULES] for start in STARTS])
        self._digits = blur.digits - 2 * np.einsum("kpdi,ki->kpd", _DRAWN_AS, of_digits)
        self._neighbours = blur.neighbours
        self._costs: list[Numbers] = []
        self._came_from: list[NDArray[np.intp]] = []
        self._walk()

    def text(self) -> str:
        """Return the 13 digits that fit best."""
        end = self._costs[-1][:, :, 0]
        first, digit = (int(index) for index in np.unravel_index(end.argmin(), end.shape))
        digits, total = [digit], 0
        for place in range(DRAWN - 1, 0, -1):
            before = int(self._came_from[place - 1][first, digit, total])
            total = (total - WEIGHTS[place] * digit) % 10
            digit = before
            digits.append(digit)
        return str(first) + "".join(str(digit) for digit in reversed(digits))

    def margin(self, text: str) -> float:
        """Return how much more the next best number costs than this one, the best, as a sum of squared darkness."""
        first, digits = int(text[0]), [int(digit) for digit in text[1:]]
        best = float(self._costs[-1][:, :, 0].min())
        onward = np.full(_STATES, np.inf)
        onward[:, :, 0] = 0.0
        others = []
        for place in range(DRAWN - 1, -1, -1):
            cheapest = (self._costs[place] + onward).min(axis=2)
            cheapest[first, digits[place]] = np.inf
            others.append(float(cheapest.min()))
            if place:
                onward = self._back(place, onward)
        return min(others) - best

    def _walk(self) -> None:
        costs = np.full(_STATES, np.inf)
        costs[_TEN[:, np.newaxis], _TEN, (_TEN[:, np.newaxis] + WEIGHTS[0] * _TEN) % 10] = self._digits[0]
        self._costs.append(costs)
        for place in range(1, DRAWN):
            # First digit, this digit, the sum before it, the digit before it.
            onto = self._neighbours[place - 1].transpose(0, 2, 1)[:, :, np.newaxis]
            ways = costs.transpose(0, 2, 1)[:, np.newaxis] + onto
            came_from = ways.argmin(axis=3)
            cheapest = ways.take(_WAYS + came_from) + self._digits[place][:, :, np.newaxis]
            costs = cheapest.take(_BEFORE[place])
            self._came_from.append(came_from.take(_BEFORE[place]))
            self._costs.append(costs)

    def _back(self, place: int, onward: Numbers) -> Numbers:
        """Give the cheapest way to the end from each state before the digit at ``place`` (first >= 1)."""
        with_digit = onward.take(_AFTER[place]) + self._digits[place][:, :, np.newaxis]
        ways = with_digit.transpose(0, 2, 1)[:, np.newaxis] + self._neighbours[place - 1][:, :, np.newaxis]
        return np.asarray(ways.min(axis=3))
