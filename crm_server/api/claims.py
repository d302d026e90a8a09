"""Claims: ask for a use, look at it, give it back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest
from pydantic import Field

from crm_server import claims
from crm_server.claims import Asked
from crm_server.problems import Problem

from .documents import ClaimId, CodeText, Hash, Identifier, Minor, Number, Reply, Request, Seq, ShortText, Signed
from .problem_replies import Holder, refusals
from .request_signature import ActiveCaller, SignedAsking
from .standing import CentreHere, reading

ROUTER = APIRouter(prefix="/v1/claims", tags=["claims"])
_REFUSALS = (
    "body-malformed", "already-used", "quota-exhausted", "in-progress", "claim-mismatch", "claim-released",
    "coupon-unknown", "campaign-unknown", "coupon-expired", "campaign-ended", "not-yet-valid", "campaign-not-begun",
    "wrong-day", "wrong-hour", "wrong-store", "leased-elsewhere", "coupon-revoked", "not-genuine", "other-member",
    "offer-too-new", "no-coupon-offer", "member-limit", "member-day-limit", "coupon-not-issued", "value-exhausted",
    "store-rebuilding",
)  # fmt: skip


class Intent(Request):
    """The journal entry that was committed before asking."""

    epoch: Number
    seq: Seq
    hash: Hash


class ClaimRequest(Request):
    """One use of one coupon."""

    coupon_id: Identifier
    use_no: Annotated[int, Field(ge=1, le=1_000_000)]
    code_kind: Literal["signed_coupon", "opaque_coupon"]
    token: CodeText
    member_ref: ShortText
    value_minor: Minor
    intent: Intent


class Receipt(Signed):
    """The server's signed word that a use is a device's."""

    claim_id: str
    coupon_id: str
    use_no: int
    device: str
    at: str


class ClaimReply(Reply):
    """A granted claim."""

    state: str
    claim_id: str
    coupon_id: str
    use_no: int
    tier: str
    receipt: Receipt


class ClaimState(Reply):
    """Where a claim stands: granted, consumed or released."""

    state: str
    claim_id: str
    coupon_id: str
    use_no: int
    holder: Holder | None


class ReleaseRequest(Request):
    """Why a claim is given back."""

    reason: ShortText


@ROUTER.put(
    "/{claim_id}",
    status_code=201,
    responses={200: {"description": "granted before", "model": ClaimReply}, **refusals(*_REFUSALS)},
)
async def put_claim(
    claim_id: ClaimId,
    body: ClaimRequest,
    asking: SignedAsking,
    centre: CentreHere,
    request: HttpRequest,
    response: Response,
) -> ClaimReply:
    """Grant a use, or say who holds it."""
    asked = Asked(
        claim_id,
        body.coupon_id,
        body.use_no,
        body.token,
        body.member_ref,
        body.value_minor,
        body.intent.epoch,
        body.intent.seq,
    )
    now, ground = centre.now(), request.app.state.ground
    granted = await asking.write(
        lambda connection, caller: claims.grant_or_note(connection, ground, caller, asked, now)
    )
    if isinstance(granted, Problem):
        raise granted
    response.status_code = 201 if granted.is_new else 200
    return ClaimReply.model_validate(granted.document)


@ROUTER.get("/{claim_id}", responses=refusals("body-malformed", "claim-unknown", "store-rebuilding"))
async def get_claim(claim_id: ClaimId, _caller: ActiveCaller, centre: CentreHere, request: HttpRequest) -> ClaimState:
    """Where a claim stands."""
    ground = request.app.state.ground
    return ClaimState.model_validate(
        await reading(centre, lambda connection: claims.claim_state(connection, ground, claim_id))
    )


@ROUTER.delete("/{claim_id}", status_code=204, responses=refusals("body-malformed", "device-other", "claim-consumed"))
async def delete_claim(claim_id: ClaimId, body: ReleaseRequest, asking: SignedAsking, centre: CentreHere) -> None:
    """Give an unused claim back; again, the same answer."""
    now_ms = centre.now_ms()
    await asking.write(lambda connection, caller: claims.give_back(connection, caller, claim_id, body.reason, now_ms))
