"""The web server of the loopback API as a worker with ``run(stop)``; it listens on 127.0.0.1 and nowhere else."""

import logging
import socket
import threading
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from pos_client.domain.errors import BridgeUnavailable

LOG: Final = logging.getLogger(__name__)
LOOPBACK: Final = "127.0.0.1"
_GRACE_S: Final = 2
_BACKLOG: Final = 64
_LOOK_EVERY_S: Final = 0.1


class BridgeServer:
    """Listens from the moment it is made, so that its address can be told before it runs.

    Args:
        app: what answers.
        port: 0 takes a free one.

    Raises:
        BridgeUnavailable: the port is in use, or may not be used.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._listener = _listener(port)
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """Where the host till finds it."""
        return f"http://{LOOPBACK}:{self.port}"

    def run(self, stop: threading.Event) -> None:
        """Serve until told to stop; requests in hand are finished within two seconds."""
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
            timeout_keep_alive=30,
            lifespan="off",
            ws="none",
        )
        server = uvicorn.Server(config)
        watcher = threading.Thread(target=_stops, args=(server, stop), name="bridge-stop", daemon=True)
        watcher.start()
        try:
            server.run(sockets=[self._listener])
        finally:
            server.should_exit = True
            self._listener.close()
            watcher.join()


def _stops(server: uvicorn.Server, stop: threading.Event) -> None:
    while not server.should_exit:
        if stop.wait(_LOOK_EVERY_S):
            server.should_exit = True


def _listener(port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only on sockets that name their protocol; without it every answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise BridgeUnavailable(f"port {port}: {error.strerror}", port=port) from error
    return listener
