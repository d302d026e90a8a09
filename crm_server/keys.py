"""The centre's keys, as files that only the server can read.

An Ed25519 key (RFC 8032) for each purpose, an X25519 key (RFC 7748) to which lanes seal phone numbers, and the token of
the program that customers' phones talk to.
Apart from the database so that a copy of the tables can sign nothing.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pos_client.domain.signed_document import (
    DocumentPurpose,
    KeyPurpose,
    from_base64,
    signed_bytes,
    to_base64,
)

# A coupon's key id is one byte, so the numbers are small and each purpose has its own.
KEY_IDS: Final = {
    KeyPurpose.COUPON: 1,
    KeyPurpose.SLOT: 2,
    KeyPurpose.DATA: 3,
    KeyPurpose.SERVER: 4,
    KeyPurpose.PARAMETRIC: 5,
}
# The field of Ed25519 (RFC 8032 section 5.1), and y of the points whose order divides 8, the cofactor.
_P: Final = 2**255 - 19
_Y_BITS: Final = 2**255 - 1
_Y_OF_ORDER_8: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER_Y: Final = frozenset({0, 1, _P - 1, _Y_OF_ORDER_8, _P - _Y_OF_ORDER_8})
_NOT_BEFORE: Final = date(2020, 1, 1)
_NOT_AFTER: Final = date(2099, 12, 31)
_SIGNER_OF: Final = {
    DocumentPurpose.MANIFEST: KeyPurpose.DATA,
    DocumentPurpose.PAGE: KeyPurpose.DATA,
    DocumentPurpose.POLICY: KeyPurpose.DATA,
    DocumentPurpose.ROSTER: KeyPurpose.DATA,
    DocumentPurpose.ANSWERS: KeyPurpose.SERVER,
    DocumentPurpose.BUNDLE: KeyPurpose.DATA,
    DocumentPurpose.CLOSING: KeyPurpose.SERVER,
}


@dataclass(frozen=True)
class KeyRing:
    """The private keys.

    Attributes:
        private: those that sign, by purpose.
        seal: opens what lanes seal.
        app_token: what the program behind customers' phones must present.
        key_ids: the number of each key.
        word: whose word receipts and times are: the centre's, or at a store's own server the store's.
    """

    private: Mapping[KeyPurpose, Ed25519PrivateKey]
    seal: X25519PrivateKey
    app_token: str
    key_ids: Mapping[KeyPurpose, int] = field(default_factory=lambda: KEY_IDS)
    word: KeyPurpose = KeyPurpose.SERVER

    @property
    def seal_public(self) -> str:
        """The public half of ``seal`` as the policy names it: 32 bytes in base64url."""
        return to_base64(self.seal.public_key().public_bytes_raw())

    def sign(self, purpose: KeyPurpose, content: bytes) -> bytes:
        """64 bytes over content that already carries its purpose string."""
        return self.private[purpose].sign(content)

    def sign_document(self, purpose: DocumentPurpose, document: Mapping[str, Any]) -> dict[str, Any]:
        """The document with ``key_id`` and ``sig``."""
        signer = _SIGNER_OF.get(purpose, self.word)
        named = {**document, "key_id": self.key_ids[signer]}
        return {**named, "sig": to_base64(self.sign(signer, signed_bytes(purpose, named)))}

    def verifies(self, purpose: KeyPurpose, key_id: int, signature: bytes, content: bytes) -> bool:
        """Whether our own key of that purpose and number made the signature."""
        if key_id != self.key_ids.get(purpose):
            return False
        return is_signed_by(self.private[purpose].public_key(), signature, content)

    def trust(self) -> list[dict[str, Any]]:
        """What a device is told to trust: the public keys with their purposes and dates."""
        return [
            trusted_key(self.key_ids[purpose], purpose, to_base64(key.public_key().public_bytes_raw()))
            for purpose, key in self.private.items()
        ]


def trusted_key(key_id: int, purpose: KeyPurpose, public: str) -> dict[str, Any]:
    """One key of a trust list; ``public`` is 32 bytes in base64url."""
    return {
        "key_id": key_id,
        "purpose": purpose.value,
        "alg": "ed25519",
        "public": public,
        "not_before": _NOT_BEFORE.isoformat(),
        "not_after": _NOT_AFTER.isoformat(),
    }


def is_signed_by(public: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether the signature is good."""
    try:
        public.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def public_key(text: str) -> Ed25519PublicKey:
    """The key behind its base64url text.

    Raises:
        ValueError: not 32 bytes in base64url, or a point of small order, whose signatures anybody can make.
    """
    content = from_base64(text)
    key = Ed25519PublicKey.from_public_bytes(content)
    if (int.from_bytes(content, "little") & _Y_BITS) % _P in _SMALL_ORDER_Y:
        raise ValueError("a point of small order")
    return key


def open_store_ring(folder: Path, key_id: int) -> KeyRing:
    """The keys of a store's own server: one that signs receipts and times; its seal opens nothing of anybody's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = signing_key(folder / "store.key")
    ids = {KeyPurpose.STORE: key_id}
    return KeyRing({KeyPurpose.STORE: key}, X25519PrivateKey.generate(), _fresh_token().decode(), ids, KeyPurpose.STORE)


def open_key_ring(folder: Path) -> KeyRing:
    """Read the keys of a folder, making those that are not there (mode 0600)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return KeyRing(
        {purpose: signing_key(folder / f"{purpose.value}.key") for purpose in KEY_IDS},
        X25519PrivateKey.from_private_bytes(secret_content(folder / "seal.key", _fresh_seal)),
        secret_content(folder / "app.token", _fresh_token).decode(),
    )


def signing_key(path: Path) -> Ed25519PrivateKey:
    """An Ed25519 key of a file, made where it is not there."""
    return Ed25519PrivateKey.from_private_bytes(secret_content(path, _fresh_signer))


def _fresh_signer() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _fresh_seal() -> bytes:
    return X25519PrivateKey.generate().private_bytes_raw()


def _fresh_token() -> bytes:
    return secrets.token_urlsafe(32).encode()


def secret_content(path: Path, fresh_content: Callable[[], bytes]) -> bytes:
    """One secret; whoever makes the file first wins, and a half-written one is never seen under its name."""
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(fresh_content())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            return path.read_bytes()
        finally:
            fresh.unlink()
    return path.read_bytes()
