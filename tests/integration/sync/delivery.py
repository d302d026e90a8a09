"""One lane with rows that wait, and a pusher for them."""

from pos_client.sync.push import Pusher
from tests.integration.sync.lane_parts import DEVICE, LaneParts, MemoryOutbox, rows


class Delivery:
    """One lane with rows that wait."""

    def __init__(self, lane: LaneParts, count: int) -> None:
        self.outbox = MemoryOutbox(rows(count))
        self.pauses: list[float] = []
        self.pusher = Pusher(lane.api, self.outbox, DEVICE, self.pauses.append)
