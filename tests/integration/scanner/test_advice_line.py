"""What is said to whoever holds a code that is not read: too dark, blurred, too far, too bright; and silence."""

from collections.abc import Iterator
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from pos_client.scanner.advice import Advice
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.likely import likely_place
from pos_client.scanner.live_line import LiveLine, Looked
from tests.integration.scanner.drawn_codes import QR_TEXT, ean, on_desk, qr

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SIZE = (480, 640)
DESK = on_desk(size=SIZE)
FPS = 15.0


def watched(*scenes: tuple[Pixels, float]) -> Iterator[Looked]:
    """Show scenes one after the other, each for some seconds, with a sensor's noise."""
    line, random, number = LiveLine(open_decoders().opened), np.random.default_rng(7), 0
    for picture, seconds in scenes:
        for _ in range(round(seconds * FPS)):
            pixels = np.clip(random.normal(picture.astype(np.float32), 2.0), 0, 255).astype(np.uint8)
            looked = line.take(Frame(pixels, NOON, number / FPS, number))
            number += 1
            if looked is not None:
                yield looked


def blurred(picture: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def lit(picture: Pixels, factor: float, offset: float = 0.0) -> Pixels:
    return np.asarray(cv2.convertScaleAbs(picture, alpha=factor, beta=offset), np.uint8)


HELD = on_desk((qr(QR_TEXT, scale=6), (180, 110)), size=SIZE)
SMALL = on_desk(
    (np.asarray(cv2.resize(qr(QR_TEXT), (34, 34), interpolation=cv2.INTER_AREA), np.uint8), (300, 220)), size=SIZE
)


@pytest.mark.parametrize(
    ("scene", "advice"),
    [
        (lit(HELD, 0.004), Advice.TOO_DARK),
        (lit(DESK, 1.0, 80), Advice.GLARE),
        (blurred(HELD, 9.0), Advice.OUT_OF_FOCUS),
        (SMALL, Advice.TOO_FAR),
    ],
    ids=["dark", "bright", "blurred", "far"],
)
def test_what_is_in_the_way_is_said_within_two_seconds(scene: Pixels, advice: Advice) -> None:
    said = [looked.advice for looked in watched((DESK, 1.0), (scene, 2.0))]
    assert set(said[: round(FPS * 1.4)]) == {Advice.NONE}
    assert said[-1] == advice
    assert set(said) == {Advice.NONE, advice}


def test_a_code_that_is_read_needs_no_advice() -> None:
    assert {looked.advice for looked in watched((DESK, 1.0), (HELD, 2.0), (DESK, 2.0))} == {Advice.NONE}


def test_the_counter_itself_is_never_advised_upon() -> None:
    patterned = blurred(on_desk((ean(), (100, 100)), (qr(QR_TEXT), (400, 200)), size=SIZE), 9.0)
    said = [looked.advice for looked in watched((patterned, 8.0), (DESK, 0.2), (patterned, 1.0))]
    assert set(said) == {Advice.NONE}


def test_words_stay_for_a_second_and_go_when_the_code_is_read() -> None:
    said = [looked.advice for looked in watched((DESK, 1.0), (blurred(HELD, 9.0), 2.0), (HELD, 1.0))]
    assert said[-1] == Advice.NONE
    assert said.count(Advice.OUT_OF_FOCUS) >= round(FPS * 0.5)


def test_a_code_that_flickers_is_named() -> None:
    first, second = (on_desk((qr(text), (200, 140)), size=SIZE) for text in ("7111", "7222"))
    scenes = [(first if turn % 2 == 0 else second, 0.2) for turn in range(15)]
    looks = list(watched(*scenes))
    assert [code.text for looked in looks for code in looked.news] == ["7111"]
    assert Advice.CHANGING in {looked.advice for looked in looks}


@pytest.mark.parametrize("sigma", [0.0, 4.0, 8.0])
def test_a_likely_place_holds_the_code_and_tells_how_sharp_it_is(sigma: float) -> None:
    place = likely_place(blurred(HELD, sigma) if sigma else HELD)
    assert place is not None
    region = place.region
    assert pytest.approx([region.left, region.top, region.right, region.bottom], abs=20) == [170, 100, 390, 320]
    assert (place.sharpness > 0.5, place.sharpness < 0.3) == (sigma == 0.0, sigma > 0.0)


@pytest.mark.parametrize("size", [(1, 1), (40, 640), (480, 640)])
def test_an_empty_picture_of_any_size_has_no_likely_place(size: tuple[int, int]) -> None:
    assert likely_place(np.full(size, 128, np.uint8)) is None
