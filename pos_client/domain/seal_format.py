"""How a text is sealed to the centre: the lengths and the name that both sides must agree on (docs/deeds.md).

A seal is 32 bytes X25519 public key of one use, 12 bytes nonce, AES-256-GCM of the text; the key of that is
HKDF-SHA-256 of the shared secret. Apart from sealing and opening because no lane can open, and the centre never seals.
"""

from typing import Final

INFO: Final = b"rdm/seal/1"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
