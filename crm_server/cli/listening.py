"""An application on one port until a signal ends it, whichever server it is.

Apart from ``serve`` because the centre and a store's own server listen alike, and neither needs to know the other.
"""

import json
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from .options import Options, fail

BACKLOG = 2_048
GRACE_S = 5
TURN_S = 0.0005


def _nothing() -> None:
    """Nobody needs to know that it ends."""


def run(
    options: Options, app: Any, listener: socket.socket, on_stop: Callable[[], None] = _nothing, **tls: Any
) -> None:
    """Serve an application until a signal ends it; ``tls`` are uvicorn's settings of certificate and key.

    ``on_stop`` runs in a thread of its own as soon as the signal came, before requests under way are waited for.
    """
    import uvicorn  # noqa: PLC0415

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GRACE_S,
        lifespan="off",
        **tls,
    )

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            threading.Thread(target=on_stop, daemon=True).start()
            super().handle_exit(sig, frame)

    server = Server(config)
    # Each answer changes threads several times; with Python's 5 ms, whoever reads it waits for whoever writes.
    sys.setswitchinterval(TURN_S)

    def stop(_number: int, _frame: FrameType | None) -> None:
        # A signal that comes before uvicorn listens for it; and the one that uvicorn raises again at its end.
        server.should_exit = True

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    url = address(listener, "https" if tls else "http")
    line = (
        json.dumps({"listening": url, "port": listener.getsockname()[1]}) if options.as_json else f"listening on {url}"
    )
    print(line, flush=True)
    server.run(sockets=[listener])


def listener_of(host: str, port: int) -> socket.socket:
    """A socket that already listens, so that the announced address can be used at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets that name their protocol; without it every answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        fail(f"cannot listen on {host} port {port}: {error.strerror}")
    listener.listen(BACKLOG)
    return listener


def address(listener: socket.socket, scheme: str) -> str:
    """Where a socket listens, as a URL."""
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
