"""Points: hold them before they are burnt, let them go."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from crm_server import points_holds

from .documents import LARGEST, ClaimId, Identifier, Reply, Request
from .problem_replies import refusals
from .request_signature import SignedAsking
from .standing import CentreHere

ROUTER = APIRouter(prefix="/v1/points", tags=["points"])


class HoldRequest(Request):
    """Whose points, and how many."""

    member_ref: Identifier
    points: Annotated[int, Field(ge=1, le=LARGEST)]


class HoldReply(Reply):
    """Points that are this lane's to burn; ``left`` is what the member has beside everything that is held."""

    hold_id: str
    member_ref: str
    points: int
    left: int
    state: str


_REFUSALS = ("body-malformed", "member-unknown", "points-short", "hold-mismatch", "hold-released", "hold-consumed")


@ROUTER.put(
    "/{hold_id}",
    status_code=201,
    responses={200: {"description": "held before", "model": HoldReply}, **refusals(*_REFUSALS)},
)
async def put_hold(
    hold_id: ClaimId, body: HoldRequest, asking: SignedAsking, centre: CentreHere, response: Response
) -> HoldReply:
    """Hold points, or say how many there are (``balance``)."""
    now_ms = centre.now_ms()
    wanted = (body.member_ref, body.points)
    held = await asking.write(lambda connection, caller: points_holds.hold(connection, caller, hold_id, wanted, now_ms))
    response.status_code = 201 if held.is_new else 200
    return HoldReply.model_validate(held.document)


@ROUTER.delete("/{hold_id}", status_code=204, responses=refusals("body-malformed", "device-other", "hold-consumed"))
async def delete_hold(hold_id: ClaimId, asking: SignedAsking, centre: CentreHere) -> None:
    """Let held points go; again, the same answer."""
    now_ms = centre.now_ms()
    await asking.write(lambda connection, caller: points_holds.let_go(connection, caller, hold_id, now_ms))
