"""Devices: enrolment, epochs, heartbeat."""

from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest

from crm_server.devices import begin_epoch, leave
from crm_server.enrolment import EnrolmentRequest, enrol
from crm_server.heartbeats import Heartbeat, answer_heartbeat
from crm_server.keys import public_key
from crm_server.problems import Problem

from .documents import (
    CodeText,
    HashOrNone,
    Identifier,
    Number,
    Policy,
    PublicKey,
    Reply,
    Request,
    Seq,
    SeqRange,
    ShortText,
    TrustedKey,
)
from .problem_replies import ServerHead, refusals
from .request_signature import NEXT_TOKEN, Asking, SessionToken, SignedAsking
from .standing import CentreHere, writing

ROUTER = APIRouter(prefix="/v1/devices", tags=["devices"])


class EnrolRequest(Request):
    """A lane asks to become a device."""

    code: CodeText
    pubkey: PublicKey
    alg: Literal["ed25519"]
    hw_hash: ShortText
    app_ver: ShortText
    os: ShortText


class StoreReply(Reply):
    """The store that the device stands in."""

    number: int
    id: str
    name: str
    zone: str
    currency: str
    booth: str


class EnrolReply(Reply):
    """Everything that a new device needs; ``store_secret`` is 32 bytes in base64url."""

    device_id: str
    epoch: int
    store: StoreReply
    lane_no: int
    booth: str
    trust: list[TrustedKey]
    store_secret: str
    store_url: str | None
    store_pin: str | None
    policy: Policy
    sas: str
    session_token: str


class EpochRequest(Request):
    """A device asks for its next epoch and says where its journal stands."""

    reason: ShortText
    last_epoch: Number
    last_seq: Seq
    last_hash: HashOrNone


class EpochReply(Reply):
    """The new epoch; the first entry's ``prev`` is the hash of ``server_head``, the newest stored of ``last_epoch``."""

    epoch: int
    server_head: ServerHead
    session_token: str


class LeaveRequest(Request):
    """A device is given back; ``exported``: what it has not delivered comes in a file that a supervisor took."""

    epoch: Number
    head_seq: Seq
    exported: bool


class LeaveReply(Reply):
    """How many of its entries are still awaited."""

    awaited: int


class StoreHead(Request):
    """The highest entry that the store's own server acknowledged."""

    epoch: Number
    seq: Seq


class HeartbeatRequest(Request):
    """Where a device's journal and data stand; the last two are for the store's own server, and mean nothing else.

    ``store_brought`` is the ``store_epoch`` for which the lane has brought all that it keeps.
    """

    epoch: Number
    head_seq: Seq
    head_hash: HashOrNone
    undelivered: Seq
    oldest_s: Seq
    cache_gen: Seq
    time_quality: Identifier
    stuck: list[Seq]
    set_aside: Seq = 0
    store_head: StoreHead | None = None
    store_brought: Seq = 0


class HeartbeatReply(Reply):
    """What the server has of the journal, and what is new for the device; the last two only from a store's server."""

    ack_seq: int
    missing: list[SeqRange]
    resend: list[SeqRange]
    policy_ver: int
    snapshot_gen: int
    commands: list[str]
    store_epoch: int | None = None
    rebuilding: bool | None = None


@ROUTER.post(
    "/enrol",
    status_code=201,
    responses={
        200: {"description": "the same code and key again: the same answer", "model": EnrolReply},
        **refusals("body-malformed", "enrol-code-invalid", "enrol-code-used", "rate-limited"),
    },
)
async def enrol_device(body: EnrolRequest, request: HttpRequest, centre: CentreHere, response: Response) -> EnrolReply:
    """Turn a one-time code and a public key into a device."""
    try:
        public_key(body.pubkey)
    except ValueError as error:
        raise Problem("body-malformed", "pubkey is no Ed25519 key") from error
    asked = EnrolmentRequest(body.code, body.pubkey, body.hw_hash, body.app_ver, body.os)
    now_ms = centre.now_ms()
    address = request.client.host if request.client else ""
    centre.enrolments.check(address, now_ms)
    try:
        is_new, answer = await writing(centre, lambda connection: enrol(connection, asked, centre.keys, now_ms))
    except Problem:
        centre.enrolments.note_wrong(address, now_ms)
        raise
    response.status_code = 201 if is_new else 200
    return EnrolReply.model_validate(answer)


@ROUTER.post("/{device_id}/epochs", status_code=201, responses=refusals("body-malformed", "device-other"))
async def new_epoch(device_id: Identifier, body: EpochRequest, asking: SignedAsking, centre: CentreHere) -> EpochReply:
    """Give a restored, forked or damaged device a new epoch."""
    own_device(device_id, asking)
    now_ms = centre.now_ms()
    epoch = await asking.write(
        lambda connection, caller: begin_epoch(connection, caller, body.reason, body.last_epoch, now_ms)
    )
    head = ServerHead(seq=epoch.head_seq, hash=epoch.head_hash)
    return EpochReply(epoch=epoch.epoch, server_head=head, session_token=epoch.token)


@ROUTER.post("/{device_id}/unenrolment", responses=refusals("body-malformed", "device-other", "device-undelivered"))
async def unenrol(device_id: Identifier, body: LeaveRequest, asking: SignedAsking, centre: CentreHere) -> LeaveReply:
    """Give a device back: it is revoked from now on; one that was revoked may say so too."""
    own_device(device_id, asking)
    now_ms, head = centre.now_ms(), (body.epoch, body.head_seq)
    awaited = await asking.write(
        lambda connection, caller: leave(connection, caller, head, now_ms, exported=body.exported), if_revoked=True
    )
    return LeaveReply(awaited=awaited)


@ROUTER.post(
    "/{device_id}/heartbeat",
    response_model_exclude_none=True,
    responses={200: NEXT_TOKEN, **refusals("body-malformed", "device-other", "device-forked", "device-rolled-back")},
)
async def heartbeat(
    device_id: Identifier,
    body: HeartbeatRequest,
    _token: SessionToken,
    asking: SignedAsking,
    centre: CentreHere,
    response: Response,
) -> HeartbeatReply:
    """Compare the device's journal with what is stored of it."""
    own_device(device_id, asking)
    beat, now_ms = heartbeat_of(body), centre.now_ms()
    answer = await asking.roll(response, lambda connection, caller: answer_heartbeat(connection, caller, beat, now_ms))
    if answer.problem:
        raise answer.problem
    return HeartbeatReply.model_validate({name: value for name, value in asdict(answer).items() if name != "problem"})


def heartbeat_of(body: HeartbeatRequest) -> Heartbeat:
    """What the device says of its journal and data."""
    return Heartbeat(**body.model_dump(exclude={"store_head", "store_brought"}))


def own_device(device_id: str, asking: Asking) -> None:
    """Let a device pass that speaks of itself.

    Raises:
        Problem: device-other.
    """
    if device_id != asking.device:
        raise Problem("device-other")
