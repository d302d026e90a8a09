"""Bindings: what the program behind a customer's phone asks for after he scanned a booth's code.

Not signed by a lane: that program presents the app's token (``keys/app.token``) over TLS.
"""

import hmac
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import StringConstraints

from crm_server import phone_codes
from crm_server.problems import Problem
from crm_server.scenes import SceneRequest, bind_by_scene
from pos_client.domain.codes import phone_number

from .documents import Reply, Request, ShortText, SixDigits
from .problem_replies import refusals
from .standing import CentreHere, writing

ROUTER = APIRouter(prefix="/v1/bindings", tags=["bindings"])
Digits = Annotated[str, StringConstraints(pattern=r"^73[0-9]{227}$")]
_BEARER: Final = HTTPBearer(auto_error=False, scheme_name="appToken", description="the content of keys/app.token")
Presented = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


class BindingRequest(Request):
    """A customer scanned a code.

    ``code`` is a one-time code that he told; ``proven`` says that the app has the number from whoever knows it to be
    his (the phone's own network, the messenger's account). Without either the member is unverified.
    """

    scene: Digits
    phone: ShortText
    name: ShortText = ""
    code: SixDigits | None = None
    proven: bool = False


class BindingReply(Reply):
    """Who he is now."""

    state: str
    is_new: bool
    member_ref: str
    masked: str


@ROUTER.post(
    "",
    responses=refusals(
        "body-malformed", "app-unknown", "scene-invalid", "scene-expired", "phone-code-wrong", "phone-blocked"
    ),
)
async def bind(body: BindingRequest, presented: Presented, centre: CentreHere) -> BindingReply:
    """Make or find the member and let the booth's lane see it."""
    told = presented.credentials if presented else ""
    if not hmac.compare_digest(told.encode(), centre.keys.app_token.encode()):
        raise Problem("app-unknown")
    phone = phone_number.normalise(body.phone)
    if phone is None:
        raise Problem("body-malformed", "phone is no phone number")
    now = centre.now()
    if body.code is not None:
        code, now_ms = body.code, centre.now_ms()
        # A job of its own: a wrong answer counts although the binding is refused.
        if not await writing(centre, lambda job: phone_codes.check(job, centre.keys.seal, phone, code, now_ms)):
            raise Problem("phone-code-wrong")
    request = SceneRequest(body.scene, phone, body.name, verified=body.proven or body.code is not None)
    done = await writing(centre, lambda job: bind_by_scene(job, centre.keys, request, now))
    return BindingReply.model_validate(done)
