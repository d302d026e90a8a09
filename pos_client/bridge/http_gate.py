"""The door of the loopback API: who may come in, how large a body may be, and how long it may take to arrive.

Apart from the resources so that none of them can forget it. A web page in a browser of this machine is kept out by
its ``Origin`` and by the ``Host`` it believes to talk to; every other program by the token.
"""

import asyncio
import hmac
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pos_client.domain.errors import HostRefused, PosError

MAX_BODY: Final = 1 << 20
ARRIVES_WITHIN_S: Final = 10.0
# So much more is read and thrown away, so that the client gets to read why it was refused.
_DRAINED: Final = 16 << 20
_OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost"})
ProblemReply = Callable[[PosError], Response]


class Gate:
    """Lets a request with the token and a whole body through.

    Args:
        app: behind the door. token: what ``Authorization: Bearer`` must carry. reply: a fault as a response.
        patience_s: within which a body has to arrive.
    """

    def __init__(self, app: ASGIApp, token: str, reply: ProblemReply, patience_s: float = ARRIVES_WITHIN_S) -> None:
        self._app, self._token, self._reply, self._patience_s = app, token.encode(), reply, patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return
        try:
            headers = Headers(scope=scope)
            self._admit(headers)
            async with asyncio.timeout(self._patience_s):
                body = await _body(receive, headers)
        except TimeoutError:
            slow = HostRefused(f"the body did not arrive within {self._patience_s:g} s", problem="too-slow")
            await self._reply(slow)(scope, receive, send)
            return
        except HostRefused as refused:
            await self._reply(refused)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    def _admit(self, headers: Headers) -> None:
        if "origin" in headers or headers.get("host", "").partition(":")[0] not in _OWN_NAMES:
            raise HostRefused("a web page, or a name that is not this machine's", problem="origin")
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), self._token):
            raise HostRefused("Authorization is not Bearer and the token of bridge.token", problem="token")


async def _body(receive: Receive, headers: Headers) -> bytes:
    """The whole body. Raises HostRefused: too large."""
    stated = headers.get("content-length", "0")
    is_large = not stated.isdigit() or int(stated) > MAX_BODY
    body = bytearray()
    seen = 0
    while True:
        message = await receive()
        chunk = message.get("body", b"")
        seen += len(chunk)
        is_large = is_large or seen > MAX_BODY
        if not is_large:
            body += chunk
        if message["type"] == "http.disconnect" or not message.get("more_body", False) or seen > _DRAINED:
            break
    if is_large:
        raise HostRefused(f"a body has at most {MAX_BODY} bytes", problem="too-large")
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    handed_on = False

    async def replay() -> Message:
        nonlocal handed_on
        if handed_on:
            return await receive()
        handed_on = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
