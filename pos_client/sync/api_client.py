"""One conversation with the server: requests go out signed, within a time that is bounded as a whole.

Apart from push, pull and claims so that signing, the clock and the rolling token are dealt with once.
"""

import gzip
import json
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from requests import PreparedRequest, Request

from pos_client.domain.errors import ServerUnreachable

from . import errand, problems
from .answers import Reply, judge
from .line import FRONT_DOOR, ConnectionDropped, Door, Line, RawAnswer, is_loopback
from .round_trips import RoundTrips
from .server_time import ServerTime
from .signing import RequestSigner

MAX_JSON_BYTES: Final = 8 * 1024 * 1024
BUDGET_S: Final = 30.0
A_MOMENT_S: Final = 60.0
# Base64 in JSON shrinks by a third at once; more effort buys little.
PACK_FROM_BYTES: Final = 1_024
PACK_LEVEL: Final = 3
TOKEN_HEADER: Final = "X-Session-Token"  # noqa: S105 - a header's name

# A customer waits for whichever of two servers answers first.
LOOK_FOR_ANOTHER_S: Final = 0.01
# The store's server says so of the centre behind it; to whoever asks the centre, nobody answered.
_NO_UPSTREAM: Final = "upstream-unreachable"

LateAnswer = Callable[[Reply], None]
Enough = Callable[[], bool]


class SessionToken(Protocol):
    """The rolling token of this device's serial channel, kept on disk: two copies of a disk break each other's."""

    def load(self) -> str:
        """The newest token, empty before the first."""

    def save(self, token: str) -> None:
        """Keep the next one."""


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What to ask.

    Attributes:
        path: below the base URL, beginning with ``/v1``; ids in it are plain characters.
        body: compact JSON, None for none. headers: beyond the usual ones.
        rolls: it belongs to the channel of the rolling session token. signed: False for the two that anybody may ask.
        max_bytes: bound of the answer's unpacked body.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    rolls: bool = False
    signed: bool = True
    max_bytes: int = MAX_JSON_BYTES


def encode(document: Mapping[str, Any]) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


class ApiClient:
    """Speaks with one server; used by one thread.

    Attributes:
        way: how the last answer came, for people; empty where there is but one way.
        round_trips: how long the answers took, files apart.

    Args:
        base_url: ``https://host[:port]``, without a path.
        time: what is known of the server's clock.
        version: of this program, for ``User-Agent``.
        signer: None only before enrolment.
        token: the rolling session token, where this client serves that channel.
        packs: whether bodies go out gzipped; by default wherever a network lies between.
        stopping: asked during a call whether to give it up.
        door: what is special about the way in.
    """

    def __init__(
        self,
        base_url: str,
        time: ServerTime,
        *,
        version: str = "",
        signer: RequestSigner | None = None,
        token: SessionToken | None = None,
        packs: bool | None = None,
        stopping: Callable[[], bool] = errand.never,
        door: Door = FRONT_DOOR,
    ) -> None:
        self.time = time
        self.stopping = stopping
        self.version = version
        self.way = ""
        self._base_url = base_url.rstrip("/")
        self._packs = not is_loopback(base_url) if packs is None else packs
        self._signer = signer
        self._token = token
        self._door = door
        self._line = Line(self._base_url, door.pin)
        self._heard_at: float | None = None
        self.round_trips = RoundTrips()

    def apart(self) -> "ApiClient":
        """The same server, key and clock with a connection of its own, for another thread. It rolls no token."""
        return ApiClient(
            self._base_url,
            self.time,
            version=self.version,
            signer=self._signer,
            packs=self._packs,
            door=self._door,
        )

    def towards(
        self,
        url: str,
        door: Door,
        *,
        time: ServerTime | None = None,
        token: SessionToken | None = None,
    ) -> "ApiClient":
        """A client of another server with this lane's key; it goes by this one's clock unless told."""
        return ApiClient(url, time or self.time, version=self.version, signer=self._signer, token=token, door=door)

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()

    def get(self, path: str, query: Mapping[str, str] | None = None, etag: str = "") -> Reply:
        """A document; status 304 where ``etag`` still names it.

        Raises:
            ServerUnreachable, ServerRefused: or one of its kinds.
        """
        return self.ask(ApiRequest("GET", path, query or {}, headers={"If-None-Match": etag} if etag else {})).expect()

    def is_there(self, budget_s: float = 3.0) -> bool:
        """Whether our server answers at all."""
        try:
            return self.ask(ApiRequest("GET", "/v1/time", signed=False), budget_s).problem is None
        except ServerUnreachable:
            return False

    def was_there(self) -> bool:
        """Whether our server answered this client within the last minute."""
        return self._heard_at is not None and time.monotonic() - self._heard_at < A_MOMENT_S

    def ask(
        self,
        request: ApiRequest,
        budget_s: float = BUDGET_S,
        on_late: LateAnswer | None = None,
        enough: Enough | None = None,
    ) -> Reply:
        """An answer of the server, problems included.

        A connection that was closed while idle, a clock that was wrong and a request that something between doubled are
        put right once within the budget, with a new signature: every request of this contract may be repeated.

        Args:
            request: what to ask.
            budget_s: for everything together.
            on_late: told, in a thread of its own, an answer that came after the budget was spent, or after ``enough``.
            enough: asked all the while whether the caller has what he needs from elsewhere.

        Raises:
            ServerUnreachable: nothing came in time, or what came was not ours.
        """
        ends = time.monotonic() + budget_s
        try:
            reply = self._once(request, ends, on_late, enough)
        except ConnectionDropped:
            reply = self._once(request, ends, on_late, enough)
        if reply.problem is not None and reply.problem.retry == problems.RESIGN:
            return self._once(request, ends, on_late, enough)
        return reply

    def fetch(self, request: ApiRequest, budget_s: float = BUDGET_S) -> RawAnswer:
        """The bytes of a content-addressed file, or a part of it, from whichever cache holds it.

        Raises:
            ServerUnreachable: nothing came, or a status that is neither 200 nor 206 and no problem of ours.
            ServerRefused: a problem of ours.
        """
        prepared, request_id = self._prepare(request)
        raw = self._send(prepared, request.max_bytes, budget_s, None)
        if raw.status in {200, 206}:
            return raw
        self._note(raw, judge(raw), request_id).expect()
        raise ServerUnreachable(f"status {raw.status} for a file", cause="not-ours")

    def _once(self, request: ApiRequest, ends: float, on_late: LateAnswer | None, enough: Enough | None) -> Reply:
        prepared, request_id = self._prepare(request)
        began = time.monotonic()
        raw = self._send(prepared, request.max_bytes, ends - began, on_late, enough)
        reply = self._note(raw, judge(raw), request_id)
        self.round_trips.add(time.monotonic() - began)
        return reply

    def _prepare(self, request: ApiRequest) -> tuple[PreparedRequest, str]:
        request_id = uuid.uuid4().hex
        headers = {
            "User-Agent": f"pos-client/{self.version}",
            "Accept-Encoding": "gzip",
            "X-Request-Id": request_id,
            **self._door.headers,
            **request.headers,
        }
        body = request.body
        if body is not None:
            headers["Content-Type"] = "application/json"
        if body is not None and self._packs and len(body) >= PACK_FROM_BYTES:
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, PACK_LEVEL, mtime=0)
        if request.rolls and self._token is not None and (token := self._token.load()):
            headers[TOKEN_HEADER] = token
        url = self._base_url + request.path
        prepared = Request(request.method, url, headers, params=request.query, data=body).prepare()
        if self._signer is not None and request.signed:
            self._signer.sign(prepared, self.time.now())
        return prepared, request_id

    def _send(
        self,
        prepared: PreparedRequest,
        max_bytes: int,
        budget_s: float,
        on_late: LateAnswer | None,
        enough: Enough | None = None,
    ) -> RawAnswer:
        line = self._line
        future = errand.start(lambda: line.send(prepared, max_bytes))
        try:
            if enough is None:
                return errand.wait(future, budget_s, self.stopping)
            return errand.wait(future, budget_s, enough, LOOK_FOR_ANOTHER_S)
        except errand.Abandoned as abandoned:
            # The old connection may still bring its answer; it must not be mixed with the next one's.
            self._line = Line(self._base_url, self._door.pin)
            _leave(future, line, on_late)
            raise ServerUnreachable("no answer in time", cause="timeout") from abandoned

    def _note(self, raw: RawAnswer, reply: Reply, request_id: str) -> Reply:
        if reply.problem is not None and reply.problem.code == _NO_UPSTREAM:
            raise ServerUnreachable("the store's server does not reach the centre", cause="upstream")
        if self.time.hear(raw.headers, request_id) and reply.problem is not None:
            reply = replace(reply, problem=replace(reply.problem, is_proven=True))
        self._heard_at = time.monotonic()
        token = raw.headers.get(TOKEN_HEADER)
        if token and self._token is not None:
            self._token.save(token)
        return reply


def _leave(future: "Future[RawAnswer]", line: Line, on_late: LateAnswer | None) -> None:
    """Walk away from a call: cut it off, or let its answer go to whoever wants it late."""

    def ended(done: "Future[RawAnswer]") -> None:
        line.close()
        if on_late is not None and done.exception() is None:
            _tell(done.result(), on_late)

    future.add_done_callback(ended)
    if on_late is None:
        line.hang_up()


def _tell(raw: RawAnswer, on_late: LateAnswer) -> None:
    try:
        reply = judge(raw)
    except ServerUnreachable:
        return
    on_late(reply)
