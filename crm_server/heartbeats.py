"""Heartbeats: whether a device's journal and the server's copy of it still tell the same story (PROTOCOL 3.9)."""

import json
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from pos_client.domain.business_time import day_number, from_ms, local_date

from . import devices, policies, pools, snapshots
from .devices import Caller
from .problems import Problem
from .schema import DEVICE, INBOX
from .stored_ranges import StoredRanges, stored_ranges


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a device says of itself."""

    epoch: int
    head_seq: int
    head_hash: str
    undelivered: int
    oldest_s: int
    cache_gen: int
    time_quality: str
    stuck: list[int]
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class HeartbeatAnswer:
    """What the server says back; ``problem`` where the two stories differ (the flag is already written)."""

    ack_seq: int = 0
    missing: list[tuple[int, int]] = field(default_factory=list)
    resend: list[tuple[int, int]] = field(default_factory=list)
    policy_ver: int = 0
    snapshot_gen: int = 0
    commands: list[str] = field(default_factory=list)
    problem: Problem | None = None


def answer_heartbeat(connection: Connection, caller: Caller, beat: Heartbeat, now_ms: int) -> HeartbeatAnswer:
    """Note the report, compare heads, and fill up what the lane may give out."""
    report: dict[str, object] = {"head_seq": beat.head_seq, "undelivered": beat.undelivered, "oldest_s": beat.oldest_s}
    report |= {
        "cache_gen": beat.cache_gen,
        "time_quality": beat.time_quality,
        "stuck": beat.stuck[:100],
        "set_aside": beat.set_aside,
    }
    connection.execute(
        update(DEVICE).where(DEVICE.c.id == caller.device).values(seen_ms=now_ms, report=json.dumps(report))
    )
    stored = stored_ranges(connection, caller.device, beat.epoch)
    problem = _difference(connection, caller, beat, stored)
    if problem is not None:
        return HeartbeatAnswer(problem=problem)
    pools.refill(connection, caller.store, day_number(local_date(from_ms(now_ms), caller.zone)), now_ms, caller.lane)
    return HeartbeatAnswer(
        stored.ack_seq,
        stored.missing,
        stored.missing + _lost_here(stored, beat),
        policies.current_version(connection),
        snapshots.newest_generation(connection, caller.store),
    )


def _difference(connection: Connection, caller: Caller, beat: Heartbeat, stored: StoredRanges) -> Problem | None:
    if caller.state == devices.FORKED or beat.epoch != caller.epoch:
        return Problem("device-forked")
    if beat.head_seq < stored.max_seq:
        seq, hash_ = devices.stored_head(connection, caller.device, beat.epoch)
        return Problem("device-rolled-back", server_head={"seq": seq, "hash": hash_})
    hashes = set(
        connection.execute(
            select(INBOX.c.hash).where(
                INBOX.c.device == caller.device, INBOX.c.epoch == beat.epoch, INBOX.c.seq == beat.head_seq
            )
        ).scalars()
    )
    if hashes and beat.head_hash not in hashes:
        devices.flag(connection, caller.device, caller.state)
        return Problem("device-forked")
    return None


def _lost_here(stored: StoredRanges, beat: Heartbeat) -> list[tuple[int, int]]:
    """Entries that the lane holds as delivered and the server does not hold at all: a restored server's gap."""
    delivered = beat.undelivered == 0 and beat.head_seq > stored.max_seq
    return [(stored.max_seq + 1, beat.head_seq)] if delivered else []
