"""One conversation with the centre over either of two ways: directly, or through the store's own server.

Apart from the client because push, pull and heartbeat must not notice. A relayed request is signed by the lane and
answered by the centre as ever, so the store's server in between needs no trust; what it lends is its line.
"""

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar

from pos_client.domain.errors import ServerUnreachable

from .answers import Reply
from .api_client import BUDGET_S, ApiClient, ApiRequest, Enough, LateAnswer
from .line import RawAnswer

Answer = TypeVar("Answer")
RELAY: Final = {"X-Relay": "upstream"}
# How long the direct way is left alone after it failed, and how long a look at it may take then.
LEAVE_S: Final = 30.0
LOOK_S: Final = 2.0
_ITS_UPSTREAM: Final = "upstream"


class Way(StrEnum):
    """How the centre was last reached."""

    NONE = "none"
    DIRECT = "direct"
    STORE_SERVER = "store-server"


class TwoWays(ApiClient):
    """An ``ApiClient`` of the centre that goes through the store's server while the centre cannot be reached directly.

    Args:
        relay: the way through the store's server with the same clock and token, None where there is none.

    Attributes:
        way: how the last answer came; NONE before the first, and after both ways failed.
    """

    def __init__(self, *args: Any, relay: Callable[[], ApiClient | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._relay = relay
        self._again_at = 0.0
        self._why = ""
        self.way = Way.NONE.value

    def ask(
        self,
        request: ApiRequest,
        budget_s: float = BUDGET_S,
        on_late: LateAnswer | None = None,
        enough: Enough | None = None,
    ) -> Reply:
        """An answer of the centre, by whichever way. Raises ServerUnreachable where neither brings one."""
        return self._by_either(
            lambda: super(TwoWays, self).ask(request, budget_s, on_late, enough),
            lambda relay: relay.ask(request, budget_s, on_late, enough),
        )

    def fetch(self, request: ApiRequest, budget_s: float = BUDGET_S) -> RawAnswer:
        """The bytes of a file, by whichever way. Raises ServerUnreachable, ServerRefused."""
        return self._by_either(
            lambda: super(TwoWays, self).fetch(request, budget_s), lambda relay: relay.fetch(request, budget_s)
        )

    def was_there(self) -> bool:
        """Whether the centre answered within the last minute, by whichever way."""
        relay = self._relay()
        return super().was_there() or (relay is not None and relay.was_there())

    def _by_either(self, directly: Callable[[], Answer], through: Callable[[ApiClient], Answer]) -> Answer:
        relay = self._relay()
        if relay is None or self._direct_is_there():
            try:
                return self._came(Way.DIRECT, directly())
            except ServerUnreachable as lost:
                self._why = str(lost.facts.get("cause", ""))
                if relay is None or self.stopping():
                    self.way = Way.NONE.value
                    raise
                self._again_at = time.monotonic() + LEAVE_S
        relay.stopping, relay.round_trips = self.stopping, self.round_trips
        try:
            return self._came(Way.STORE_SERVER, through(relay))
        except ServerUnreachable as lost:
            # Nobody is there: the next try begins with the direct way again.
            self._again_at, self.way = 0.0, Way.NONE.value
            if self._why and lost.facts.get("cause") != _ITS_UPSTREAM:
                # That the store's server is away too says nothing of the centre.
                lost.facts["cause"] = self._why
            raise

    def _direct_is_there(self) -> bool:
        """Whether the direct way is worth a try; after a failure it is looked at now and then, and briefly."""
        if self._again_at == 0.0:
            return True
        if time.monotonic() < self._again_at:
            return False
        self._again_at = time.monotonic() + LEAVE_S
        try:
            super().ask(ApiRequest("GET", "/v1/time", signed=False), LOOK_S)
        except ServerUnreachable:
            return False
        self._again_at = 0.0
        return True

    def _came(self, way: Way, answer: Answer) -> Answer:
        self.way = way.value
        return answer
