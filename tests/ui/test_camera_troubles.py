"""The window and a real scanner thread on a pipe that another program writes: lost, silent, back, and scanning on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.scanning import scanner_for
from pos_client.config.paths import Home
from pos_client.config.settings import CameraSettings
from pos_client.domain.errors import CameraTrouble, PictureUnreadable
from pos_client.scanner.sources.local_cameras import local_cameras
from pos_client.usecases.camera_view import CameraState
from script.clerk_stage import Stage
from tests.fakes.pipe_writer import PipeWriter
from tests.fakes.rtsp_camera import RtspCamera
from tests.integration.scanner.drawn_codes import QR_TEXT, film, on_desk, qr

from .conftest import MakeStage

PATIENCE_MS = 40_000
FIRST, SECOND = QR_TEXT, "7299"


class Counter:
    """A window with its scanner thread, and what can be seen of it."""

    def __init__(self, stage: Stage, home: Path, source: str, qtbot: QtBot, chosen: str = "camera:0") -> None:
        self.stage, self._qtbot = stage, qtbot
        camera = CameraSettings(source=chosen)
        worker = scanner_for(Home(home), camera, source or None, stage.clerk.scanner_bridge)
        stage.clerk.start({"scanner": worker})

    def words(self) -> str:
        """What stands in the place of the picture."""
        return self.stage.clerk.window.page.camera.viewfinder.words()

    def scans(self) -> list[str]:
        """The texts that reached the till."""
        return [str(deed[1]) for deed in self.stage.till.deeds if deed[0] == "scan"]

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)


@pytest.mark.expects_log("the camera is lost")
def test_a_writer_that_dies_and_comes_back(make_stage: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    pipe = tmp_path / "pictures"
    with PipeWriter(pipe, on_desk((qr(FIRST), (200, 140)))) as writer:
        counter = Counter(make_stage(), tmp_path, f"fifo:{pipe}", qtbot)
        counter.until(lambda: counter.scans() == [FIRST])
        assert counter.words() == ""
        writer.end()
        counter.until(lambda: counter.words().startswith("画面来源停止了，扫码枪可用。"))
    with PipeWriter(pipe, on_desk((qr(SECOND), (200, 140)))):
        counter.until(lambda: counter.scans() == [FIRST, SECOND])
        counter.until(lambda: counter.words() == "")
        assert counter.stage.clerk.stop()


@pytest.mark.expects_log("the camera is lost")
def test_a_writer_that_stops_and_goes_on(make_stage: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    pipe = tmp_path / "pictures"
    with PipeWriter(pipe, on_desk((qr(FIRST), (200, 140)))) as writer:
        counter = Counter(make_stage("en"), tmp_path, f"fifo:{pipe}", qtbot)
        counter.until(lambda: counter.scans() == [FIRST])
        writer.stop()
        counter.until(lambda: counter.words().startswith("The camera sends no new picture"))
        writer.go_on()
        counter.until(lambda: counter.words() == "")
        writer.show(on_desk((qr(SECOND), (200, 140))))
        counter.until(lambda: counter.scans()[-1] == SECOND)
        assert writer.is_alive
        assert counter.stage.clerk.stop()


@pytest.mark.expects_log("the camera is lost")
def test_a_network_camera_that_is_switched_off_and_on(make_stage: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    with RtspCamera(on_desk((qr(FIRST), (200, 140)))) as camera:
        port = camera.port
        counter = Counter(make_stage(), tmp_path, f"rtsp://127.0.0.1:{port}/live", qtbot)
        counter.until(lambda: counter.scans() == [FIRST])
    counter.until(lambda: counter.words().startswith("网络摄像头拒绝连接，扫码枪可用。"))
    with RtspCamera(on_desk((qr(SECOND), (200, 140))), port=port):
        counter.until(lambda: counter.scans() == [FIRST, SECOND])
        assert counter.stage.clerk.stop()


@pytest.mark.skipif(bool(local_cameras()), reason="this machine has a camera")
def test_a_counter_that_never_had_a_camera_is_calm(make_stage: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    states: list[tuple[CameraState, CameraTrouble | None]] = []
    stage = make_stage()
    stage.clerk.scanner_bridge.camera_changed.connect(lambda state, trouble: states.append((state, trouble)))
    counter = Counter(stage, tmp_path, "", qtbot)
    counter.until(lambda: len(states) >= 2)
    assert states == [(CameraState.STARTING, None), (CameraState.NONE, None)]
    assert counter.words() == "没有摄像头，请用扫码枪"
    assert stage.clerk.stop()


@pytest.mark.expects_log("the camera is lost")
def test_a_camera_that_was_chosen_and_is_not_there_is_told(make_stage: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    counter = Counter(make_stage(), tmp_path, "", qtbot, chosen="camera:Document camera")
    counter.until(lambda: counter.words().startswith("设置的摄像头找不到，扫码枪可用。"))
    assert counter.stage.clerk.stop()


@pytest.mark.expects_log("the source of pictures")
@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "text"])
def test_a_chosen_file_that_is_no_video_is_told(make_stage: MakeStage, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "film.mp4"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(b"" if kind == "empty" else b"no film at all")
    counter = Counter(make_stage(), tmp_path, "", qtbot, chosen=f"file:{path}")
    counter.until(lambda: counter.words().startswith("设置的文件或文件夹里没有画面"))
    assert counter.stage.clerk.window.crash.code.text().strip() == "E-SYS"
    assert counter.stage.clerk.stop()


def test_a_wrong_file_on_the_command_line_is_refused_at_once(
    make_stage: MakeStage, qtbot: QtBot, tmp_path: Path
) -> None:
    with pytest.raises(PictureUnreadable) as refused:
        Counter(make_stage(), tmp_path, f"file:{tmp_path}", qtbot)
    assert refused.value.facts["why"] == "folder"


def test_a_film_is_shown_again_and_again(make_stage: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    code = on_desk((qr(FIRST), (200, 140)))
    path = film(tmp_path / "film.avi", [code] * 5 + [on_desk()] * 60)
    counter = Counter(make_stage(), tmp_path, f"file:{path}", qtbot)
    counter.until(lambda: counter.scans()[:2] == [FIRST, FIRST])
    assert counter.words() == ""
    assert counter.stage.clerk.stop()


def test_the_reason_is_said_in_the_language_that_is_chosen_later(stage: Stage) -> None:
    stage.clerk.window.page.show_camera(CameraState.LOST, CameraTrouble.IN_USE)
    stage.clerk.translations.use("en")
    viewfinder = stage.clerk.window.page.camera.viewfinder
    assert viewfinder.words().startswith("Another program uses the camera; the scanner gun still works.")
    assert viewfinder.accessibleDescription() == viewfinder.words()
