"""Movement before the camera, and none."""

from datetime import UTC, datetime

import numpy as np

from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.scenery import Scenery

RNG = np.random.default_rng(3)


def noisy(level: int, at_s: float) -> Frame:
    pixels: Pixels = np.clip(RNG.normal(level, 6, (240, 320)), 0, 255).astype(np.uint8)
    return Frame(pixels, datetime(2026, 11, 22, tzinfo=UTC), at_s, int(at_s * 100))


def test_noise_is_no_movement_and_a_hand_is() -> None:
    scenery = Scenery()
    assert scenery.quiet_s(5.0) == 0.0
    scenery.watch(noisy(120, 10.0))
    for tick in range(1, 30):
        scenery.watch(noisy(120, 10.0 + tick / 10))
    assert scenery.quiet_s(13.0) == 3.0
    scenery.watch(noisy(160, 13.0))
    assert scenery.quiet_s(13.5) == 0.5


def test_a_code_in_view_counts_as_movement() -> None:
    scenery = Scenery()
    scenery.watch(noisy(120, 0.0))
    scenery.wake(7.0)
    assert scenery.quiet_s(8.0) == 1.0


def test_a_frame_of_another_size_is_movement() -> None:
    scenery = Scenery()
    scenery.watch(noisy(120, 0.0))
    scenery.watch(Frame(np.full((10, 10), 120, np.uint8), datetime(2026, 11, 22, tzinfo=UTC), 4.0, 9))
    assert scenery.quiet_s(4.0) == 0.0
