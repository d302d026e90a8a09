"""Keys of files that carry sync by hand: up, sealed so that only the centre reads it; down, for this store's lanes.

Apart from ``sealing`` because that seals a phone number of a hundred bytes, and this a file of a hundred megabytes.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos_client.domain.bundle_format import DOWN_INFO, KEY_BYTES, UP_INFO
from pos_client.domain.errors import SealKeyMissing
from pos_client.domain.signed_document import from_base64, to_base64


class PieceCipher:
    """The domain's ``Cipher``.

    Args:
        key: 32 bytes, of one file.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, nonce: bytes, content: bytes, beside: bytes) -> bytes:
        """Sealed, with its tag."""
        return self._cipher.encrypt(nonce, content, beside)

    def unseal(self, nonce: bytes, sealed: bytes, beside: bytes) -> bytes:
        """Opened. Raises ValueError where it was altered, or sealed with another key."""
        try:
            return self._cipher.decrypt(nonce, sealed, beside)
        except InvalidTag as error:
            raise ValueError("altered, or sealed with another key") from error


def key_to_centre(seal_key: str) -> tuple[str, PieceCipher]:
    """A fresh key that the centre alone can work out: what the file says of it (base64url), and its cipher.

    Args:
        seal_key: of the policy, base64url.

    Raises:
        SealKeyMissing: the policy names no usable key.
    """
    try:
        public = from_base64(seal_key)
    except ValueError as error:
        raise SealKeyMissing("the policy's seal key is no key") from error
    if len(public) != KEY_BYTES:
        raise SealKeyMissing("the policy names no seal key")
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return to_base64(once.public_key().public_bytes_raw()), PieceCipher(_derived(shared, None, UP_INFO))


def key_from_centre(store_secret: bytes, salt: bytes) -> PieceCipher:
    """The cipher of a file that the centre made for this store."""
    return PieceCipher(_derived(store_secret, salt, DOWN_INFO))


def _derived(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)
