"""A small HTTP server on loopback that answers as its script says, down to single bytes and broken connections.

It stands beside the real server because no real server can be made to send half a header on demand.
"""

import gzip
import json
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import (
    DocumentPurpose,
    KeyPurpose,
    signed_bytes,
    time_signed_bytes,
    to_base64,
)
from tests.fakes.on_loopback import LoopbackListener, OnLoopback

KEY_IDS = dict(zip(KeyPurpose, (1, 2, 3, 4, 5, 1_001), strict=True))
_SIGNER = {DocumentPurpose.RECEIPT: KeyPurpose.SERVER}


@dataclass(frozen=True)
class Received:
    """One request as it came in; header names in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


Play = Callable[[socket.socket], None]
Script = Callable[[Received], Play]


class CentreKeys:
    """The centre's keys, made for one test."""

    def __init__(self) -> None:
        self.private = {purpose: Ed25519PrivateKey.generate() for purpose in KeyPurpose}

    def trust(self) -> list[dict[str, Any]]:
        return [
            {
                "key_id": KEY_IDS[purpose],
                "purpose": purpose.value,
                "alg": "ed25519",
                "public": to_base64(key.public_key().public_bytes_raw()),
                "not_before": "2020-01-01",
                "not_after": "2099-12-31",
            }
            for purpose, key in self.private.items()
        ]

    def signed(self, purpose: DocumentPurpose, document: Mapping[str, Any]) -> dict[str, Any]:
        signer = _SIGNER.get(purpose, KeyPurpose.DATA)
        whole = {**document, "key_id": KEY_IDS[signer]}
        return {**whole, "sig": to_base64(self.private[signer].sign(signed_bytes(purpose, whole)))}

    def time_headers(self, request: Received, now: datetime | None = None) -> dict[str, str]:
        moment = wire_time(now or datetime.now(UTC))
        content = time_signed_bytes(moment, request.headers.get("x-request-id", ""))
        return {
            "Server-Time": moment,
            "X-Time-Sig": to_base64(self.private[KeyPurpose.SERVER].sign(content)),
            "X-Time-Key": str(KEY_IDS[KeyPurpose.SERVER]),
        }


class ScriptedServer(OnLoopback):
    """Listens on a free port of loopback until it is left."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.received: list[Received] = []
        super().__init__(_Listener(self, _Conversation))


class _Listener(LoopbackListener[ScriptedServer]):
    daemon_threads = False

    def __init__(self, owner: ScriptedServer, conversation: type[socketserver.BaseRequestHandler]) -> None:
        self.sockets: list[socket.socket] = []
        super().__init__(owner, conversation)

    def end_all(self) -> None:
        for one in self.sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Conversation(socketserver.BaseRequestHandler):
    server: _Listener

    def handle(self) -> None:
        self.server.sockets.append(self.request)
        with self.request.makefile("rb") as stream:
            while (received := _read_request(stream)) is not None:
                self.server.owner.received.append(received)
                try:
                    self.server.owner.script(received)(self.request)
                except (OSError, _HungUp):
                    return


class _HungUp(Exception):
    """The script ended the connection."""


def _read_request(stream: Any) -> Received | None:
    try:
        line = stream.readline().decode("latin-1").split()
        headers: dict[str, str] = {}
        while field := stream.readline().decode("latin-1").strip():
            name, _, value = field.partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", "0")))
    except OSError:
        return None
    if len(line) != 3:
        return None
    path, _, query = line[1].partition("?")
    return Received(line[0], path, query, headers, body)


def raw(status: int, headers: Mapping[str, str], body: bytes) -> Play:
    """Any answer, with its length."""
    fields = {"Content-Length": str(len(body)), **headers}
    head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return lambda connection: connection.sendall(head.encode() + body)


def document(
    keys: CentreKeys, request: Received, content: Mapping[str, Any], status: int = 200, **headers: str
) -> Play:
    """An answer of our server."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    fields = {"Content-Type": "application/json", **keys.time_headers(request), **more}
    return raw(status, fields, json.dumps(content).encode())


def problem(keys: CentreKeys, request: Received, status: int, code: str, retry: str = "never", **extras: Any) -> Play:
    """A refusal of our server."""
    content = {"type": f"urn:rdm:{code}", "title": code, "status": status, "detail": code, "retry": retry, **extras}
    fields = {"Content-Type": "application/problem+json", **keys.time_headers(request)}
    return raw(status, fields, json.dumps(content).encode())


def html(status: int, **headers: str) -> Play:
    """A page of somebody else."""
    fields = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return raw(status, fields, b"<!doctype html><title>Sign in</title>")


def hang_up(connection: socket.socket) -> None:
    """No answer at all: the connection is reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    raise _HungUp


def reset_after_headers(connection: socket.socket) -> None:
    """Promises a body, then the connection is reset."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
    hang_up(connection)


def truncated(keys: CentreKeys, request: Received, content: Mapping[str, Any]) -> Play:
    """Half of an answer, then the connection ends in good order."""

    def play(connection: socket.socket) -> None:
        pieces: list[bytes] = []

        class Catcher:
            def sendall(self, sent: bytes) -> None:
                pieces.append(sent)

        document(keys, request, content)(Catcher())  # type: ignore[arg-type]
        connection.sendall(b"".join(pieces)[:-7])
        connection.shutdown(socket.SHUT_RDWR)
        raise _HungUp

    return play


def silent_until(released: threading.Event, then: Play) -> Play:
    """Says nothing until it is released."""

    def play(connection: socket.socket) -> None:
        released.wait(30)
        then(connection)

    return play


def slow_loris(released: threading.Event, piece: bytes = b"x") -> Play:
    """Begins to answer, and then sends one byte now and again, for ever."""

    def play(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n")
        while not released.wait(0.02):
            connection.sendall(piece)
        raise _HungUp

    return play


def stops_in_the_body(released: threading.Event) -> Play:
    """Sends headers and a few bytes, and then nothing more."""

    def play(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\nabc")
        released.wait(30)
        raise _HungUp

    return play


def endless(connection: socket.socket) -> None:
    """A body of ten gigabytes, for as long as somebody reads it."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n")
    while True:
        connection.sendall(bytes(65_536))


def gzip_bomb(keys: CentreKeys, request: Received, size: int) -> Play:
    """A few kilobytes that unpack to ``size``."""
    fields = {"Content-Type": "application/json", "Content-Encoding": "gzip", **keys.time_headers(request)}
    return raw(200, fields, gzip.compress(b" " * size))
