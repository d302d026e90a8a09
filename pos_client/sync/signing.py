"""Signs requests as RFC 9421 describes, so that they survive a proxy that ends TLS or a relay through the store.

Apart from the client because what is covered is a contract with the server. Method, path and query are covered rather
than the whole target: scheme and authority are what such proxies change.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from http_message_signatures import HTTPMessageSigner, algorithms
from requests import PreparedRequest

from pos_client.domain.signed_document import to_base64

LABEL: Final = "sig1"
NONCE_BYTES: Final = 16
_ALWAYS: Final = ("@method", "@path", "@query")
_WHERE_PRESENT: Final = ("idempotency-key", "x-session-token")


class RequestSigner:
    """Signs with one device's key.

    Args:
        device: the key's id in the signature's parameters.
        sign: Ed25519 (RFC 8032) over the given bytes; the key itself stays where it is kept.
    """

    def __init__(self, device: str, sign: Callable[[bytes], bytes]) -> None:
        self._device = device
        self._sign = sign
        self._signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)

    def sign(self, request: PreparedRequest, created: datetime) -> None:
        """Add ``Content-Digest`` (RFC 9530, where there is a body), ``Signature-Input`` and ``Signature``.

        Args:
            request: complete but for these headers.
            created: aware time by the server's clock, as far as it is known.
        """
        covered = [*_ALWAYS, *(name for name in _WHERE_PRESENT if name in request.headers)]
        prepared = self._signer.prepare(
            request,
            key_id=self._device,
            created=created,
            nonce=to_base64(secrets.token_bytes(NONCE_BYTES)),
            label=LABEL,
            covered_component_ids=covered,
            body=body_bytes(request),
        )
        self._signer.apply(request, prepared, self._sign(prepared.signature_base))


def body_bytes(request: PreparedRequest) -> bytes | None:
    """The content of a request as it goes out, None where it has none."""
    if request.body is None:
        return None
    return request.body.encode() if isinstance(request.body, str) else bytes(request.body)
