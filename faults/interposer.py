"""Somebody between a lane and the centre who reads, keeps, alters and repeats what passes.

Apart from the fault proxy, which loses and doubles bytes by dice: this one understands HTTP, and does what it is told.
"""

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Final
from urllib.parse import urlsplit

from tests.fakes.on_loopback import LoopbackListener, OnLoopback

TIMEOUT_S: Final = 30.0
# Packing too: what is to be altered must be read.
_OF_THE_HOP: Final = frozenset(
    {"connection", "transfer-encoding", "content-length", "keep-alive", "host", "accept-encoding"}
)


@dataclass(frozen=True)
class Asked:
    """A request as it came: ``target`` is path and query."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    def header(self, name: str) -> str:
        """A header's value, empty where it is not there."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), "")


@dataclass(frozen=True)
class Answered:
    """A reply as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def as_it_came(_asked: Asked, answered: Answered) -> Answered:
    """Nothing is altered."""
    return answered


class Interposer(OnLoopback):
    """Listens on a free port of loopback; ``alter`` may be changed while it runs.

    Attributes:
        alter: given each request and its reply; what it returns goes to the lane.
        kept: every exchange, in the order of the replies.
    """

    def __init__(self, upstream: str) -> None:
        self.alter: Callable[[Asked, Answered], Answered] = as_it_came
        self.kept: list[tuple[Asked, Answered]] = []
        self._upstream = urlsplit(upstream).netloc
        super().__init__(LoopbackListener(self, _Conversation))

    def ask(self, asked: Asked) -> Answered:
        """Send a request on, byte for byte; also to repeat one that was kept."""
        connection = http.client.HTTPConnection(self._upstream, timeout=TIMEOUT_S)
        try:
            connection.putrequest(asked.method, asked.target, skip_accept_encoding=True)
            for name, value in asked.headers:
                connection.putheader(name, value)
            if asked.body or asked.method in {"POST", "PUT"}:
                connection.putheader("Content-Length", str(len(asked.body)))
            connection.endheaders(asked.body or None)
            reply = connection.getresponse()
            return Answered(reply.status, _kept_headers(reply.getheaders()), reply.read())
        finally:
            connection.close()


def _kept_headers(headers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in headers if name.lower() not in _OF_THE_HOP)


class _Conversation(BaseHTTPRequestHandler):
    server: LoopbackListener[Interposer]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._relay()

    do_POST = do_GET  # noqa: N815 - the library's names
    do_PUT = do_GET  # noqa: N815
    do_DELETE = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing on the screen."""

    def _relay(self) -> None:
        owner = self.server.owner
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path, _kept_headers(list(self.headers.items())), body)
        try:
            answered = owner.ask(asked)
        except OSError:
            self.close_connection = True
            return
        owner.kept.append((asked, answered))
        told = owner.alter(asked, answered)
        self.send_response_only(told.status)
        for name, value in told.headers:
            self.send_header(name, value)
        if told.status not in {204, 304}:
            self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        self.wfile.write(told.body)
