"""The camera: where it stands, what its lens and sensor do to the light, and how the picture is packed.

Apart from what is photographed. Everything is rendered at twice the size and averaged, as a sensor's pixels do.
"""

from dataclasses import dataclass
from math import ceil, cos, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.frame import Pixels
from tests.scan_set.surface import Light, Rng, Surface

_FINE = 2


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the camera stands.

    Attributes:
        size: width and height of the picture.
        module_px: pixels of one module in the middle of the code.
        degrees: how far the thing is turned in the picture.
        pitch: how far it leans back, in degrees.
        yaw: how far its side is turned away, in degrees.
        at: where the code's middle is, in parts of the picture.
    """

    size: tuple[int, int] = (800, 600)
    module_px: float = 3.0
    degrees: float = 0.0
    pitch: float = 0.0
    yaw: float = 0.0
    at: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Optics:
    """What lens, sensor and packing do.

    Attributes:
        defocus: radius of the disk that a point becomes, in pixels.
        motion: length of the way during the exposure, in pixels.
        motion_degrees: its direction.
        exposure: factor on the light.
        veil: light that is scattered over the whole picture, 0 to 1.
        noise: sigma in grey levels of 256 on black; bright pixels have more (photons).
        jpeg: quality of the packing.
        bars: depth of the dark bars of a screen that is dimmed by switching, 0 to 1.
        bars_px: height of one bar and its gap.
        moire: depth of the bands between the screen's pixels and the sensor's, 0 to 1.
        moire_px: width of one band.
    """

    defocus: float = 0.0
    motion: float = 0.0
    motion_degrees: float = 0.0
    exposure: float = 1.0
    veil: float = 0.0
    noise: float = 2.0
    jpeg: int = 92
    bars: float = 0.0
    bars_px: float = 100.0
    moire: float = 0.0
    moire_px: float = 12.0


def photographed(things: list[tuple[Surface, Pose]], behind: Light, optics: Optics, rng: Rng) -> bytes:
    """Take a picture.

    Args:
        things: surfaces and where each lies; later ones hide earlier ones.
        behind: light of what is behind, in the picture's size.
        optics: of the camera.
        rng: for the noise.

    Returns:
        A colour JPEG.
    """
    height, width = behind.shape
    fine = np.asarray(cv2.resize(behind, (width * _FINE, height * _FINE), interpolation=cv2.INTER_LINEAR), np.float32)
    channels = [fine.copy() for _ in range(3)]
    for surface, pose in things:
        light, cover = _seen(surface, pose)
        light = light * _screen_bands(light.shape, optics, rng)
        for number, (tint, shift) in enumerate(zip(surface.tint, (0.0, 0.33, 0.66), strict=True)):
            channels[number] *= 1 - cover
            channels[number] += light * cover * tint * _moire(light.shape, optics, shift)
    sharp = [_focused(channel, optics) for channel in channels]
    return _packed(_sensed(np.dstack(sharp).astype(np.float32), optics, rng), optics)


def homography(surface: Surface, pose: Pose, fine: float = 1.0) -> NDArray[np.float64]:
    """The 3x3 matrix from the surface's pixels to the picture's, pinhole camera with a lens of 1.2 picture widths."""
    width, height = pose.size
    focus = 1.2 * width
    turn, pitch, yaw = (radians(angle) for angle in (pose.degrees, pose.pitch, pose.yaw))
    lean = np.array([[1, 0, 0], [0, cos(pitch), -sin(pitch)], [0, sin(pitch), cos(pitch)]])
    aside = np.array([[cos(yaw), 0, sin(yaw)], [0, 1, 0], [-sin(yaw), 0, cos(yaw)]])
    flat = np.array([[cos(turn), -sin(turn), 0], [sin(turn), cos(turn), 0], [0, 0, 1]])
    turned = lean @ aside @ flat
    x, y = surface.middle
    to_modules = np.array([[1, 0, -x], [0, 1, -y], [0, 0, surface.scale]]) / surface.scale  # last row stays 1
    space = np.column_stack([turned[:, 0], turned[:, 1], (0, 0, focus / pose.module_px)])
    project = np.array([[focus, 0, pose.at[0] * width], [0, focus, pose.at[1] * height], [0, 0, 1]])
    return np.asarray(np.diag([fine, fine, 1.0]) @ project @ space @ to_modules, np.float64)


def drawing_scale(pose: Pose) -> int:
    """Pixels of a module that a surface is drawn with, so that the lens has enough to average and no more."""
    return max(3, ceil(2.2 * pose.module_px))


def _seen(surface: Surface, pose: Pose) -> tuple[Light, Light]:
    size = (pose.size[0] * _FINE, pose.size[1] * _FINE)
    matrix = homography(surface, pose, _FINE)
    light = cv2.warpPerspective(surface.light, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(light, np.float32), np.asarray(cv2.warpPerspective(surface.cover, matrix, size), np.float32)


def _screen_bands(shape: tuple[int, ...], optics: Optics, rng: Rng) -> Light:
    """Bars across the picture: the rows of the sensor are read one after the other while the screen goes on and off."""
    if not optics.bars:
        return np.ones((1, 1), np.float32)
    rows = np.arange(shape[0], dtype=np.float32)[:, np.newaxis] / (_FINE * optics.bars_px)
    wave = np.sin(2 * np.pi * (rows + rng.random()))
    return np.asarray(1 - optics.bars / (1 + np.exp(-6 * wave)), np.float32)


def _moire(shape: tuple[int, ...], optics: Optics, shift: float) -> Light:
    """Bands where the screen's grid and the sensor's beat; perspective makes them fan out, colours are apart."""
    if not optics.moire:
        return np.ones((1, 1), np.float32)
    chance = np.random.default_rng(round(1e6 * optics.moire_px))
    angle, fan = float(chance.uniform(0, np.pi)), float(chance.uniform(-0.3, 0.3))
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) / _FINE
    along, across = x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)
    phase = along / optics.moire_px * (1 + fan * across / shape[1])
    cross = across / (optics.moire_px * 1.3)
    wave = 0.65 * np.sin(2 * np.pi * (phase + shift)) + 0.35 * np.sin(2 * np.pi * (cross + shift))
    return np.asarray(1 - optics.moire * (0.5 + 0.5 * wave), np.float32)


def _focused(fine: Light, optics: Optics) -> Light:
    spread = disk(optics.defocus * _FINE) if optics.defocus > 0.3 else None
    blurred = cv2.GaussianBlur(fine, (0, 0), 0.45 * _FINE)
    if spread is not None:
        blurred = cv2.filter2D(blurred, -1, spread, borderType=cv2.BORDER_REPLICATE)
    if optics.motion > 0.5:
        way = _way(optics.motion * _FINE, optics.motion_degrees)
        blurred = cv2.filter2D(blurred, -1, way, borderType=cv2.BORDER_REPLICATE)
    size = (fine.shape[1] // _FINE, fine.shape[0] // _FINE)
    return np.asarray(cv2.resize(blurred, size, interpolation=cv2.INTER_AREA), np.float32)


def disk(radius: float) -> Light:
    """What becomes of a point out of focus: a disk of so many pixels, of sum 1."""
    reach = ceil(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    light = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return np.asarray(light / light.sum(), np.float32)


def _way(length: float, degrees: float) -> Light:
    side = 2 * ceil(length / 2) + 3
    line = np.zeros((side, side), np.float32)
    middle, shift = side / 2 - 0.5, 4
    reach = np.array([cos(radians(degrees)), sin(radians(degrees))]) * (length - 1) / 2
    first, last = (tuple(int(v) for v in np.round((middle + sign * reach) * 2**shift)) for sign in (-1, 1))
    cv2.line(line, first, last, (1.0,), 1, cv2.LINE_8, shift)
    return np.asarray(line / line.sum(), np.float32)


def _sensed(light: NDArray[np.float32], optics: Optics, rng: Rng) -> Pixels:
    exposed = np.clip(light * optics.exposure * (1 - optics.veil) + optics.veil, 0, 1) * 255
    grain = rng.standard_normal(exposed.shape, np.float32)
    noisy = exposed + grain * optics.noise * np.sqrt(0.5 + exposed / 170)
    return np.asarray(np.clip(np.round(noisy), 0, 255), np.uint8)


def _packed(picture: Pixels, optics: Optics) -> bytes:
    is_done, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, optics.jpeg])
    assert is_done
    return bytes(packed)
