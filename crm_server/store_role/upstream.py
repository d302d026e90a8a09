"""The way to the centre: requests signed by the store server's own device, answers bounded in size and time.

Apart from what is asked because every asker has its own, and none of them may wait for another one's.
"""

import json
import secrets
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms
from urllib3.exceptions import HTTPError

from crm_server.problems import TYPE_PREFIX
from pos_client.domain.signed_document import to_base64

from .watched_session import WatchedSession

LABEL: Final = "sig1"
CONNECT_S: Final = 3.0
READ_S: Final = 15.0
IDLE_S: Final = 3.0
MAX_BYTES: Final = 32 * 1024 * 1024
_PIECE_BYTES: Final = 64 * 1024
_ALWAYS: Final = ("@method", "@path", "@query")


Hear = Callable[[Mapping[str, str], str], None]


def _hear_nothing(_headers: Mapping[str, str], _request_id: str) -> None:
    """Before anything is trusted no time is believed."""


class UpstreamSilent(Exception):
    """The centre gave no answer that is one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body as it was sent, its coding undone only by ``document``."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def document(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            UpstreamSilent: it is none.
        """
        try:
            document = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise UpstreamSilent("the answer is no JSON") from error
        if not isinstance(document, dict):
            raise UpstreamSilent("the answer is no JSON object")
        return document

    @property
    def problem(self) -> str:
        """The refusal's code, empty where the answer is none of the centre's."""
        if not self.headers.get("Content-Type", "").startswith("application/problem+json"):
            return ""
        try:
            return str(self.document().get("type", "")).removeprefix(TYPE_PREFIX)
        except UpstreamSilent:
            return ""


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002 - the library's signature
        return self._key


class Upstream:
    """Speaks with one centre; used by one thread.

    Args:
        base_url: ``https://host[:port]``. device: empty before joining, when nothing can be signed.
        hear: told the headers of an answer and the request's id, for the time that they carry.
    """

    def __init__(
        self, base_url: str, device: str = "", key: Ed25519PrivateKey | None = None, hear: Hear = _hear_nothing
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._device = device
        self._hear = hear
        self._session = WatchedSession()
        self._is_over = False
        self._used = time.monotonic()
        resolver = _OneKey(key) if key else None
        self._signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=resolver) if key else None

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def hang_up(self) -> None:
        """Ask nothing more, and end what is under way in another thread. For the end of the program."""
        self._is_over = True
        self._session.hang_up()

    def ask(
        self,
        method: str,
        path: str,
        document: Mapping[str, Any] | bytes | None = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask once, signed where there is a key.

        Raises:
            UpstreamSilent: no answer.
        """
        body = document if document is None or isinstance(document, bytes) else json.dumps(document).encode()
        named = {"X-Request-Id": uuid.uuid4().hex, "Accept-Encoding": "identity", **(headers or {})}
        if body is not None:
            named["Content-Type"] = "application/json"
        request = requests.Request(method, self._base_url + path, params=query, headers=named, data=body)
        prepared = self._session.prepare_request(request)
        if self._signer:
            self._sign(self._signer, prepared, body)
        answer = self.send(prepared)
        self._hear(answer.headers, named["X-Request-Id"])
        return answer

    def pass_on(self, method: str, target: bytes, headers: list[tuple[str, str]], body: bytes) -> Answer:
        """Send somebody else's request as it came; ``target`` is path and query as they stood in it.

        Raises:
            UpstreamSilent: no answer.
        """
        prepared = requests.Request(method, self._base_url, data=body or None).prepare()
        prepared.url = self._base_url + target.decode("latin-1")
        prepared.headers.clear()
        for name, value in headers:
            prepared.headers[name] = value
        if body:
            prepared.headers["Content-Length"] = str(len(body))
        return self.send(prepared)

    def send(self, prepared: requests.PreparedRequest) -> Answer:
        """Send what is complete; follows no redirect.

        Raises:
            UpstreamSilent: no answer, or one that is too large.
        """
        if self._is_over:
            raise UpstreamSilent("stopped")
        if time.monotonic() - self._used > IDLE_S:
            # What is in between may have let go of it without a word; a request that is lost so cannot be sent again,
            # because its nonce may have arrived.
            self._session.close()
        self._used = time.monotonic()
        settings = self._session.merge_environment_settings(prepared.url, {}, True, None, None)  # noqa: FBT003
        try:
            with self._session.send(
                prepared, allow_redirects=False, timeout=(CONNECT_S, READ_S), **settings
            ) as response:
                return Answer(response.status_code, response.headers, _body(response))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise UpstreamSilent(type(error).__name__) from error

    def _sign(self, signer: HTTPMessageSigner, prepared: requests.PreparedRequest, body: bytes | None) -> None:
        covered = [*_ALWAYS, *(["idempotency-key"] if "idempotency-key" in prepared.headers else [])]
        signer.sign(
            prepared,
            key_id=self._device,
            created=datetime.now(UTC),
            nonce=to_base64(secrets.token_bytes(16)),
            label=LABEL,
            covered_component_ids=covered,
            body=body,
        )


def _body(response: requests.Response) -> bytes:
    """The bytes as they came, coding and all."""
    found = bytearray()
    while piece := response.raw.read(_PIECE_BYTES, decode_content=False):
        found += piece
        if len(found) > MAX_BYTES:
            raise UpstreamSilent("the answer is larger than any of ours")
    stated = response.headers.get("Content-Length", "")
    if stated.isdigit() and response.request.method != "HEAD" and int(stated) != len(found):
        raise UpstreamSilent("the answer ended early")
    return bytes(found)
