"""``cameras`` as typed, and what ``doctor`` says: listed, chosen, tried, with a password that nobody is shown."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from pos_client.bootstrap import doctoring
from pos_client.bootstrap.cameras import CamerasFound
from pos_client.cli import cameras
from pos_client.config.paths import Home
from pos_client.domain.errors import CameraTrouble
from pos_client.scanner.sources.local_cameras import LocalCamera, local_cameras
from pos_client.scanner.sources.trial import Trial
from pos_client.storage.lock import WINDOW, WriterLock
from tests.fakes.rtsp_camera import RtspCamera
from tests.integration.scanner.drawn_codes import QR_TEXT, film, on_desk, qr

PICTURE = on_desk((qr(QR_TEXT), (200, 140)))
PASSWORD = "Geheim7"
without_cameras = pytest.mark.skipif(bool(local_cameras()), reason="this machine has a camera")


@pytest.fixture
def app(private_home: Path) -> typer.Typer:
    typed = typer.Typer()

    @typed.callback()
    def root(context: typer.Context) -> None:
        context.obj = private_home

    cameras.register(typed)
    return typed


def told(app: typer.Typer, *arguments: str, typed: str = "") -> dict[str, Any]:
    result = CliRunner().invoke(app, ["cameras", "--json", *arguments], input=typed)
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def doctor_says(home: Path) -> tuple[str, str]:
    (row,) = [row for row in doctoring.doctor(home) if row["name"] == "camera"]
    return row["state"], row["detail"]


@without_cameras
def test_a_machine_without_a_camera_is_a_well_one(app: typer.Typer, private_home: Path) -> None:
    document = told(app)
    assert document["cameras"] == []
    assert (document["chosen"]["source"], document["chosen"]["trouble"]) == ("camera:0", "no-camera")
    assert doctor_says(private_home)[0] == "good"


def test_no_camera_may_be_wanted(app: typer.Typer, private_home: Path) -> None:
    chosen = told(app, "--use", "none")["chosen"]
    assert (chosen["source"], chosen["works"], chosen["trouble"]) == ("none", False, None)
    assert doctor_says(private_home) == ("good", "no camera is wanted here")


def test_a_source_is_chosen_tried_and_kept_beside_what_a_person_wrote(
    app: typer.Typer, private_home: Path, tmp_path: Path
) -> None:
    path = film(tmp_path / "film.avi", [PICTURE] * 30)
    private_home.mkdir()
    station = private_home / "station.toml"
    station.write_text("# our own counter\n[camera]\nwidth = 1920\nheight = 1080\n", encoding="utf-8")
    chosen = told(app, "--use", f"file:{path}")["chosen"]
    assert chosen["works"] is True
    assert chosen["wished"] == {"width": 1920, "height": 1080, "fps": 30}
    assert (chosen["given"]["width"], chosen["given"]["height"]) == (640, 480)
    assert "# our own counter" in station.read_text(encoding="utf-8")
    assert doctor_says(private_home)[1].startswith(f"file:{path} gives 640 x 480, ")


def test_a_network_camera_s_password_is_kept_apart_and_never_told(app: typer.Typer, private_home: Path) -> None:
    with RtspCamera(PICTURE, password=PASSWORD) as camera:
        place = f"127.0.0.1:{camera.port}"
        without = told(app, "--use", f"rtsp://till@{place}/live")["chosen"]
        wrong = told(app, "--password", typed="falsch\n")["chosen"]
        right = told(app, "--password", typed=f"{PASSWORD}\n")["chosen"]
        well = doctor_says(private_home)
        told(app, "--password", typed="\n")
        anew = told(app, "--use", f"camera:rtsp://till:{PASSWORD}@{place}/live")["chosen"]
    assert [seen["trouble"] for seen in (without, wrong, right, anew)] == ["not-authorised"] * 2 + [None] * 2
    assert right["source"] == f"rtsp://{place}"
    assert well[0] == "good"
    assert PASSWORD not in well[1]
    assert PASSWORD not in (private_home / "station.toml").read_text(encoding="utf-8")
    assert doctor_says(private_home)[0] == "warn"


def test_a_password_in_the_settings_works_and_is_warned_of(app: typer.Typer, private_home: Path) -> None:
    with RtspCamera(PICTURE, password=PASSWORD) as camera:
        private_home.mkdir()
        line = f"[camera]\nsource = 'rtsp://till:{PASSWORD}@127.0.0.1:{camera.port}/live'\n"
        (private_home / "station.toml").write_text(line, encoding="utf-8")
        assert told(app)["chosen"]["works"] is True
        state, detail = doctor_says(private_home)
    assert state == "warn"
    assert "cameras --password" in detail
    assert PASSWORD not in detail


@pytest.mark.parametrize("spec", ["usb:0", f"rtmp://till:{PASSWORD}@10.0.0.7/live", "rtsp://"])
def test_what_is_no_source_is_refused_and_the_old_one_stays(app: typer.Typer, private_home: Path, spec: str) -> None:
    result = CliRunner().invoke(app, ["cameras", "--use", spec])
    assert result.exit_code == 2
    assert PASSWORD not in result.output
    assert not (private_home / "station.toml").exists()


@pytest.mark.parametrize(
    ("kind", "why"),
    [("missing", "missing"), ("folder", "folder"), ("empty", "empty"), ("text", "not-a-video"), ("pipe", "ended")],
)
def test_a_source_that_gives_nothing_says_why(app: typer.Typer, tmp_path: Path, kind: str, why: str) -> None:
    path = tmp_path / "film"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind != "missing":
        path.write_bytes(b"" if kind == "empty" else b"no film at all")
    chosen = told(app, "--use", f"{'fifo' if kind == 'pipe' else 'file'}:{path}")["chosen"]
    assert (chosen["works"], chosen["trouble"]) == (False, why)
    assert chosen["sentence"]["zh"]


def test_the_camera_of_an_open_window_is_left_to_it(app: typer.Typer, private_home: Path, tmp_path: Path) -> None:
    path = film(tmp_path / "film.avi", [PICTURE] * 30)
    told(app, "--use", f"file:{path}")
    with WriterLock(Home(private_home).lane_lock, WINDOW):
        chosen = told(app)["chosen"]
        says = doctor_says(private_home)
    assert (chosen["in_window"], chosen["works"], chosen["trouble"]) == (True, False, None)
    assert says == ("good", f"file:{path}: the window uses it")
    assert told(app)["chosen"]["works"] is True


@without_cameras
def test_people_are_told_in_lines(app: typer.Typer) -> None:
    said = CliRunner().invoke(app, ["cameras"]).stdout
    assert said == "camera.source = camera:0: 没有摄像头，请用扫码枪。 要用摄像头，插上即可，无需重启。\n"


def test_cameras_are_listed_with_the_setting_that_means_them() -> None:
    node, lasting = Path("/dev/video0"), Path("/dev/v4l/by-id/usb-C270-video-index0")
    found = CamerasFound(
        cameras=[
            LocalCamera(0, "Document camera", node, None, None, ((640, 480), (1280, 720))),
            LocalCamera(2, "C270", Path("/dev/video2"), lasting, CameraTrouble.IN_USE, ()),
            LocalCamera(4, "C270", Path("/dev/video4"), None, CameraTrouble.PERMISSION, ()),
        ],
        chosen="camera:0",
        wished=(1280, 720, 30),
        given=Trial(640, 480, 25),
        fault=None,
        open_password=False,
    )
    document = found.document()
    assert [camera["source"] for camera in document["cameras"]] == [
        "camera:Document camera",
        f"camera:{lasting}",
        "camera:4",
    ]
    assert [camera["can_open"] for camera in document["cameras"]] == [True, False, False]
    assert [camera["trouble"] for camera in document["cameras"]] == [None, "in-use", "permission"]
    assert document["cameras"][0]["sizes"] == [[640, 480], [1280, 720]]
    assert document["chosen"]["given"] == {"width": 640, "height": 480, "fps": 25}
