"""Cameras, films and folders of pictures behind one port, with real files and the real OpenCV."""

import os
from itertools import pairwise
from pathlib import Path
from time import monotonic

import numpy as np
import pytest
import zxingcpp

from pos_client.domain.errors import CameraUnavailable, PictureUnreadable, UsageError
from pos_client.scanner.frame import Frame
from pos_client.scanner.sources import open_source
from pos_client.scanner.sources.camera import CameraSource
from pos_client.scanner.sources.no_source import NoSource
from pos_client.scanner.sources.picture_folder import PictureFolderSource
from pos_client.scanner.sources.port import FrameSource
from pos_client.scanner.sources.video_file import VideoFileSource
from tests.integration.scanner.drawn_codes import QR_TEXT, film, on_desk, qr, save

DESK = on_desk(size=(120, 160))


def shades(count: int) -> list[np.ndarray[tuple[int, int], np.dtype[np.uint8]]]:
    return [np.full((120, 160), 20 * index + 10, np.uint8) for index in range(count)]


def all_frames(source: FrameSource) -> list[Frame]:
    source.open()
    frames = []
    while not source.has_ended:
        frame = source.read(1.0)
        frames += [] if frame is None else [frame]
    source.close()
    return frames


def until_lost(source: FrameSource) -> int:
    count = 0
    while True:
        try:
            count += source.read(5.0) is not None
        except CameraUnavailable:
            return count


@pytest.mark.parametrize(
    ("spec", "kind", "name"),
    [
        ("camera:0", CameraSource, "camera:0"),
        ("camera:/dev/video7", CameraSource, "camera:/dev/video7"),
        ("file:a film.mp4", VideoFileSource, "file:a film.mp4"),
        ("folder:pictures", PictureFolderSource, "folder:pictures"),
        ("none", NoSource, "none"),
    ],
)
def test_a_spec_names_its_source(spec: str, kind: type, name: str) -> None:
    source = open_source(spec)
    assert (type(source), source.name) == (kind, name)


@pytest.mark.parametrize("spec", ["", "camera", "camera:", "none:1", "usb:0", "folder:"])
def test_an_unknown_spec_is_refused(spec: str) -> None:
    with pytest.raises(UsageError):
        open_source(spec)


@pytest.mark.parametrize("device", [63, "/nowhere/video0"])
def test_a_camera_that_is_not_there_says_so(device: int | str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CameraUnavailable):
        CameraSource(device).open()
    assert capfd.readouterr().err == ""


def test_a_camera_that_was_never_opened_gives_nothing() -> None:
    with pytest.raises(CameraUnavailable):
        CameraSource(0).read(0.0)


def test_a_camera_gives_frames_until_it_is_lost_and_can_be_opened_again(tmp_path: Path) -> None:
    camera = CameraSource(str(film(tmp_path / "film.avi", shades(8))))
    for _ in range(2):
        camera.open()
        assert until_lost(camera) >= 1
        camera.close()
    camera.close()


def test_frames_are_grey_for_decoders_and_coloured_for_the_window(tmp_path: Path) -> None:
    frame = all_frames(VideoFileSource(film(tmp_path / "film.avi", [DESK]), is_paced=False))[0]
    assert frame.grey.shape == (120, 160)
    assert frame.bgr is not None
    assert frame.bgr.shape == (120, 160, 3)
    assert frame.taken_at.utcoffset() is not None


def test_an_unpaced_film_gives_every_frame_with_the_film_s_own_times(tmp_path: Path) -> None:
    frames = all_frames(VideoFileSource(film(tmp_path / "film.avi", shades(10), fps=5.0), is_paced=False))
    assert [frame.number for frame in frames] == list(range(1, 11))
    assert round(frames[-1].monotonic_s - frames[0].monotonic_s, 6) == 1.8


def test_a_paced_film_drops_what_is_late_and_never_goes_back(tmp_path: Path) -> None:
    frames = all_frames(VideoFileSource(film(tmp_path / "film.avi", shades(12), fps=100.0)))
    means = [float(frame.grey.mean()) for frame in frames]
    assert means == sorted(means)
    assert 1 <= len(frames) <= 12


def test_a_looping_film_begins_anew(tmp_path: Path) -> None:
    source = VideoFileSource(film(tmp_path / "film.avi", shades(3), fps=200.0), loops=True)
    source.open()
    means: list[float] = []
    while not any(later < earlier for earlier, later in pairwise(means)):
        frame = source.read(1.0)
        means += [] if frame is None else [float(frame.grey.mean())]
    source.close()
    assert source.has_ended is False


@pytest.mark.parametrize("content", [None, b"", b"no film at all"])
def test_what_is_no_film_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "film.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PictureUnreadable):
        VideoFileSource(path).open()


def test_a_folder_shows_its_pictures_with_blanks_between_and_each_showing_has_one_number(tmp_path: Path) -> None:
    save(qr(QR_TEXT), tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes(b"torn")
    save(qr("7299"), tmp_path / "3.png")
    frames = all_frames(PictureFolderSource(tmp_path, show_s=0.2, blank_s=0.2, stays=False))
    showings = {frame.number: frame.grey for frame in frames}
    assert all(np.array_equal(frame.grey, showings[frame.number]) for frame in frames)
    assert [bool(grey.min() == grey.max()) for grey in showings.values()] == [False, True, False, True]


def test_a_picture_that_is_new_or_touched_is_held_up(tmp_path: Path) -> None:
    save(qr(QR_TEXT), tmp_path / "1.png")
    source = PictureFolderSource(tmp_path, show_s=0.02, blank_s=0.02)
    source.open()
    assert shown_texts(source, 1.0) == [QR_TEXT]
    (tmp_path / "2.png").write_bytes(b"half of it so far")
    assert shown_texts(source, 1.0) == []
    save(qr("7299"), tmp_path / "2.png")
    assert shown_texts(source, 1.0) == ["7299"]
    os.utime(tmp_path / "1.png", ns=(1, 1))
    assert shown_texts(source, 1.0) == [QR_TEXT]
    (tmp_path / "1.png").unlink()
    assert shown_texts(source, 1.0) == []
    source.close()
    assert source.has_ended is False


def test_a_folder_that_was_looked_into_before_shows_each_picture_once(tmp_path: Path) -> None:
    save(qr(QR_TEXT), tmp_path / "1.png")
    save(qr("7299"), tmp_path / "2.png")
    source = PictureFolderSource(tmp_path, show_s=0.02, blank_s=0.02)
    source.open()
    source.close()
    source.open()
    assert shown_texts(source, 1.0) == [QR_TEXT, "7299"]
    source.close()


def shown_texts(source: PictureFolderSource, for_s: float) -> list[str]:
    """What the pictures of a while say, each showing once."""
    pictures: dict[int, Frame] = {}
    until_s = monotonic() + for_s
    while monotonic() < until_s:
        if (frame := source.read(0.1)) is not None and frame.grey.min() != frame.grey.max():
            pictures[frame.number] = frame
    return [code.text for frame in pictures.values() for code in zxingcpp.read_barcodes(frame.grey)]


def test_a_folder_of_torn_pictures_ends_even_where_it_stays(tmp_path: Path) -> None:
    for name in ("1.png", "2.png"):
        (tmp_path / name).write_bytes(b"torn")
    assert all_frames(PictureFolderSource(tmp_path)) == []


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_without_pictures_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PictureUnreadable):
        PictureFolderSource(tmp_path / name).open()
