"""What a picture is made of, and so which looks at it are in vain."""

import numpy as np
import pytest

from pos_client.scanner.frame import Pixels
from pos_client.scanner.texture import texture_of
from tests.integration.scanner.drawn_codes import QR_TEXT, ean, on_desk, qr


def noise(spread: int) -> Pixels:
    return np.random.default_rng(1).integers(128 - spread, 128 + spread, (480, 640), dtype=np.uint8)


def test_a_linear_code_is_all_bars() -> None:
    assert texture_of(on_desk((ean(), (100, 140)))).is_all_bars()


@pytest.mark.parametrize("also", [[], [(ean(), (215, 250))]])
def test_a_matrix_code_is_not_all_bars_whatever_is_beside_it(also: list[tuple[Pixels, tuple[int, int]]]) -> None:
    assert not texture_of(on_desk((qr(QR_TEXT), (20, 20)), *also)).is_all_bars()


def test_noise_from_edge_to_edge_has_no_end() -> None:
    assert texture_of(noise(100)).is_endless()


@pytest.mark.parametrize("picture", [noise(3), on_desk((qr(QR_TEXT), (20, 20))), np.full((480, 640), 128, np.uint8)])
def test_faint_noise_a_code_and_an_empty_picture_are_not_endless(picture: Pixels) -> None:
    assert not texture_of(picture).is_endless()


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (5, 300), (17, 17), (18, 18), (40, 4000)])
def test_pictures_of_any_size_have_a_texture(size: tuple[int, int]) -> None:
    texture = texture_of(np.full(size, 128, np.uint8))
    assert not texture.is_endless()
    assert float(texture.energy().max()) == 0
