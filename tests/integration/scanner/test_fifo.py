"""A named pipe with a real writer: it comes, falls silent, goes on, dies and comes back."""

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from pos_client.domain.errors import CameraTrouble
from pos_client.scanner.sources import open_source
from pos_client.scanner.sources.fifo import FifoSource
from tests.fakes.pipe_writer import PipeWriter
from tests.integration.scanner.drawn_codes import QR_TEXT, on_desk, qr
from tests.integration.scanner.live_watch import first_frame, shades_until_lost, trouble_at_opening, trouble_of

PICTURE = on_desk((qr(QR_TEXT), (200, 140)))


def test_pictures_come_through_a_pipe(tmp_path: Path) -> None:
    with PipeWriter(tmp_path / "pictures", PICTURE):
        source = open_source(f"fifo:{tmp_path / 'pictures'}")
        source.open()
        frame = first_frame(source)
        source.close()
    assert source.name == f"fifo:{tmp_path / 'pictures'}"
    assert frame.grey.shape == PICTURE.shape


def test_a_writer_that_dies_is_told_and_the_next_one_is_heard(tmp_path: Path) -> None:
    pipe = tmp_path / "pictures"
    source = FifoSource(pipe)
    for _ in range(2):
        with PipeWriter(pipe, PICTURE) as writer:
            source.open()
            first_frame(source)
            writer.end()
            assert trouble_of(source) is CameraTrouble.ENDED
            source.close()


def test_a_silent_writer_is_told_survives_and_is_heard_again(tmp_path: Path) -> None:
    with PipeWriter(tmp_path / "pictures", PICTURE) as writer:
        source = FifoSource(tmp_path / "pictures")
        source.open()
        first_frame(source)
        writer.stop()
        silent = trouble_of(source)
        source.close()
        writer.go_on()
        source.open()
        frame = first_frame(source)
        source.close()
        assert writer.is_alive
    assert silent is CameraTrouble.STALLED
    assert frame.grey.shape == PICTURE.shape


def test_a_raw_stream_that_was_silent_goes_on_without_a_new_head(tmp_path: Path) -> None:
    pipe = tmp_path / "pictures"
    os.mkfifo(pipe)
    source = FifoSource(pipe)
    source.open()
    with pipe.open("wb", 0) as writer:
        frame = b"FRAME\n" + bytes(32 * 24)
        writer.write(b"YUV4MPEG2 W32 H24 Cmono\n" + frame + frame[:100])
        assert first_frame(source).grey.shape == (24, 32)
        source.close()
        source.open()
        writer.write(frame[100:])
        assert first_frame(source).grey.shape == (24, 32)
    source.close()


def test_a_pipe_into_which_nobody_writes_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pictures")
    source = FifoSource(tmp_path / "pictures")
    begun_s = monotonic()
    source.open()
    assert source.read(0.1) is None
    source.close()
    assert monotonic() - begun_s < 2.0
    assert trouble_at_opening(source) is CameraTrouble.ENDED


def test_a_slow_reader_sees_the_newest_picture(tmp_path: Path) -> None:
    pipe = tmp_path / "pictures"
    os.mkfifo(pipe)
    source = FifoSource(pipe)
    source.open()
    written = threading.Event()

    def write() -> None:
        with pipe.open("wb", 0) as writer:
            writer.write(b"YUV4MPEG2 W64 H48 Cmono\n")
            for shade in range(200):
                writer.write(b"FRAME\n" + bytes([shade]) * (64 * 48))
            written.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert written.wait(30)
    thread.join()
    shades = shades_until_lost(source)
    source.close()
    assert shades[-1] == 199
    assert len(shades) < 20


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [
        ("nothing", CameraTrouble.NO_SUCH_DEVICE),
        ("file", CameraTrouble.NOT_A_CAMERA),
        ("folder", CameraTrouble.NOT_A_CAMERA),
    ],
)
def test_what_is_no_pipe_is_told(tmp_path: Path, kind: str, trouble: CameraTrouble) -> None:
    path = tmp_path / "pictures"
    if kind == "file":
        path.write_bytes(b"")
    elif kind == "folder":
        path.mkdir()
    assert trouble_at_opening(FifoSource(path)) is trouble


def test_a_pipe_that_this_user_may_not_read_is_told(tmp_path: Path) -> None:
    pipe = tmp_path / "pictures"
    os.mkfifo(pipe)
    pipe.chmod(0)
    with as_nobody(tmp_path):
        assert trouble_at_opening(FifoSource(pipe)) is CameraTrouble.PERMISSION
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Give up the rights of root for a while; anybody else has none to give up."""
    if os.geteuid() != 0:
        yield
        return
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)
