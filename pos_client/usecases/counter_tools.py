"""What the machine lends to the counter's screens beside the desk: files, checks of its parts, a printer.

Apart from the desk because no deed needs any of it, and a counter without one of them is a counter all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .bind_port import BindPorts
from .desk import Desk
from .machine_checks import MachineChecks
from .printer_bench import PrinterBench
from .station_choices import StationChoices


class Files(Protocol):
    """Where a person finds what was exported."""

    def keep(self, name: str, content: bytes) -> str:
        """Write a file of that name and say where it is; an older one of the same name is kept beside it.

        Raises:
            DiskFull, StorageUnavailable: nothing was written.
        """


class FarThread(Protocol):
    """Whoever asks somebody far away, or reads for long, on a thread on which nobody waits; one after the other."""

    def do(self, errand: Callable[[], None]) -> object:
        """Do it in its turn."""


class ThingPictures(Protocol):
    """Photographs of prizes and samples, as this machine has them."""

    def of(self, item: str) -> Path | None:
        """The file of a thing, None where there is none."""


@dataclass(frozen=True, slots=True)
class CounterTools:
    """What this machine has; None for what it has not.

    Attributes:
        reprint: prints the slip of an entry of this epoch once more, on the till's thread.
        training: practice data, nothing counts. attended: whoever logged in last stands here when the window opens.
        binding: seals, signs, and asks the centre about new members.
        far: asks it where no deed waits for the answer. reading: reads long in the book, where none waits either.
        pictures: of things to hand over.
        bench: tries the printer's encodings. choices: what may be changed at this station.
    """

    files: Files | None = None
    checks: MachineChecks | None = None
    reprint: Callable[[Desk, int], None] | None = None
    training: bool = False
    attended: bool = False
    binding: BindPorts | None = None
    far: FarThread | None = None
    reading: FarThread | None = None
    pictures: ThingPictures | None = None
    bench: PrinterBench | None = None
    choices: StationChoices | None = None
