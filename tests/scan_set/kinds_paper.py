"""The kinds of pictures with a code on paper, a label or a bottle, each in three grades.

Apart from phones and lenses; graded in the same way.
"""

from pos_client.scanner.symbology import LINEAR
from tests.scan_set.codes import CleanCode
from tests.scan_set.lens import Optics
from tests.scan_set.paper import crumpled, faded, shaded, speckled, torn, wrapped
from tests.scan_set.scenes import Attitude, Scene, graded, on_paper, pose_for
from tests.scan_set.surface import Rng

_HELD = Attitude()


def plain(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Every symbology on clean paper; smaller, noisier, softer and more tilted by grade."""
    held = Attitude(
        graded(level, (2.4, 3.4), (1.7, 2.3), (1.25, 1.8)), graded(level, 8.0, 18.0, 28.0), graded(level, 5, 12, 20)
    )
    optics = Optics(noise=graded(level, 2.0, 4.0, 7.0), defocus=graded(level, 0.0, 0.6, 0.9))
    return on_paper(rng, code, pose_for(rng, code, level, held), optics)


def curved(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Around a bottle or can, with a stripe of light on it."""
    radius = graded(level, 1.1, 0.8, 0.54)
    bend = wrapped(radius, upright=bool(rng.random() < 0.6), shine=graded(level, 0.1, 0.4, 0.7))
    return on_paper(rng, code, pose_for(rng, code, level, _HELD), harms=(bend,))


def creased(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Out of a pocket."""
    dents = crumpled(rng, graded(level, 0.8, 1.6, 4.2), graded(level, 4, 6, 8))
    return on_paper(rng, code, pose_for(rng, code, level, _HELD), harms=(dents,))


def shadowed(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Half of it in the shade, or under a blind."""
    stripes = graded(level, 1, int(rng.integers(1, 4)), int(rng.integers(2, 6)))
    shade = shaded(rng, graded(level, 0.4, 0.18, 0.09), graded(level, 0.1, 0.03, 0.02), stripes)
    optics = Optics(noise=graded(level, 2.0, 4.0, 6.0), exposure=graded(level, 1.0, 1.1, 1.2))
    return on_paper(rng, code, pose_for(rng, code, level, _HELD), optics, harms=(shade,))


def bleached(rng: Rng, code: CleanCode, level: int) -> Scene:
    """A thermal print that faded, with dead dots of the printer's head."""
    fading = faded(rng, graded(level, 0.55, 0.32, 0.2), graded(level, 0.005, 0.015, 0.03))
    return on_paper(
        rng, code, pose_for(rng, code, level, _HELD), Optics(noise=graded(level, 2.0, 3.0, 4.0)), harms=(fading,)
    )


def speckly(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Low ink and dirt."""
    dirt = speckled(rng, graded(level, 0.015, 0.035, 0.06))
    return on_paper(rng, code, pose_for(rng, code, level, _HELD), harms=(dirt,))


def ripped(rng: Rng, code: CleanCode, level: int) -> Scene:
    """A corner gone, or only a strip of the bars left."""
    linear = code.symbology in LINEAR
    share = graded(level, 0.6, 0.85, 0.93) if linear else graded(level, 0.03, 0.08, 0.14)
    return on_paper(rng, code, pose_for(rng, code, level, _HELD), harms=(torn(rng, share, linear=linear),))
