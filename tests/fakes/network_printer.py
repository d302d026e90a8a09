"""A receipt printer on loopback: a real listener that answers, stays silent, hangs, breaks off or has no paper."""

import socket
import threading
from dataclasses import dataclass, field

READY, NO_PAPER, LITTLE_PAPER, COVER = 0x12, 0x72, 0x1E, 0x16


@dataclass
class NetworkPrinter:
    """One printer; every attribute may be changed while it runs.

    Attributes:
        paper, cause: its answers to DLE EOT 4 and 2; None for silence.
        hangs: it takes the connection and reads nothing. breaks: it closes after the first bytes of a page.
        pages: what was printed, one for each connection that sent more than questions.
    """

    paper: int | None = READY
    cause: int = READY
    hangs: bool = False
    breaks: bool = False
    pages: list[bytes] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._ends = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.place = f"socket://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Switch it off."""
        self._ends.set()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self._ends.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            with connection:
                connection.settimeout(0.05)
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        page = bytearray()
        while not self._ends.is_set():
            if self.hangs:
                self._ends.wait(0.02)
                continue
            try:
                data = connection.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                break
            if not data:
                break
            page += self._answered(connection, data)
            if self.breaks and page:
                return
        if page:
            self.pages.append(bytes(page))

    def _answered(self, connection: socket.socket, data: bytes) -> bytes:
        """Answer the questions among the bytes; the rest is the page's."""
        for question, answer in ((b"\x10\x04\x04", self.paper), (b"\x10\x04\x02", self.cause)):
            if question in data:
                data = data.replace(question, b"")
                if answer is not None and self.paper is not None:
                    connection.sendall(bytes([answer]))
        return data
