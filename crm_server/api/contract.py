"""The published contract: the application's OpenAPI document, with what FastAPI cannot know by itself.

Apart from the application because serving never needs it; ``docs/openapi.yaml`` is this document.
"""

from typing import Any, Final

from fastapi.openapi.utils import get_openapi

from .application import API_VERSION, create_app
from .problem_replies import MEDIA_TYPE

_DESCRIPTION: Final = (
    "The centre of a chain of stores, as lanes see it. Times are RFC 3339 in UTC with milliseconds, money is whole"
    " minor units, binary fields are base64url without padding. Every response carries Server-Time and X-Time-Sig."
    " Every error is application/problem+json (RFC 9457); clients act on type and retry, never on text. Requests may"
    " carry Content-Encoding: gzip, and so do answers of 1 KB and more where Accept-Encoding names it, but for files of"
    " snapshots. What x-served-by says a store's own server answers too, with its own key (purpose"
    " store); anything else, and any request with X-Relay: upstream, it passes on as it came, and says 502"
    " upstream-unreachable while the centre is silent."
)
_HEADERS: Final = {
    "Server-Time": "RFC 3339 UTC with milliseconds",
    "X-Time-Sig": "Ed25519 by the srv key over the time and the request's X-Request-Id, base64url",
    "X-Time-Key": "number of that key",
}
# Every signed request may end in these, whatever it asks for.
_ALWAYS: Final = {
    "401": "signature-missing, signature-invalid, clock-skew, nonce-replayed, device-unknown, device-revoked",
    "400": "request-malformed",
    "413": "body-too-large",
    "415": "media-type",
    "503": "server-busy",
}


# What a store's own server answers itself; it passes everything else on to the centre.
_AT_STORES: Final = frozenset(
    {
        "/v1/claims/{claim_id}",
        "/v1/journal/batches",
        "/v1/journal/{device}/{epoch}/status",
        "/v1/devices/{device_id}/heartbeat",
        "/v1/policy",
        "/v1/snapshots/current",
        "/v1/snapshots/{gen}/{name}",
        "/v1/changes",
        "/v1/time",
    }
)


def contract() -> dict[str, Any]:
    """The OpenAPI document."""
    app = create_app(None)
    document = get_openapi(title="crm-server", version=API_VERSION, description=_DESCRIPTION, routes=app.routes)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _complete(operation)
            operation["x-served-by"] = ["central", "store"] if path in _AT_STORES else ["central"]
    document["components"]["schemas"].pop("HTTPValidationError", None)
    document["components"]["schemas"].pop("ValidationError", None)
    return document


_REQUEST_ID: Final = {
    "name": "X-Request-Id",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 64},
    "description": "32 hexadecimal digits of the caller's own; X-Time-Sig covers them",
}


def _complete(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(_REQUEST_ID)
    responses = operation["responses"]
    for status, codes in _ALWAYS.items():
        if (status == "401") == ("security" in operation) or status != "401":
            held = responses.setdefault(status, {"description": codes})
            if status == "503" and codes not in held["description"]:
                held["description"] += f", {codes}"
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    for status, response in responses.items():
        if int(status) >= 400:
            response["content"] = problem
        response["headers"] = {
            **{name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()},
            **response.get("headers", {}),
        }
