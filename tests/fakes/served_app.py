"""An application behind a real server on loopback, in a thread of the test."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

_LOOK_EVERY_S = 0.005


class _Prompt(uvicorn.Server):
    """Ends when it is asked; uvicorn looks ten times a second, and then waits as long again for its connections.

    Served and ended a thousand times, those fifths of a second are minutes.
    """

    async def main_loop(self) -> None:
        """Serve until asked to end."""
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            await asyncio.sleep(_LOOK_EVERY_S)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nothing more, and finish what is being answered."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.tasks:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(_LOOK_EVERY_S)


def loopback_listener() -> socket.socket:
    """A free port of this machine, which is listened to."""
    # asyncio sets TCP_NODELAY only on sockets that name their protocol.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


def address_of(listener: socket.socket) -> str:
    """Its URL."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def served_app(app: Any, listener: socket.socket) -> Iterator[None]:
    """Answer on this port until the block ends; the port is closed then."""
    server = _Prompt(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
