"""Pictures cut out of bytes that come in any pieces, from the middle, or are no pictures at all."""

from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.scanner.frame import Pixels
from pos_client.scanner.sources import picture_stream
from pos_client.scanner.sources.picture_stream import PictureStream

WIDTH, HEIGHT = 32, 24
HEAD = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F25:1 Ip A1:1 C420jpeg\n".encode()


def shade(grey: int) -> Pixels:
    return np.full((HEIGHT, WIDTH), grey, np.uint8)


def jpeg(grey: int) -> bytes:
    good, coded = cv2.imencode(".jpg", cv2.cvtColor(shade(grey), cv2.COLOR_GRAY2BGR))
    assert good
    return coded.tobytes()


def raw(grey: int, chroma: int = WIDTH * HEIGHT // 2) -> bytes:
    return b"FRAME\n" + shade(grey).tobytes() + b"\x80" * chroma


def seen(stream: PictureStream, pieces: list[bytes]) -> list[int]:
    pictures = [stream.feed(piece) for piece in pieces]
    return [round(float(picture.mean())) for picture in pictures if picture is not None]


def in_pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    at = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[begin:end] for begin, end in pairwise(at)]


@given(st.lists(st.integers(0, 10_000), max_size=12), st.booleans())
def test_however_it_is_cut_the_last_picture_is_seen_and_none_goes_back(cuts: list[int], is_raw: bool) -> None:
    shades = [40, 90, 140, 190]
    data = HEAD + b"".join(map(raw, shades)) if is_raw else b"".join(map(jpeg, shades))
    found = seen(PictureStream(), in_pieces(data, cuts))
    assert found[-1] == 190
    assert set(found) <= set(shades)
    assert found == sorted(found)


def test_of_many_pictures_at_once_only_the_newest_is_opened() -> None:
    assert seen(PictureStream(), [b"".join(map(jpeg, (10, 100, 200)))]) == [200]
    assert seen(PictureStream(), [HEAD + b"".join(map(raw, (10, 100, 200)))]) == [200]


def test_a_stream_may_be_joined_in_the_middle_of_a_picture() -> None:
    assert seen(PictureStream(), [jpeg(10)[100:], jpeg(200)]) == [200]


@given(st.binary(max_size=400))
def test_what_is_no_picture_is_passed_over(noise: bytes) -> None:
    assert seen(PictureStream(), [noise, jpeg(200), jpeg(200)])[-1:] == [200]


@pytest.mark.parametrize(
    ("head", "chroma"),
    [
        (HEAD, WIDTH * HEIGHT // 2),
        (HEAD.replace(b" C420jpeg", b""), WIDTH * HEIGHT // 2),
        (HEAD.replace(b"420jpeg", b"422"), WIDTH * HEIGHT),
        (HEAD.replace(b"420jpeg", b"444"), WIDTH * HEIGHT * 2),
        (HEAD.replace(b"420jpeg", b"mono"), 0),
    ],
)
def test_a_raw_stream_says_its_own_form(head: bytes, chroma: int) -> None:
    assert seen(PictureStream(), [head, raw(10, chroma), raw(200, chroma)]) == [10, 200]


@pytest.mark.parametrize(
    "head",
    [
        b"YUV4MPEG2 W99999 H99999 C420\n",
        b"YUV4MPEG2 W0 H0 C420\n",
        b"YUV4MPEG2 W-4 H4 C420\n",
        b"YUV4MPEG2 C420\n",
        b"YUV4MPEG2 W33 H25 C420\n",
        b"YUV4MPEG2 W32 H24 C420p10\n",
        b"YUV4MPEG2 " + b"x" * 5_000,
    ],
)
def test_a_form_that_is_not_known_is_no_picture(head: bytes) -> None:
    assert seen(PictureStream(), [head, raw(10), jpeg(200)]) == [200]


def test_a_picture_that_says_it_is_enormous_is_passed_over() -> None:
    coded = bytearray(jpeg(10))
    at = coded.index(b"\xff\xc0") + 5
    coded[at : at + 4] = (30_000).to_bytes(2, "big") * 2
    assert seen(PictureStream(), [bytes(coded), jpeg(200)]) == [200]


def test_another_writer_may_send_another_form() -> None:
    stream = PictureStream()
    assert seen(stream, [HEAD, raw(10), jpeg(100), jpeg(150), HEAD, HEAD + raw(200)])[0] == 10
    assert seen(stream, [jpeg(90)]) == [90]


def test_no_more_is_kept_than_a_picture_may_be_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_stream, "LONGEST", 10_000)
    stream = PictureStream()
    assert seen(stream, [b"\xff\xd8\xff" + bytes(9_000)] * 5) == []
    assert len(stream._kept) <= 10_000
    assert seen(stream, [jpeg(200)]) == [200]
