r"""Signed JSON documents of the centre: manifest, page of changes, policy, claim receipt, roster, results, file, time.

The signature (Ed25519, base64url without padding, field ``sig``) covers ``b"rdm/PURPOSE/1\0"`` + the document without
``sig`` as compact JSON with sorted keys in UTF-8. The field ``key_id`` names the key.
"""

import base64
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class DocumentPurpose(StrEnum):
    """What a signed document is; a signature for one is useless for another."""

    MANIFEST = "manifest"
    PAGE = "page"
    POLICY = "policy"
    RECEIPT = "receipt"
    ROSTER = "roster"
    ANSWERS = "answers"
    BUNDLE = "bundle"
    CLOSING = "closing"


class KeyPurpose(StrEnum):
    """What a trusted key may sign."""

    COUPON = "coupon"
    SLOT = "slot"
    DATA = "data"
    SERVER = "srv"
    PARAMETRIC = "parametric"
    STORE = "store"


def signed_bytes(purpose: DocumentPurpose, document: Mapping[str, Any]) -> bytes:
    """What the signature covers."""
    content = {field: value for field, value in document.items() if field != "sig"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # JSON from a stranger may hold half a character, which UTF-8 has not; nobody has signed it, and that is the answer.
    return b"rdm/" + purpose.value.encode() + b"/1\0" + text.encode(errors="surrogatepass")


def time_signed_bytes(server_time: str, request_id: str) -> bytes:
    """What ``X-Time-Sig`` covers: the ``Server-Time`` header, bound to one request so that it cannot be replayed."""
    return b"rdm/time/1\0" + server_time.encode() + b"\0" + request_id.encode()


def to_base64(content: bytes) -> str:
    """base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The bytes of a base64url text.

    Raises:
        ValueError: not base64url.
    """
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise ValueError("not base64url") from error
