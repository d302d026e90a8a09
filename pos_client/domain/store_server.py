"""Where the store's own server is, as the centre's signed policy names it (docs/store-server.md).

Apart from the policy because both the way there and the trust in what it says hang on this one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import hexdigits
from typing import Any, Final
from urllib.parse import urlsplit

PIN_CHARACTERS: Final = 64
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class StoreServer:
    """One store's server.

    Attributes:
        device: its id at the centre.
        url: ``https://host:port``, or plain HTTP on this very machine.
        pin: SHA-256 of its certificate (hexadecimal, of the DER form); empty for plain HTTP.
        key_id: of the store key with which it signs receipts and times.
        store_epoch: rises each time its database was restored.
    """

    device: str
    url: str
    pin: str
    key_id: int
    store_epoch: int

    @property
    def is_usable(self) -> bool:
        """Whether it may be spoken to: over a pinned certificate, or without one only inside this machine."""
        parts = urlsplit(self.url)
        if parts.scheme == "https":
            return bool(parts.hostname) and len(self.pin) == PIN_CHARACTERS and set(self.pin) <= set(hexdigits)
        return parts.scheme == "http" and parts.hostname in _LOOPBACK


def parse(document: object) -> StoreServer | None:
    """Read the policy's ``store_server``; None where it names none, or nothing that can be read."""
    if not isinstance(document, Mapping):
        return None
    known: Mapping[str, Any] = document
    try:
        return StoreServer(
            device=str(known["device"]),
            url=str(known["url"]).rstrip("/"),
            pin=str(known.get("pin") or "").lower(),
            key_id=int(known["key_id"]),
            store_epoch=int(known.get("store_epoch") or 0),
        )
    except (KeyError, TypeError, ValueError):
        return None
