"""The line to a gun that is no keyboard: a serial port, a virtual COM port over USB, or a serial server's TCP socket.

The one home of pyserial; its faults, and the system's, become ours here. Sockets are opened by ourselves: those of
pyserial leave a connection open that the other end broke, and never notice an end that was switched off.
"""

import errno
import logging
import re
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

import serial
from serial.tools import list_ports

from pos_client.domain.errors import GunAbsent, GunBusy, GunDenied, GunLost, GunUnavailable

WAIT_S: Final = 0.1
"""How long a read waits for the first byte; a worker that is asked to stop notices after this."""

_CONNECT_S: Final = 3.0
_CHUNK: Final = 4096
_USB: Final = re.compile(r"^usb:([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$", re.IGNORECASE)
_SOCKET: Final = "socket://"
_FAULT_OF: Final[Mapping[int, type[GunUnavailable]]] = {
    errno.EACCES: GunDenied,
    errno.EPERM: GunDenied,
    errno.EBUSY: GunBusy,
    errno.EAGAIN: GunBusy,
}
_log = logging.getLogger(__name__)
# On Windows pyserial tells the number in words only; a port that is open elsewhere is "access denied" (13) there.
_IN_WORDS: Final = re.compile(r"PermissionError\(13")


class Line(Protocol):
    """An open line."""

    def read(self) -> bytes:
        """What has come, after at most ``WAIT_S``; empty for silence. Raises GunLost."""

    def close(self) -> None:
        """Let others have it."""


@dataclass(frozen=True, slots=True)
class PortFound:
    """A serial port of this machine.

    Attributes:
        port: its name here, for example ``/dev/ttyACM0`` or ``COM3``; may change when it is plugged in anew.
        usb: ``usb:VVVV:PPPP``, which stays; empty for a port that is not USB.
        description: what it calls itself.
    """

    port: str
    usb: str
    description: str


def ports() -> list[PortFound]:
    """The serial ports of this machine, by name."""
    return sorted(
        (
            PortFound(info.device, f"usb:{info.vid:04x}:{info.pid:04x}" if info.vid else "", info.description or "")
            for info in list_ports.comports()
        ),
        key=lambda found: found.port,
    )


def open_line(port: str, baud: int = 9600) -> Line:
    """Open a line for ourselves alone, 8 data bits, no parity, 1 stop bit.

    Args:
        port: a device (``/dev/ttyACM0``, ``COM3``), ``usb:VVVV:PPPP`` or ``usb:VVVV:PPPP:SERIAL`` (hexadecimal, found
            anew at every opening), or ``socket://HOST:PORT``.
        baud: bits a second; of no meaning to USB and sockets.

    Raises:
        GunAbsent, GunDenied, GunBusy.
    """
    if port.startswith(_SOCKET):
        return _TcpLine(port)
    return _SerialLine(_device(port), baud)


def _device(port: str) -> str:
    wanted = _USB.match(port)
    if wanted is None:
        return port
    vendor, product, number = int(wanted[1], 16), int(wanted[2], 16), wanted[3]
    for info in list_ports.comports():
        if (info.vid, info.pid) == (vendor, product) and number in {None, info.serial_number}:
            return str(info.device)
    raise GunAbsent(port, port=port)


class _SerialLine:
    """A port of this machine."""

    def __init__(self, device: str, baud: int) -> None:
        try:
            self._port = serial.Serial(device, baud, timeout=WAIT_S, exclusive=True)
        except serial.SerialException as error:
            raise _fault(error, device) from error
        except (OSError, ValueError) as error:
            raise GunAbsent(str(error), port=device) from error
        self._device = device
        self._hold()

    def read(self) -> bytes:
        try:
            first = self._port.read(1)
            return bytes(first + self._port.read(self._port.in_waiting)) if first else b""
        except (OSError, TypeError) as error:
            # TypeError: what pyserial ends in where the device goes while it is being asked.
            raise GunLost(str(error), port=self._device) from error

    def close(self) -> None:
        self._port.close()

    def _hold(self) -> None:
        """Keep programs out that heed no lock, such as a modem manager that probes every new port."""
        if sys.platform == "win32":
            return
        import fcntl  # noqa: PLC0415 - not on Windows, where an open port is closed to others anyhow
        import termios  # noqa: PLC0415

        try:
            fcntl.ioctl(self._port.fileno(), termios.TIOCEXCL)
        except OSError as error:
            _log.info("%s is not kept from other programs: %s", self._device, error)


class _TcpLine:
    """A serial server on the network."""

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            address = urlsplit(url)
            self._socket = socket.create_connection((address.hostname or "", address.port or 0), _CONNECT_S)
        except (OSError, ValueError) as error:
            raise GunAbsent(str(error), port=url) from error
        self._socket.settimeout(WAIT_S)
        self._notice_silence()

    def read(self) -> bytes:
        try:
            data = self._socket.recv(_CHUNK)
        except TimeoutError:
            return b""
        except OSError as error:
            raise GunLost(str(error), port=self._url) from error
        if not data:
            raise GunLost("closed by the other end", port=self._url)
        return data

    def close(self) -> None:
        self._socket.close()

    def _notice_silence(self) -> None:
        """Let the system ask now and then whether the other end still lives: a gun may be silent for hours."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, seconds in (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 3), ("TCP_KEEPCNT", 3)):
            if hasattr(socket, name):
                self._socket.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)


def _fault(error: serial.SerialException, device: str) -> GunUnavailable:
    if error.errno is None and _IN_WORDS.search(str(error)):
        return GunBusy(str(error), port=device)
    return _FAULT_OF.get(error.errno or 0, GunAbsent)(str(error), port=device)
