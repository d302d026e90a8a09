"""How a card comes into a film, is held and goes: its place, turn and speed at every moment.

Apart from what is shown (``film_cards``) and from the frames (``films``): the truth of a film follows from here alone.
"""

from dataclasses import dataclass
from math import cos, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Move:
    """From an edge to a place, a while there with a trembling hand, and off to an edge.

    Attributes:
        appears_s: sets out, all of it outside the frame.
        steady_s: has arrived.
        leaving_s: sets out again.
        gone_s: is outside the frame.
        start: (x, y) of its middle at ``appears_s``.
        place: (x, y) of its middle while held.
        end: (x, y) of its middle at ``gone_s``.
        degrees: how far it is turned.
        tremor: of the hand, in pixels.
    """

    appears_s: float
    steady_s: float
    leaving_s: float
    gone_s: float
    start: tuple[float, float]
    place: tuple[float, float]
    end: tuple[float, float]
    degrees: float
    tremor: float

    def middle(self, t_s: float) -> tuple[float, float]:
        """Where its middle is."""
        if t_s < self.steady_s:
            left = 1 - (t_s - self.appears_s) / (self.steady_s - self.appears_s)
            return _between(self.place, self.start, left * left)
        if t_s > self.leaving_s:
            gone = (t_s - self.leaving_s) / (self.gone_s - self.leaving_s)
            return _between(self.place, self.end, gone * gone)
        since = t_s - self.steady_s
        x, y = self.place
        return x + self.tremor * sin(2 * pi * 2.3 * since), y + self.tremor * sin(2 * pi * 1.7 * since)

    def is_there(self, t_s: float) -> bool:
        """Whether any of it may be in the frame."""
        return self.appears_s <= t_s < self.gone_s

    def speed(self, t_s: float) -> tuple[float, float]:
        """Pixels a second."""
        step = 1e-3
        (x0, y0), (x1, y1) = self.middle(t_s - step / 2), self.middle(t_s + step / 2)
        return (x1 - x0) / step, (y1 - y0) / step

    def placed(self, points: Points, t_s: float) -> Points:
        """Where points of the card, (n, 2) from its middle, are in the frame."""
        turn = radians(self.degrees)
        matrix = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
        return np.asarray(points @ matrix.T + np.array(self.middle(t_s)), np.float64)


def drawn_move(
    rng: np.random.Generator,
    size: tuple[int, int],
    reach: float,
    times: tuple[float, float, float, float],
    turned: float = 0.2,
) -> Move:
    """A move by chance.

    Args:
        rng: where chance comes from.
        size: width and height of the film.
        reach: half of the card's diagonal: so far outside the edge it starts and ends.
        times: ``appears_s``, ``steady_s``, ``leaving_s``, ``gone_s``.
        turned: share of the moves in which it is held at any angle; in the others nearly upright.
    """
    width, height = size
    place = (width * float(rng.uniform(0.42, 0.58)), height * float(rng.uniform(0.42, 0.58)))
    start, end = (_outside(int(rng.integers(0, 4)), place, size, reach) for _ in range(2))
    degrees = float(rng.normal(0, 8)) if rng.random() >= turned else float(rng.uniform(0, 360))
    return Move(*times, start, place, end, degrees, float(rng.uniform(0.3, 1.5)) * height / 720)


def _outside(edge: int, place: tuple[float, float], size: tuple[int, int], reach: float) -> tuple[float, float]:
    (x, y), (width, height) = place, size
    return ((x, -reach), (width + reach, y), (x, height + reach), (-reach, y))[edge]


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
