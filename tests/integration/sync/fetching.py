"""One lane's fetching, with a cache in memory."""

from collections.abc import Mapping
from typing import Any

from pos_client.sync.pull import Puller
from tests.integration.sync.lane_parts import LaneParts, MemoryCache
from tests.integration.sync.scripted_centre import STORE


class Fetching:
    """One lane's fetching."""

    def __init__(self, lane: LaneParts, cache: MemoryCache) -> None:
        self.cache = cache
        self.policies: list[Mapping[str, Any]] = []
        self.puller = Puller(lane.api, cache, STORE, lane.trust.verify_document, self.policies.append)
