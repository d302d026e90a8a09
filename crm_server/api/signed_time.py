"""Puts the signed time on every response, errors included: the anchor of every lane's clock (PROTOCOL 3.7)."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm_server.centre import Centre
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import time_signed_bytes, to_base64

LONGEST_REQUEST_ID: Final = 64


class SignedTime:
    """Adds ``Server-Time``, ``X-Time-Sig`` (bound to the request's id) and ``X-Time-Key``."""

    def __init__(self, app: ASGIApp, centre: Centre) -> None:
        self._app = app
        self._centre = centre

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = Headers(scope=scope).get("x-request-id", "")
        if len(request_id) > LONGEST_REQUEST_ID or not request_id.isascii() or not request_id.isprintable():
            request_id = ""

        async def stamp(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._stamp(MutableHeaders(raw=message["headers"]), request_id)
            await send(message)

        await self._app(scope, receive, stamp)

    def _stamp(self, headers: MutableHeaders, request_id: str) -> None:
        if "server-time" in headers:
            # An answer that a store's server only passes on keeps the centre's own time.
            return
        server_time = wire_time(self._centre.now())
        keys = self._centre.keys
        signature = keys.sign(keys.word, time_signed_bytes(server_time, request_id))
        headers["Server-Time"] = server_time
        headers["X-Time-Sig"] = to_base64(signature)
        headers["X-Time-Key"] = str(keys.key_ids[keys.word])
        if request_id:
            headers["X-Request-Id"] = request_id
