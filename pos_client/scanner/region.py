"""Rectangles of a picture: where the last code was, and whether two codes lie in one place.

Apart because cascade, belief and worker all ask these questions and none should own the answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, hypot

from pos_client.scanner.frame import Corners, Pixels


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in pixels; ``right`` and ``bottom`` lie just outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """Pixels in it."""
        return (self.right - self.left) * (self.bottom - self.top)

    @classmethod
    def around(cls, corners: Corners) -> "Region":
        """Return the smallest upright rectangle that holds the corners."""
        xs = [x for x, _ in corners]
        ys = [y for _, y in corners]
        return cls(min(xs), min(ys), max(xs) + 1, max(ys) + 1)

    def grown(self, by: float, height: int, width: int) -> "Region":
        """Return it with ``by`` times its longer side added all round, cut at the picture's borders."""
        margin = int(by * max(self.right - self.left, self.bottom - self.top)) + 1
        return Region(
            max(0, self.left - margin),
            max(0, self.top - margin),
            min(width, self.right + margin),
            min(height, self.bottom + margin),
        )

    def crop(self, grey: Pixels) -> Pixels:
        """Return this part of a picture: a view, nothing is copied."""
        return grey[self.top : self.bottom, self.left : self.right]

    def overlaps(self, other: "Region") -> bool:
        """Tell whether the two share at least a pixel."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def clockwise(points: Iterable[tuple[float, float]]) -> Corners:
    """Order corners clockwise as seen in the picture, beginning with the one nearest its top left.

    Decoders begin at the code's own top left, at the lowest point, or anywhere; a mirrored code runs the other way.
    """
    given = list(points)
    count = len(given)
    centre_x = sum([x for x, _ in given]) / count
    centre_y = sum([y for _, y in given]) / count
    turned = sorted([(atan2(y - centre_y, x - centre_x), x, y) for x, y in given])
    sums = [x + y for _, x, y in turned]
    first = sums.index(min(sums))
    return tuple([(round(x), round(y)) for _, x, y in turned[first:] + turned[:first]])


def within(corners: Corners, height: int, width: int) -> Corners:
    """Move corners that lie beside a picture to its border: decoders outline codes that are cut off."""
    return tuple((min(max(x, 0), width - 1), min(max(y, 0), height - 1)) for x, y in corners)


def distance_from_centre(corners: Corners, height: int, width: int) -> float:
    """Give the pixels between the code's middle and the picture's."""
    centre_x = sum(x for x, _ in corners) / len(corners)
    centre_y = sum(y for _, y in corners) / len(corners)
    return hypot(centre_x - width / 2, centre_y - height / 2)
