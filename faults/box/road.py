"""A way between two machines of the box: it can be cut, fall silent, lag, double, or close for one lane alone.

Apart from the proxy it stands on because a scenario speaks of roads and weather, not of shares of requests.
"""

import re
import threading
from typing import Final, Self

from tests.fakes.fault_proxy import NO_FAULTS, FaultMix, FaultProxy

SILENCE_S: Final = 20.0
_KEY_ID: Final = re.compile(rb'keyid="([^"]{1,40})"')


class Road(FaultProxy):
    """One way, open at first.

    Args:
        name: for the timeline. seed: of its dice.
    """

    def __init__(self, name: str, seed: int) -> None:
        # Where it leads is known once the machine at its end has told its address.
        super().__init__("http://127.0.0.1:1", NO_FAULTS, seed)
        self.name = name
        self._shut: set[str] = set()
        self._all_shut = False
        self._silent = False
        self._opened = threading.Event()

    def lead_to(self, url: str) -> None:
        """Where it ends."""
        host, port = url.removeprefix("http://").rsplit(":", 1)
        self.upstream = (host, int(port))

    def cut(self, *devices: str, silent: bool = False) -> None:
        """Close it, for all or for some; ``silent``: who asks hears nothing instead of a closed line."""
        self._opened.clear()
        self._silent = silent
        self._all_shut = self._all_shut or not devices
        self._shut |= set(devices)

    def heal(self, *devices: str) -> None:
        """Open it again, for all or for some, and end every other trouble where it is for all."""
        if not devices:
            self._shut.clear()
            self._all_shut = False
            self.mix = NO_FAULTS
        self._shut -= set(devices)
        self._opened.set()

    def lag(self, seconds: float) -> None:
        """Every answer comes so much later."""
        self.mix = FaultMix(delay_reply=1.0, delay_s=seconds)

    def double(self) -> None:
        """Every request is heard twice at the other end."""
        self.mix = FaultMix(double_request=1.0)

    def lose(self, requests: float, replies: float) -> None:
        """Shares of requests and replies that are lost."""
        self.mix = FaultMix(drop_request=requests, drop_reply=replies)

    def blocks(self, message: bytes) -> bool:
        """Whether this request may not pass; a silent road keeps it waiting first."""
        named = _KEY_ID.search(message)
        device = named.group(1).decode() if named else ""
        if not (self._all_shut or device in self._shut):
            return False
        if self._silent:
            self._opened.wait(SILENCE_S)
        return True

    def __enter__(self) -> Self:
        """Open for traffic."""
        super().__enter__()
        return self
