"""The number that fits best: right by the standard's tables, and right among all others."""

from itertools import combinations, product

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.domain.codes.check_digits import gs1_check_digit
from pos_client.scanner.decoders.fitted.blur import AT, RADII, Blur, blur_of
from pos_client.scanner.decoders.fitted.symbol import DRAWN, MODULES, Numbers, modules_of
from pos_client.scanner.decoders.fitted.trellis import Trellis

NUMBER = "4006381333931"


def with_check_digit(body: str) -> str:
    return body + gs1_check_digit(body)


def numbers() -> st.SearchStrategy[str]:
    return st.integers(0, 10**12 - 1).map(lambda body: with_check_digit(f"{body:012d}"))


def cost(blur: Blur, darkness: Numbers, text: str) -> float:
    return float(((blur.modules @ modules_of(text) - darkness) ** 2).sum())


@pytest.mark.parametrize(
    "text", [NUMBER, "0012345678905", *(with_check_digit(f"{first}98765432101") for first in range(10))]
)
def test_modules_are_those_that_the_library_draws(text: str) -> None:
    picture = np.array(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.EAN13).to_image(scale=1), np.uint8)
    row = picture[2] < 128
    dark = np.flatnonzero(row)
    assert dark[-1] - dark[0] + 1 == MODULES
    assert row[dark[0] : dark[-1] + 1].astype(float).tolist() == modules_of(text).tolist()


@pytest.mark.parametrize("radius", RADII)
def test_darkness_is_neither_lost_nor_made(radius: float) -> None:
    blur = blur_of(radius)
    shade = (blur.modules @ np.ones(MODULES))[np.abs(AT - MODULES / 2) < 20]
    assert np.allclose(shade, 1.0, atol=0.02)


@pytest.mark.parametrize("radius", RADII[2:])
def test_a_bar_that_grows_by_a_module_at_an_edge_is_a_module_darker(radius: float) -> None:
    blur = blur_of(radius)
    of_edge, of_module = (spread.sum(axis=0)[10:-10] for spread in (blur.edges, blur.modules))
    assert np.allclose(of_edge, of_module[0], rtol=0.05)


@settings(max_examples=40, deadline=None)
@given(numbers(), st.sampled_from(RADII), st.integers(0, 2**32 - 1))
def test_what_is_found_costs_no_more_than_what_was_drawn(text: str, radius: float, seed: int) -> None:
    blur = blur_of(radius)
    darkness = blur.modules @ modules_of(text) + np.random.default_rng(seed).normal(0, 0.15, len(AT))
    found = Trellis(blur, darkness).text()
    assert with_check_digit(found[:-1]) == found
    assert cost(blur, darkness, found) <= cost(blur, darkness, text) + 1e-9


@settings(max_examples=40, deadline=None)
@given(numbers(), st.sampled_from(RADII[:-1]))
def test_a_line_without_noise_gives_its_number(text: str, radius: float) -> None:
    blur = blur_of(radius)
    assert Trellis(blur, blur.modules @ modules_of(text)).text() == text


@pytest.mark.parametrize("radius", [0.7, 1.3, 1.8])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_margin_is_the_distance_to_the_next_best_of_all_neighbours(radius: float, seed: int) -> None:
    """Any other number with a right check digit differs in two drawn digits or more, or in the first digit."""
    blur = blur_of(radius)
    darkness = blur.modules @ modules_of(NUMBER) + np.random.default_rng(seed).normal(0, 0.05, len(AT))
    trellis = Trellis(blur, darkness)
    best = trellis.text()
    others = {
        other
        for places in combinations(range(1, DRAWN + 1), 2)
        for digits in product("0123456789", repeat=2)
        if (other := changed(best, places, digits)) != best and with_check_digit(other[:-1]) == other
    }
    assert len(others) > 500
    nearest = min(cost(blur, darkness, other) for other in others) - cost(blur, darkness, best)
    assert trellis.margin(best) <= nearest + 1e-9
    assert trellis.margin(best) >= 0.5 * nearest


def changed(text: str, places: tuple[int, ...], digits: tuple[str, ...]) -> str:
    letters = list(text)
    for place, digit in zip(places, digits, strict=True):
        letters[place] = digit
    return "".join(letters)
