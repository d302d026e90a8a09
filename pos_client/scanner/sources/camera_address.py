"""The address of a network camera: what of it may be shown, and why nobody answers there.

Apart from the source because OpenCV only says that it failed. Asking once more by ourselves, in a few bytes, tells a
camera without power from a wrong port and from a wrong password.
"""

import re
import socket
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

from pos_client.domain.errors import CameraTrouble, CameraUnavailable, UsageError

_PORTS: Final = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
_ASKED_PLAINLY: Final = frozenset({"rtsp", "http"})
_REACH_S: Final = 3.0
_STATUS_LINE: Final = re.compile(rb"(?:RTSP|HTTP)/\d\.\d (\d{3})")
_SCHEMES: Final = frozenset(_PORTS)


def is_address(text: str) -> bool:
    """Whether a text is meant as the address of a network camera."""
    return text.partition("://")[0].lower() in _SCHEMES and "://" in text


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """Where a camera is. ``repr`` and ``shown`` keep user, password and path to themselves; many paths hold a password.

    Attributes:
        scheme: rtsp, rtsps, http or https. host, port: where it listens.
    """

    scheme: str
    host: str
    port: int
    _parts: SplitResult

    @classmethod
    def parse(cls, url: str) -> "CameraAddress":
        """Read an address.

        Raises:
            UsageError: it names no host, or a port that cannot be.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme.lower()]
        except (ValueError, KeyError) as error:
            raise UsageError("the camera's address is not well formed") from error
        if not parts.hostname:
            raise UsageError("the camera's address names no host")
        return cls(parts.scheme.lower(), parts.hostname, port, parts)

    def __repr__(self) -> str:
        return f"CameraAddress({self.shown})"

    @property
    def shown(self) -> str:
        """What of it may be shown and logged."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def wants_password(self) -> bool:
        """Whether it names a user and no password: it is then kept elsewhere."""
        return bool(self._parts.username) and self._parts.password is None

    @property
    def password(self) -> str:
        """The password that it carries itself, if any."""
        return unquote(self._parts.password or "")

    @property
    def without_password(self) -> str:
        """The whole of it with the user and without the password."""
        user, _, place = self._parts.netloc.rpartition("@")
        return self._parts._replace(netloc=f"{user.partition(':')[0]}@{place}" if user else place).geturl()

    def url(self, password: str = "") -> str:
        """The whole of it, for the one who opens it; with a password that was kept elsewhere."""
        parts = self._parts
        if not password or not self.wants_password:
            return parts.geturl()
        user = quote(unquote(parts.username or ""), safe="")
        place = parts.netloc.rpartition("@")[2]
        return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{place}").geturl()

    def reach(self) -> None:
        """Try whether anybody listens there.

        Raises:
            CameraUnavailable: nobody, or nobody at that port.
        """
        try:
            socket.create_connection((self.host, self.port), _REACH_S).close()
        except ConnectionRefusedError as error:
            raise CameraUnavailable(f"{self.shown} refuses", CameraTrouble.REFUSED) from error
        except (OSError, UnicodeError) as error:
            raise CameraUnavailable(f"{self.shown} cannot be reached", CameraTrouble.UNREACHABLE) from error

    def trouble(self) -> CameraTrouble:
        """Why it gives no picture though somebody listens there, as far as one plain question can tell."""
        if self.scheme not in _ASKED_PLAINLY:
            return CameraTrouble.NOT_A_CAMERA
        try:
            status = self._status()
        except ConnectionRefusedError:
            return CameraTrouble.REFUSED
        except TimeoutError:
            return CameraTrouble.STALLED
        except (OSError, UnicodeError):
            return CameraTrouble.UNREACHABLE
        return CameraTrouble.NOT_AUTHORISED if status in {401, 403} else CameraTrouble.NOT_A_CAMERA

    def _status(self) -> int:
        """What it answers to a question without a password; 0 for what is no answer."""
        with socket.create_connection((self.host, self.port), _REACH_S) as line:
            line.sendall(self._question())
            answer, until_s = b"", time.monotonic() + _REACH_S
            while b"\n" not in answer and len(answer) < 256 and time.monotonic() < until_s:
                came = line.recv(256)
                if not came:
                    break
                answer += came
        match = _STATUS_LINE.match(answer)
        return int(match[1]) if match else 0

    def _question(self) -> bytes:
        place = self._parts.path or "/"
        if self._parts.query:
            place += f"?{self._parts.query}"
        if self.scheme == "rtsp":
            return f"DESCRIBE {self.shown}{place} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n".encode()
        host = self.shown.partition("://")[2]
        return f"GET {place} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
