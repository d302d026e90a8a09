"""Draws every state of the clerk's window into docs/screenshots, from the real window, driven by a scripted till.

    script/screenshots [--only NAME] [--folder DIR] [--dark] [--text 150]

The facts are fixed, so that a picture changes only when the window does. No whole phone number stands in any of them.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEvent, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pos_client.config.wording import Wording  # noqa: E402
from pos_client.domain.reasons import Reason  # noqa: E402
from pos_client.domain.verdict import VerdictKind  # noqa: E402
from pos_client.ui.assets import resources_folder  # noqa: E402
from pos_client.ui.scan.scan_view import Workspace  # noqa: E402
from pos_client.ui.window import ClerkWindow, Looks  # noqa: E402
from pos_client.usecases.camera_view import CameraAdvice, CameraState  # noqa: E402
from pos_client.usecases.gun_view import GunFindings, GunReport, GunState  # noqa: E402
from pos_client.usecases.till_view import Customer, Network, Tally, TillFault  # noqa: E402
from script import screen_facts as facts  # noqa: E402

SIZES = ((1280, 800), (1920, 1080))
LANGUAGES = ("zh", "en")
# Flat panels and smooth letters need no more; a palette of 256 makes the files a fifth larger.
_COLOURS = 128


class Stage:
    """One window with a clock that stands still, and what the world may do to it."""

    def __init__(self, language: str, *, dark: bool, text_percent: int) -> None:
        self.time = facts.NOW
        self.till = facts.ScriptedTill()
        looks = Looks(language, dark=dark, text_percent=text_percent)
        wording = Wording.load(resources_folder())
        line = facts.ScriptedLine()
        self.clerk = ClerkWindow(self.till, wording, resources_folder(), looks, lambda: self.time, line=line)
        self.presenter = self.clerk.window.presenter
        self.presenter.on_status(facts.status())
        self.camera(CameraState.WATCHING)
        self.clerk.window.top_bar.show_gun(facts.NOW - timedelta(minutes=6))
        self.clerk.window.top_bar.show_sound(can_be_heard=True)
        self.see(code=False)

    def wait(self, seconds: float) -> datetime:
        """Let the clock run."""
        self.time += timedelta(seconds=seconds)
        self.clerk.window.tick()
        return self.time

    def camera(self, state: CameraState) -> None:
        """The camera comes or goes."""
        self.clerk.window.page.show_camera(state)
        self.clerk.window.top_bar.show_camera(state)

    def see(self, *, code: bool, believed: bool = True, advice: CameraAdvice = CameraAdvice.NONE) -> None:
        """The camera sees something, and asks for something."""
        picture = replace(facts.picture(code=code, believed=believed), advice=advice)
        self.clerk.window.page.camera.viewfinder.show_picture(picture)

    def type(self, text: str) -> None:
        """A person types."""
        for character in text:
            self.presenter.type_character(character)

    def draw(self, width: int, height: int) -> QImage:
        """The window as it stands, at a size."""
        window = self.clerk.window
        window.resize(width, height)
        window.ensurePolished()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        picture = QPixmap(width, height)
        picture.fill(Qt.GlobalColor.white)
        window.render(picture)
        return picture.toImage()

    def close(self) -> None:
        """The window goes."""
        self.clerk.window.close()
        self.clerk.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _answers(make: Callable[[], object], *, seen: bool = True) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.see(code=seen)
        stage.presenter.on_answer(make())  # type: ignore[arg-type]

    return play


def _network(network: Network) -> Callable[[Stage], None]:
    return lambda stage: stage.presenter.on_status(facts.status(network))


def _nothing(_stage: Stage) -> None:
    """The counter has opened."""


def _offline_redeemed(stage: Stage) -> None:
    stage.presenter.on_status(facts.status(Network.OFFLINE_FRESH))
    stage.see(code=True)
    stage.presenter.on_answer(facts.redeemed(VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE))


def _offline_used(stage: Stage) -> None:
    stage.presenter.on_status(facts.status(Network.OFFLINE_FRESH))
    stage.presenter.on_answer(facts.repeat())


def _history_text(stage: Stage) -> None:
    stage.presenter.on_answer(facts.redeemed())
    stage.presenter.on_customer(Customer())
    stage.wait(70)


def _amount(stage: Stage) -> None:
    stage.presenter.on_answer(facts.refused(Reason.BASKET_NEEDED))
    stage.presenter.open(Workspace.AMOUNT)
    stage.type("138.5")


def _amount_again(stage: Stage) -> None:
    stage.presenter.open(Workspace.AMOUNT)
    stage.type("52000")
    stage.presenter.enter()


def _unfinished(stage: Stage) -> None:
    stage.type("138001")
    stage.presenter.on_answer(facts.member_found())


def _undo_reason(stage: Stage) -> None:
    stage.presenter.on_answer(facts.redeemed())
    stage.wait(30)
    stage.presenter.undo()


def _override(stage: Stage, keys: str = "") -> None:
    facts_of_it = {"limit_minor": 5000, "value_minor": 8000}
    stage.presenter.on_answer(facts.refused(Reason.OVER_FLOOR_VALUE, VerdictKind.SUPERVISOR, **facts_of_it))
    stage.presenter.open(Workspace.OVERRIDE)
    stage.type(keys)


def _camera_lost(stage: Stage) -> None:
    stage.camera(CameraState.LOST)
    stage.clerk.window.top_bar.show_sound(can_be_heard=False)


def _first_day(stage: Stage) -> None:
    stage.camera(CameraState.NONE)
    stage.presenter.on_status(facts.status(recent=(), tally=Tally(), promoter_name=""))


def _gun(stage: Stage, findings: GunFindings, report: GunReport | None = None) -> None:
    stage.presenter.open(Workspace.GUN)
    stage.clerk.window.page.gun.show_findings(findings)
    if report is not None:
        stage.clerk.guns.bridge.on_state(report)
        QCoreApplication.sendPostedEvents(stage.clerk.guns)


SCREENS: dict[str, Callable[[Stage], None]] = {
    "idle": _nothing,
    "first-day": _first_day,
    "member": _answers(facts.member_found),
    "accepted": _answers(facts.redeemed),
    "accepted-offline": _offline_redeemed,
    "confirm": _answers(facts.to_confirm),
    "supervisor": _answers(
        lambda: facts.refused(Reason.OVER_FLOOR_VALUE, VerdictKind.SUPERVISOR, limit_minor=5000, value_minor=8000)
    ),
    "below-threshold": _answers(
        lambda: facts.refused(Reason.BELOW_THRESHOLD, missing_minor=1200, threshold_minor=10000)
    ),
    "used": _answers(facts.repeat),
    "used-just-now": _answers(lambda: facts.repeat(own=True)),
    "used-offline": _offline_used,
    "refused": _answers(lambda: facts.refused(Reason.EXPIRED, last_day=facts.TODAY - timedelta(days=1))),
    "not-our-code": _answers(lambda: facts.refused(Reason.NOT_OUR_CODE, VerdictKind.UNKNOWN, None, start="ABCD")),
    "payment-code": _answers(lambda: facts.refused(Reason.PAYMENT_CODE, VerdictKind.UNKNOWN, None)),
    "cannot-decide": lambda stage: stage.presenter.on_fault(TillFault("disk-full", 1)),
    "hold-still": lambda stage: stage.see(code=True, believed=False),
    "too-dark": lambda stage: stage.see(code=False, advice=CameraAdvice.TOO_DARK),
    "checking": lambda stage: stage.clerk.window.page.verdict.show_checking(),
    "past": _history_text,
    "offline-stale": _network(Network.OFFLINE_STALE),
    "offline-expired": _network(Network.OFFLINE_EXPIRED),
    "offline-store": _network(Network.OFFLINE_STORE),
    "uploading": _network(Network.SYNCING),
    "conflict": _network(Network.CONFLICT),
    "phone": lambda stage: stage.type("13800"),
    "amount": _amount,
    "amount-again": _amount_again,
    "unfinished": _unfinished,
    "undo": _undo_reason,
    "override": _override,
    "override-who": lambda stage: _override(stage, "1"),
    "override-pin": lambda stage: _override(stage, "112345"),
    "override-telephone": lambda stage: _override(stage, "13K7"),
    "history": lambda stage: stage.presenter.open(Workspace.HISTORY),
    "promoter": lambda stage: stage.presenter.open(Workspace.PROMOTER),
    "help": lambda stage: stage.presenter.open(Workspace.HELP),
    "gun": lambda stage: _gun(stage, facts.gun_findings(), GunReport(GunState.CONNECTED, "COM3")),
    "gun-lost": lambda stage: _gun(stage, GunFindings(), GunReport(GunState.LOST, "/dev/ttyACM0")),
    "camera-lost": _camera_lost,
    "stopped": lambda stage: stage.clerk.window.show_failure("scanner", "RuntimeError"),
}


def png(picture: QImage) -> bytes:
    """A PNG of the colours that matter most in this picture, packed as tightly as Qt can."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB32)
    height, width = rgb.height(), rgb.width()
    pixels = np.frombuffer(rgb.constBits(), np.uint8).reshape(height, rgb.bytesPerLine())[:, : width * 4]
    words = np.ascontiguousarray(pixels).view(np.uint32).reshape(height, width)
    places, table = _indexed(words & np.uint32(0xFFFFFF))
    small = QImage(places.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(colour) for colour in table])
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG", 0)  # type: ignore[call-overload]
    return bytes(data.data())


def _indexed(pixels: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Places in a table of colours, and the table: the most frequent colours, the others at their nearest."""
    colours, inverse, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    table = colours[np.argsort(-counts, kind="stable")[:_COLOURS]]
    channels = np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=-1).astype(np.int32)
    kept = np.stack([(table >> shift) & 0xFF for shift in (16, 8, 0)], axis=-1).astype(np.int32)
    nearest = np.concatenate(
        [((part[:, None, :] - kept[None]) ** 2).sum(axis=-1).argmin(axis=-1) for part in np.array_split(channels, 64)]
    )
    return nearest.astype(np.uint8)[inverse.reshape(pixels.shape)], table


def main() -> int:
    """Draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(SCREENS), action="append")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--text", type=int, default=100)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for name in asked.only or SCREENS:
            stage = Stage(language, dark=asked.dark, text_percent=asked.text)
            SCREENS[name](stage)
            for width, height in SIZES:
                file = asked.folder / f"clerk-{name}-{language}-{width}x{height}.png"
                file.write_bytes(png(stage.draw(width, height)))
            stage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
