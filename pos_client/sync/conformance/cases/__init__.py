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
