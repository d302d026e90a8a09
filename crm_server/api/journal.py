"""The journal's door: batches with a result per row, and where a journal stands here."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import APIRouter, Header, Response
from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from sqlalchemy import Connection

from crm_server.bind_effects import with_members
from crm_server.centre import Centre
from crm_server.devices import Caller, public_key_text
from crm_server.effects import EFFECTS
from crm_server.entry_facts import ReadRow, SentRow, read_rows
from crm_server.inbox import Batch, BatchResult, RowResult, digest_of, store_batch
from crm_server.journal_status import journal_status
from crm_server.keys import public_key
from crm_server.problems import Problem
from crm_server.store_servers import brought_by
from pos_client.domain.batch import MAX_ENTRIES

from .documents import Base64, Hash, HashOrNone, Identifier, Number, Reply, Request, Seq, SeqRange
from .problem_replies import Holder, refusals
from .request_signature import NEXT_TOKEN, ActiveCaller, Asking, SessionToken, SignedAsking
from .standing import CentreHere, reading

ROUTER = APIRouter(prefix="/v1/journal", tags=["journal"])


class SentEntry(Request):
    """An entry: the exact bytes of its body, and the device's signature over its hash, both base64url."""

    seq: Seq
    body: Base64
    sig: Base64


class Head(Request):
    """The newest entry of the lane's journal."""

    seq: Seq
    hash: HashOrNone


class BatchRequest(Request):
    """Entries of one epoch, in the order of their numbers."""

    device: Identifier
    epoch: Annotated[Number, Field(ge=1)]
    first_seq: Seq
    last_seq: Seq
    head: Head
    entries: Annotated[list[SentEntry], Field(min_length=1, max_length=MAX_ENTRIES)]


class EntryResult(Reply):
    """What became of one entry.

    ``result`` is accepted, duplicate (``original`` says what it was the first time), conflict (``holder`` has the use),
    quarantined (``reason``), forked or deferred. All but the last mean that the entry is stored.
    """

    seq: int
    hash: Hash
    result: str
    original: str | None = None
    reason: str | None = None
    holder: Holder | None = None
    server_ref: str


class BatchReply(Reply):
    """Results in the order of the entries, and what is stored of the epoch now."""

    results: list[EntryResult]
    ack_seq: int
    missing: list[SeqRange]
    resend: list[SeqRange]


class StatusReply(Reply):
    """What is stored of an epoch: ``counts`` by result."""

    ack_seq: int
    missing: list[SeqRange]
    counts: dict[str, int]


@ROUTER.post(
    "/batches",
    response_model_exclude_none=True,
    responses={
        200: NEXT_TOKEN,
        **refusals("body-malformed", "batch-malformed", "idempotency-mismatch", "device-other", "device-forked"),
    },
)
async def post_batch(
    body: BatchRequest,
    request: HttpRequest,
    asking: SignedAsking,
    centre: CentreHere,
    response: Response,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")
    ],
    _token: SessionToken = "",
) -> BatchReply:
    """Store entries. A revoked device may still deliver what it holds.

    A store's own server may bring the entries of its lanes, each of which carries its lane's signature: then ``device``
    names the lane, and no session token is needed.
    """
    check_numbers(body)
    is_brought = body.device != asking.device
    signer = await _brought_for(body.device, asking, centre) if is_brought else asking.key
    rows = await read_entries(body, signer)
    batch = Batch(body.epoch, rows, idempotency_key, digest_of(await request.body()))
    now_ms, effects = centre.now_ms(), with_members(EFFECTS, centre.keys.seal)

    def store(connection: Connection, caller: Caller) -> BatchResult:
        of_lane = brought_by(connection, caller, body.device) if is_brought else caller
        return store_batch(connection, of_lane, batch, effects, now_ms)

    if is_brought:
        return batch_reply(await asking.write(store, if_revoked=True))
    return batch_reply(await asking.roll(response, store, if_revoked=True))


async def _brought_for(device: str, asking: Asking, centre: Centre) -> Ed25519PublicKey:
    """The key of a lane whose entries somebody else brings."""
    text = await reading(centre, lambda connection: public_key_text(connection, device))
    if text is None:
        raise Problem("device-other", f"{asking.device} brings entries of nobody who is known")
    return public_key(text)


async def read_entries(body: BatchRequest, signer: Ed25519PublicKey) -> list[ReadRow]:
    """Read and check a batch's entries, outside the loop and the writer."""
    sent = [SentRow(entry.seq, entry.body, entry.sig) for entry in body.entries]
    return await run_in_threadpool(read_rows, sent, body.device, body.epoch, signer)


def batch_reply(done: BatchResult) -> BatchReply:
    """What became of a batch, as lanes read it."""
    return BatchReply(
        results=[EntryResult.model_validate(_result(row)) for row in done.results],
        ack_seq=done.stored.ack_seq,
        missing=done.stored.missing,
        resend=[],
    )


@ROUTER.get("/{device}/{epoch}/status", responses=refusals("body-malformed", "device-other", "journal-unknown"))
async def status(device: Identifier, epoch: Number, caller: ActiveCaller, centre: CentreHere) -> StatusReply:
    """What is stored of one epoch of the caller's journal."""
    if device != caller.device:
        raise Problem("device-other")
    known = await reading(centre, lambda connection: journal_status(connection, device, epoch))
    return StatusReply(ack_seq=known.stored.ack_seq, missing=known.stored.missing, counts=known.counts)


def check_numbers(body: BatchRequest) -> None:
    """Let a batch pass whose numbers fit.

    Raises:
        Problem: batch-malformed.
    """
    numbers = [entry.seq for entry in body.entries]
    rising = all(one < following for one, following in pairwise(numbers))
    if not rising or numbers[0] < 1 or (numbers[0], numbers[-1]) != (body.first_seq, body.last_seq):
        raise Problem("batch-malformed", "numbers rise from first_seq to last_seq")


def _result(row: RowResult) -> Mapping[str, Any]:
    return {
        "seq": row.seq,
        "hash": row.hash,
        "result": row.result,
        "original": row.original or None,
        "reason": row.reason or None,
        "holder": row.holder,
        "server_ref": row.server_ref,
    }
