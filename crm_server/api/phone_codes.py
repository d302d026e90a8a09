"""One-time codes for a lane: send one, check one. No answer tells whether anybody is known by the number."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from crm_server import phone_codes
from crm_server.centre import Centre
from crm_server.problems import Problem
from crm_server.sealing import open_sealed
from pos_client.domain.codes import phone_number

from .documents import Reply, Request, SealedText, SixDigits
from .problem_replies import refusals
from .request_signature import SignedAsking
from .standing import CentreHere

ROUTER = APIRouter(prefix="/v1/phone-codes", tags=["bindings"])


class SendRequest(Request):
    """To which number; sealed to the policy's ``seal_key``."""

    phone_sealed: SealedText


class SendReply(Reply):
    """On its way: how long it holds, and when another one may be sent."""

    expires_s: int
    resend_s: int


class CheckRequest(Request):
    """What the customer told."""

    phone_sealed: SealedText
    code: SixDigits


class CheckReply(Reply):
    """Whether it was right; a code that is wrong, old, used up or was never sent are all the same answer."""

    passed: bool


@ROUTER.post(
    "", status_code=202, responses=refusals("body-malformed", "seal-unreadable", "rate-limited", "phone-blocked")
)
async def send_code(body: SendRequest, asking: SignedAsking, centre: CentreHere) -> SendReply:
    """Send six digits to a phone."""
    phone, now = _phone(centre, body.phone_sealed), centre.now()
    now_ms = centre.now_ms()
    fresh = await asking.write(lambda job, _caller: phone_codes.issue(job, centre.keys.seal, phone, now_ms))
    await run_in_threadpool(centre.gateway.send, fresh, now)
    return SendReply(expires_s=phone_codes.HOLDS_S, resend_s=phone_codes.RESEND_S)


@ROUTER.post("/check", responses=refusals("body-malformed", "seal-unreadable", "phone-blocked"))
async def check_code(body: CheckRequest, asking: SignedAsking, centre: CentreHere) -> CheckReply:
    """Whether these are the digits that were sent."""
    phone, now_ms = _phone(centre, body.phone_sealed), centre.now_ms()
    passed = await asking.write(lambda job, _caller: phone_codes.check(job, centre.keys.seal, phone, body.code, now_ms))
    return CheckReply(passed=passed)


def _phone(centre: Centre, sealed: str) -> str:
    try:
        phone = phone_number.normalise(open_sealed(centre.keys.seal, sealed))
    except ValueError as error:
        raise Problem("seal-unreadable") from error
    if phone is None:
        raise Problem("seal-unreadable")
    return phone
