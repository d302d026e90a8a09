"""Passes requests on to the centre as they came, and the answers back as they came.

A lane's signature covers method, path, query and body, so nobody in between needs to be trusted. Apart from what the
store's server answers itself: this has threads of its own, and a bound, so that no claim ever waits for the network.
"""

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm_server.problems import Problem
from crm_server.store_role.store_server import StoreServer
from crm_server.store_role.upstream import Answer, Upstream, UpstreamSilent
from pos_client.domain.batch import MAX_BYTES

from .problem_replies import reply

HEADER: Final = "x-relay"
AT_A_TIME: Final = 16
MOST_WAITING: Final = 64
# Of this connection, not of the request (RFC 9110 section 7.6.1), or made anew on the next one.
_NOT_PASSED: Final = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade", "host", "content-length", HEADER,
})  # fmt: skip
_SERVED_HERE: Final = re.compile(
    r"/v1/(claims/[^/]+|journal/batches|journal/[^/]+/[^/]+/status|devices/[^/]+/heartbeat|policy|changes|time"
    r"|snapshots/[^/]+|snapshots/[^/]+/[^/]+)"
)


class UpstreamLine:
    """A few threads, each with a line to the centre."""

    def __init__(self, store: StoreServer) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(AT_A_TIME, "store-relay")
        self._own = threading.local()
        self._waiting = 0

    def close(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown(cancel_futures=True)

    async def pass_on(self, scope: Scope, body: bytes) -> Response:
        """The centre's answer to a request.

        Raises:
            Problem: upstream-unreachable.
        """
        if self._waiting >= MOST_WAITING:
            raise Problem("upstream-unreachable", "too many requests wait for the centre")
        query = scope["query_string"]
        target = scope["raw_path"] + (b"?" + query if query else b"")
        headers = [pair for pair in Headers(scope=scope).items() if pair[0] not in _NOT_PASSED]
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._threads, self._send, scope["method"], target, headers, body)
        except UpstreamSilent as silent:
            raise Problem("upstream-unreachable", str(silent)) from silent
        finally:
            self._waiting -= 1
        return _response(answer)

    def _send(self, method: str, target: bytes, headers: list[tuple[str, str]], body: bytes) -> Answer:
        line: Upstream | None = getattr(self._own, "line", None)
        if line is None:
            line = self._own.line = self._store.upstream()
        return line.pass_on(method, target, headers, body)


class Relay:
    """Takes what is not served here, and what asks to be passed on."""

    def __init__(self, app: ASGIApp, line: UpstreamLine) -> None:
        self._app = app
        self._line = line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not _is_for_the_centre(scope):
            await self._app(scope, receive, send)
            return
        try:
            response = await self._line.pass_on(scope, await _body(receive))
        except Problem as problem:
            response = reply(problem)
        await response(scope, receive, send)


def _is_for_the_centre(scope: Scope) -> bool:
    asked = Headers(scope=scope).get(HEADER, "").strip().lower() == "upstream"
    return asked or _SERVED_HERE.fullmatch(scope["path"]) is None


async def _body(receive: Receive) -> bytes:
    """The body as sent, coding and all."""
    found = bytearray()
    more = True
    while more:
        message: Message = await receive()
        found += message.get("body", b"")
        more = message.get("more_body", False)
        if len(found) > MAX_BYTES:
            raise Problem("body-too-large", f"at most {MAX_BYTES} bytes")
    return bytes(found)


def _response(answer: Answer) -> Response:
    response = Response(answer.body, answer.status)
    passed = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in answer.headers.items()
        if name.lower() not in _NOT_PASSED
    ]
    length = [pair for pair in response.raw_headers if pair[0] == b"content-length"]
    response.raw_headers = [*passed, *length]
    return response
