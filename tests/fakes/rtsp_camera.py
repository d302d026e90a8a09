"""A network camera for tests: RTSP over one TCP connection, pictures as RTP/JPEG (RFC 2435), a password if wanted.

It serves one still picture at a pace, can fall silent, and counts who came. Only what FFmpeg asks of a camera is here.
"""

import base64
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Self

import cv2

from pos_client.scanner.frame import Pixels

_PIECE = 1_200
_CLOCK_HZ = 90_000
_SDP = "\r\n".join(
    (
        "v=0",
        "o=- 0 0 IN IP4 127.0.0.1",
        "s=till",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=control:*",
        "m=video 0 RTP/AVP 26",
        "a=control:track1",
        "",
    )
)


class RtspCamera(socketserver.ThreadingTCPServer):
    """One camera on a free port of loopback.

    Args:
        picture: grey, its sides multiples of 8; ``show`` changes it.
        password: asked for (user ``till``) where it is not empty.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, picture: Pixels, password: str = "", port: int = 0, fps: float = 20.0) -> None:
        super().__init__(("127.0.0.1", port), _Visit)
        self.expected = "Basic " + base64.b64encode(f"till:{password}".encode()).decode() if password else ""
        self.gap_s = 1 / fps
        self.ended = threading.Event()
        self.speaking = threading.Event()
        self.speaking.set()
        self.served = 0
        self.visitors: list[socket.socket] = []
        self.show(picture)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def show(self, picture: Pixels) -> None:
        """Serve this picture from now on."""
        self.height, self.width = picture.shape
        # A coloured JPEG: RFC 2435 knows no grey one.
        colour = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
        good, coded = cv2.imencode(".jpg", colour, [cv2.IMWRITE_JPEG_QUALITY, 90])
        assert good
        self.tables, self.kind, self.scan = _parts(coded.tobytes())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.ended.set()
        self.shutdown()
        for visitor in self.visitors:
            with suppress(OSError):
                visitor.shutdown(socket.SHUT_RDWR)
        self.server_close()
        self._thread.join()


class _Visit(socketserver.StreamRequestHandler):
    """One client's connection."""

    server: RtspCamera
    timeout = 0.02

    def handle(self) -> None:
        self.server.visitors.append(self.request)
        self._buffer = b""
        self._plays = False
        self._packets = self._rtp()
        with suppress(OSError):
            while not self.server.ended.is_set() and self._answer_one():
                if self._plays and self.server.speaking.is_set():
                    self._send_picture()

    def _answer_one(self) -> bool:
        """Take what has come for a moment, answer a whole request; False at the client's end."""
        self.request.settimeout(self.server.gap_s)
        with suppress(TimeoutError):
            came = self.request.recv(4_096)
            if not came:
                return False
            self._buffer += came
        if b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            self._reply(head.lstrip(b"$").decode("latin-1"))
        return True

    def _reply(self, head: str) -> None:
        lines = head.split("\r\n")
        method = lines[0].split(" ")[0]
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        extra, body, code = "", "", "200 OK"
        if self.server.expected and method != "OPTIONS" and fields.get("authorization") != self.server.expected:
            code, extra = "401 Unauthorized", 'WWW-Authenticate: Basic realm="till"\r\n'
        elif method == "OPTIONS":
            extra = "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n"
        elif method == "DESCRIBE":
            body = _SDP
            extra = f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n"
        elif method == "SETUP":
            extra = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 7\r\n"
        elif method == "PLAY":
            extra, self._plays = "Session: 7\r\n", True
        self.request.sendall(f"RTSP/1.0 {code}\r\nCSeq: {fields.get('cseq', '1')}\r\n{extra}\r\n{body}".encode())

    def _send_picture(self) -> None:
        self.request.settimeout(5.0)
        self.request.sendall(next(self._packets))
        self.server.served += 1

    def _rtp(self) -> Iterator[bytes]:
        """Whole pictures, each as its interleaved RTP packets."""
        sequence = count()
        for number in count():
            server, packets = self.server, []
            stamp = int(number * server.gap_s * _CLOCK_HZ) & 0xFFFFFFFF
            pieces = range(0, len(server.scan), _PIECE)
            for at in pieces:
                marker = 0x80 if at == pieces[-1] else 0
                rtp = struct.pack(">BBHII", 0x80, 26 | marker, next(sequence) & 0xFFFF, stamp, 7)
                jpeg = struct.pack(">IBBBB", at, server.kind, 255, server.width // 8, server.height // 8)
                tables = struct.pack(">BBH", 0, 0, len(server.tables)) + server.tables if at == 0 else b""
                packet = rtp + jpeg + tables + server.scan[at : at + _PIECE]
                packets.append(b"$\x00" + struct.pack(">H", len(packet)) + packet)
            yield b"".join(packets)


def _parts(jpeg: bytes) -> tuple[bytes, int, bytes]:
    """Quantisation tables, RFC 2435 type (0: 4:2:2, 1: 4:2:0) and the entropy-coded scan of a baseline JPEG."""
    at, tables, kind = 2, b"", 1
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        segment = jpeg[at + 4 : at + 2 + length]
        if marker == 0xDB:
            while segment:
                tables, segment = tables + segment[1:65], segment[65:]
        elif marker == 0xC0:
            kind = 1 if segment[7] == 0x22 else 0
        at += 2 + length
        if marker == 0xDA:
            return tables, kind, jpeg[at : jpeg.rindex(b"\xff\xd9")]
