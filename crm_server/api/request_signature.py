"""Who asks: RFC 9421 signatures of enrolled devices, checked before any resource sees the request.

Apart from the devices' own module because this is HTTP: headers, digests, the signature base.
"""

import asyncio
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import Depends, Request
from fastapi.openapi.models import HTTPBase
from fastapi.security.base import SecurityBase
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature, algorithms
from starlette.datastructures import Headers

from crm_server.centre import Centre
from crm_server.devices import REVOKED, Caller, admit, public_key_text
from crm_server.keys import public_key
from crm_server.problems import Problem
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import from_base64

from .body_gate import SENT_BODY

LABEL: Final = "sig1"
WINDOW: Final = timedelta(seconds=300)
SESSION_TOKEN: Final = "x-session-token"  # noqa: S105 - the header's name
_ALWAYS: Final = ("@method", "@path", "@query")
_WHERE_PRESENT: Final = ("idempotency-key", SESSION_TOKEN)
_NONCE_BYTES: Final = 16


class _Keys(HTTPSignatureKeyResolver):
    """Devices' public keys as far as they were needed; a device's key never changes."""

    def __init__(self) -> None:
        self._known: dict[str, Ed25519PublicKey] = {}
        self.wanted = ""

    def learn(self, device: str, key: Ed25519PublicKey) -> None:
        self._known[device] = key

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        self.wanted = key_id
        return self._known.get(key_id)


class _Verifier(HTTPMessageVerifier):
    """The library's verifier without its own clock: the window is judged by the centre's."""

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:  # noqa: ARG002
        if type(sig_input.params.get("created")) is not int or "expires" in sig_input.params:
            raise InvalidSignature("created is needed, expires is not taken")


@dataclass(frozen=True)
class _Message:
    """A request as the library reads it. Scheme and host are not covered: a proxy may change them."""

    method: str
    url: str
    headers: Headers


class RequestSignature(SecurityBase):
    """The dependency of every signed resource; gives the ``Caller``."""

    def __init__(self) -> None:
        self.model = HTTPBase(scheme="signature", description="RFC 9421, label sig1, Ed25519, RFC 9530 digest")
        self.scheme_name = "deviceSignature"
        self._keys = _Keys()
        self._verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=self._keys)

    async def __call__(self, request: Request) -> Caller:
        """Check signature, time and nonce.

        Raises:
            Problem: signature-missing, signature-invalid, clock-skew, nonce-replayed, device-unknown.
        """
        centre: Centre = request.app.state.centre
        parameters = await self._verified(request, centre)
        now = centre.now()
        if abs(now - datetime.fromtimestamp(parameters["created"], UTC)) > WINDOW:
            raise Problem("clock-skew", server_time=wire_time(now))
        device, nonce = str(parameters["keyid"]), _nonce(parameters)
        token = request.headers.get(SESSION_TOKEN)
        now_ms = centre.now_ms()
        return await asyncio.wrap_future(
            centre.database.write(lambda connection: admit(connection, device, nonce, token, now_ms))
        )

    async def _verified(self, request: Request, centre: Centre) -> dict[str, Any]:
        if "signature" not in request.headers or "signature-input" not in request.headers:
            raise Problem("signature-missing")
        try:
            return self._verify(request)
        except InvalidSignature as error:
            if not await self._learn(centre, self._keys.wanted):
                raise Problem("signature-invalid") from error
        try:
            return self._verify(request)
        except InvalidSignature as error:
            raise Problem("signature-invalid") from error

    def _verify(self, request: Request) -> dict[str, Any]:
        self._keys.wanted = ""
        raw_path = request.scope["raw_path"].decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")
        url = f"http://centre{raw_path}?{query}" if query else f"http://centre{raw_path}"
        required = [*_ALWAYS, *(name for name in _WHERE_PRESENT if name in request.headers)]
        results = self._verifier.verify(
            _Message(request.method, url, request.headers),
            max_age=None,
            require_components=required,
            body=request.scope[SENT_BODY],
        )
        if results[0].label != LABEL:
            raise InvalidSignature("the label is sig1")
        parameters: dict[str, Any] = results[0].parameters
        return parameters

    async def _learn(self, centre: Centre, device: str) -> bool:
        """Look up a key that is not known here yet; False where that cannot have been the reason."""
        if not device or self._keys.resolve_public_key(device) is not None:
            return False
        text = await asyncio.wrap_future(
            centre.database.read(lambda connection: public_key_text(connection, device[:40]))
        )
        if text is None:
            raise Problem("device-unknown")
        self._keys.learn(device, public_key(text))
        return True


def _nonce(parameters: dict[str, Any]) -> str:
    nonce = str(parameters.get("nonce", ""))
    try:
        long_enough = len(from_base64(nonce)) == _NONCE_BYTES
    except (ValueError, binascii.Error):
        long_enough = False
    if not long_enough:
        raise Problem("signature-invalid", "the nonce is 16 bytes in base64url")
    return nonce


SIGNATURE: Final = RequestSignature()


async def any_caller(caller: Annotated[Caller, Depends(SIGNATURE)]) -> Caller:
    """Any device, a revoked one too: it may still deliver its journal."""
    return caller


async def active_caller(caller: Annotated[Caller, Depends(SIGNATURE)]) -> Caller:
    """A device that was not revoked.

    Raises:
        Problem: device-revoked.
    """
    if caller.state == REVOKED:
        raise Problem("device-revoked")
    return caller


AnyCaller = Annotated[Caller, Depends(any_caller)]
ActiveCaller = Annotated[Caller, Depends(active_caller)]
