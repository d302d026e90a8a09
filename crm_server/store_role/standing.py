"""Where a lane stands here, and what it is told of this server: the answer to its heartbeat."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from crm_server.devices import Caller
from crm_server.stored_ranges import StoredRanges, stored_ranges

from . import mirrored, rebuilding
from .rebuilding import LaneHead


@dataclass(frozen=True, slots=True)
class Standing:
    """What is stored of a lane's journal, and how this server stands."""

    stored: StoredRanges
    policy_ver: int
    snapshot_gen: int
    store_epoch: int
    is_rebuilding: bool


def note_heartbeat(
    connection: Connection, caller: Caller, epoch: int, said: LaneHead, counted: tuple[int, int]
) -> Standing:
    """Note a lane's heartbeat; ``counted`` is how many entries it has to deliver, and the time in Unix milliseconds."""
    undelivered, now_ms = counted
    rebuilding.note_lane(connection, caller.device, said, undelivered, now_ms)
    return Standing(
        stored_ranges(connection, caller.device, epoch),
        int(_field(connection, mirrored.POLICY, "ver")),
        int(_field(connection, mirrored.MANIFEST, "gen")),
        rebuilding.store_epoch(connection),
        bool(rebuilding.why_rebuilding(connection)),
    )


def _field(connection: Connection, name: str, field: str) -> Any:
    held = mirrored.kept(connection, name)
    return json.loads(held.body).get(field, 0) if held else 0
