"""A clerk's window with a clock that stands still and a scripted till: for pictures and for tests.

Apart from the script that draws because tests play the same states without drawing any.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage, QPixmap

from pos_client.config.wording import Wording
from pos_client.ui.assets import resources_folder
from pos_client.ui.desk_line import AsksDesk
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.usecases.camera_view import CameraAdvice, CameraState
from script import history_facts
from script import screen_facts as facts
from script.scripted_line import ScriptedLine

SIZES = ((1280, 800), (1920, 1080))
LANGUAGES = ("zh", "en")
P = TypeVar("P", bound=Page)


class Stage:
    """One window with a clock that stands still, and what the world may do to it.

    Args:
        line: asks a real desk, in tests; without it nothing is answered.
    """

    def __init__(
        self, language: str = "zh", *, dark: bool = False, text_percent: int = 100, line: AsksDesk | None = None
    ) -> None:
        self.time = facts.NOW
        self.till = facts.ScriptedTill()
        self._looks = Looks(language, dark=dark, text_percent=text_percent)
        self.line = ScriptedLine()
        self.line.answers.setdefault("member_feed_asked", history_facts.feed())
        self._is_scripted = line is None
        self._open(line or self.line)

    def practise(self) -> None:
        """The window of practice takes its place."""
        self.close()
        self.line.tools = replace(self.line.tools, training=True)
        self._open(self.line)

    def _open(self, line: AsksDesk) -> None:
        wording = Wording.load(resources_folder())
        self.clerk = ClerkWindow(self.till, wording, resources_folder(), self._looks, lambda: self.time, line=line)
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

    def open(self, workspace: Workspace, kind: type[P]) -> P:
        """Open a screen; it is given back."""
        self.presenter.open(workspace)
        page = self.clerk.window.body.page(workspace)
        if not isinstance(page, kind):
            raise TypeError(f"{workspace} is no {kind.__name__}")
        return page

    def type(self, text: str) -> None:
        """A person types."""
        for character in text:
            self.presenter.type_character(character)

    def draw(self, width: int, height: int) -> QImage:
        """The window as it stands, at a size."""
        window = self.clerk.window
        window.resize(width, height)
        if self._is_scripted and self.presenter.customer.member is not None:
            window.feed.ask()
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


Play = Callable[[Stage], object]
"""What leads a window to a state."""
