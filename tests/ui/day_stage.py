"""The clerk's window before a real desk with a day to close: what a test presses reaches a real journal.

Apart from conftest because a process that is killed opens the same window.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from pos_client.ui.desk_line import DeskLine
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.shift.shift_page import ShiftPage
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.printing_port import NoPrintQueue, PrintQueue
from pos_client.usecases.till_session import TillSession
from script.clerk_stage import Stage
from tests.unit.usecases.counter import CLERK
from tests.unit.usecases.day_shop import CLERK_PIN, DayShop, a_day_shop

PATIENCE = 50


class SameThread:
    """A till that does a deed where it is asked for it."""

    def do(self, deed: Callable[[], None]) -> int:
        """Now."""
        deed()
        return 1


class DayStage:
    """A window and its desk.

    Args:
        thread: the till's. prints: receipts that wait for a printer. tools: what the machine lends.

    Attributes:
        heard: sounds.
    """

    def __init__(
        self,
        folder: Path,
        thread: SameThread | None = None,
        prints: PrintQueue | None = None,
        tools: CounterTools | None = None,
    ) -> None:
        QApplication.instance() or QApplication(["test"])
        self.shop: DayShop = a_day_shop(folder)
        desk = replace(self.shop.desk, prints=prints or NoPrintQueue())
        self.stage = Stage(line=DeskLine(thread or SameThread(), desk, TillSession(desk, CLERK, "P05"), tools))
        self.heard: list[Sound] = []
        self.stage.clerk.window.page.sounded.connect(self.heard.append)
        self.stage.draw(1280, 800)
        self._log_in()

    def _log_in(self) -> None:
        """The window asks who is there, in a store with PINs."""
        self.settle()
        page = self.stage.clerk.window.body.page(Workspace.SHIFT)
        assert isinstance(page, ShiftPage)
        clerk = page.steps.facts.person(CLERK)
        assert clerk is not None
        page.steps.choose(clerk)
        self.type(f"{CLERK_PIN}\n")
        self.heard.clear()

    def settle(self) -> None:
        """Let every answer arrive."""
        for _ in range(PATIENCE):
            QCoreApplication.processEvents()

    def type(self, text: str) -> None:
        """A person types; a line break is Enter."""
        for character in text:
            if character == "\n":
                self.stage.presenter.enter()
            else:
                self.stage.presenter.type_character(character)
            self.settle()

    def close(self) -> None:
        """The window goes, and the journal is closed."""
        self.stage.close()
        self.shop.counter.journal.close()
