"""A network camera by RTSP and by HTTP: real sockets on loopback, and OpenCV's own FFmpeg at the other end."""

import logging
import socket
from time import monotonic

import numpy as np
import pytest

from pos_client.domain.errors import CameraTrouble
from pos_client.scanner.sources import SourceWishes, open_source
from pos_client.scanner.sources.trial import Trial, try_source
from tests.fakes.mjpeg_camera import mjpeg_camera
from tests.fakes.rtsp_camera import RtspCamera
from tests.integration.scanner.drawn_codes import QR_TEXT, on_desk, qr
from tests.integration.scanner.live_watch import first_frame, trouble_at_opening, trouble_of

PICTURE = on_desk((qr(QR_TEXT), (200, 140)))


def test_an_rtsp_camera_gives_its_picture() -> None:
    with RtspCamera(PICTURE) as camera:
        source = open_source(f"rtsp://127.0.0.1:{camera.port}/live")
        source.open()
        frame = first_frame(source)
        source.close()
    assert frame.grey.shape == PICTURE.shape
    assert float(np.abs(frame.grey.astype(int) - PICTURE.astype(int)).mean()) < 2


def test_what_it_really_gives_is_told() -> None:
    with RtspCamera(PICTURE, fps=10) as camera:
        given = try_source(open_source(f"camera:rtsp://127.0.0.1:{camera.port}/live"))
    assert (given.width, given.height) == (640, 480)
    assert isinstance(given, Trial)
    assert given.fps >= 1


@pytest.mark.parametrize(
    ("login", "kept", "trouble"),
    [
        ("till:richtig@", "", None),
        ("till@", "richtig", None),
        ("till:falsch@", "", CameraTrouble.NOT_AUTHORISED),
        ("till@", "", CameraTrouble.NOT_AUTHORISED),
        ("", "", CameraTrouble.NOT_AUTHORISED),
    ],
)
def test_the_password_decides_and_is_never_said(
    login: str,
    kept: str,
    trouble: CameraTrouble | None,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with RtspCamera(PICTURE, password="richtig") as camera:
        source = open_source(f"rtsp://{login}127.0.0.1:{camera.port}/live", SourceWishes(password=kept))
        if trouble is None:
            try_source(source)
        else:
            assert trouble_at_opening(source) is trouble
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")
    assert [line for line in caplog.messages if "richtig" in line or "falsch" in line or "till" in line] == []


def test_a_camera_that_falls_silent_is_noticed_and_found_again() -> None:
    with RtspCamera(PICTURE) as camera:
        source = open_source(f"rtsp://127.0.0.1:{camera.port}/live")
        source.open()
        first_frame(source)
        camera.speaking.clear()
        silent = trouble_of(source)
        source.close()
        camera.speaking.set()
        source.open()
        frame = first_frame(source)
        source.close()
    assert silent is CameraTrouble.STALLED
    assert frame.grey.shape == PICTURE.shape


def test_a_camera_that_is_switched_off_and_on_is_found_again() -> None:
    with RtspCamera(PICTURE) as camera:
        port = camera.port
        source = open_source(f"rtsp://127.0.0.1:{port}/live")
        source.open()
        first_frame(source)
    gone = trouble_of(source)
    source.close()
    off = trouble_at_opening(source)
    with RtspCamera(PICTURE, port=port):
        source.open()
        first_frame(source)
        source.close()
    assert gone is CameraTrouble.ENDED
    assert off is CameraTrouble.REFUSED


def test_an_http_camera_gives_its_picture_until_it_ends() -> None:
    with mjpeg_camera(PICTURE, count=40) as port:
        source = open_source(f"http://127.0.0.1:{port}/mjpeg")
        source.open()
        frame = first_frame(source)
        ended = trouble_of(source)
        source.close()
    assert frame.grey.shape == PICTURE.shape
    assert ended is CameraTrouble.ENDED


def test_what_never_answers_is_given_up_and_keeps_nobody_waiting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = open_source(f"http://127.0.0.1:{server.getsockname()[1]}/mjpeg")
        source.open()
        assert source.read(0.5) is None
        asked_s = monotonic()
        source.close()
        assert monotonic() - asked_s < 1.0
        assert trouble_at_opening(source) is CameraTrouble.STALLED
