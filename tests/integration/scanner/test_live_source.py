"""A source read by a thread of its own: one that hangs, repeats itself or was unplugged, and is not waited for."""

import threading
from collections.abc import Callable, Iterator
from time import monotonic

import numpy as np
import pytest

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.frame import Pixels
from pos_client.scanner.sources.live import LiveSource
from tests.integration.scanner.live_watch import first_frame, shades_until_lost, trouble_at_opening, trouble_of

RNG = np.random.default_rng(5)
Life = Callable[[], Iterator[Pixels | None]]
NOISE: Pixels = RNG.integers(0, 255, (96, 128), dtype=np.uint8)


class ScriptedFeed:
    """A feed whose steps are functions; each returns a picture, None, or raises."""

    name = "camera:scripted"

    def __init__(self, *lives: Life, checks: Callable[[], None] = lambda: None) -> None:
        self._lives = list(lives)
        self._checks = checks
        self._life: Iterator[Pixels | None] = iter(())
        self.opened = self.closed = 0

    def check(self) -> None:
        self._checks()

    def open(self) -> None:
        self.opened += 1
        self._life = self._lives.pop(0)()

    def next(self, *, is_wanted: bool) -> Pixels | None:
        try:
            return next(self._life)
        except StopIteration:
            raise CameraUnavailable("the script has ended", CameraTrouble.ENDED) from None

    def close(self) -> None:
        self.closed += 1


def paced(pictures: Callable[[int], Pixels | None]) -> Iterator[Pixels | None]:
    pause = threading.Event()
    for number in range(10_000):
        pause.wait(0.01)
        yield pictures(number)


def noise(number: int) -> Pixels:
    return np.roll(NOISE, number, axis=1)


def test_a_driver_that_hangs_keeps_nobody_waiting_and_is_not_opened_twice() -> None:
    let_go = threading.Event()

    def hangs() -> Iterator[Pixels | None]:
        yield NOISE
        let_go.wait()

    feed = ScriptedFeed(hangs, lambda: paced(noise))
    source = LiveSource(feed, stale_s=0.2)
    source.open()
    first_frame(source)
    assert trouble_of(source) is CameraTrouble.STALLED
    asked_s = monotonic()
    source.close()
    assert monotonic() - asked_s < 1.0
    with pytest.raises(CameraUnavailable) as hanging:
        source.open()
    assert (hanging.value.trouble, feed.opened) == (CameraTrouble.STALLED, 1)
    let_go.set()
    source.open()
    first_frame(source)
    source.close()
    assert (feed.opened, feed.closed) == (2, 2)


def test_a_driver_that_hangs_while_it_opens_is_told_in_time() -> None:
    let_go = threading.Event()

    class Hanging(ScriptedFeed):
        def open(self) -> None:
            let_go.wait()

    source = LiveSource(Hanging(), first_s=0.2)
    assert trouble_at_opening(source) is CameraTrouble.STALLED
    let_go.set()


def test_a_camera_that_gives_nothing_at_all_has_stalled() -> None:
    assert (
        trouble_at_opening(LiveSource(ScriptedFeed(lambda: paced(lambda _: None)), first_s=0.1))
        is CameraTrouble.STALLED
    )


def test_a_driver_that_repeats_one_picture_is_noticed() -> None:
    feed = ScriptedFeed(lambda: paced(lambda number: noise(min(number, 5))))
    assert trouble_at_opening(LiveSource(feed, frozen_s=0.2)) is CameraTrouble.STALLED


@pytest.mark.parametrize("picture", [np.zeros((96, 128), np.uint8), np.full((96, 128, 3), 200, np.uint8)])
def test_a_lens_with_its_lid_on_is_no_trouble(picture: Pixels) -> None:
    shown = iter(range(30))

    def lid() -> Iterator[Pixels | None]:
        pause = threading.Event()
        for _ in shown:
            pause.wait(0.02)
            yield picture.copy()

    # It ends with the script, long after a repeated picture would have been noticed.
    assert trouble_at_opening(LiveSource(ScriptedFeed(lid), frozen_s=0.1)) is CameraTrouble.ENDED


@pytest.mark.parametrize("missing", [CameraTrouble.NO_CAMERA, CameraTrouble.NO_SUCH_DEVICE])
def test_what_is_gone_after_it_has_worked_was_unplugged(missing: CameraTrouble) -> None:
    is_there = [True]

    def check() -> None:
        if not is_there[0]:
            raise CameraUnavailable("gone", missing)

    feed = ScriptedFeed(lambda: paced(noise), checks=check)
    source = LiveSource(feed)
    is_there[0] = False
    assert trouble_at_opening(source) is missing
    is_there[0] = True
    source.open()
    first_frame(source)
    source.close()
    is_there[0] = False
    assert trouble_at_opening(source) is CameraTrouble.UNPLUGGED


def test_only_the_newest_picture_is_handed_out() -> None:
    feed = ScriptedFeed(lambda: iter([np.full((8, 8), shade, np.uint8) for shade in range(50)]))
    source = LiveSource(feed)
    source.open()
    shades = shades_until_lost(source)
    source.close()
    assert shades[-1] == 49
    assert shades == sorted(set(shades))
