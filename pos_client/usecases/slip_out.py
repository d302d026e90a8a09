"""A slip that comes out of a machine while a customer waits for it.

Apart from making slips because a printer takes its time, may be out of paper, and must never hold up a redemption.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol


class SlipState(StrEnum):
    """How far the paper is."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


class SlipOut(Protocol):
    """A kiosk's slip printer. Both calls return at once."""

    def begin(self, seqs: Sequence[int], language: str, then: Callable[[SlipState], None]) -> SlipState:
        """Print the slips of these entries, in a language unless the station has one of its own for paper.

        Returns:
            PRINTING, and ``then`` is told PRINTED or FAILED on the thread that asked; FAILED where that is known
            already; NONE where there is no printer.
        """

    def cancel(self) -> None:
        """The customer has gone: whatever was not printed is not."""


class NoSlipOut:
    """A kiosk without a printer."""

    def begin(self, seqs: Sequence[int], language: str, then: Callable[[SlipState], None]) -> SlipState:
        """There is nothing to print with."""
        del seqs, language, then
        return SlipState.NONE

    def cancel(self) -> None:
        """There is nothing to cancel."""
