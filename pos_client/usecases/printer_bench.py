"""What the printer test needs of a printer: one strip of numbered parts, and keeping the one that can be read.

Apart from printing receipts because a strip never waits in the queue: somebody stands there and looks at it.
"""

from collections.abc import Sequence
from typing import Protocol


class PrinterBench(Protocol):
    """The station's printer on the test bench. What may take long is called where no deed waits for it."""

    def names(self) -> Sequence[str]:
        """Encodings in the order of their numbers on the strip, from 1 on."""

    def kept(self) -> str:
        """The encoding that receipts are printed in now."""

    def place(self) -> str:
        """Where the printer is."""

    def print_strip(self) -> None:
        """Print all parts, each under its number. Raises PrinterUnavailable."""

    def keep(self, name: str) -> None:
        """Print receipts in this encoding, from the next one on and after a restart.

        Raises:
            SettingsInvalid, StorageUnavailable, DiskFull: it stays as it was.
        """
