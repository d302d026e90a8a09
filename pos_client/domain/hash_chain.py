"""The chain that ties journal entries together: each hash covers the one before it and the exact bytes of the entry."""

import hashlib
from typing import Final

GENESIS: Final = bytes(32)
HASH_PURPOSE: Final = b"rdm/entry/1\0"
SIGNING_PURPOSE: Final = b"rdm/entry-sig/1\0"


def entry_hash(previous: bytes, body: bytes) -> bytes:
    """SHA-256 over purpose, previous hash (32 bytes) and body."""
    return hashlib.sha256(HASH_PURPOSE + previous + body).digest()


def signed_bytes(entry_hash_: bytes) -> bytes:
    """What the lane's signature on an entry covers."""
    return SIGNING_PURPOSE + entry_hash_


def claim_id(intent_hash: bytes) -> str:
    """The claim that belongs to an intent: derived, so that no retry can ever make a second one."""
    return hashlib.sha256(b"rdm/claim/1\0" + intent_hash).hexdigest()[:32]
