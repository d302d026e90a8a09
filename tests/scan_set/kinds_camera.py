"""The kinds of pictures that the camera spoils: out of focus, moved, tilted, turned, far, near, dark, packed too hard.

Apart from what happens to screens and papers. Half of these codes are on phones, half on paper.
"""

from dataclasses import replace

from pos_client.scanner.symbology import LINEAR
from tests.scan_set.codes import CleanCode
from tests.scan_set.lens import Optics, Pose
from tests.scan_set.paper import paper
from tests.scan_set.scenes import Attitude, Scene, graded, on_paper, on_phone, pose_for
from tests.scan_set.surface import Rng

_HELD = Attitude()


def _held_up(rng: Rng, code: CleanCode, pose: Pose, optics: Optics) -> Scene:
    return on_phone(rng, code, pose, optics) if rng.random() < 0.5 else on_paper(rng, code, pose, optics)


def defocused(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Out of focus: the radius of the disk grows with the grade, in modules; a linear code stands twice as much."""
    pose = pose_for(rng, code, level, Attitude((2.4, 4.5), 5.0, 5.0))
    linear, matrix = ((0.4, 0.65), (0.65, 0.85), (0.85, 1.1)), ((0.25, 0.45), (0.45, 0.65), (0.65, 0.85))
    radius = float(rng.uniform(*graded(level, *(linear if code.symbology in LINEAR else matrix))))
    return _held_up(rng, code, pose, Optics(defocus=radius * pose.module_px))


def moved(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Smeared by movement in any direction, in modules."""
    pose = pose_for(rng, code, level, Attitude((2.4, 4.5), 5.0, 5.0))
    way = float(rng.uniform(*graded(level, (0.5, 1.1), (1.2, 2.0), (2.0, 3.2))))
    return _held_up(rng, code, pose, Optics(motion=way * pose.module_px, motion_degrees=float(rng.uniform(0, 180))))


def tilted(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Leaning away from the camera."""
    pose = pose_for(rng, code, level, _HELD)
    lean = float(rng.uniform(*graded(level, (20, 35), (40, 52), (56, 68)))) * float(rng.choice((-1.0, 1.0)))
    leaning = replace(pose, pitch=lean) if rng.random() < 0.5 else replace(pose, yaw=lean)
    return _held_up(rng, code, leaning, Optics())


def turned(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Turned in the picture by any angle; from grade 2 smaller and softer."""
    attitude = Attitude(graded(level, (2.4, 3.4), (1.9, 2.5), (1.5, 1.9)), 5.0, graded(level, 45.0, 180.0, 180.0))
    optics = Optics(defocus=graded(level, 0.0, 0.5, 0.8), noise=graded(level, 2.0, 4.0, 6.0))
    return _held_up(rng, code, pose_for(rng, code, 2, attitude), optics)


def far(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Too far away for its size."""
    attitude = Attitude(graded(level, (1.8, 2.3), (1.3, 1.7), (1.05, 1.35)), 5.0, 5.0)
    return _held_up(rng, code, pose_for(rng, code, level, attitude), Optics(noise=3.0, jpeg=graded(level, 92, 88, 84)))


def near(rng: Rng, code: CleanCode, level: int) -> Scene:
    """So near that the code fills the picture, its quiet zone or more of it outside, out of focus by grade."""
    linear = code.symbology in LINEAR
    size = (800, 600) if rng.random() < 0.5 else (1280, 960)
    high, wide = code.modules.shape
    pad = 2 * code.quiet
    bare_wide = wide - pad
    filling = size[0] / bare_wide if linear else size[1] / (high - pad)
    part = graded(level, 0.92, 0.97, 0.995)
    degrees = float(rng.choice((0.0, 90.0, 180.0, 270.0))) if not linear else float(rng.choice((0.0, 180.0)))
    pose = Pose(size, filling * part, degrees + float(rng.normal(0, 0.4)))
    blur = graded(level, 0.1, 0.55, 0.92) * pose.module_px
    surface = paper(code, max(3, min(16, round(2 * pose.module_px))), around=0.2)
    scene = on_paper(rng, code, Pose(size, 2.0), Optics(defocus=blur, noise=2.5))
    return Scene(((surface, pose),), scene.behind, scene.optics)


def dark(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Too little light: short exposure, much noise."""
    pose = pose_for(rng, code, level, _HELD)
    optics = Optics(
        exposure=graded(level, 0.4, 0.22, 0.15), noise=graded(level, 7.0, 10.0, 12.0), jpeg=graded(level, 90, 80, 70)
    )
    return on_paper(rng, code, pose, optics)


def packed(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Packed too hard on the way, as by a messenger or a cheap network camera."""
    attitude = Attitude(graded(level, (2.2, 3.2), (1.8, 2.6), (1.5, 2.2)), 5.0, 5.0)
    optics = Optics(noise=3.0, jpeg=graded(level, 30, 12, 6))
    return _held_up(rng, code, pose_for(rng, code, level, attitude), optics)


def pale(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Against the light: scattered light over everything, little contrast left."""
    optics = Optics(
        veil=graded(level, 0.5, 0.84, 0.93), noise=graded(level, 2.0, 3.0, 4.0), jpeg=graded(level, 92, 85, 80)
    )
    return _held_up(rng, code, pose_for(rng, code, level, _HELD), optics)
