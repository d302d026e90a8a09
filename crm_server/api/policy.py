"""The signed policy."""

from fastapi import APIRouter, Request, Response

from crm_server.policies import signed_policy

from .conditional import not_modified, quoted
from .documents import Policy
from .problem_replies import refusals
from .request_signature import ActiveCaller
from .standing import CentreHere, reading

ROUTER = APIRouter(prefix="/v1/policy", tags=["policy"])


@ROUTER.get("", response_model=Policy, responses={304: {"description": "unchanged"}, **refusals("body-malformed")})
async def policy(caller: ActiveCaller, centre: CentreHere, request: Request, response: Response) -> Policy | Response:
    """Limits, rhythm of sync, trusted keys."""
    document = await reading(centre, lambda connection: signed_policy(connection, centre.keys, caller.store))
    tag = quoted(f"policy-{document['ver']}-{document['sig'][:12]}")
    response.headers["ETag"] = tag
    return not_modified(request, tag) or Policy.model_validate(document)
