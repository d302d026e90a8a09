"""Who asks: RFC 9421 signatures of enrolled devices, checked before any resource sees the request.

Apart from the devices' own module because this is HTTP: headers, digests, the signature base.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import Depends, Header, Request, Response
from fastapi.openapi.models import HTTPBase
from fastapi.security.base import SecurityBase
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature, algorithms
from sqlalchemy import Connection
from starlette.datastructures import Headers

from crm_server.admission import Presented, let_in, let_in_and
from crm_server.centre import Centre
from crm_server.devices import Caller, public_key_text
from crm_server.keys import public_key
from crm_server.problems import Problem
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import from_base64

from .body_gate import SENT_BODY
from .standing import reading, writing

Result = TypeVar("Result")

LABEL: Final = "sig1"
WINDOW: Final = timedelta(seconds=300)
SESSION_TOKEN: Final = "x-session-token"  # noqa: S105 - the header's name
_ALWAYS: Final = ('"@method"', '"@path"', '"@query"')
_WHERE_PRESENT: Final = ("idempotency-key", SESSION_TOKEN)
_NONCE_BYTES: Final = 16


class _Keys(HTTPSignatureKeyResolver):
    """Devices' public keys as far as they were needed; a device's key never changes."""

    def __init__(self) -> None:
        self._known: dict[str, Ed25519PublicKey] = {}
        self.wanted = ""

    def known(self, device: str) -> Ed25519PublicKey:
        return self._known[device]

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


@dataclass(frozen=True)
class Asking:
    """A request whose signature and time hold; it is let in together with its work.

    Attributes:
        key: the device's public key, which also signs its journal.
    """

    centre: Centre
    presented: Presented
    key: Ed25519PublicKey

    @property
    def device(self) -> str:
        """The device that signed."""
        return self.presented.device

    async def write(self, work: Callable[[Connection, Caller], Result], *, if_revoked: bool = False) -> Result:
        """Let the request in and do its work, in one transaction.

        Raises:
            Problem: it is not let in, or its work is refused.
        """
        return (await self._done(work, if_revoked=if_revoked))[1]

    async def roll(
        self, response: Response, work: Callable[[Connection, Caller], Result], *, if_revoked: bool = False
    ) -> Result:
        """As ``write``, for a request that must bring the session token that is due; the next one goes back.

        Raises:
            Problem: also device-forked.
        """
        if self.presented.token is None:
            raise Problem("body-malformed", f"the header {SESSION_TOKEN} is missing")
        caller, result = await self._done(work, if_revoked=if_revoked)
        response.headers[SESSION_TOKEN] = caller.next_token
        return result

    async def caller(self) -> Caller:
        """Let the request in, for reading.

        Raises:
            Problem: it is not let in.
        """
        now_ms = self.centre.now_ms()
        done = await writing(self.centre, lambda connection: let_in(connection, self.presented, now_ms))
        if done.problem is not None:
            raise done.problem
        return done.caller

    async def _done(self, work: Callable[[Connection, Caller], Result], *, if_revoked: bool) -> tuple[Caller, Result]:
        now_ms = self.centre.now_ms()
        done = await writing(
            self.centre,
            lambda connection: let_in_and(connection, self.presented, now_ms, work, if_revoked=if_revoked),
        )
        if done.problem is not None:
            raise done.problem
        return done.caller, cast("Result", done.result)


class RequestSignature(SecurityBase):
    """The dependency of every signed resource; gives the ``Asking``."""

    def __init__(self) -> None:
        self.model = HTTPBase(scheme="signature", description="RFC 9421, label sig1, Ed25519, RFC 9530 digest")
        self.scheme_name = "deviceSignature"
        self._keys = _Keys()
        self._verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=self._keys)

    async def __call__(self, request: Request) -> Asking:
        """Check signature and time.

        Raises:
            Problem: signature-missing, signature-invalid, clock-skew, device-unknown.
        """
        centre: Centre = request.app.state.centre
        parameters = await self._verified(request, centre)
        now = centre.now()
        if abs(now - datetime.fromtimestamp(parameters["created"], UTC)) > WINDOW:
            raise Problem("clock-skew", server_time=wire_time(now))
        device = str(parameters["keyid"])
        # A store's own server has no part in the token that a lane shares with the centre.
        token = request.headers.get(SESSION_TOKEN) if request.app.state.rolls_tokens else None
        presented = Presented(device, _nonce(parameters), token)
        return Asking(centre, presented, self._keys.known(device))

    async def _verified(self, request: Request, centre: Centre) -> dict[str, Any]:
        if "signature" not in request.headers or "signature-input" not in request.headers:
            raise Problem("signature-missing")
        try:
            return self._verify(request)
        except InvalidSignature as error:
            try:
                is_new = await self._learn(centre, self._keys.wanted)
            except Problem:
                request.app.state.on_stranger()
                raise
            if not is_new:
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
        message = _Message(request.method, url, request.headers)
        result = self._verifier.verify(message, max_age=None, body=request.scope[SENT_BODY])[0]
        required = {*_ALWAYS, *(f'"{name}"' for name in _WHERE_PRESENT if name in request.headers)}
        if result.label != LABEL or not required <= result.covered_components.keys():
            raise InvalidSignature("the label is sig1 and covers what the contract says")
        parameters: dict[str, Any] = result.parameters
        return parameters

    async def _learn(self, centre: Centre, device: str) -> bool:
        """Look up a key that is not known here yet; False where that cannot have been the reason."""
        if not device or self._keys.resolve_public_key(device) is not None:
            return False
        text = await reading(centre, lambda connection: public_key_text(connection, device[:40]))
        if text is None:
            raise Problem("device-unknown")
        self._keys.learn(device, public_key(text))
        return True


def _nonce(parameters: dict[str, Any]) -> str:
    nonce = str(parameters.get("nonce", ""))
    try:
        long_enough = len(from_base64(nonce)) == _NONCE_BYTES
    except ValueError:
        long_enough = False
    if not long_enough:
        raise Problem("signature-invalid", "the nonce is 16 bytes in base64url")
    return nonce


SIGNATURE: Final = RequestSignature()
# What a rolling resource declares; the value itself is read, and admitted, with the signature.
SessionToken = Annotated[
    str, Header(alias="X-Session-Token", max_length=64, description="the token that the last answer brought")
]
NEXT_TOKEN: Final = {
    "description": "done",
    "headers": {"X-Session-Token": {"description": "the token for the next request", "schema": {"type": "string"}}},
}
SignedAsking = Annotated[Asking, Depends(SIGNATURE)]


async def active_caller(asking: SignedAsking) -> Caller:
    """A device that was not revoked, let in for reading.

    Raises:
        Problem: device-revoked, nonce-replayed.
    """
    return await asking.caller()


ActiveCaller = Annotated[Caller, Depends(active_caller)]
