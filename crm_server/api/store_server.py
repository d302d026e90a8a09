"""A store's own server at the centre: it says where it stands, and hears who may ask it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints
from sqlalchemy import Connection

from crm_server.devices import Caller
from crm_server.quota_shares import Told, confirm
from crm_server.store_servers import Announcement, announce, must_be_store_server, signed_roster

from .conditional import not_modified, quoted
from .documents import Identifier, Number, PublicKey, Reply, Seq, ShortText, Signed
from .documents import Request as RequestDocument
from .problem_replies import refusals
from .request_signature import SignedAsking
from .standing import CentreHere

MOST_SHARES = 1_000
ROUTER = APIRouter(prefix="/v1/store-server", tags=["store server"])
Pin = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Url = Annotated[str, StringConstraints(min_length=8, max_length=200, pattern=r"^[\x21-\x7e]+$")]


class AnnouncementRequest(RequestDocument):
    """Where it stands; ``pin`` is the SHA-256 of its certificate, empty on loopback."""

    url: Url
    pin: Pin
    public: PublicKey
    store_epoch: Seq
    reason: ShortText


class AnnouncementReply(Reply):
    """The number of its store key, the highest ``store_epoch`` known of it, whether another one stood there before."""

    key_id: int
    store_epoch: int
    replaces: bool


class RosterStore(Reply):
    """The store."""

    number: int
    id: str
    name: str
    zone: str
    currency: str
    booth: str


class RosterDevice(Reply):
    """A device of the store, in the order of enrolment; of several of one lane the last one counts."""

    id: Identifier
    lane: Number
    epoch: Number
    pubkey: PublicKey
    state: str


class StoreShare(Reply):
    """What the store server itself may give of a limited campaign; ``ver`` is counted up with each change."""

    campaign: int
    granted: int
    ver: int


class Roster(Signed):
    """Who may ask a store server, and what it may give of limited campaigns."""

    store: RosterStore
    store_secret: str
    devices: list[RosterDevice]
    shares: list[StoreShare]
    issued_at: str


class HeldShare(RequestDocument):
    """What a store server holds of a limited campaign, at which version of the share, and has given."""

    campaign: Seq
    ver: Seq
    granted: Seq
    used: Seq


class HeldShares(RequestDocument):
    """All that it holds."""

    shares: Annotated[list[HeldShare], Field(max_length=MOST_SHARES)]


@ROUTER.put("", responses=refusals("body-malformed", "device-other"))
async def put_store_server(body: AnnouncementRequest, asking: SignedAsking, centre: CentreHere) -> AnnouncementReply:
    """Announce a store server; its lanes find it in their policy."""
    said, now_ms = Announcement(**body.model_dump()), centre.now_ms()
    known = await asking.write(lambda connection, caller: announce(connection, caller, said, now_ms))
    return AnnouncementReply.model_validate(known)


@ROUTER.get("/roster", response_model=Roster, responses={304: {"description": "unchanged"}, **refusals("device-other")})
async def roster(asking: SignedAsking, centre: CentreHere, request: Request, response: Response) -> Roster | Response:
    """Devices of the caller's own store and their keys."""
    now, now_ms = centre.now(), centre.now_ms()
    tag, document = await asking.write(
        lambda connection, caller: signed_roster(connection, centre.keys, caller, now, now_ms)
    )
    response.headers["ETag"] = quoted(f"roster-{tag}")
    return not_modified(request, quoted(f"roster-{tag}")) or Roster.model_validate(document)


@ROUTER.put("/shares", status_code=204, responses=refusals("body-malformed", "device-other"))
async def put_shares(body: HeldShares, asking: SignedAsking) -> None:
    """Say what it holds of limited campaigns; what it no longer holds goes back to the centre."""
    told = [Told(**share.model_dump()) for share in body.shares]

    def job(connection: Connection, caller: Caller) -> None:
        must_be_store_server(caller)
        confirm(connection, caller.store, told)

    await asking.write(job)
