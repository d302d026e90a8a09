"""Picture files: each ends in one named result, in bounded time, whatever it is."""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from zxingcpp import BarcodeFormat

from pos_client.domain.errors import PictureUnreadable
from pos_client.scanner.picture_file import load_colour, load_grey, pictures_in
from pos_client.scanner.still import PictureOutcome, decode_picture, outcome_of_fault
from tests.integration.scanner.drawn_codes import EAN, QR_TEXT, drawn, ean, on_desk, qr, save, turned

CODES = Path(__file__).parents[2] / "data" / "codes"


def told(path: Path) -> list[tuple[str, bool]]:
    return [(code.text, code.believed) for code in decode_picture(path).codes]


def why_of(path: Path) -> tuple[str, PictureOutcome]:
    with pytest.raises(PictureUnreadable) as caught:
        decode_picture(path)
    return str(caught.value.facts["why"]), outcome_of_fault(caught.value)


def test_one_code() -> None:
    result = decode_picture(CODES / "one_qr.png")
    assert (result.outcome, told(result.path)) == (PictureOutcome.FOUND, [(QR_TEXT, True)])


def test_two_codes() -> None:
    result = decode_picture(CODES / "two_qr.png")
    assert result.outcome is PictureOutcome.SEVERAL_CODES
    assert sorted(told(result.path)) == [(QR_TEXT, True), ("71" + "9" * 40, True)]


def test_a_linear_code_is_believed_by_several_looks() -> None:
    (code,) = decode_picture(CODES / "one_ean13.png").codes
    assert (code.text, code.believed) == (EAN, True)
    assert len(code.looks) >= 2


def test_no_code() -> None:
    result = decode_picture(CODES / "no_code.png")
    assert (result.outcome, result.codes) == (PictureOutcome.NO_CODE, ())


def test_the_largest_qr_code_there_is() -> None:
    (code,) = decode_picture(CODES / "seven_kilobyte_qr.png").codes
    assert (code.text, code.believed) == ("7" * 7089, True)


@pytest.mark.parametrize(
    ("name", "why", "outcome"),
    [
        ("torn.jpg", "torn", PictureOutcome.UNREADABLE),
        ("empty.png", "empty", PictureOutcome.UNREADABLE),
        ("not_a_picture.png", "not-a-picture", PictureOutcome.NOT_A_PICTURE),
        ("README.md", "not-a-picture", PictureOutcome.NOT_A_PICTURE),
        ("nowhere.png", "missing", PictureOutcome.UNREADABLE),
        ("", "folder", PictureOutcome.UNREADABLE),
    ],
)
def test_what_cannot_be_read_has_a_name(name: str, why: str, outcome: PictureOutcome) -> None:
    assert why_of(CODES / name) == (why, outcome)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".bmp"])
@pytest.mark.parametrize("tenths", [1, 5, 9])
def test_a_file_cut_off_anywhere_is_torn(tmp_path: Path, suffix: str, tenths: int) -> None:
    whole = save(on_desk((qr(QR_TEXT), (200, 140))), tmp_path / f"whole{suffix}")
    assert told(whole) == [(QR_TEXT, True)]
    data = whole.read_bytes()
    torn = tmp_path / f"torn{suffix}"
    torn.write_bytes(data[: len(data) * tenths // 10])
    assert why_of(torn) == ("torn", PictureOutcome.UNREADABLE)


def test_a_picture_that_claims_to_be_huge_is_refused_before_a_pixel_is_decoded(tmp_path: Path) -> None:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    path = tmp_path / "huge.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    assert why_of(path) == ("too-large", PictureOutcome.TOO_LARGE)


def test_a_very_large_photograph_is_read_at_half_its_size_and_told_at_its_own(tmp_path: Path) -> None:
    code = qr(QR_TEXT, scale=20)
    path = save(on_desk((code, (3000, 2000)), size=(5000, 6000)), tmp_path / "large.jpg")
    assert load_grey(path).scale == 2
    (found,) = decode_picture(path).codes
    assert (found.text, found.believed) == (QR_TEXT, True)
    assert np.abs(np.array(found.corners[0]) - np.array([3080, 2080])).max() <= 20


def test_a_transparent_code_lies_on_white_paper(tmp_path: Path) -> None:
    code = qr(QR_TEXT)
    black_ink = np.dstack([np.zeros((*code.shape, 3), np.uint8), 255 - code])
    assert told(save(black_ink, tmp_path / "transparent.png")) == [(QR_TEXT, True)]


def test_sixteen_bits_a_pixel_are_read(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    cv2.imwrite(str(path), qr(QR_TEXT).astype(np.uint16) * 257)
    assert told(path) == [(QR_TEXT, True)]


def test_a_code_in_blue_ink_is_read(tmp_path: Path) -> None:
    code = qr(QR_TEXT)
    blue = np.dstack([np.full_like(code, 255), code, code])
    assert told(save(blue, tmp_path / "blue.png")) == [(QR_TEXT, True)]


@pytest.mark.parametrize("degrees", [0, 15, 35, 45, 60, 90, 180])
def test_a_linear_code_is_believed_at_any_angle(tmp_path: Path, degrees: int) -> None:
    picture = turned(on_desk((ean(scale=3), (150, 150)), size=(640, 640)), degrees)
    assert told(save(picture, tmp_path / "turned.png")) == [(EAN, True)]


def test_the_stage_tells_on_which_view_a_code_was_found(tmp_path: Path) -> None:
    picture = turned(on_desk((drawn(BarcodeFormat.Code128, "COUPON-0815"), (60, 240)), size=(700, 700)), 45)
    (code,) = decode_picture(save(picture, tmp_path / "tilted.png")).codes
    assert (code.text, code.believed) == ("COUPON-0815", True)
    assert code.stage.startswith("bands")


def test_a_linear_code_beside_a_qr_code_is_told_too(tmp_path: Path) -> None:
    path = save(on_desk((qr(QR_TEXT), (20, 20)), (ean(), (215, 250))), tmp_path / "both.png")
    assert sorted(told(path)) == [(EAN, True), (QR_TEXT, True)]


def test_pictures_of_a_folder_are_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.PNG", "a.jpg", "b/1.webp", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.relative_to(tmp_path).as_posix() for path in pictures_in(tmp_path)] == ["a.jpg", "b/1.webp", "b/2.PNG"]


def test_a_grey_file_is_shown_in_colour(tmp_path: Path) -> None:
    assert load_colour(save(qr(QR_TEXT), tmp_path / "grey.png")).ndim == 3
