"""All cases in their order: what needs no device first, what spoils the device last."""

from typing import Final

from pos_client.sync.conformance.case import Case

from . import (
    addresses,
    batch_shapes,
    batches,
    changes,
    claims,
    closings,
    enrolment,
    enrolment_refusals,
    exceptions,
    forks,
    heartbeats,
    neighbours,
    overall,
    policy,
    request_signatures,
    signed_time,
    snapshots,
    store_servers,
    unsigned,
)

ALL: Final[tuple[Case, ...]] = (
    *signed_time.CASES,
    *addresses.CASES,
    *enrolment_refusals.CASES,
    *unsigned.CASES,
    *enrolment.CASES,
    *signed_time.GENUINE,
    *request_signatures.CASES,
    *policy.CASES,
    *store_servers.CASES,
    *snapshots.CASES,
    *batches.CASES,
    *batch_shapes.CASES,
    *changes.CASES,
    *claims.CASES,
    *heartbeats.CASES,
    *exceptions.CASES,
    *closings.CASES,
    *neighbours.CASES,
    *heartbeats.ROLLED_BACK,
    *forks.CASES,
    *overall.CASES,
)
# What a store's own server leaves to the centre. It knows no session tokens, so it tells no fork by them, and takes the
# entries of any epoch; what it lacks it learns by ``store_head``; new data is the centre's, and comes a round later.
_LEFT_TO_THE_CENTRE: Final = frozenset({
    "time.genuine-on-refusals", "batch.lost-answer", "batch.no-token", "batch.unknown-epoch", "heartbeat.rolls",
    "heartbeat.no-token", "heartbeat.lost-answer", "heartbeat.restored-server", "changes.redemption", "changes.void",
    "changes.limit", "signature.query",
})  # fmt: skip
AT_STORES: Final[tuple[Case, ...]] = tuple(
    case
    for case in (
        *signed_time.CASES,
        *unsigned.CASES,
        *enrolment.CASES,
        *signed_time.GENUINE,
        *request_signatures.CASES,
        *policy.CASES,
        *snapshots.CASES,
        *batches.CASES,
        *batch_shapes.CASES,
        *changes.CASES,
        *claims.CASES,
        *heartbeats.CASES,
        *neighbours.CASES,
        *overall.CASES,
    )
    if case.id not in _LEFT_TO_THE_CENTRE
)
