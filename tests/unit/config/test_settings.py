"""``station.toml``: typed, frozen, and every mistake named by its place."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from pos_client.config import settings
from pos_client.config.settings import Settings
from pos_client.domain.errors import SettingsInvalid

WHOLE = """
[camera]
source = "file:/tmp/film.mp4"
symbologies = ["QRCode", "EAN13"]
mirrored = true

[wedge]
prefix = "F9"
max_gap_ms = 120

[screen]
language = "en"
text_scale = 1.25
theme = "dark"

[sound]
volume = 1

[station]
promoter = "P2001"
campaign = 1001

[sync]
push_s = 2
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "station.toml") == Settings()
    assert Settings().camera.source == "camera:0"


def test_what_is_written_is_taken_and_the_rest_keeps_its_default(tmp_path: Path) -> None:
    found = settings.load(written(tmp_path, WHOLE))

    assert (found.camera.source, found.camera.symbologies) == ("file:/tmp/film.mp4", ["QRCode", "EAN13"])
    assert (found.wedge.prefix, found.wedge.max_gap_ms, found.wedge.median_gap_ms) == ("F9", 120, 35)
    assert (found.screen.language, found.screen.text_scale, found.sound.volume) == ("en", 1.25, 1.0)
    assert (found.sync.push_s, found.sync.pull_s) == (2.0, None)


@pytest.mark.parametrize(
    "source",
    ["camera:2", "camera:HD Webcam C270", "camera:/dev/video4", "rtsp://till@10.0.0.7/live", "http://10.0.0.7/mjpeg",
     "fifo:/run/till/pictures", "file:a film.mp4", "folder:pictures", "none"],
)  # fmt: skip
def test_every_kind_of_source_may_be_set(tmp_path: Path, source: str) -> None:
    text = f"[camera]\nsource = '{source}'\nwidth = 1920\nheight = 1080\nfps = 15"
    camera = settings.load(written(tmp_path, text)).camera
    assert (camera.source, camera.width, camera.height, camera.fps) == (source, 1920, 1080, 15)


def test_they_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().sound.volume = 0.1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[camera]\nsourze = 'camera:0'", "camera.sourze: unknown key"),
        ("[kamera]\nsource = 'camera:0'", "kamera: unknown key"),
        ("[camera]\nsource = 'usb'", "camera.source"),
        ("[camera]\nsource = 7", "camera.source"),
        ("[camera]\nsource = 'rtmp://10.0.0.7/live'", "camera.source"),
        ("[camera]\nsource = 'camera:'", "camera.source"),
        ("[camera]\nwidth = 64", "camera.width"),
        ("[camera]\nfps = 0", "camera.fps"),
        ("[screen]\nlanguage = 'fr'", "screen.language"),
        ("[screen]\ntext_scale = 5.0", "screen.text_scale"),
        ("[sound]\nvolume = 'loud'", "sound.volume"),
        ("[wedge]\nmin_length = 6.5", "wedge.min_length"),
        ("[station]\ncampaign = true", "station.campaign"),
        ("[sync]\npush_s = 0", "sync.push_s"),
        ("camera = 3", "camera"),
        ("[camera", "station.toml"),
        ("\udcff", "station.toml"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(SettingsInvalid) as raised:
        settings.load(path)

    assert named in raised.value.detail


def test_several_mistakes_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid) as raised:
        settings.load(written(tmp_path, "[camera]\na = 1\n[sound]\nvolume = 9.0"))

    assert "camera.a" in raised.value.detail
    assert "sound.volume" in raised.value.detail


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "station.toml").mkdir()

    with pytest.raises(SettingsInvalid):
        settings.load(tmp_path / "station.toml")


def test_the_bridge_is_off_unless_a_person_wants_it() -> None:
    assert (Settings().bridge.enabled, Settings().bridge.port) == (False, 8377)


@pytest.mark.parametrize("text", ["[bridge]\nport = 0\n", "[bridge]\nport = 70000\n", '[bridge]\nhost = "0.0.0.0"\n'])
def test_the_bridge_has_a_port_and_no_other_address(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsInvalid):
        settings.load(written(tmp_path, text))
