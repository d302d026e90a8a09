"""A column that is encrypted under the store's secret, so that a stolen file shows neither people nor codes.

Apart from the tables that have one because all of them are sealed alike: 12 bytes nonce, AES-256-GCM, bound to its row.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos_client.domain.keyed_hash import column_context, column_key

_NONCE_BYTES: Final = 12


class SealedColumn:
    """Seals and opens the values of one table's column.

    Args:
        store_secret: 32 bytes.
        table: its name, which every value is bound to.
    """

    def __init__(self, store_secret: bytes, table: str) -> None:
        self._cipher = AESGCM(column_key(store_secret))
        self._table = table

    def sealed(self, key: int, text: str) -> bytes:
        """A text, sealed for the row with this key."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), column_context(self._table, key))

    def opened(self, key: int, sealed: bytes) -> str:
        """The text; empty where the value cannot be opened: then the row says nothing."""
        try:
            nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, content, column_context(self._table, key)).decode()
        except (InvalidTag, ValueError):
            return ""
