"""Linear codes found by their bars and read laid straight: at any tilt, out of focus, in noise."""

from math import degrees

import cv2
import numpy as np
import pytest
from zxingcpp import BarcodeFormat

from pos_client.scanner.bands import LOWER, UPPER, Bands, refocused, untouched
from pos_client.scanner.cascade import StillCascade
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.decoders.port import Manner
from pos_client.scanner.frame import Detection, Pixels
from pos_client.scanner.line_places import line_places
from pos_client.scanner.remainder import where_more
from pos_client.scanner.symbology import LINEAR, RETAIL, Symbology
from pos_client.scanner.texture import texture_of
from tests.integration.scanner.drawn_codes import EAN, QR_TEXT, drawn, ean, on_dark_display, on_desk, qr, turned

DESK = (640, 640)
DESK_GREY = 170


def tilted(angle: float) -> Pixels:
    return turned(on_desk((ean(scale=3), (150, 180)), size=DESK), angle)


def out_of_focus(picture: Pixels, radius: int) -> Pixels:
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)).astype(np.float32)
    return np.asarray(cv2.filter2D(picture, -1, disk / disk.sum()), np.uint8)


@pytest.mark.parametrize("angle", [0, 10, 22, 45, 67, 90, 135])
def test_bars_are_found_with_their_angle(angle: int) -> None:
    place = line_places(texture_of(tilted(angle)), 1)[0]
    assert abs((degrees(place.angle) + angle + 90) % 180 - 90) < 4


def striped(*stretches: tuple[int, int]) -> Pixels:
    """Bars between the given columns of a grey picture."""
    picture = np.full((300, 600), 160, np.uint8)
    for left, right in stretches:
        picture[100:200, left:right] = np.where(np.arange(left, right) // 4 % 2, 40, 200).astype(np.uint8)
    return picture


def test_halves_of_a_code_are_looked_at_together_and_by_themselves() -> None:
    places = line_places(texture_of(turned(striped((100, 240), (290, 440)), 10)), 3)
    assert [round(place.length, -2) for place in places] == [400, 200, 200]


@pytest.mark.parametrize(
    "stretches",
    [[(100, 240)], [(40, 140), (400, 500)], [(60, 340), (390, 440)]],
    ids=["alone", "far apart", "a short one"],
)
def test_other_places_are_left_apart(stretches: list[tuple[int, int]]) -> None:
    places = line_places(texture_of(striped(*stretches)), 3)
    assert len(places) == len(stretches)


@pytest.mark.parametrize("angle", [0, 22, 45, 67])
def test_both_halves_of_a_tilted_code_are_read_and_outlined(angle: int) -> None:
    picture = tilted(angle)
    bands = Bands(picture, line_places(texture_of(picture), 1)[0])
    zxing = open_decoders().opened["zxing"]
    drawn = bands.drawn(untouched)
    read = [(half, reading) for half, rows in drawn for reading in zxing.read(rows, LINEAR, Manner.ROWS)]
    assert [(half, reading.text) for half, reading in read] == [(UPPER, EAN), (LOWER, EAN)]
    outline = np.array(bands.in_picture(read[0][1].corners))
    assert np.abs(outline.mean(axis=0) - np.array(DESK) / 2).max() < 60


def test_a_code_out_of_focus_is_believed_where_the_library_alone_reads_none() -> None:
    blurred = out_of_focus(tilted(45), 3)
    zxing = open_decoders().opened["zxing"]
    assert zxing.read(blurred, RETAIL) == []
    codes = StillCascade(open_decoders().opened, RETAIL, 5.0).read(blurred)
    assert [(code.text, code.believed) for code in codes] == [(EAN, True)]


@pytest.mark.parametrize("angle", [0, 20, 90])
@pytest.mark.parametrize(("code", "text"), [(ean(), EAN), (drawn(BarcodeFormat.Code128, "POS-0815"), "POS-0815")])
def test_a_code_light_on_dark_is_believed_and_says_so(code: Pixels, text: str, angle: int) -> None:
    picture = turned(on_dark_display(code, DESK), angle)
    assert open_decoders().opened["zxing"].read(picture, LINEAR) == []
    (found,) = StillCascade(open_decoders().opened, RETAIL, 5.0).read(picture)
    assert (found.text, found.believed) == (text, True)
    assert all(":bands-inverted" in look for look in found.looks)
    assert np.abs(np.array(found.corners).mean(axis=0) - np.array(DESK) / 2).max() < 60


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (BarcodeFormat.PDF417, "COUPON-2026-0815"),
        (BarcodeFormat.DataBarStkOmni, "04006381333931"),
        (BarcodeFormat.DataBarExpStk, "[01]04006381333931[3103]000123"),
    ],
)
def test_stacked_codes_light_on_dark_are_read_on_the_negative(kind: BarcodeFormat, text: str) -> None:
    picture = on_dark_display(drawn(kind, text, 2), (600, 760))
    picture[picture == DESK_GREY] = 30
    assert open_decoders().opened["zxing"].read(picture, RETAIL) == []
    (found,) = StillCascade(open_decoders().opened, RETAIL, 5.0).read(picture)
    assert found.believed
    assert all("negative" in look for look in found.looks)


def test_inverted_bands_are_offered_only_where_it_is_dark_beside_the_bars() -> None:
    on_paper, on_display = tilted(20), on_dark_display(ean(), DESK)
    bands = [Bands(picture, line_places(texture_of(picture), 1)[0]) for picture in (on_paper, on_display)]
    assert [place.is_dark_beside for place in bands] == [False, True]


def test_refocusing_keeps_the_mean_and_adds_contrast() -> None:
    lines = np.asarray(127 + 50 * np.sin(np.arange(400) / 3)[None, :].repeat(4, axis=0), np.float32)
    sharp = refocused(5.0, 0.01)(lines)
    assert sharp.shape == lines.shape
    assert abs(float(sharp.mean()) - float(lines.mean())) < 2
    assert float(sharp[:, 50:-50].std()) > float(lines.std())


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (5, 300), (300, 5), (17, 17)])
def test_pictures_of_any_size_have_their_places_or_none(size: tuple[int, int]) -> None:
    assert line_places(texture_of(np.full(size, 128, np.uint8)), 3) == []


def test_noise_has_no_bars() -> None:
    assert line_places(texture_of(np.random.default_rng(1).integers(100, 140, (480, 640), dtype=np.uint8)), 3) == []


def found(picture: Pixels) -> list[Detection]:
    readings = open_decoders().opened["zxing"].read(picture, RETAIL, Manner.FIRST)
    return [Detection(reading.text, Symbology.QR_CODE, reading.corners, "zxing", "full") for reading in readings]


def test_a_picture_of_one_code_holds_no_more() -> None:
    picture = on_desk((qr(QR_TEXT), (200, 140)))
    assert where_more(picture, found(picture)) is None


def test_a_second_code_of_another_kind_may_be_there() -> None:
    picture = on_desk((qr(QR_TEXT), (20, 20)), (ean(), (215, 250)))
    assert where_more(picture, found(picture)) is not None
