"""A kiosk with a clock that stands still, a scripted till, one call and one printer: for pictures and for tests.

Apart from the script that draws because tests play the same states without drawing any.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage, QPixmap

from pos_client.config.wording import Wording
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.assets import resources_folder
from pos_client.ui.kiosk.kiosk_window import KioskStation, KioskWindow
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.states import Event
from pos_client.usecases.assistance import AssistanceCall, AssistanceCalls
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.slip_out import SlipState
from pos_client.usecases.till_view import TillAnswer
from script import screen_facts as facts


class OneCall:
    """A store in which one call can be open, without files."""

    def __init__(self) -> None:
        self.kept: AssistanceCall | None = None
        self.is_there = True
        self.told: list[str] = []

    def call(self, call: AssistanceCall) -> None:
        """Asked."""
        self.kept = call
        self.told.append("call")

    def withdraw(self, kiosk: int) -> None:
        """Not any more."""
        del kiosk
        self.kept = None
        self.told.append("withdraw")

    def of(self, kiosk: int) -> AssistanceCall | None:
        """How it stands."""
        del kiosk
        return self.kept

    def open(self) -> tuple[AssistanceCall, ...]:
        """All of them."""
        return (self.kept,) if self.kept else ()

    def take(self, call: AssistanceCall, by: str) -> None:
        """Somebody goes."""
        self.kept = replace(call, taken_by=by)

    def finish(self, call: AssistanceCall) -> None:
        """Somebody has helped."""
        del call
        self.kept = None

    def attend(self, station: int, now: datetime) -> None:
        """Somebody listens."""

    def is_attended(self, now: datetime) -> bool:
        """Whether somebody does."""
        del now
        return self.is_there


class ScriptedPrinter:
    """A slip printer that says what it is told to say."""

    def __init__(self) -> None:
        self.has_printer = False
        self.begun: list[int] = []
        self.cancelled = 0

    def begin(self, seqs: Sequence[int], language: str, then: Callable[[SlipState], None]) -> SlipState:
        """Print, or have no printer."""
        del language, then
        if not self.has_printer:
            return SlipState.NONE
        self.begun += seqs
        return SlipState.PRINTING

    def cancel(self) -> None:
        """Stop."""
        self.cancelled += 1


class KioskStage:
    """One kiosk of a store that speaks a language, with a clock that stands still, and what the world may do to it."""

    def __init__(self, language: str = "zh", mounting: Mounting | None = None) -> None:
        self.passed = 0.0
        self.till, self.calls, self.printer = facts.ScriptedTill(), OneCall(), ScriptedPrinter()
        calls: AssistanceCalls = self.calls
        hung = mounting or Mounting(elsewhere="12号柜台")
        station = KioskStation(3, hung, language, calls=calls, slips=self.printer, full_screen=False)
        wording = Wording.load(resources_folder())
        self.kiosk = KioskWindow(self.till, wording, resources_folder(), station, self.now, lambda: self.passed)
        self.screen, self.presenter = self.kiosk.screen, self.kiosk.presenter
        self.presenter.on_status(facts.status())
        self.presenter.on_camera(CameraState.WATCHING)

    def now(self) -> datetime:
        """The wall clock."""
        return facts.NOW + timedelta(seconds=self.passed)

    def wait(self, seconds: float, step: float = 0.5) -> None:
        """Let the clock run, tick by tick."""
        end = self.passed + seconds
        while self.passed < end:
            self.passed = min(end, self.passed + step)
            self.kiosk.tick()

    def wear(self, **changes: object) -> None:
        """The customer's wishes."""
        self.presenter.wear(replace(self.presenter.dress, **changes))  # type: ignore[arg-type]

    def scan(self, text: str = "72001", source: ScanSource = ScanSource.CAMERA) -> None:
        """A code is read."""
        self.presenter.on_scanned(Scan(text, source, self.now()))

    def answer(self, answer: TillAnswer) -> None:
        """The till answers the newest deed."""
        self.presenter.on_answer(replace(answer, number=len(self.till.deeds)))

    def scan_and(self, answer: TillAnswer) -> None:
        """A code is read and judged."""
        self.scan()
        self.answer(answer)

    def do(self, event: Event) -> None:
        """A button."""
        self.presenter.do(event)

    def draw(self, width: int, height: int) -> QImage:
        """The kiosk as it stands, at a size."""
        screen = self.screen
        screen.resize(width, height)
        screen.ensurePolished()
        for _ in range(2):
            screen.arrange()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        picture = QPixmap(width, height)
        picture.fill(Qt.GlobalColor.white)
        screen.render(picture)
        return picture.toImage()

    def draw_small(self, width: int, height: int) -> QImage:
        """The same, half as wide and half as high."""
        ratio, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        return self.draw(width, height).scaled(width // 2, height // 2, ratio, smooth)

    def close(self) -> None:
        """The window goes."""
        self.screen.end()
        self.screen.deleteLater()
        self.kiosk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
