"""A server that gives every answer but a good one: thirteen kinds, by the first part of the path.

Apart from the row because it is a server, and knows nothing of lanes. It counts its answers by kind.
"""

import gzip
import json
import socket
import socketserver
import struct
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from tests.fakes.on_loopback import LoopbackListener, OnLoopback

HUGE = 10 * 1024**3
BOMB = 256 * 1024**2
SLOWEST_S = 20.0


def _reply(status: str, content_type: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def _problem(status: int, kind: str, **more: object) -> bytes:
    body = json.dumps({"type": f"urn:rdm:{kind}", "title": kind, "status": status, **more}).encode()
    # Of all the kinds these two come nearest to the centre's own: they name a time, though nobody signed it.
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return _reply(f"{status} Problem", "application/problem+json", body, f"Server-Time: {now}")


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(BOMB), 9)


HTML = b"<html><body><h1>Welcome to the guest network</h1><a href='/login'>sign in</a></body></html>"
WHOLE: dict[str, Callable[[], bytes]] = {
    "500": lambda: _reply("500 Internal Server Error", "text/plain", b"Traceback (most recent call last)"),
    "502-html": lambda: _reply("502 Bad Gateway", "text/html", b"<html>502 Bad Gateway</html>"),
    "captive-portal": lambda: _reply("200 OK", "text/html", HTML),
    "404-html": lambda: _reply("404 Not Found", "text/html", b"<html>404</html>"),
    "400-problem": lambda: _problem(400, "bad-request"),
    "422-problem": lambda: _problem(422, "bad-field", retry="never"),
    "429": lambda: _reply("429 Too Many Requests", "application/problem+json", b"{}", "Retry-After: 1"),
    "empty-json": lambda: _reply("200 OK", "application/json", b"{}"),
    "other-json": lambda: _reply("200 OK", "application/json", b'[{"ok": true, "results": "all accepted"}]'),
    "redirect": lambda: _reply("302 Found", "text/html", b"", "Location: /login"),
    "gzip-bomb": lambda: _reply("200 OK", "application/json", _bomb(), "Content-Encoding: gzip"),
}
KINDS = (*WHOLE, "slow-loris", "reset", "huge")
# Each of these takes a lane to the end of its patience.
SLOW_KINDS = frozenset({"slow-loris"})


class NastyServer(OnLoopback):
    """Listens on a free port of loopback; answers as ``kind`` says, which may be changed while it runs."""

    def __init__(self) -> None:
        self.kind = KINDS[0]
        self.counts: Counter[str] = Counter()
        super().__init__(LoopbackListener(self, _Conversation))


class _Conversation(socketserver.BaseRequestHandler):
    """One connection, one answer."""

    server: LoopbackListener[NastyServer]

    def handle(self) -> None:
        owner = self.server.owner
        kind = owner.kind
        try:
            if not self._heard():
                return
            owner.counts[kind] += 1
            self._answer(kind)
        except OSError:
            # The lane had enough of it, which is what it should do.
            return

    def _heard(self) -> bool:
        """Take the whole request: an answer that comes too early is another fault."""
        with self.request.makefile("rb") as stream:
            length, first = 0, stream.readline()
            while (line := stream.readline()) not in {b"\r\n", b""}:
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            stream.read(length)
            return bool(first)

    def _answer(self, kind: str) -> None:
        if kind in WHOLE:
            self.request.sendall(WHOLE[kind]())
            return
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        if kind == "reset":
            self.request.sendall(head % 1000 + b'{"results": [')
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif kind == "huge":
            self.request.sendall(head % HUGE)
            piece = b" " * 65_536
            for _ in range(HUGE // len(piece)):
                self.request.sendall(piece)
        else:
            until = time.monotonic() + SLOWEST_S
            for byte in head % 100_000:
                self.request.sendall(bytes([byte]))
                time.sleep(1.0)
                if time.monotonic() > until:
                    return
