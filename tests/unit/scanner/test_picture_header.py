"""A file's own marks: size and wholeness, of whole, torn and hostile files."""

import struct
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.scanner.picture_header import PictureHeader, read_header

PICTURE = np.random.default_rng(5).integers(0, 255, (40, 70, 3), dtype=np.uint8)


def encoded(suffix: str, *options: int) -> bytes:
    return bytes(cv2.imencode(suffix, PICTURE, options)[1])


FILES = {
    "png": encoded(".png"),
    "jpeg": encoded(".jpg"),
    "webp": encoded(".webp"),
    "bmp": encoded(".bmp"),
    "webp lossy": encoded(".webp", cv2.IMWRITE_WEBP_QUALITY, 60),
    "jpeg progressive": encoded(".jpg", cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
}


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_tells_its_kind_and_size(name: str) -> None:
    assert read_header(FILES[name]) == PictureHeader(name.split(maxsplit=1)[0], 70, 40, is_whole=True)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_a_file_cut_anywhere_is_never_whole(name: str, data: st.DataObject) -> None:
    whole = FILES[name]
    # The last two bytes of a JPEG are its end mark; after the mark nothing is missed.
    cut = data.draw(st.integers(16, len(whole) - 2))
    header = read_header(whole[:cut])
    assert header is not None
    assert header.is_whole is False


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    header = read_header(data)
    assert header is None or header.width >= 0


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200), st.integers(0, 100))
def test_a_file_with_other_bytes_inside_is_answered(name: str, noise: bytes, at: int) -> None:
    whole = FILES[name]
    header = read_header(whole[:at] + noise + whole[at + len(noise) :])
    assert header is None or header.height >= 0


def test_a_png_with_one_wrong_bit_is_not_whole() -> None:
    broken = bytearray(FILES["png"])
    broken[len(broken) // 2] ^= 1
    assert read_header(bytes(broken)) == PictureHeader("png", 70, 40, is_whole=False)


def test_a_huge_size_is_read_without_being_believed() -> None:
    head = struct.pack(">II", 100_000, 100_000) + bytes([8, 2, 0, 0, 0])
    chunk = b"IHDR" + head
    end = b"\x00\x00\x00\x00IEND\xaeB`\x82"
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + end
    assert read_header(data) == PictureHeader("png", 100_000, 100_000, is_whole=True)


def test_a_preview_s_end_mark_does_not_make_a_torn_photograph_whole() -> None:
    whole = FILES["jpeg"]
    thumbnail = b"\xff\xe1" + struct.pack(">H", 2 + len(whole)) + whole
    torn = whole[:2] + thumbnail + whole[2 : len(whole) // 2]
    assert read_header(torn) == PictureHeader("jpeg", 70, 40, is_whole=False)


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"\xff\xd8", b"RIFF"])
def test_what_is_no_picture_has_no_header(data: bytes) -> None:
    assert read_header(data) is None


def test_a_gif_ends_with_its_trailer() -> None:
    gif = b"GIF89a" + struct.pack("<HH", 70, 40) + b"\x00\x00\x00" + b"," + b"x" * 20 + b";"
    assert read_header(gif) == PictureHeader("gif", 70, 40, is_whole=True)
    assert read_header(gif[:-1]) == PictureHeader("gif", 70, 40, is_whole=False)
