"""One connection to a server: sends a prepared request and reads a bounded answer, or can be hung up.

Apart from the client because this is the border where the exceptions of ``requests`` and ``urllib3`` end: what comes
out is bytes or ``ServerUnreachable``.
"""

import contextlib
import errno
import socket
import ssl
import weakref
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import SSLError as SSLErrorOfUrllib3
from urllib3.exceptions import TimeoutError as TimeoutErrorOfUrllib3

from pos_client.domain.errors import ServerUnreachable

CONNECT_TIMEOUT_S: Final = 3.05
READ_TIMEOUT_S: Final = 20.0
_PIECE_BYTES: Final = 65_536
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


# In this order: the libraries call a refused connection a timeout as well.
_CAUSES: Final = (
    ((socket.gaierror,), "no-name"),
    ((ConnectionRefusedError,), "refused"),
    ((ssl.SSLError, SSLErrorOfUrllib3), "tls"),
    ((TimeoutError, requests.Timeout, TimeoutErrorOfUrllib3), "timeout"),
)
# OpenSSL's words for a certificate that is not valid yet or any more, or is another name's or address's. One that
# nobody here trusts is not among them: it is more likely a box in between, which shows its own.
_NOT_ITS_OWN: Final = frozenset({9, 10, 62, 64})
_NO_ROUTE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


class ConnectionDropped(ServerUnreachable):
    """The connection ended before an answer: the server may have closed it while it was idle."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What came back, whoever it was: status, headers (any case) and the whole body, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Door:
    """The way into a server that is not the centre's own.

    Attributes:
        pin: SHA-256 of the only certificate that is accepted (hexadecimal), empty for the system's trust.
        headers: of every request.
    """

    pin: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


FRONT_DOOR: Final = Door()


class _HangUpAdapter(HTTPAdapter):
    """Knows its open sockets, so that another thread can end a call that is stuck in one of them."""

    def __init__(self, pin: str = "") -> None:
        self._pin = pin
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        super().__init__(pool_connections=2, pool_maxsize=2)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        if self._pin:
            kwargs["assert_fingerprint"] = self._pin
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": self._watched(HTTPConnectionPool),
            "https": self._watched(HTTPSConnectionPool),
        }

    def hang_up(self) -> None:
        """End every exchange that is under way."""
        for one in list(self._sockets):
            # A socket that the other side closed a moment ago cannot be shut down again.
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _watched(self, pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
        sockets = self._sockets
        connection: type[HTTPConnection] = pool.ConnectionCls  # type: ignore[assignment]

        class Watched(connection):  # type: ignore[valid-type,misc]
            def connect(self) -> None:
                super().connect()
                sockets.add(self.sock)

        return type(pool.__name__, (pool,), {"ConnectionCls": Watched})


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine."""
    return urlsplit(url).hostname in _LOOPBACK


class Line:
    """A session with one server; used by one thread at a time.

    Args:
        base_url: scheme, host and port. On loopback the environment's proxies are not asked.
        pin: SHA-256 of the one certificate that is accepted (hexadecimal), whoever signed it and whatever name or
            address it is for; empty for the system's trust. A pinned server stands in the store: no proxy is asked.
    """

    def __init__(self, base_url: str, pin: str = "") -> None:
        self._adapter = _HangUpAdapter(pin)
        self._pin = pin
        self._session = requests.Session()
        self._session.trust_env = not (pin or is_loopback(base_url))
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)

    def hang_up(self) -> None:
        """End a call that is under way in another thread; it raises there."""
        self._adapter.hang_up()

    def close(self) -> None:
        """Let go of idle connections."""
        self._session.close()

    def send(self, request: requests.PreparedRequest, max_bytes: int) -> RawAnswer:
        """Send, and read at most ``max_bytes`` of unpacked body. Follows no redirect.

        Raises:
            ConnectionDropped: the connection ended before the answer did.
            ServerUnreachable: any other reason why there is no answer.
        """
        # The pin takes the place of the chain: a store's certificate is nobody's but its own.
        verify = False if self._pin else None
        settings = self._session.merge_environment_settings(request.url, {}, True, verify, None)  # noqa: FBT003
        try:
            response = self._session.send(
                request, allow_redirects=False, timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S), **settings
            )
            with response:
                return RawAnswer(response.status_code, response.headers, _body(response, max_bytes))
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _lost(error) from error


def _lost(error: Exception) -> ServerUnreachable:
    """What stood in the way. Only a connection that broke may be tried again at once: the others take their time."""
    found = _causes(error)
    if any(isinstance(one, ssl.SSLCertVerificationError) and one.verify_code in _NOT_ITS_OWN for one in found):
        return ServerUnreachable(type(error).__name__, cause="certificate")
    for kinds, cause in _CAUSES:
        if any(isinstance(one, kinds) for one in found):
            return ServerUnreachable(type(error).__name__, cause=cause)
    if any(isinstance(one, OSError) and one.errno in _NO_ROUTE for one in found):
        return ServerUnreachable(type(error).__name__, cause="no-route")
    return ConnectionDropped(type(error).__name__, cause="dropped")


def _causes(error: BaseException) -> list[BaseException]:
    """The exceptions inside an exception, however each library packed them."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < 20:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found


def _body(response: requests.Response, max_bytes: int) -> bytes:
    """The body, bounded before and after unpacking: 10 GB cannot come in, and neither can 10 MB that unpack to it."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip"}:
        raise ServerUnreachable(f"content encoding {encoding[:20]}", cause="not-ours")
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _too_large()
    packed = bytearray()
    while piece := response.raw.read(_PIECE_BYTES, decode_content=False):
        packed += piece
        if len(packed) > max_bytes:
            raise _too_large()
    return bytes(packed) if encoding == "identity" else _unpacked(bytes(packed), max_bytes)


def _unpacked(packed: bytes, max_bytes: int) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    try:
        # Counted in pieces first: what is too large must not cost its size before that is known.
        if _unpacked_size(packed, max_bytes) > max_bytes:
            raise _too_large()
        body = inflater.decompress(packed)
    except zlib.error as error:
        raise ServerUnreachable("gzip is damaged", cause="not-ours") from error
    if not inflater.eof:
        raise ServerUnreachable("gzip ends early", cause="not-ours")
    return body


def _unpacked_size(packed: bytes, enough: int) -> int:
    """How many bytes it unpacks to, counted no further than past ``enough``."""
    inflater, size, rest = zlib.decompressobj(wbits=31), 0, packed
    while rest and not inflater.eof and size <= enough:
        size += len(inflater.decompress(rest, _PIECE_BYTES))
        rest = inflater.unconsumed_tail
    return size


def _too_large() -> ServerUnreachable:
    return ServerUnreachable("the answer is larger than any of ours", cause="not-ours")
