"""The store server's own clockwork: one thread mirrors, one forwards; each goes on whatever becomes of the other.

Apart from what they do because tests and commands do it once, without a thread.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from crm_server.pooled_database import is_away

from .forwarding import Forwarder
from .mirroring import Mirror
from .store_server import StoreServer
from .upstream import UpstreamSilent

LOG = logging.getLogger("crm_server.store")
EVERY_S: Final = 5.0
LONGEST_PAUSE_S: Final = 60.0
# Whoever makes up devices must not make a hammer of this.
LOOK_EVERY_S: Final = 1.0


class _Loop(threading.Thread):
    """Runs one round after another; after silence it waits twice as long each time, up to a minute."""

    def __init__(self, name: str, round_: Callable[[Callable[[], bool]], None], every_s: float) -> None:
        super().__init__(name=f"store-{name}", daemon=True)
        self._round = round_
        self._every_s = every_s
        self._ending = threading.Event()
        self._wake = threading.Event()
        self._woken = float("-inf")
        self.is_reached = False

    def wake(self) -> None:
        """Begin the next round now."""
        self._wake.set()

    def stop(self) -> None:
        """Ask it to end; a request that is under way is bounded by itself."""
        self._ending.set()
        self._wake.set()

    def run(self) -> None:
        """Until it is stopped."""
        pause = self._every_s
        while not self._ending.is_set():
            try:
                self._round(self._ending.is_set)
                self.is_reached, pause = True, self._every_s
            except UpstreamSilent as silent:
                self._silence(str(silent))
                pause = min(pause * 2, LONGEST_PAUSE_S)
            except Exception as error:
                if self._ending.is_set():
                    return
                trace = not is_away(error)
                why = "" if trace else ": the database is away"
                LOG.exception("a round of %s failed%s", self.name, why, exc_info=trace)
                pause = min(pause * 2, LONGEST_PAUSE_S)
            self._wake.wait(pause)
            self._wake.clear()

    def wake_at_most(self, every_s: float) -> None:
        """As ``wake``, unless that was done a moment ago."""
        now = time.monotonic()
        if now - self._woken >= every_s:
            self._woken = now
            self.wake()

    def _silence(self, why: str) -> None:
        if self.is_reached:
            LOG.warning("the centre is silent: %s", why)
        self.is_reached = False


class Rounds:
    """Both loops of one store server.

    Args:
        every_s: between two rounds while the centre answers.
    """

    def __init__(self, store: StoreServer, every_s: float = EVERY_S) -> None:
        self._hang_up = store.hang_up
        self._lines = [store.upstream(), store.upstream()]
        mirror, forwarder = self._lines
        self._mirror = _Loop("mirror", lambda stopping: Mirror(store, mirror, stopping).run(), every_s)
        self._forward = _Loop("forward", lambda stopping: _forward(Forwarder(store, forwarder, stopping)), every_s)

    def start(self) -> None:
        """Start both."""
        self._mirror.start()
        self._forward.start()

    def wake(self) -> None:
        """Begin the next round of both now."""
        self._mirror.wake()
        self._forward.wake()

    def look_for_lanes(self) -> None:
        """A lane asks that is not known here: it may have been enrolled a moment ago. Any thread."""
        self._mirror.wake_at_most(LOOK_EVERY_S)

    def stop(self) -> None:
        """End both; what is under way with the centre is cut off."""
        for loop in (self._mirror, self._forward):
            loop.stop()
        self._hang_up()
        for loop in (self._mirror, self._forward):
            loop.join()
        for line in self._lines:
            line.close()


def _forward(forwarder: Forwarder) -> None:
    forwarder.run()
