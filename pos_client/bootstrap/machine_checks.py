"""``MachineChecks`` for the window: the looks of ``doctor``, and the way to the server hop by hop.

Apart from ``doctor`` because a window already knows its lane, and asks one look at a time from a thread of its own.
"""

import socket
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from pos_client.domain.printer_errors import PrinterUnavailable
from pos_client.usecases.machine_checks import Finding, Light
from pos_client.usecases.printing_port import PrinterState

from . import doctoring
from .lane import LaneFiles

_HOP_S: Final = 2.0
_PORTS: Final = {"https": 443, "http": 80}
_LIGHT: Final = {doctoring.GOOD: Light.GOOD, doctoring.WARN: Light.WARN, doctoring.BAD: Light.BAD}
# Nobody has this address (RFC 5737), and nobody is spoken to.
_NOBODY: Final = ("192.0.2.1", 9)


class LooksAtPrinter(Protocol):
    """A printer that others use as well."""

    def look(self) -> PrinterState:
        """How it is, soon. Raises PrinterUnavailable."""

    def place(self) -> str:
        """Where it is."""

    def kept(self) -> str:
        """The encoding of its receipts."""


class DoctorChecks:
    """Looks at this counter's parts.

    Args:
        given: the home, as the command line named it.
        printer: the window's own, which is asked between two receipts; None at a station without one.
    """

    def __init__(self, given: Path | None, printer: LooksAtPrinter | None = None) -> None:
        self._looks: dict[str, Callable[[], doctoring.Finding]] = {
            "network": lambda: network(LaneFiles.of(given).orders.enrolment.server_url),
            **doctoring.looks(given),
        }
        if printer is not None:
            self._looks["printer"] = lambda: _printer(printer)

    def names(self) -> Sequence[str]:
        """What can be looked at."""
        return tuple(self._looks)

    def look(self, name: str) -> Finding:
        """One look."""
        try:
            found = doctoring.checked(self._looks[name])
        except Exception as fault:  # noqa: BLE001 - a look that breaks is itself what was found
            return Finding(Light.BAD, type(fault).__name__)
        return Finding(_LIGHT[found.state], found.detail)


def _printer(printer: LooksAtPrinter) -> doctoring.Finding:
    where = f"{printer.place()}, {printer.kept()}"
    try:
        state = printer.look()
    except PrinterUnavailable as fault:
        return doctoring.printer_finding(f"{where}: {fault.reason}", fault, waiting=0)
    return doctoring.printer_finding(f"{where}: {state.value}", None, waiting=0)


def network(url: str) -> doctoring.Finding:
    """Three hops: this machine has an address, the server's name has one, the server's port opens."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 443)
    hops = (
        ("1 address", _own_address),
        ("2 name", lambda: _found(host, port)),
        ("3 port", lambda: _opens(host, port)),
    )
    told: list[str] = []
    is_open = True
    for name, hop in hops:
        try:
            told.append(f"{name}: {hop()}")
        except OSError:
            told.append(f"{name}: no")
            is_open = False
    return doctoring.Finding(doctoring.GOOD if is_open else doctoring.WARN, "; ".join(told))


def _own_address() -> str:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        # No packet leaves: the system only says from which address it would.
        probe.connect(_NOBODY)
        return str(probe.getsockname()[0])


def _found(host: str, port: int) -> str:
    return str(socket.getaddrinfo(host, port)[0][4][0])


def _opens(host: str, port: int) -> str:
    with closing(socket.create_connection((host, port), _HOP_S)):
        return f"{port} open"
