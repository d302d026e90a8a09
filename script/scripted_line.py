"""A line to a desk that answers what it was told to, for pictures and tests of single screens.

Apart from the facts because it is asked, and does not show.
"""

from collections.abc import Callable
from typing import Any

from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.machine_checks import Finding, Light
from pos_client.usecases.station_choices import StationChoice


class _KeepsFiles:
    """Says where a file would be."""

    def keep(self, name: str, content: bytes) -> str:
        """Write nothing."""
        del content
        return name


class _PartsThatNobodyLooksAt:
    """Names of parts; what was found is shown by whoever draws."""

    def names(self) -> tuple[str, ...]:
        """All that a counter may have."""
        parts = ("network", "server", "store-server", "data", "clock", "camera", "gun", "printer")
        return (*parts, "disk", "journal", "program")

    def look(self, name: str) -> Finding:
        """Nothing is known."""
        del name
        return Finding(Light.LOOKING)


class _Bench:
    """A printer that prints nothing."""

    def names(self) -> tuple[str, ...]:
        """As on a real strip."""
        return ("GBK", "GB18030", "UTF-8", "RASTER")

    def kept(self) -> str:
        """The one of receipts."""
        return "GB18030"

    def place(self) -> str:
        """Somewhere."""
        return "usb:0416:5011"

    def print_strip(self) -> None:
        """Nothing comes out."""

    def keep(self, name: str) -> None:
        """Nothing is kept."""


class _Choices:
    """Settings that nobody keeps."""

    def look(self) -> tuple[StationChoice, ...]:
        """Shown by whoever draws."""
        return ()

    def change(self, name: str, value: str) -> None:
        """Nothing is kept."""


class ScriptedLine:
    """Answers what a screen asks of the desk by the question's name; what it does not know stays unanswered."""

    tools = CounterTools(
        files=_KeepsFiles(),
        checks=_PartsThatNobodyLooksAt(),
        reprint=lambda _desk, _seq: None,
        bench=_Bench(),
        choices=_Choices(),
    )

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}

    def ask(self, work: Callable[..., Any], then: Callable[[Any], None]) -> None:
        """Answer, or stay silent."""
        if work.__name__ in self.answers:
            then(self.answers[work.__name__])

    def ask_far(self, errand: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Nobody answers."""
        del errand, then

    def ask_aside(self, reading: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Nobody reads."""
        del reading, then
