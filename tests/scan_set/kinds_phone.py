"""The kinds of pictures with a code on a phone's screen, each in three grades.

Apart from papers and lenses. The numbers were set by what two libraries read: about 95, 75 and 30 in a hundred.
"""

from tests.scan_set.codes import CleanCode
from tests.scan_set.lens import Optics
from tests.scan_set.phone import PhoneLook
from tests.scan_set.scenes import Attitude, Scene, graded, on_phone, pose_for
from tests.scan_set.screen import cracked, glare, pixel_grid, reflection, smudged, veiled
from tests.scan_set.surface import Rng

_HELD = Attitude()


def plain(rng: Rng, code: CleanCode, level: int) -> Scene:
    """A phone as one wishes it; smaller, noisier and more tilted by grade."""
    held = Attitude(graded(level, (2.4, 3.6), (1.8, 2.4), (1.35, 1.8)), graded(level, 8.0, 15.0, 22.0))
    return on_phone(rng, code, pose_for(rng, code, level, held), Optics(noise=graded(level, 2.0, 3.5, 5.0)))


def glared(rng: Rng, code: CleanCode, level: int) -> Scene:
    """A lamp's blob and mirrored windows on the glass."""
    blob = glare(rng, graded(level, 0.55, 0.85, 1.2), graded(level, 0.15, 0.17, 0.2))
    window = reflection(rng, graded(level, 0.08, 0.2, 0.35))
    return on_phone(rng, code, pose_for(rng, code, level, _HELD), harms=(window, blob))


def moire(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Bands between the screen's pixels and the sensor's, and the screen's own grid."""
    pose = pose_for(rng, code, level, _HELD)
    width = float(rng.uniform(*graded(level, (14.0, 30.0), (5.0, 12.0), (3.0, 7.0))))
    optics = Optics(
        noise=3.0, moire=graded(level, 0.35, 0.65, 0.9), moire_px=width, defocus=graded(level, 0.0, 0.7, 1.2)
    )
    return on_phone(rng, code, pose, optics, harms=(pixel_grid(graded(level, 0.2, 0.4, 0.6), 2.0),))


def dim(rng: Rng, code: CleanCode, level: int) -> Scene:
    """A screen turned down in a bright shop."""
    look = PhoneLook(brightness=graded(level, 0.4, 0.17, 0.085))
    optics = Optics(noise=graded(level, 2.5, 4.0, 6.5), jpeg=graded(level, 90, 80, 70))
    harms = (veiled(graded(level, 0.03, 0.10, 0.2)),)
    return on_phone(rng, code, pose_for(rng, code, level, _HELD), optics, look, harms, room=0.75)


def broken(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Cracked glass."""
    rays = int(rng.integers(*graded(level, (3, 5), (4, 7), (7, 11))))
    crack = cracked(rng, rays, graded(level, 0.2, 0.3, 0.45), graded(level, 0.04, 0.07, 0.18))
    return on_phone(rng, code, pose_for(rng, code, level, _HELD), harms=(crack,))


def dark_mode(rng: Rng, code: CleanCode, level: int) -> Scene:
    """A dark app: the code light on dark, or dark on a light card without a quiet zone."""
    inverted = bool(rng.random() < graded(level, 0.7, 0.7, 0.8))
    look = PhoneLook(
        trimmed=0 if inverted else graded(level, 1, 3, 4),
        dark=True,
        inverted=inverted,
        brightness=graded(level, 0.9, 0.6, 0.4),
    )
    held = Attitude(graded(level, (2.4, 3.6), (1.9, 2.5), (1.6, 2.2)), graded(level, 8.0, 15.0, 25.0))
    optics = Optics(noise=graded(level, 2.0, 3.0, 4.0), defocus=graded(level, 0.0, 0.4, 0.6))
    return on_phone(rng, code, pose_for(rng, code, level, held), optics, look)


def notched(rng: Rng, code: CleanCode, level: int) -> Scene:
    """The camera's notch in the quiet zone, and from grade 3 in the code."""
    reach = graded(level, 0.6, 0.95, 1.0) * code.quiet + graded(level, 0.0, 0.0, float(rng.uniform(2.0, 7.0)))
    look = PhoneLook(trimmed=0, notch=reach, dark=bool(rng.random() < 0.5))
    return on_phone(rng, code, pose_for(rng, code, level, _HELD), look=look)


def night(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Night mode: warm and dark, in a dark room."""
    tint = graded(level, (0.5, 0.85, 1.0), (0.3, 0.7, 1.0), (0.15, 0.5, 1.0))
    look = PhoneLook(brightness=graded(level, 0.5, 0.25, 0.13), tint=tint)
    optics = Optics(noise=graded(level, 4.0, 8.0, 9.0), jpeg=graded(level, 90, 75, 60))
    return on_phone(rng, code, pose_for(rng, code, level, _HELD), optics, look, room=0.1)


def banded(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Dark bars of a screen that is dimmed by switching it on and off."""
    bars = graded(level, 0.45, 0.65, 0.8)
    optics = Optics(bars=bars, bars_px=float(rng.uniform(*graded(level, (90, 200), (60, 120), (25, 60)))), noise=3.0)
    return on_phone(rng, code, pose_for(rng, code, level, _HELD), optics)


def fingered(rng: Rng, code: CleanCode, level: int) -> Scene:
    """Fingerprints and haze."""
    smudge = smudged(rng, graded(level, 0.35, 0.75, 0.9))
    optics = Optics(noise=graded(level, 2.0, 3.0, 5.0), defocus=graded(level, 0.0, 0.8, 1.0))
    held = Attitude(graded(level, (2.4, 3.6), (2.0, 3.0), (1.6, 2.4)))
    return on_phone(rng, code, pose_for(rng, code, level, held), optics, harms=(smudge,))


def at_once(rng: Rng, code: CleanCode, level: int) -> Scene:
    """A bit of everything: what a counter really sees on a bad day."""
    look = PhoneLook(trimmed=graded(level, 0, 2, 3), brightness=graded(level, 0.7, 0.5, 0.35), tint=(0.7, 0.95, 1.0))
    harms = (
        smudged(rng, graded(level, 0.15, 0.3, 0.5)),
        cracked(rng, graded(level, 2, 3, 4), graded(level, 0.2, 0.25, 0.3), graded(level, 0.03, 0.06, 0.1)),
        glare(rng, graded(level, 0.25, 0.4, 0.6), 0.16),
    )
    optics = Optics(
        defocus=graded(level, 0.4, 0.6, 0.8),
        motion=graded(level, 0.0, 1.0, 1.8),
        motion_degrees=float(rng.uniform(0, 180)),
        noise=graded(level, 3.0, 4.0, 5.0),
        moire=graded(level, 0.1, 0.2, 0.3),
        moire_px=float(rng.uniform(6, 20)),
        jpeg=graded(level, 88, 75, 60),
    )
    held = Attitude(graded(level, (2.4, 3.6), (2.2, 3.2), (1.9, 2.8)), graded(level, 8.0, 15.0, 25.0))
    return on_phone(rng, code, pose_for(rng, code, level, held), optics, look, harms)
