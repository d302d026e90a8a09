"""A picture before it is taken: what lies where, behind it what, and the camera; with the grades of difficulty.

Apart from the kinds, which fill scenes in.
"""

from dataclasses import dataclass
from functools import reduce
from math import cos, radians, sin
from typing import TypeVar

import numpy as np

from pos_client.scanner.symbology import LINEAR, Symbology
from tests.scan_set.clutter import counter
from tests.scan_set.codes import CleanCode
from tests.scan_set.lens import Optics, Pose, drawing_scale, photographed
from tests.scan_set.paper import paper
from tests.scan_set.phone import PhoneLook, phone
from tests.scan_set.screen import Harm
from tests.scan_set.surface import Light, Rng, Surface

T = TypeVar("T")

SIZES = ((640, 480), (800, 600), (1024, 768), (1280, 960))
_PLAIN_OPTICS = Optics()
_PLAIN_LOOK = PhoneLook()


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a camera is about to take.

    Attributes:
        things: surfaces and where each lies.
        behind: light behind them, in the picture's size.
        optics: of the camera.
    """

    things: tuple[tuple[Surface, Pose], ...]
    behind: Light
    optics: Optics

    def taken(self, rng: Rng) -> bytes:
        """The picture as a colour JPEG."""
        return photographed(list(self.things), self.behind, self.optics, rng)


@dataclass(frozen=True, slots=True)
class Attitude:
    """How a code is held.

    Attributes:
        module_px: pixels of a module, from and to.
        lean: pitch and yaw, at most so many degrees.
        linear_turn: a linear or stacked code is turned by at most so many degrees; others by any angle from level 2 on.
    """

    module_px: tuple[float, float] = (2.4, 3.6)
    lean: float = 8.0
    linear_turn: float = 8.0


def graded(level: int, *values: T) -> T:
    """The value for level 1, 2 or 3."""
    return values[level - 1]


def pose_for(rng: Rng, code: CleanCode, level: int, attitude: Attitude) -> Pose:
    """Hold a code so that the whole of it is in the smallest picture that has room; it comes nearer only if it must."""
    is_linear = code.symbology in LINEAR or code.symbology is Symbology.PDF417
    reach = attitude.linear_turn if is_linear else graded(level, 12.0, 180.0, 180.0)
    degrees = float(rng.uniform(-reach, reach))
    pitch, yaw = (float(rng.uniform(-attitude.lean, attitude.lean)) for _ in range(2))
    module_px = float(rng.uniform(*attitude.module_px))
    across, along = _extent(code, degrees)
    rooms = [size for size in SIZES if across * module_px < 0.86 * size[0] and along * module_px < 0.86 * size[1]]
    size = rooms[0] if rooms else SIZES[-1]
    fitting = min(module_px, 0.86 * size[0] / across, 0.86 * size[1] / along)
    shift = [max(0.0, 0.46 - extent * fitting / side / 2) for extent, side in zip((across, along), size, strict=True)]
    at = tuple(0.5 + float(rng.uniform(-room, room)) * 0.7 for room in shift)
    return Pose(size, fitting, degrees, pitch, yaw, (at[0], at[1]))


def on_phone(
    rng: Rng,
    code: CleanCode,
    pose: Pose,
    optics: Optics = _PLAIN_OPTICS,
    look: PhoneLook = _PLAIN_LOOK,
    harms: tuple[Harm, ...] = (),
    room: float = 0.35,
) -> Scene:
    """A code on a phone before a counter, ``room`` being the light behind it."""
    surface = harmed(phone(code, drawing_scale(pose), look), harms)
    return Scene(((surface, pose),), counter(rng, pose.size, room), optics)


def on_paper(
    rng: Rng,
    code: CleanCode,
    pose: Pose,
    optics: Optics = _PLAIN_OPTICS,
    harms: tuple[Harm, ...] = (),
    room: float = 0.4,
) -> Scene:
    """A code on paper before a counter."""
    surface = harmed(paper(code, drawing_scale(pose)), harms)
    return Scene(((surface, pose),), counter(rng, pose.size, room), optics)


def harmed(surface: Surface, harms: tuple[Harm, ...]) -> Surface:
    """A surface after everything that happens to it, in order."""
    return reduce(lambda so_far, harm: harm(so_far), harms, surface)


def _extent(code: CleanCode, degrees: float) -> tuple[float, float]:
    """Width and height that the turned code takes, quiet zone included, in modules."""
    high, wide = code.modules.shape
    turn = radians(degrees)
    matrix = np.abs(np.array([[cos(turn), sin(turn)], [sin(turn), cos(turn)]]))
    across, along = matrix @ np.array([wide, high])
    return float(across), float(along)
