"""Seals the codes of an open proposal, so that no file holds them in clear, and a restart in between loses none."""

import json
import os
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12


class CodeSeal:
    """AES-GCM with this lane's own key; what is sealed for one proposal opens for no other.

    Args:
        key: 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def sealed(self, codes: Sequence[str], proposal_id: str) -> bytes:
        """The codes, unreadable; empty for none."""
        if not codes:
            return b""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, json.dumps(list(codes)).encode(), proposal_id.encode())

    def opened(self, sealed: bytes, proposal_id: str) -> tuple[str, ...]:
        """The codes again; none where the key is another one, or they were wiped."""
        if not sealed:
            return ()
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], proposal_id.encode())
        except InvalidTag:
            return ()
        return tuple(json.loads(plain))
