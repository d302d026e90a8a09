"""A proxy between a lane and the real server that loses, doubles, cuts and delays what passes, by a seed.

It stands apart from both so that neither knows: the server really did what a lost reply does not tell.
"""

import random
import socket
import socketserver
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from tests.fakes.on_loopback import LoopbackListener, OnLoopback

UPSTREAM_TIMEOUT_S = 30.0


@dataclass(frozen=True)
class FaultMix:
    """How often what goes wrong, each from 0 to 1.

    Attributes:
        drop_request: the server never sees it. drop_reply: the server did it, the lane is not told.
        double_request: the server sees it twice, the second time byte for byte the same.
        cut_reply: half of it arrives. delay_reply: it arrives ``delay_s`` later.
    """

    drop_request: float = 0.0
    drop_reply: float = 0.0
    double_request: float = 0.0
    cut_reply: float = 0.0
    delay_reply: float = 0.0
    delay_s: float = 2.0


NO_FAULTS = FaultMix()


class FaultProxy(OnLoopback):
    """Listens on a free port of loopback; ``mix`` may be changed while it runs.

    Args:
        upstream: the real server's URL.
        seed: of the dice.
    """

    def __init__(self, upstream: str, mix: FaultMix = NO_FAULTS, seed: int = 0) -> None:
        parts = urlsplit(upstream)
        self.upstream = (parts.hostname or "127.0.0.1", parts.port or 80)
        self.mix = mix
        self.counts: Counter[str] = Counter()
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        super().__init__(LoopbackListener(self, _Conversation))

    def falls(self, name: str, share: float) -> bool:
        """Throw the dice for one fault, and count it where it falls."""
        with self._lock:
            fell = self._dice.random() < share
            self.counts[name] += fell
            return fell

    def blocks(self, message: bytes) -> bool:
        """Whether a request may not pass at all; a proxy that knows roads decides otherwise."""
        return not message

    def passed(self) -> None:
        """Count one request that arrived here."""
        with self._lock:
            self.counts["requests"] += 1


class _Conversation(socketserver.BaseRequestHandler):
    """One connection of a lane, and one to the server for as long as it lasts."""

    server: LoopbackListener[FaultProxy]

    def setup(self) -> None:
        self._upstream: socket.socket | None = None
        self._answers: BinaryIO | None = None

    def handle(self) -> None:
        proxy = self.server.owner
        try:
            with self.request.makefile("rb") as lane:
                while (message := _read_message(lane)) is not None:
                    proxy.passed()
                    if not self._relay(proxy, message):
                        return
        except OSError:
            # A lane that was killed, or a server that was: both are what this proxy is for.
            return

    def finish(self) -> None:
        for one in (self._answers, self._upstream):
            if one is not None:
                one.close()

    def _relay(self, proxy: FaultProxy, message: bytes) -> bool:
        """Pass one request on and its reply back; False where the lane's connection ends here."""
        mix = proxy.mix
        if proxy.blocks(message) or proxy.falls("drop_request", mix.drop_request):
            return False
        if proxy.falls("double_request", mix.double_request):
            self._ask(proxy, message)
        reply = self._ask(proxy, message)
        if reply is None or proxy.falls("drop_reply", mix.drop_reply):
            return False
        if proxy.falls("cut_reply", mix.cut_reply):
            self.request.sendall(reply[: len(reply) // 2])
            return False
        if proxy.falls("delay_reply", mix.delay_reply):
            time.sleep(mix.delay_s)
        self.request.sendall(reply)
        return True

    def _ask(self, proxy: FaultProxy, message: bytes) -> bytes | None:
        if self._upstream is None or self._answers is None:
            self._upstream = socket.create_connection(proxy.upstream, UPSTREAM_TIMEOUT_S)
            self._answers = self._upstream.makefile("rb")
        self._upstream.sendall(message)
        has_no_body = message.startswith(b"HEAD ")
        return _read_message(self._answers, is_reply=True, has_no_body=has_no_body)


def _read_message(stream: BinaryIO, *, is_reply: bool = False, has_no_body: bool = False) -> bytes | None:
    """One whole HTTP/1.1 message, None at the end of the stream."""
    first = stream.readline()
    if not first:
        return None
    head, length, chunked = bytearray(first), 0, False
    while (line := stream.readline()) not in {b"\r\n", b"\n", b""}:
        head += line
        name, _, value = line.decode("latin-1").partition(":")
        if name.lower() == "content-length":
            length = int(value)
        chunked = chunked or (name.lower() == "transfer-encoding" and "chunked" in value.lower())
    head += line
    bodiless = has_no_body or (is_reply and first.split()[1] in {b"204", b"304"})
    if bodiless:
        return bytes(head)
    return bytes(head) + (_read_chunks(stream) if chunked else stream.read(length))


def _read_chunks(stream: BinaryIO) -> bytes:
    found = bytearray()
    while True:
        line = stream.readline()
        found += line
        size = int(line.split(b";")[0] or b"0", 16)
        found += stream.read(size + 2)
        if size == 0:
            return bytes(found)
