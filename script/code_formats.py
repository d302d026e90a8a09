"""The code formats written a second time, from their description and not from the program, for the published vectors.

Apart from ``pos_client.domain.codes`` on purpose: vectors computed by the code that they check would prove nothing.
Standard library and ``cryptography`` only, so that an engineer of another language can read all of it in one sitting.
"""

import base64
import hashlib
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# Order of the Ed25519 base point (RFC 8032 section 5.1).
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COUPON_PURPOSE = b"rdm/coupon/1\0"
SLOT_PURPOSE = b"rdm/slot/1\0"
PARAMETRIC_PURPOSE = b"rdm/parametric/1\0"

Case = dict[str, Any]


def case(name: str, kind: str, text: str, **expected: Any) -> Case:
    """One vector. ``expected`` holds canonical, fault, fields, signature, judged, current or note, where they apply."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return {"name": name, "kind": kind, "text_utf16be": text.encode("utf-16-be", "surrogatepass").hex(), **expected}
    return {"name": name, "kind": kind, "text": text, **expected}


def seed_of(name: str) -> bytes:
    """The 32 secret bytes of a test key: no secret at all, anybody can derive them from its name."""
    return hashlib.sha256(f"pos-client code vectors 1: {name}".encode()).digest()


def sign(key: str, message: bytes) -> bytes:
    """64 bytes of Ed25519 by the test key of that name."""
    return Ed25519PrivateKey.from_private_bytes(seed_of(key)).sign(message)


def public_key(key: str) -> bytes:
    """The 32 bytes that verify ``sign``."""
    return Ed25519PrivateKey.from_private_bytes(seed_of(key)).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def base64url(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decimal(prefix: str, token: bytes) -> str:
    """Prefix and token as digits, padded to what the largest token of that length needs."""
    width = len(str(256 ** len(token) - 1))
    return f"{prefix}{int.from_bytes(token, 'big'):0{width}d}"


def coupon_payload(fields: dict[str, int], version: int = 1) -> bytes:
    """The 28 bytes of a signed coupon."""
    return (
        struct.pack(">BBIQ", version, fields["key_id"], fields["campaign"], fields["serial"])
        + struct.pack(">HH", fields["not_before_day"], fields["not_after_day"])
        + fields["home_store"].to_bytes(3, "big")
        + struct.pack(">BIH", fields["flags"], fields["value_minor"], fields["member_tag"])
    )


def slot_payload(fields: dict[str, int | str], version: int = 1) -> bytes:
    """The 20 bytes of a member slot; the nonce is given in hexadecimal."""
    head = struct.pack(">QIB", fields["member_number"], fields["starts_at"], fields["length_min"])
    return head + bytes.fromhex(str(fields["nonce"])) + struct.pack(">BB", version, fields["key_id"])


def parametric_payload(fields: dict[str, int | str], version: int = 1) -> bytes:
    """The 30 bytes of a parametric code; the staff id is padded with NUL."""
    head = struct.pack(">BB", version, fields["key_id"]) + int(fields["store"]).to_bytes(3, "big")
    place = struct.pack(">HHB8s", fields["booth"], fields["lane"], fields["presenter"], str(fields["staff"]).encode())
    return head + place + struct.pack(">III", fields["campaign"], fields["issued_at"], fields["expires_at"])


def receipt(fields: dict[str, int]) -> str:
    """RC, 145 bits as 29 characters of Crockford base32, one check character."""
    widths = {"store": 24, "till": 16, "receipt": 40, "day": 16, "minute": 11, "total_minor": 36}
    bits = "00" + "".join(f"{fields[name]:0{width}b}" for name, width in widths.items())
    body = "RC" + "".join(CROCKFORD[int(bits[place : place + 5], 2)] for place in range(0, 145, 5))
    return body + mod_37_36(body)


def member_tag(member_number: int) -> int:
    """The 16 bits by which a coupon names its member: the first two of a hash, never 0, which means a bearer."""
    digest = hashlib.sha256(b"rdm/member-tag/1\0" + struct.pack(">Q", member_number)).digest()
    return struct.unpack(">H", digest[:2])[0] or 1


def malleated(signature: bytes) -> bytes:
    """The same signature with the group's order added to S: a verifier that does not bound S takes it too."""
    scalar = int.from_bytes(signature[32:], "little") + ED25519_ORDER
    return signature[:32] + scalar.to_bytes(32, "little")


def opaque(value: int, prefix: str = "C") -> str:
    """Prefix, 26 characters of Crockford base32, one ISO/IEC 7064 MOD 37,36 check character."""
    body = prefix
    for place in range(25, -1, -1):
        body += CROCKFORD[value // 32**place % 32]
    return body + mod_37_36(body)


def mod_37_36(text: str) -> str:
    """The check character of ISO/IEC 7064 MOD 37,36, by its definition: the whole text is congruent to 1."""
    return next(check for check in ALPHANUMERIC if _remainder(text + check) == 1)


def _remainder(text: str) -> int:
    product = 36
    for character in text[:-1]:
        total = (product + ALPHANUMERIC.index(character)) % 36
        product = (36 if total == 0 else total) * 2 % 37
    return (product + ALPHANUMERIC.index(text[-1])) % 36


def with_gs1_check(digits: str) -> str:
    """The digits and their GS1 check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(digits), (3, 1) * 20, strict=False))
    return digits + str((10 - total % 10) % 10)


def with_luhn_check(digits: str) -> str:
    """The digits and their Luhn check digit."""
    doubled = [int(digit) * weight for digit, weight in zip(reversed(digits), (2, 1) * 20, strict=False)]
    return digits + str((10 - sum(value // 10 + value % 10 for value in doubled) % 10) % 10)
