"""What lanes tell a store's server: their entries, as a witness, and where they stand.

Apart from the centre's doors because here a row marks nothing delivered, no session token rolls, and only uses count.
"""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Request
from sqlalchemy import Connection

from crm_server.devices import Caller
from crm_server.effects import USES_ONLY
from crm_server.entry_facts import ReadRow
from crm_server.inbox import Batch, BatchResult, digest_of, store_batch
from crm_server.problems import Problem
from crm_server.store_role import forward_queue, rosters
from crm_server.store_role.rebuilding import LaneHead
from crm_server.store_role.standing import Standing, note_heartbeat

from . import journal
from .devices import HeartbeatReply, HeartbeatRequest, own_device
from .documents import Identifier
from .journal import BatchReply, BatchRequest, batch_reply, check_numbers, read_entries
from .request_signature import SignedAsking
from .standing import CentreHere

ROUTER = APIRouter(prefix="/v1")
ROUTER.add_api_route("/journal/{device}/{epoch}/status", journal.status, methods=["GET"])


@ROUTER.post("/journal/batches", response_model_exclude_none=True)
async def post_batch(
    body: BatchRequest,
    request: Request,
    asking: SignedAsking,
    centre: CentreHere,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")
    ],
) -> BatchReply:
    """Store entries of the caller's own journal, and put them in line for the centre."""
    if body.device != asking.device:
        raise Problem("device-other")
    check_numbers(body)
    rows = [_uses_only(row) for row in await read_entries(body, asking.key)]
    batch = Batch(body.epoch, rows, idempotency_key, digest_of(await request.body()))
    now_ms = centre.now_ms()

    def store(connection: Connection, caller: Caller) -> BatchResult:
        # The lane has signed the request: it knows its own epoch, also where no roster names it yet.
        rosters.ensure_epoch(connection, caller.device, batch.epoch, rows[0].seq)
        known = replace(caller, epoch=max(caller.epoch, batch.epoch))
        done = store_batch(connection, known, batch, USES_ONLY, now_ms)
        forward_queue.put(connection, done.results, now_ms)
        return done

    return batch_reply(await asking.write(store, if_revoked=True))


@ROUTER.post("/devices/{device_id}/heartbeat", response_model_exclude_none=True)
async def heartbeat(
    device_id: Identifier, body: HeartbeatRequest, asking: SignedAsking, centre: CentreHere
) -> HeartbeatReply:
    """Note where a lane stands, and say what is stored of its journal."""
    own_device(device_id, asking)
    head = body.store_head
    said = LaneHead(head.epoch if head else 0, head.seq if head else 0, body.store_brought)
    now_ms = centre.now_ms()

    def note(connection: Connection, caller: Caller) -> Standing:
        return note_heartbeat(connection, caller, body.epoch, said, (body.undelivered, now_ms))

    found = await asking.write(note)
    return HeartbeatReply(
        ack_seq=found.stored.ack_seq,
        missing=found.stored.missing,
        resend=found.stored.missing,
        policy_ver=found.policy_ver,
        snapshot_gen=found.snapshot_gen,
        commands=[],
        store_epoch=found.store_epoch,
        rebuilding=found.is_rebuilding,
    )


def _uses_only(row: ReadRow) -> ReadRow:
    """The row without what it moves besides: accounts are counted at the centre alone, and in its order."""
    return replace(row, facts=replace(row.facts, trade=None)) if row.facts else row
