"""What happens in a box, as lines with a time: for people who watch, and kept for the verdict.

Apart from the world so that a scenario reads as what is done, not as how it is printed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """One line: seconds since the box was opened, the simulated day from 1, who, and what."""

    at_s: float
    day: int
    who: str
    what: str

    def line(self) -> str:
        """As it is printed."""
        clock = str(timedelta(seconds=round(self.at_s)))[2:]
        return f"{clock}  day {self.day}  {self.who:<12} {self.what}"


class Timeline:
    """Collects and prints.

    Args:
        say: prints one line.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self.events: list[Event] = []
        self.day = 1
        self._say = say
        self._began = time.monotonic()

    def note(self, who: str, what: str) -> None:
        """Something happened now."""
        event = Event(time.monotonic() - self._began, self.day, who, what)
        self.events.append(event)
        self._say(event.line())
