"""The way to the store's own server, as the newest policy names it: made when first needed, and anew when it moves.

Apart from what is asked over it because claims, witness, relay and ``status`` each have a connection of their own to
the same address, and a policy that changes while the window runs must reach all of them.
"""

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from pos_client.domain.store_server import StoreServer


class Closable(Protocol):
    """Something with a connection to let go of."""

    def close(self) -> None:
        """Let go of it."""


Link = TypeVar("Link", bound=Closable)


class StoreLink(Generic[Link]):
    """One user's way to the store's server.

    Args:
        where: the newest policy's row.
        make: opens a way to an address.
    """

    def __init__(self, where: Callable[[], StoreServer | None], make: Callable[[StoreServer], Link]) -> None:
        self._where = where
        self._make = make
        self._lock = threading.Lock()
        self._known: tuple[StoreServer, Link] | None = None

    def __call__(self) -> Link | None:
        """The way there; None where the policy names no server, or one that may not be spoken to."""
        with self._lock:
            named = self._where()
            if self._known is not None and (named is None or _moved(self._known[0], named)):
                self._known[1].close()
                self._known = None
            if self._known is None and named is not None and named.is_usable:
                self._known = (named, self._make(named))
            return self._known[1] if self._known else None

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            if self._known is not None:
                self._known[1].close()
            self._known = None


def _moved(known: StoreServer, named: StoreServer) -> bool:
    """Whether it is another server, or the same elsewhere; a new store epoch alone changes nothing of the way."""
    return (known.device, known.url, known.pin) != (named.device, named.url, named.pin)
