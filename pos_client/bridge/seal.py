"""Seals what the host's book must not hold in clear: the codes of an open proposal, and the coupons in an answer.

Sealed and not left out, because a restart in between must neither lose a code nor the answer that is asked for again.
"""

import json
import os
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12


class Seal:
    """AES-GCM with this lane's own key; what is sealed for one proposal opens for no other.

    Args:
        key: 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def sealed(self, document: Any, proposal_id: str) -> bytes:
        """A JSON document, unreadable."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, json.dumps(document).encode(), proposal_id.encode())

    def opened(self, sealed: bytes, proposal_id: str) -> Any:
        """The document again; None where it was wiped, or the key is another one."""
        if not sealed:
            return None
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], proposal_id.encode())
        except InvalidTag:
            return None
        return json.loads(plain)
