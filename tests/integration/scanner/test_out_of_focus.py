"""EAN-13 and UPC-A before a lens out of focus: read where the libraries read nothing, doubted where there is doubt."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxingcpp import BarcodeFormat

from pos_client.scanner.cascade import StillCascade
from pos_client.scanner.decoders.fitted.fit import fit_ean13, promising
from pos_client.scanner.decoders.fitted_decoder import FittedDecoder
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.decoders.port import Manner
from pos_client.scanner.frame import Detection, Pixels
from pos_client.scanner.symbology import RETAIL, Symbology
from tests.integration.scanner.drawn_codes import EAN, drawn, ean, on_desk, qr
from tests.scan_set.lens import disk
from tests.scan_set.out_of_focus import out_of_focus, text_of

MODULE = 3
UPC = "614141000036"


def defocused(picture: Pixels, modules: float) -> Pixels:
    return np.asarray(cv2.filter2D(picture, -1, disk(modules * MODULE)), np.uint8)


def read(picture: Pixels) -> list[Detection]:
    return StillCascade(open_decoders().opened, RETAIL, 5.0).read(picture)


def told(picture: Pixels) -> list[tuple[str, bool]]:
    return [(code.text, code.believed) for code in read(picture)]


def lines(code: Pixels, modules: float) -> Pixels:
    """Rows across a code alone, as bands are drawn."""
    return defocused(code, modules)[60:75]


@pytest.mark.parametrize("radius", [1.1, 1.4, 1.7])
@pytest.mark.parametrize(("number", "is_bent"), [(0, False), (1, True), (2, False), (3, True)])
def test_what_no_library_reads_is_read_and_believed(radius: float, number: int, is_bent: bool) -> None:
    picture = out_of_focus(number, radius, is_bent=is_bent)
    opened = open_decoders().opened
    assert [reading for name in opened if name != "fitted" for reading in opened[name].read(picture, RETAIL)] == []
    assert told(picture) == [(text_of(number), True)]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_code_on_its_head_or_side_is_read_too(turns: int) -> None:
    picture = np.ascontiguousarray(np.rot90(out_of_focus(4, 1.4), turns))
    (code,) = read(picture)
    assert (code.text, code.believed) == (text_of(4), True)
    assert ("fitted:bands/upper" in code.looks) == ("fitted:bands/lower" in code.looks)


def test_the_outline_lies_on_the_code() -> None:
    code = ean(scale=MODULE)
    picture = defocused(on_desk((code, (150, 180)), size=(640, 640)), 1.5)
    (found,) = read(picture)
    xs = [x for x, _ in found.corners]
    assert abs(min(xs) - (150 + 40)) < 40
    assert abs(max(xs) - min(xs) - 95 * MODULE) < 4 * MODULE


def test_upc_a_is_twelve_digits() -> None:
    code = drawn(BarcodeFormat.UPCA, UPC, MODULE)
    (found,) = read(defocused(on_desk((code, (150, 180)), size=(640, 640)), 1.4))
    assert (found.text, found.symbology, found.believed) == (UPC, Symbology.UPCA, True)


def test_a_camera_that_lifts_the_shades_is_no_hindrance() -> None:
    """Cameras store light by its root; the sum of bumps then is no sum any more."""
    light = defocused(on_desk((ean(scale=MODULE), (150, 180)), size=(640, 640)), 1.4)
    lifted = np.asarray(255 * (0.06 + 0.94 * light / 255.0) ** 0.45, np.uint8)
    assert told(lifted) == [(EAN, True)]


@pytest.mark.parametrize(
    "code",
    [
        *(drawn(BarcodeFormat.Code128, text, MODULE) for text in ("POS-0815", "4006381333931")),
        *(drawn(BarcodeFormat.ITF, text, MODULE) for text in ("04006381333931", "216736")),
        *(drawn(BarcodeFormat.Code39, text, MODULE) for text in ("COUPON 7", "12345")),
        *(drawn(BarcodeFormat.EAN8, text, MODULE) for text in ("96385074", "40170725")),
        drawn(BarcodeFormat.UPCE, "04252614", MODULE),
        drawn(BarcodeFormat.DataBarOmni, "04006381333931", MODULE),
        qr("a coupon", 4),
    ],
    ids=lambda code: f"{code.shape[1]} wide",
)
@pytest.mark.parametrize("radius", [0.3, 1.0, 1.6])
def test_nothing_is_made_of_other_codes(code: Pixels, radius: float) -> None:
    assert FittedDecoder().read(lines(code, radius), RETAIL) == []


@pytest.mark.parametrize("hidden", range(60, 320, 20))
@pytest.mark.parametrize("shade", [0, 230])
def test_a_hidden_digit_is_never_made_up(hidden: int, shade: int) -> None:
    """A stripe from top to bottom hides the same from the upper and the lower half."""
    code = ean(scale=MODULE)
    code[:, hidden : hidden + 6 * MODULE] = shade
    picture = defocused(on_desk((code, (150, 180)), size=(640, 640)), 1.2)
    assert [code.text for code in read(picture) if code.believed and code.text != EAN] == []


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_made_of_bars_that_are_no_code(seed: int) -> None:
    rng = np.random.default_rng(seed)
    widths = rng.integers(1, 5, 60)
    bars = np.repeat(np.arange(60) % 2 * 200 + 30, widths * MODULE).astype(np.float64)
    line = np.r_[np.full(40, 230.0), bars, np.full(40, 230.0)]
    blurred = np.convolve(line, np.full(5, 0.2), "same") + rng.normal(0, 4, len(line))
    seen = np.clip(blurred, 0, 255)
    fit = fit_ean13(seen, promising(seen))
    assert fit is None or not fit.is_likely


@pytest.mark.parametrize(
    "picture",
    [
        *(np.zeros(shape, np.uint8) for shape in ((0, 0), (1, 1), (2, 600))),
        *(np.full(shape, 128, np.uint8) for shape in ((15, 119), (15, 600), (1, 600))),
        np.tile(np.array([0, 255], np.uint8), (15, 300)),
        np.eye(600, dtype=np.uint8) * 255,
    ],
    ids=lambda picture: "x".join(str(side) for side in picture.shape),
)
def test_any_rows_at_all_are_an_empty_answer(picture: Pixels) -> None:
    assert FittedDecoder().read(picture, RETAIL) == []


def test_a_kind_that_is_not_asked_for_is_not_told() -> None:
    rows = lines(ean(scale=MODULE), 1.4)
    assert [reading.text for reading in FittedDecoder().read(rows, frozenset({Symbology.EAN13}))] == [EAN]
    assert FittedDecoder().read(rows, frozenset({Symbology.UPCA, Symbology.QR_CODE})) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 16), st.integers(100, 900), st.integers(0, 2**32 - 1), st.sampled_from([1, 3, 40]))
def test_no_rows_trip_it(rows: int, positions: int, seed: int, step: int) -> None:
    """Noise, stripes and flat stretches of any size; an answer to them would be a number made of nothing."""
    rng = np.random.default_rng(seed)
    line = np.repeat(rng.integers(0, 256, positions // step + 1), step)[:positions]
    noise = rng.integers(-3, 4, (rows, positions)) * int(rng.integers(0, 2))
    picture = np.clip(line + noise, 0, 255).astype(np.uint8)
    assert FittedDecoder().read(picture, RETAIL, Manner.HALVES) == []
