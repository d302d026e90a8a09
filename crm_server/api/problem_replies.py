"""Every refusal and failure as problem+json; apart because no resource may answer an error in its own way."""

import json
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm_server.pooled_database import is_away
from crm_server.problems import Problem

LOG = logging.getLogger("crm_server")
MEDIA_TYPE = "application/problem+json"
RETRY_S = 5
_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "body-too-large", 415: "media-type"}


class Holder(BaseModel):
    """Who holds a use."""

    device: str
    store: int
    store_name: str
    lane: int
    operator: str
    operator_name: str
    seq: int
    at: str
    tier: str


class ServerHead(BaseModel):
    """The highest entry that the server holds of an epoch."""

    seq: int
    hash: str


class OtherClose(BaseModel):
    """The close that stands instead."""

    epoch: int
    seq: int
    hash: str
    business_date: str
    first_seq: int
    last_seq: int


class ProblemDocument(BaseModel):
    """RFC 9457 problem details with our extras."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(pattern="^urn:rdm:[a-z-]+$")
    title: str
    status: int
    detail: str
    retry: str
    retry_after_s: int | None = None
    holder: Holder | None = None
    next_use_no: int | None = None
    left_minor: int | None = None
    balance: int | None = None
    left_in_store: int | None = None
    server_time: str | None = None
    server_head: ServerHead | None = None
    missing: list[tuple[int, int]] | None = None
    other: OtherClose | None = None


def reply(problem: Problem) -> Response:
    """The HTTP reply of a refusal."""
    headers = {"Cache-Control": "no-store"}
    if "retry_after_s" in problem.extras:
        headers["Retry-After"] = str(problem.extras["retry_after_s"])
    content = json.dumps(problem.document(), ensure_ascii=False).encode()
    return Response(content, problem.status, headers, MEDIA_TYPE)


def refusals(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Responses for an operation's contract: the problems that it may answer, by status."""
    by_status: dict[int | str, list[str]] = {}
    for code in codes:
        by_status.setdefault(Problem(code).status, []).append(code)
    return {
        status: {"description": ", ".join(names), "model": ProblemDocument, "content": {MEDIA_TYPE: {}}}
        for status, names in by_status.items()
    }


def install(app: FastAPI) -> None:
    """Register the handlers."""

    @app.exception_handler(Problem)
    async def _on_problem(_request: Request, error: Problem) -> Response:
        return reply(error)

    @app.exception_handler(RequestValidationError)
    async def _on_validation(_request: Request, error: RequestValidationError) -> Response:
        places = [f"{'.'.join(map(str, fault['loc']))[:80]}: {fault['msg'][:120]}" for fault in error.errors()]
        return reply(Problem("body-malformed", "; ".join(places[:5])))

    @app.exception_handler(HTTPException)
    async def _on_http(_request: Request, error: HTTPException) -> Response:
        response = reply(Problem(_BY_STATUS.get(error.status_code, "request-malformed")))
        response.headers.update(error.headers or {})
        return response


class Shield:
    """Turns whatever a resource did not foresee into a 500 without a word about the inside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            problem = _as_problem(error, scope)
            if started or scope["type"] != "http":
                raise
            await reply(problem)(scope, receive, send)


def _as_problem(error: Exception, scope: Scope) -> Problem:
    """What is answered to an error that nobody foresaw, which is written down."""
    if is_away(error):
        # No fault of this program: hundreds of traces of it would bury one that is.
        LOG.error("the database does not answer: %s %s", scope.get("method"), scope.get("path"))
        return Problem("server-busy", retry_after_s=RETRY_S)
    LOG.error("request failed: %s %s", scope.get("method"), scope.get("path"), exc_info=error)
    return Problem("server-error")
