"""Opens what a lane sealed to the centre: a phone number or a name that no journal may hold in clear (docs/deeds.md).

Apart from the keys because this is a format: 32 bytes X25519 public key of one use, 12 bytes nonce, AES-256-GCM.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos_client.domain.seal_format import INFO, KEY_BYTES, NONCE_BYTES
from pos_client.domain.signed_document import from_base64

LONGEST: Final = 512


def open_sealed(key: X25519PrivateKey, sealed: str) -> str:
    """The text behind a seal.

    Args:
        key: the centre's.
        sealed: base64url, at most 512 characters.

    Raises:
        ValueError: it is no seal, or one for another key.
    """
    if len(sealed) > LONGEST:
        raise ValueError("too long for a seal")
    content = from_base64(sealed)
    head, body = content[: KEY_BYTES + NONCE_BYTES], content[KEY_BYTES + NONCE_BYTES :]
    if len(head) < KEY_BYTES + NONCE_BYTES:
        raise ValueError("too short for a seal")
    shared = key.exchange(X25519PublicKey.from_public_bytes(head[:KEY_BYTES]))
    secret = HKDF(SHA256(), KEY_BYTES, None, INFO).derive(shared)
    try:
        return AESGCM(secret).decrypt(head[KEY_BYTES:], body, None).decode()
    except InvalidTag as error:
        raise ValueError("sealed to another key, or altered") from error
