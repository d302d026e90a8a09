"""Opens files that lanes wrote for the centre, and seals those that it writes for a store (``bundle_format``).

Apart from ``sealing`` because that opens a phone number of a hundred bytes, and this a file of a hundred megabytes.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos_client.domain import bundle_format
from pos_client.domain.bundle_format import DOWN, DOWN_INFO, KEY_BYTES, UP, UP_INFO, Bundle, BundleBroken
from pos_client.domain.signed_document import DocumentPurpose, from_base64, signed_bytes, to_base64

from .keys import KeyRing, is_signed_by

SALT_BYTES: Final = 32


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


def read_from_lane(file: BinaryIO) -> Bundle:
    """A lane's file, found whole; whose it says it is stands in its trailer's ``device``.

    Raises:
        BundleBroken: it is cut off or altered, or no file for the centre.
    """
    bundle = bundle_format.read(file)
    if bundle.text("to") != UP or not bundle.text("device"):
        raise BundleBroken("it is not for the centre")
    return bundle


def lines_from_lane(keys: KeyRing, bundle: Bundle, public: Ed25519PublicKey) -> Iterator[bytes]:
    """The lines of a lane's file.

    Raises:
        BundleBroken: the lane did not sign it, or it is sealed to another centre.
    """
    try:
        signature, once = from_base64(bundle.text("sig")), from_base64(bundle.text("key"))
        shared = keys.seal.exchange(X25519PublicKey.from_public_bytes(once))
    except ValueError as error:
        raise BundleBroken("it does not say with which key it is sealed") from error
    if not is_signed_by(public, signature, signed_bytes(DocumentPurpose.BUNDLE, bundle.trailer)):
        raise BundleBroken("the lane that it names did not sign it")
    return bundle.lines(PieceCipher(_derived(shared, None, UP_INFO)))


def write_for_store(
    keys: KeyRing, out: BinaryIO, lines: Iterable[bytes], store: tuple[int, bytes], salt: bytes, made_at: str
) -> Mapping[str, Any]:
    """Seal lines for a store's lanes; the signed trailer.

    Args:
        keys: the centre's.
        out: an empty file.
        lines: without line feeds.
        store: its number and its secret.
        salt: 32 bytes that were never used before.
        made_at: RFC 3339.
    """
    number, secret = store
    about = {"to": DOWN, "store": number, "salt": to_base64(salt), "made_at": made_at}
    cipher = PieceCipher(_derived(secret, salt, DOWN_INFO))
    return bundle_format.write(
        out, lines, cipher, about, lambda trailer: keys.sign_document(DocumentPurpose.BUNDLE, trailer)
    )


def _derived(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)
