"""The ways to a printer: network, serial line, USB. Each is opened for one page and closed after it.

Apart from the page because all of them carry the same bytes. Faults of sockets, pyserial and pyusb become ours here.
"""

import contextlib
import socket
import time
from collections.abc import Callable
from typing import Final, Protocol
from urllib.parse import urlsplit

import serial

from pos_client.domain.printer_errors import PrinterAbsent, PrinterDriverMissing

CONNECT_S: Final = 3.0
ANSWER_S: Final = 0.6
"""How long an answer to a status question is waited for; some printers never give one."""

_CHUNK: Final = 4096


class Way(Protocol):
    """An open way. Every call may raise PrinterAbsent."""

    def send(self, data: bytes) -> None:
        """Hand over all of it."""

    def answer(self) -> bytes:
        """One byte that came back within ``ANSWER_S``; empty for silence."""

    def close(self) -> None:
        """Let others have the printer."""


OpenWay = Callable[[], Way]


def way_to(place: str, baud: int, wait_s: float) -> OpenWay:
    """What opens a way.

    Args:
        place: ``socket://HOST:PORT``, ``serial:PORT`` or ``usb:VVVV:PPPP``.
        baud: of a serial line.
        wait_s: at most for handing over one page.
    """
    if place.startswith("socket://"):
        return lambda: _Socket(place, wait_s)
    if place.startswith("serial:"):
        return lambda: _Serial(place, baud, wait_s)
    return lambda: _Usb(place, wait_s)


class _Socket:
    def __init__(self, place: str, wait_s: float) -> None:
        self._place, self._wait_s = place, wait_s
        try:
            address = urlsplit(place)
            self._socket = socket.create_connection((address.hostname or "", address.port or 9100), CONNECT_S)
        except (OSError, ValueError) as error:
            raise PrinterAbsent(str(error), place=place) from error

    def send(self, data: bytes) -> None:
        # The time limit of sendall() is one of the whole, not of each piece.
        self._socket.settimeout(self._wait_s)
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise PrinterAbsent(str(error), place=self._place) from error

    def answer(self) -> bytes:
        self._socket.settimeout(ANSWER_S)
        try:
            data = self._socket.recv(1)
        except TimeoutError:
            return b""
        except OSError as error:
            raise PrinterAbsent(str(error), place=self._place) from error
        if not data:
            raise PrinterAbsent("closed by the printer", place=self._place)
        return data

    def close(self) -> None:
        with contextlib.suppress(OSError):
            # What is still on its way arrives; the other end learns that nothing follows.
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()


class _Serial:
    def __init__(self, place: str, baud: int, wait_s: float) -> None:
        self._place, device = place, place.removeprefix("serial:")
        try:
            self._port = serial.Serial(device, baud, timeout=ANSWER_S, write_timeout=wait_s, exclusive=True)
        except (OSError, ValueError) as error:
            raise PrinterAbsent(str(error), place=place) from error

    def send(self, data: bytes) -> None:
        try:
            self._port.write(data)
            self._port.flush()
        except OSError as error:
            raise PrinterAbsent(str(error), place=self._place) from error

    def answer(self) -> bytes:
        try:
            return bytes(self._port.read(1))
        except (OSError, TypeError) as error:
            raise PrinterAbsent(str(error), place=self._place) from error

    def close(self) -> None:
        self._port.close()


class _Usb:
    def __init__(self, place: str, wait_s: float) -> None:
        from escpos.printer import Usb  # noqa: PLC0415 - a machine without this way needs none of its libraries

        self._place, self._wait_s = place, wait_s
        if not Usb.is_usable():
            raise PrinterDriverMissing("pyusb is not installed", place=place, package="pos-client[usb-printer]")
        vendor, product = (int(part, 16) for part in place.split(":")[1:3])
        self._printer = Usb(vendor, product, timeout=int(wait_s * 1_000))
        try:
            self._printer.open()
        except Exception as error:  # pyusb and its back ends raise what they like
            raise PrinterAbsent(str(error), place=place) from error

    def send(self, data: bytes) -> None:
        until = time.monotonic() + self._wait_s
        for start in range(0, len(data), _CHUNK):
            if time.monotonic() > until:
                raise PrinterAbsent("too slow", place=self._place)
            try:
                self._printer._raw(data[start : start + _CHUNK])  # noqa: SLF001 - its only door for ready bytes
            except Exception as error:
                raise PrinterAbsent(str(error), place=self._place) from error

    def answer(self) -> bytes:
        try:
            return bytes(self._printer._read()[:1])  # noqa: SLF001
        except Exception:  # noqa: BLE001 - a silent endpoint is an error there, and silence here
            return b""

    def close(self) -> None:
        self._printer.close()
