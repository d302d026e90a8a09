"""A session of the HTTP library whose calls another thread can end, so that stopping waits for no silent network.

Apart from what is asked over it because the library itself bounds a call only by its timeouts.
"""

import contextlib
import socket
import weakref
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class _Adapter(HTTPAdapter):
    def __init__(self) -> None:
        self.sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": self._watched(HTTPConnectionPool),
            "https": self._watched(HTTPSConnectionPool),
        }

    def _watched(self, pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
        sockets = self.sockets
        connection: type[HTTPConnection] = pool.ConnectionCls  # type: ignore[assignment]

        class Watched(connection):  # type: ignore[valid-type,misc]
            def connect(self) -> None:
                super().connect()
                sockets.add(self.sock)

        return type(pool.__name__, (pool,), {"ConnectionCls": Watched})


class WatchedSession(requests.Session):
    """As ``requests.Session``."""

    def __init__(self) -> None:
        super().__init__()
        self._watching = _Adapter()
        self.mount("http://", self._watching)
        self.mount("https://", self._watching)

    def hang_up(self) -> None:
        """End what is under way in another thread; it raises there."""
        for one in list(self._watching.sockets):
            # A socket that the other side closed a moment ago cannot be shut down again.
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
