"""What sync says of itself, as one frozen value per change."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SyncPhase(StrEnum):
    """What sync is doing."""

    IDLE = "idle"
    PUSHING = "pushing"
    PULLING = "pulling"
    WAITING = "waiting"
    DRAIN_ONLY = "drain-only"
    NEEDS_EPOCH = "needs-epoch"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """One look at sync.

    Attributes:
        phase: WAITING after a failure; DRAIN_ONLY once the centre revoked this device; NEEDS_EPOCH once it saw a copy.
        last_contact: trusted time of the last answer of our server in this process; None before.
        last_error: reason of the newest failure that nothing has put right since, else empty.
        error_detail: for engineers. cause: what stood in the way of an answer, such as ``sign-in-page`` or ``no-name``.
        round_trip_s: 95 of 100 of the last answers came within it; None where too few are known.
        pending, oldest: entries that wait, and since when (aware UTC).
        stuck: entries that keep failing alone: "n records need help".
        conflicts: entries that lost their use to another lane.
        data_as_of: the centre's time of the newest data here.
        way: how the centre was last reached: ``direct``, ``store-server`` or ``none``.
        next_try: trusted time of the next attempt, None while nothing is planned.
    """

    phase: SyncPhase
    last_contact: datetime | None = None
    last_error: str = ""
    error_detail: str = ""
    cause: str = ""
    round_trip_s: float | None = None
    pending: int = 0
    oldest: datetime | None = None
    stuck: int = 0
    conflicts: int = 0
    data_as_of: datetime | None = None
    way: str = ""
    next_try: datetime | None = None
