"""The clerk's window at a real desk: real journal and cache, deeds done at once, so that a test need not wait.

Apart from the fixtures because tests of several screens sit at it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from pos_client.config.wording import Wording
from pos_client.domain.errors import StorageUnavailable
from pos_client.ui.assets import resources_folder
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.till_session import TillSession
from script import screen_facts as facts
from tests.unit.usecases.counter import CLERK, PROMOTER, Counter


class AtOnce:
    """A till's thread that is this one."""

    def do(self, deed: Callable[[], None]) -> int:
        """Do it now."""
        deed()
        return 1


@dataclass
class KeptFiles:
    """Keeps what was exported."""

    folder: Path
    is_full: bool = False
    names: list[str] = field(default_factory=list)

    def keep(self, name: str, content: bytes) -> str:
        """Write it."""
        if self.is_full:
            raise StorageUnavailable("no room")
        (self.folder / name).write_bytes(content)
        self.names.append(name)
        return name


class CounterDesk:
    """A shown window of 1280 by 800 with its screens at a real desk."""

    def __init__(self, counter: Counter, tools: CounterTools, *, width: int = 1280, height: int = 800) -> None:
        self.counter, self.till = counter, facts.ScriptedTill()
        self.session = TillSession(counter.desk, CLERK, PROMOTER)
        self.session.keeps_things = True
        self.line = DeskLine(AtOnce(), counter.desk, self.session, tools)
        wording = Wording.load(resources_folder())
        now = lambda: counter.clock.wall  # noqa: E731 - the test's clock
        self.clerk = ClerkWindow(self.till, wording, resources_folder(), Looks("en"), now, line=self.line)
        self.window = self.clerk.window
        self.window.resize(width, height)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Let queued answers arrive."""
        for _ in range(4):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()

    def close(self) -> None:
        """End it."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
