"""The loopback API, version 1: baskets, receipts, status, events; JSON in, JSON or problem+json out.

Every request is done on a thread of the web server's own and waits there for the lane, never the other way round.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from pos_client.domain.errors import HostDataInvalid, HostRefused, HostTotalDiffers, PosError, UsageError
from pos_client.domain.host_receipt import parse
from pos_client.domain.journal_entry import wire_time

from .book_port import HostBook
from .events import EventShelf
from .http_gate import ARRIVES_WITHIN_S, Gate
from .proposals import Proposals

LOG: Final = logging.getLogger(__name__)
PROBLEM_TYPE: Final = "application/problem+json"
LONGEST_WAIT_S: Final = 30.0
_LOOK_EVERY_S: Final = 0.1
_STATUS: Final = {
    "token": 401,
    "origin": 403,
    "address": 404,
    "proposal-unknown": 404,
    "method": 405,
    "too-slow": 408,
    "proposal-lapsed": 410,
    "too-large": 413,
    "till-busy": 503,
}
_CONFLICT, _WORLD, _BAD_REQUEST = 409, 503, 400


@dataclass(frozen=True, slots=True)
class Desk:
    """What the API hands requests to.

    Attributes:
        told: the sentence and the next step of a fault, each in both languages.
        status: what is said of the lane itself.
        zone: the store's time zone. now: aware UTC.
    """

    proposals: Proposals
    book: HostBook
    events: EventShelf
    told: Callable[[PosError], tuple[Mapping[str, str], Mapping[str, str]]]
    status: Callable[[], Mapping[str, Any]]
    zone: str
    now: Callable[[], datetime]


def create_app(desk: Desk, token: str, patience_s: float = ARRIVES_WITHIN_S) -> ASGIApp:
    """The whole API behind its door."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    reply = _replies(desk)

    @app.exception_handler(PosError)
    async def on_fault(_request: Request, fault: PosError) -> Response:
        return reply(fault)

    @app.exception_handler(HTTPException)
    async def on_nothing(_request: Request, error: HTTPException) -> Response:
        problem = "method" if error.status_code == 405 else "address"
        return reply(HostRefused("the paths are those of docs/host-till.md", problem=problem))

    _add_baskets(app, desk)
    _add_receipts(app, desk)
    _add_looks(app, desk)
    return Gate(app, token, reply, patience_s)


def _add_baskets(app: FastAPI, desk: Desk) -> None:
    proposals = desk.proposals

    @app.post("/v1/baskets")
    async def propose(request: Request) -> Response:
        document = await _json(request)
        return _json_reply(await run_in_threadpool(proposals.propose, document), 201)

    @app.post("/v1/baskets/{proposal_id}/accept")
    async def accept(request: Request, proposal_id: str) -> Response:
        document = await _json(request)
        return _json_reply(await run_in_threadpool(proposals.accept, proposal_id, document))

    @app.post("/v1/baskets/{proposal_id}/reject")
    async def reject(request: Request, proposal_id: str) -> Response:
        document = await _json(request)
        return _json_reply(await run_in_threadpool(proposals.reject, proposal_id, document))


def _add_receipts(app: FastAPI, desk: Desk) -> None:
    @app.post("/v1/receipts")
    async def take(request: Request) -> Response:
        receipt = parse(await _json(request), desk.zone)
        new = await run_in_threadpool(desk.book.take, [receipt], "http", desk.now())
        document = {"kept": True, "new": bool(new), "till": receipt.till, "receipt_no": receipt.receipt_no}
        return _json_reply(document | {"day": receipt.day.isoformat()}, 201 if new else 200)


def _add_looks(app: FastAPI, desk: Desk) -> None:
    @app.get("/v1/status")
    async def status() -> Response:
        count, newest = await run_in_threadpool(desk.book.receipts_kept)
        kept = {"receipts": count, "newest_receipt": wire_time(newest) if newest else None}
        return _json_reply({"version": 1, "now": wire_time(desk.now()), **desk.status(), **kept})

    @app.get("/v1/events")
    async def events(request: Request) -> Response:
        after = _number(request, "after", desk.events.last)
        wait_s = min(_number(request, "wait", 0), LONGEST_WAIT_S)
        for _ in range(round(wait_s / _LOOK_EVERY_S)):
            if desk.events.after(after) or await request.is_disconnected():
                break
            await asyncio.sleep(_LOOK_EVERY_S)
        return _json_reply({"events": desk.events.after(after), "last": desk.events.last})


async def _json(request: Request) -> Any:
    body = await request.body()
    try:
        document = json.loads(body)
        # Half a character, as \ud800 alone is one, could be neither stored nor answered.
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise HostDataInvalid("the body is not JSON", problem="json") from error
    return document


def _number(request: Request, name: str, default: int) -> int:
    written = request.query_params.get(name, str(default))
    if not (written.isascii() and written.isdigit() and len(written) <= 15):
        raise HostDataInvalid(f"{name} is a whole number", problem="field", field=name)
    return int(written)


def _json_reply(document: Any, status: int = 200) -> Response:
    return JSONResponse(document, status, headers={"Cache-Control": "no-store"})


def _replies(desk: Desk) -> Callable[[PosError], Response]:
    def reply(fault: PosError) -> Response:
        """RFC 9457 problem details, with our sentences and figures beside them."""
        status = _status(fault)
        sentence, step = desk.told(fault)
        document = {
            "type": f"urn:rdm:{fault.reason}",
            "title": sentence["en"],
            "status": status,
            "detail": fault.detail,
            "sentence": sentence,
            "next_step": step,
            **fault.facts,
        }
        headers = {"Cache-Control": "no-store"}
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        if status in {408, 413}:
            headers["Connection"] = "close"
        if status == _WORLD:
            headers["Retry-After"] = "2"
            LOG.info("a request of the host till waits: %s %s", fault.reason, fault.detail)
        return JSONResponse(document, status, headers=headers, media_type=PROBLEM_TYPE)

    return reply


def _status(fault: PosError) -> int:
    if isinstance(fault, HostTotalDiffers):
        return _CONFLICT
    if isinstance(fault, HostRefused):
        return _STATUS.get(str(fault.facts.get("problem", "")), _CONFLICT)
    return _BAD_REQUEST if isinstance(fault, UsageError) else _WORLD
