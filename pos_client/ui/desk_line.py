"""What a screen asks of the desk beyond the scan loop: done on the till thread, answered on the window's.

Apart from the till port so that a screen brings its own questions: it hands over a function of the desk, and what the
function returns comes back to the main thread, in the order in which it was asked.
"""

import logging
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos_client.domain.errors import PosError
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.desk import Desk
from pos_client.usecases.till_session import TillSession

_log: Final = logging.getLogger(__name__)
T = TypeVar("T")


class DeskThread(Protocol):
    """Whoever does deeds one after the other, on a thread of its own."""

    def do(self, deed: Callable[[], None]) -> int:
        """Do it in its turn."""


class AsksDesk(Protocol):
    """What a screen sees of it.

    Attributes:
        tools: what the machine lends.
    """

    @property
    def tools(self) -> CounterTools:
        """Files, checks, a printer."""

    def ask(self, work: Callable[[Desk, TillSession], T], then: Callable[[T | PosError], None]) -> None:
        """Do work on the till's thread; ``then`` gets what came out of it."""

    def ask_far(self, errand: Callable[[], T], then: Callable[[T | PosError], None]) -> None:
        """Ask somebody far away, where no deed waits for it."""

    def ask_aside(self, reading: Callable[[], T], then: Callable[[T | PosError], None]) -> None:
        """Read for long, where no deed waits for it."""


class NoDesk:
    """A window without a desk: nobody is asked, and no screen beside the scan loop is offered."""

    tools = CounterTools()

    def ask(self, work: Callable[[Desk, TillSession], T], then: Callable[[T | PosError], None]) -> None:
        """Nobody answers."""
        del work, then

    def ask_far(self, errand: Callable[[], T], then: Callable[[T | PosError], None]) -> None:
        """Nobody answers."""
        del errand, then

    def ask_aside(self, reading: Callable[[], T], then: Callable[[T | PosError], None]) -> None:
        """Nobody answers."""
        del reading, then


class DeskLine(QObject):
    """Asks the desk, and brings the answers back.

    Args:
        thread: the till's. desk: its ports. session: its dialogue. tools: what the machine lends.
    """

    _answered = Signal(object, object)

    def __init__(
        self,
        thread: DeskThread,
        desk: Desk,
        session: TillSession,
        tools: CounterTools | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tools = tools or CounterTools()
        self._thread, self.desk, self.session = thread, desk, session
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def ask(self, work: Callable[[Desk, TillSession], T], then: Callable[[T | PosError], None]) -> None:
        """Do work on the till's thread.

        Args:
            work: given the desk and the session; may take as long as a deed does, and no longer.
            then: on the main thread, given what came out or why the world said no.
        """
        self._thread.do(lambda: self._tell(lambda: work(self.desk, self.session), then))

    def ask_far(self, errand: Callable[[], T], then: Callable[[T | PosError], None]) -> None:
        """Ask somebody far away, on a thread on which nobody waits; a counter without one never hears of it.

        Args:
            errand: touches nothing of the desk.
            then: on the main thread, given what came out or why the world said no.
        """
        if self.tools.far is not None:
            self.tools.far.do(lambda: self._tell(errand, then))

    def ask_aside(self, reading: Callable[[], T], then: Callable[[T | PosError], None]) -> None:
        """Read for long, on a thread on which no deed waits; on the till's at a counter without one.

        Args:
            reading: touches of the desk only what says that any thread may.
            then: on the main thread, given what came out or why the world said no.
        """
        (self.tools.reading or self._thread).do(lambda: self._tell(reading, then))

    def _tell(self, work: Callable[[], T], then: Callable[[T | PosError], None]) -> None:
        try:
            found: T | PosError = work()
        except PosError as fault:
            _log.info("the desk said no: %s", fault.reason)
            found = fault
        self._answered.emit(then, found)

    @Slot(object, object)
    def _on_answered(self, then: Callable[[object], None], found: object) -> None:
        then(found)
