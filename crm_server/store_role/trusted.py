"""The centre's keys as a store's server trusts them: those of joining, then those of the newest policy.

Apart from its own keys because these it can only check with.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crm_server.keys import is_signed_by, public_key
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.signed_document import (
    DocumentPurpose,
    KeyPurpose,
    from_base64,
    signed_bytes,
    time_signed_bytes,
)


class Trusted:
    """Checks documents and coupons of the centre.

    Args:
        trust: a trust list as enrolment and policy carry it; keys that are not understood are passed over.
    """

    def __init__(self, trust: Iterable[Mapping[str, Any]]) -> None:
        self._keys: dict[tuple[str, int], tuple[date, date, Ed25519PublicKey]] = {}
        for one in trust:
            try:
                dates = date.fromisoformat(one["not_before"]), date.fromisoformat(one["not_after"])
                self._keys[str(one["purpose"]), int(one["key_id"])] = (*dates, public_key(one["public"]))
            except (KeyError, TypeError, ValueError):
                continue

    def has_signed(self, purpose: DocumentPurpose, document: Mapping[str, Any], today: date) -> bool:
        """Whether the centre's data key, which is valid today, signed such a document."""
        key_id, text = document.get("key_id"), document.get("sig")
        if type(key_id) is not int or not isinstance(text, str):
            return False
        try:
            signature = from_base64(text)
        except ValueError:
            return False
        return self._is_good(KeyPurpose.DATA, key_id, signature, signed_bytes(purpose, document), today)

    def has_signed_time(self, server_time: str, request_id: str, key_id: str, signature: bytes) -> bool:
        """Whether a server key of the centre signed this time for this request.

        The key's dates are not asked: a machine that is years off must be able to learn the time.
        """
        found = self._keys.get((KeyPurpose.SERVER.value, int(key_id))) if key_id.isdecimal() else None
        return found is not None and is_signed_by(found[2], signature, time_signed_bytes(server_time, request_id))

    def coupon_is_genuine(self, coupon: SignedCoupon, today: date) -> bool:
        """Whether a coupon key that is valid today signed it."""
        return self._is_good(KeyPurpose.COUPON, coupon.key_id, coupon.signature, coupon.signed_bytes(), today)

    def _is_good(self, purpose: KeyPurpose, key_id: int, signature: bytes, content: bytes, today: date) -> bool:
        found = self._keys.get((purpose.value, key_id))
        return found is not None and found[0] <= today <= found[1] and is_signed_by(found[2], signature, content)
