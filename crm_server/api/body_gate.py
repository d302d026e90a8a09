"""Bounds every body before anything looks at it: size as sent, size inflated, coding and media type.

Apart from the resources so that none of them can forget it. The bytes as sent stay in the scope for the signature's
digest; the resources read the inflated ones.
"""

import zlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm_server.problems import Problem
from pos_client.domain.batch import MAX_BYTES

from .problem_replies import reply

BATCH_PATH: Final = "/v1/journal/batches"
OTHER_LIMIT: Final = 64 * 1024
SENT_BODY: Final = "crm.sent_body"
_GZIP_WINDOW: Final = 31


class BodyGate:
    """Reads the whole body within its bound, inflates gzip within the same bound, and hands it on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = MAX_BYTES if scope["path"] == BATCH_PATH else OTHER_LIMIT
        try:
            sent = await _sent_body(receive, headers, limit)
            body = _plain_body(sent, headers, limit)
        except Problem as problem:
            await reply(problem)(scope, receive, send)
            return
        scope[SENT_BODY] = sent
        if "content-encoding" in headers:
            del MutableHeaders(scope=scope)["content-encoding"]
        await self._app(scope, _replay(body, receive), send)


async def _sent_body(receive: Receive, headers: Headers, limit: int) -> bytes:
    stated = headers.get("content-length", "0")
    if not stated.isdigit() or int(stated) > limit:
        raise Problem("body-too-large", f"at most {limit} bytes")
    chunks = bytearray()
    more = True
    while more:
        message = await receive()
        chunks += message.get("body", b"")
        more = message.get("more_body", False)
        if len(chunks) > limit:
            raise Problem("body-too-large", f"at most {limit} bytes")
    return bytes(chunks)


def _plain_body(sent: bytes, headers: Headers, limit: int) -> bytes:
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding == "identity":
        plain = sent
    elif coding == "gzip":
        plain = _inflate(sent, limit)
    else:
        raise Problem("media-type", "content codings: gzip")
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if plain and media_type != "application/json":
        raise Problem("media-type", "bodies are application/json")
    return plain


def _inflate(sent: bytes, limit: int) -> bytes:
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    try:
        plain = inflater.decompress(sent, limit + 1)
    except zlib.error as error:
        raise Problem("request-malformed", "the body is not gzip") from error
    if len(plain) > limit:
        raise Problem("body-too-large", f"at most {limit} bytes inflated")
    if not inflater.eof or inflater.unused_data:
        raise Problem("request-malformed", "the body is not one whole gzip member")
    return plain


def _replay(body: bytes, receive: Receive) -> Receive:
    handed_on = False

    async def replay() -> Message:
        nonlocal handed_on
        if handed_on:
            return await receive()
        handed_on = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
