"""Keys: the lane's own (Ed25519, RFC 8032), the centre's that it trusts, and the store's secret for keyed hashes.

Apart from the rooms that use them because a key may change its place (keyring, TPM) without any of them noticing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pos_client.domain import keyed_hash
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.parametric_qr import ParametricQr
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.errors import SettingsInvalid
from pos_client.domain.signed_document import (
    DocumentPurpose,
    KeyPurpose,
    from_base64,
    signed_bytes,
    time_signed_bytes,
    to_base64,
)

PRIVATE_KEY_BYTES: Final = 32
PUBLIC_KEY_BYTES: Final = 32
ALGORITHM: Final = "ed25519"
_SIGNED_BY: Final = {
    DocumentPurpose.MANIFEST: KeyPurpose.DATA,
    DocumentPurpose.PAGE: KeyPurpose.DATA,
    DocumentPurpose.POLICY: KeyPurpose.DATA,
    DocumentPurpose.RECEIPT: KeyPurpose.SERVER,
    DocumentPurpose.ROSTER: KeyPurpose.DATA,
    DocumentPurpose.ANSWERS: KeyPurpose.SERVER,
    DocumentPurpose.BUNDLE: KeyPurpose.DATA,
    DocumentPurpose.CLOSING: KeyPurpose.SERVER,
}


class DeviceKey:
    """The lane's own key.

    Args:
        private: 32 bytes.
    """

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)

    @classmethod
    def generate(cls) -> "DeviceKey":
        """A new one."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    def private_bytes(self) -> bytes:
        """32 bytes, for the keyring only."""
        return self._key.private_bytes_raw()

    def public_bytes(self) -> bytes:
        """32 bytes, for the centre."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        """64 bytes over ``content``."""
        return self._key.sign(content)

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        """Whether this key made the signature."""
        return _is_good(self._key.public_key(), signature, content)


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """One key of the centre: what it may sign, and from which day to which (both included)."""

    key_id: int
    purpose: KeyPurpose
    public: bytes
    not_before: date
    not_after: date

    def as_document(self) -> dict[str, Any]:
        """As the centre writes it."""
        return {
            "key_id": self.key_id,
            "purpose": self.purpose.value,
            "alg": ALGORITHM,
            "public": to_base64(self.public),
            "not_before": self.not_before.isoformat(),
            "not_after": self.not_after.isoformat(),
        }


def parse_trusted_key(document: Mapping[str, Any]) -> TrustedKey:
    """Read one key of a trust list.

    Raises:
        SettingsInvalid: it is no Ed25519 key for a purpose that is known here.
    """
    try:
        key = TrustedKey(
            int(document["key_id"]),
            KeyPurpose(document["purpose"]),
            from_base64(document["public"]),
            date.fromisoformat(document["not_before"]),
            date.fromisoformat(document["not_after"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SettingsInvalid(f"a trusted key is not usable: {error}") from error
    if document.get("alg") != ALGORITHM or len(key.public) != PUBLIC_KEY_BYTES:
        raise SettingsInvalid(f"trusted key {key.key_id} is no Ed25519 key")
    return key


def parse_trust(documents: Iterable[Mapping[str, Any]]) -> tuple[TrustedKey, ...]:
    """Read a trust list; keys for purposes or of kinds that only a newer program knows are passed over.

    Raises:
        SettingsInvalid: one that should be known here is not usable.
    """
    purposes = [purpose.value for purpose in KeyPurpose]
    known = (one for one in documents if one.get("alg") == ALGORITHM and one.get("purpose") in purposes)
    return tuple(parse_trusted_key(one) for one in known)


class TrustKeys:
    """Checks the centre's signatures: codes, documents, receipts and times.

    Args:
        keys: the trust list of the enrolment, or of the newest policy.
        today: the trusted date (UTC), for keys of documents. Codes are judged by the store's own day.
    """

    def __init__(self, keys: Iterable[TrustedKey], today: Callable[[], date]) -> None:
        self._today = today
        self._keys = {(key.purpose, key.key_id): (key, Ed25519PublicKey.from_public_bytes(key.public)) for key in keys}

    def coupon_is_genuine(self, coupon: SignedCoupon, on: date) -> bool:
        """Whether a trusted coupon key that is valid on that day signed it."""
        return self._has_signed(KeyPurpose.COUPON, coupon.key_id, coupon.signed_bytes(), coupon.signature, on)

    def slot_is_genuine(self, slot: MemberSlot, on: date) -> bool:
        """Whether a trusted slot key that is valid on that day signed it."""
        return self._has_signed(KeyPurpose.SLOT, slot.key_id, slot.signed_bytes(), slot.signature, on)

    def scene_is_genuine(self, scene: ParametricQr, on: date) -> bool:
        """Whether a trusted key for parametric codes that is valid on that day signed it."""
        return self._has_signed(KeyPurpose.PARAMETRIC, scene.key_id, scene.signed_bytes(), scene.signature, on)

    def verify_document(self, purpose: DocumentPurpose, document: Mapping[str, Any]) -> bool:
        """Whether the key that the document names may sign such a document today, and did."""
        return self._has_signed_document(_SIGNED_BY[purpose], purpose, document)

    def verify_store_receipt(self, document: Mapping[str, Any]) -> bool:
        """Whether the store's own server, as the centre's policy names it, signed this receipt (tier B)."""
        return self._has_signed_document(KeyPurpose.STORE, DocumentPurpose.RECEIPT, document)

    def verify_time(self, server_time: str, request_id: str, key_id: str, signature: bytes) -> bool:
        """Whether a trusted server key signed this time for this request.

        The key's dates are not asked: a lane whose clock is years off must be able to learn the time.
        """
        return self._has_signed_time(KeyPurpose.SERVER, time_signed_bytes(server_time, request_id), key_id, signature)

    def verify_store_time(self, server_time: str, request_id: str, key_id: str, signature: bytes) -> bool:
        """As ``verify_time``, of the store's own server."""
        return self._has_signed_time(KeyPurpose.STORE, time_signed_bytes(server_time, request_id), key_id, signature)

    def _has_signed_time(self, purpose: KeyPurpose, content: bytes, key_id: str, signature: bytes) -> bool:
        number = int(key_id) if key_id.isascii() and key_id.isdecimal() and len(key_id) < 10 else -1
        found = self._keys.get((purpose, number))
        return found is not None and _is_good(found[1], signature, content)

    def _has_signed_document(self, signer: KeyPurpose, purpose: DocumentPurpose, document: Mapping[str, Any]) -> bool:
        key_id, text = document.get("key_id"), document.get("sig")
        if type(key_id) is not int or not isinstance(text, str):
            return False
        try:
            signature, content = from_base64(text), signed_bytes(purpose, document)
        except ValueError:
            return False
        return self._has_signed(signer, key_id, content, signature, self._today())

    def _has_signed(self, purpose: KeyPurpose, key_id: int, content: bytes, signature: bytes, on: date) -> bool:
        found = self._keys.get((purpose, key_id))
        if found is None:
            return False
        key, public = found
        return key.not_before <= on <= key.not_after and _is_good(public, signature, content)


class StoreHasher:
    """Keyed hashes with the store's secret.

    Args:
        secret: 32 bytes.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def code_hash(self, text: str) -> str:
        """Hexadecimal HMAC-SHA-256 of a code's canonical text."""
        return keyed_hash.code_hash(self._secret, text)

    def phone_key(self, e164: str) -> str:
        """A phone's key as entries name it, 16 hexadecimal characters."""
        return keyed_hash.phone_account(self._secret, e164)


def _is_good(public: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        public.verify(signature, content)
    except InvalidSignature:
        return False
    return True
