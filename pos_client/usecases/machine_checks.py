"""What the window asks of the parts that a counter needs, one after the other, as a person would look at them.

Apart from the counter because nothing is decided here: a look takes as long as the part takes to answer, so it is
never made on the till's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Light(StrEnum):
    """How a part is."""

    UNKNOWN = "unknown"
    LOOKING = "looking"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; ``detail`` is for whoever is asked on the telephone, and names nobody."""

    light: Light = Light.UNKNOWN
    detail: str = ""


class MachineChecks(Protocol):
    """The looks. Each may be made from any thread, and raises nothing."""

    def names(self) -> Sequence[str]:
        """What can be looked at, in the order in which a person would mend it."""

    def look(self, name: str) -> Finding:
        """One look; may take some seconds."""
