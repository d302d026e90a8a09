"""Keyed hashes and derived keys: how a store's files name phones, cards and codes without holding them.

All come from the store's secret (32 bytes, handed out at enrolment, kept in the keyring), so a stolen file alone tells
nothing. BLAKE2b (RFC 7693) with a personalisation per purpose.
"""

import hashlib
import hmac
from enum import StrEnum
from typing import Final

SECRET_BYTES: Final = 32


class KeyKind(StrEnum):
    """What a 64-bit key stands for; equal texts of two kinds have unrelated keys."""

    COUPON_CODE = "code"
    COUPON_ID = "coupon"
    MEMBER_NUMBER = "member"
    MEMBER_CARD = "card"
    PHONE = "phone"
    PHONE_TAIL = "tail"


def lookup_key(secret: bytes, kind: KeyKind, text: str) -> int:
    """Signed 64-bit key of a text, as SQLite holds it as rowid; never 0, which stands for none."""
    person = b"rdm-" + kind.value.encode()
    digest = hashlib.blake2b(_bytes_of(text), digest_size=8, key=secret, person=person).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def phone_account(secret: bytes, e164: str) -> str:
    """A phone's key as entries name it (``phone:KEY``): 16 hexadecimal characters of its 64-bit key, unsigned."""
    return f"{lookup_key(secret, KeyKind.PHONE, e164) & (1 << 64) - 1:016x}"


def column_key(secret: bytes) -> bytes:
    """32 bytes: the AES-GCM key of the cache's sensitive columns."""
    return hashlib.blake2b(b"", digest_size=32, key=secret, person=b"rdm-column").digest()


def proposal_key(secret: bytes) -> bytes:
    """32 bytes: the AES-GCM key of the codes in what is proposed to a host till."""
    return hashlib.blake2b(b"", digest_size=32, key=secret, person=b"rdm-proposal").digest()


def pin_pepper(secret: bytes) -> bytes:
    """32 bytes that bind the PINs of this store's people to it."""
    return hashlib.blake2b(b"", digest_size=32, key=secret, person=b"rdm-pin").digest()


def column_context(table: str, key: int) -> bytes:
    """Associated data of an encrypted column, so that a value cannot be moved to another row."""
    return f"rdm/{table}/{key}".encode()


def code_hash(secret: bytes, text: str) -> str:
    """Hexadecimal HMAC-SHA-256 (RFC 2104) of a code's canonical text, for the journal."""
    return hmac.new(secret, b"rdm/code/1\0" + _bytes_of(text), hashlib.sha256).hexdigest()


def _bytes_of(text: str) -> bytes:
    """UTF-8 that takes lone surrogates too: a scanned text may hold them, and its refusal is written down."""
    return text.encode(errors="surrogatepass")
