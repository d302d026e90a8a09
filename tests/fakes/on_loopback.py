"""What every stand-in server of the tests and of the fault matrix has in common: a port of loopback and a thread."""

import socketserver
import threading
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

POLL_S = 0.05


Owner = TypeVar("Owner")


class LoopbackListener(socketserver.ThreadingTCPServer, Generic[Owner]):
    """Takes connections on a free port; each conversation finds what it belongs to as ``self.server.owner``."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, owner: Owner, conversation: type[socketserver.BaseRequestHandler]) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), conversation)

    def end_all(self) -> None:
        """Called when the listening is over, before threads are waited for: for whoever keeps connections open."""


class OnLoopback:
    """Listens from ``with`` on, in a thread of its own, until it is left."""

    def __init__(self, listener: LoopbackListener[Any]) -> None:
        self._server = listener
        self._thread = threading.Thread(target=listener.serve_forever, args=(POLL_S,), daemon=True)

    @property
    def url(self) -> str:
        """Where lanes connect to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.end_all()
        self._server.server_close()
        self._thread.join()
