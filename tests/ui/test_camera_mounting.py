"""A camera that hangs on its side, sees too much and shows people themselves: what the window gets of it."""

from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.scanning import scanner_for
from pos_client.config.paths import Home
from pos_client.config.settings import CameraSettings, parse
from pos_client.domain.errors import SettingsInvalid
from pos_client.scanner.frame import Pixels
from pos_client.ui.bridges import CameraPicture, ScannerBridge
from tests.integration.scanner.drawn_codes import QR_TEXT, on_desk, qr, save

SCENE = on_desk((qr(QR_TEXT), (380, 60)))
PATIENCE_MS = 20_000


def first_sighted(camera: CameraSettings, home: Path, qtbot: QtBot) -> tuple[CameraPicture, list[str]]:
    """Run a real scanner thread until the window has a picture with a code in it."""
    (home / "pictures").mkdir()
    save(SCENE, home / "pictures" / "code.png")
    bridge, stop = ScannerBridge(), Event()
    pictures: list[CameraPicture] = []
    scans: list[str] = []

    def keep() -> None:
        picture = bridge.take_picture()
        if picture is not None and picture.sightings:
            pictures.append(picture)

    bridge.picture_ready.connect(keep)
    bridge.scanned.connect(lambda scan: scans.append(scan.text))
    worker = scanner_for(Home(home), camera, f"folder:{home / 'pictures'}", bridge)
    thread = Thread(target=worker.run, args=(stop,))
    thread.start()
    qtbot.waitUntil(lambda: bool(pictures and scans), timeout=PATIENCE_MS)
    stop.set()
    thread.join()
    return pictures[0], scans


def grey(picture: CameraPicture) -> Pixels:
    return picture.pixels if picture.pixels.ndim == 2 else picture.pixels[..., 0]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, SCENE),
        ({"rotation": 90}, np.rot90(SCENE, -1)),
        ({"mirrored": True}, SCENE[:, ::-1]),
        ({"rotation": 180, "mirrored": True, "crop": [0, 50, 50, 100]}, np.rot90(SCENE, 2)[240:, :320][:, ::-1]),
    ],
    ids=["as it is", "on its side", "mirrored", "all of it"],
)
def test_the_window_shows_the_picture_as_it_was_mounted_and_the_outline_on_the_code(
    settings: dict[str, object], expected: Pixels, tmp_path: Path, qtbot: QtBot
) -> None:
    camera = parse({"camera": settings}).camera
    picture, scans = first_sighted(camera, tmp_path, qtbot)

    assert scans[0] == QR_TEXT
    assert grey(picture).tolist() == expected.tolist()
    xs, ys = zip(*picture.sightings[0].corners, strict=True)
    outlined = expected[min(ys) : max(ys), min(xs) : max(xs)]
    assert (outlined < 50).sum() == (expected < 50).sum()


@pytest.mark.parametrize(
    "settings", [{"rotation": 45}, {"crop": [0, 0, 100]}, {"crop": [60, 0, 40, 100]}, {"crop": [0, 0, 101, 100]}]
)
def test_what_is_no_mounting_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(SettingsInvalid, match=r"camera\.(rotation|crop)"):
        parse({"camera": settings})
