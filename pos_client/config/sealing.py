"""Seals a text to the centre: a phone number or a name that this lane must hand on and may not be able to read again.

Apart from the signing keys because nobody here holds the key that opens it (docs/deeds.md, ``phone_sealed``).
"""

import os
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos_client.domain.errors import SealKeyMissing
from pos_client.domain.seal_format import INFO, KEY_BYTES, NONCE_BYTES
from pos_client.domain.signed_document import from_base64, to_base64


def seal(text: str, public: bytes, once: X25519PrivateKey, nonce: bytes) -> str:
    """The seal of a text, base64url.

    Args:
        text: what is sealed.
        public: the centre's key, 32 bytes.
        once: a key that seals nothing else.
        nonce: 12 bytes.
    """
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    secret = HKDF(SHA256(), KEY_BYTES, None, INFO).derive(shared)
    body = AESGCM(secret).encrypt(nonce, text.encode(), None)
    return to_base64(once.public_key().public_bytes_raw() + nonce + body)


class CentreSealer:
    """The ``Sealer`` port.

    Args:
        seal_key: gives the newest policy's ``seal_key`` (base64url), empty where it names none.
    """

    def __init__(self, seal_key: Callable[[], str]) -> None:
        self._seal_key = seal_key

    def seal(self, text: str) -> str:
        """Seal a text to the centre.

        Raises:
            SealKeyMissing: the policy names no usable key.
        """
        try:
            public = from_base64(self._seal_key())
        except ValueError as error:
            raise SealKeyMissing("the policy's seal key is no key") from error
        if len(public) != KEY_BYTES:
            raise SealKeyMissing("the policy names no seal key")
        return seal(text, public, X25519PrivateKey.generate(), os.urandom(NONCE_BYTES))
