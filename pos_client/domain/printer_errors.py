"""Faults of the receipt printer: none of them stops a redemption.

Apart from the other faults of the world, of which they are a branch, because only who prints meets them.
"""

from .errors import PosError


class PrinterUnavailable(PosError):
    """The receipt printer does not print; redemptions go on, and what is to be printed waits."""

    reason = "printer-unavailable"


class PrinterAbsent(PrinterUnavailable):
    """Nobody answers at its address, or it is switched off."""

    reason = "printer-absent"


class PrinterPaperOut(PrinterUnavailable):
    """It has no paper."""

    reason = "printer-paper-out"


class PrinterCoverOpen(PrinterUnavailable):
    """Its cover is open."""

    reason = "printer-cover-open"


class PrinterDriverMissing(PrinterUnavailable):
    """A library for this way to a printer is not installed; ``package`` says which."""

    reason = "printer-driver-missing"
