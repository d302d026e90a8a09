"""PINs of people who may decide: how one is stretched and checked, and which are too easy to guess.

Apart from the people because a name is shown to colleagues and this is shown to nobody. A PIN is stretched with scrypt
(RFC 7914) and a salt of each person, and then bound to the store by an HMAC with a pepper that is derived from the
store's secret: whoever finds a signed policy, but not the lane's keyring, cannot try six digits on it.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .signed_document import from_base64, to_base64

LEAST_DIGITS: Final = 6
MOST_DIGITS: Final = 12
SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
_MOST_MEMORY: Final = 1 << 26
_COMMON: Final = frozenset({"112233", "123123", "520520", "521521", "131452", "147258", "159357", "147852", "789456"})
_SPOKEN: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_UP: Final = "01234567890123456789"


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a PIN is stretched: scrypt's cost, block size and parallelism, and the salt; 16 MiB and about 0.1 s."""

    salt: bytes
    n: int = 1 << 14
    r: int = 8
    p: int = 1

    def of(self, pin: str) -> bytes:
        """32 bytes."""
        kdf = hashlib.scrypt
        return kdf(pin.encode(), salt=self.salt, n=self.n, r=self.r, p=self.p, maxmem=_MOST_MEMORY, dklen=_HASH_BYTES)


@dataclass(frozen=True, slots=True)
class PinRecord:
    """One person's PIN as a store's policy carries it; ``check`` is 32 bytes."""

    stretch: Stretch
    check: bytes = field(repr=False)

    def as_document(self) -> dict[str, Any]:
        """As it stands in the policy."""
        how = self.stretch
        cost = {"n": how.n, "r": how.r, "p": how.p}
        return {"kdf": "scrypt", **cost, "salt": to_base64(how.salt), "check": to_base64(self.check)}


@dataclass(frozen=True, slots=True)
class PinBook:
    """The PINs of one store.

    Attributes:
        required: whoever decides must have one; else an id alone is believed where its bearer has none.
        pepper: of this store.
    """

    required: bool = False
    records: Mapping[str, PinRecord] = field(default_factory=dict)
    pepper: bytes = field(default=b"", repr=False)

    def has(self, staff_id: str) -> bool:
        """Whether this person has a PIN."""
        return staff_id in self.records

    def is_right(self, staff_id: str, pin: str) -> bool:
        """Whether it is this person's PIN; takes as long as it must, right or wrong."""
        record = self.records.get(staff_id)
        if record is None:
            return False
        return hmac.compare_digest(bound(record.stretch.of(pin), self.pepper), record.check)


def bound(stretched: bytes, pepper: bytes) -> bytes:
    """A stretched PIN bound to a store: 32 bytes."""
    return hmac.new(pepper, b"rdm/pin/1\0" + stretched, hashlib.sha256).digest()


def telephone_answer(pepper: bytes, device: str, challenge: str) -> str:
    """What the head office answers to a lane's challenge: 8 characters (40 bits) that are good for this one only."""
    said = f"{device}|{challenge}".encode()
    digest = hmac.new(pepper, b"rdm/telephone/1\0" + said, hashlib.sha256).digest()
    return spoken(digest[:5])


def spoken(five: bytes) -> str:
    """Five bytes as 8 characters that nobody mistakes for others on a telephone (Crockford's alphabet)."""
    number = int.from_bytes(five, "big")
    return "".join(_SPOKEN[number >> shift & 31] for shift in range(35, -1, -5))


def heard(text: str) -> str:
    """What somebody typed of it: capitals, without spaces and hyphens, and with the letters that were misheard."""
    plain = "".join(text.split()).replace("-", "").upper()
    return plain.translate(str.maketrans("OIL", "011"))[:16]


def parse(document: object, pepper: bytes) -> PinBook:
    """Read the policy's ``pins``.

    A record that is not understood lets its person decide nothing, and none at all is the book of a store without PINs.
    """
    if not isinstance(document, Mapping):
        return PinBook(pepper=pepper)
    staff = document.get("staff")
    found = {str(name): _record(one) for name, one in staff.items()} if isinstance(staff, Mapping) else {}
    records = {name: record for name, record in found.items() if record is not None}
    return PinBook(bool(document.get("required")) or bool(found), records, pepper)


def weakness(pin: str) -> str:
    """Why nobody may have such a PIN, for the person who chooses it; empty where it will do."""
    if not pin.isascii() or not pin.isdecimal() or not LEAST_DIGITS <= len(pin) <= MOST_DIGITS:
        return f"a PIN has {LEAST_DIGITS} to {MOST_DIGITS} digits and nothing else"
    if pin in _UP or pin in _UP[::-1]:
        return "a PIN does not count up or down"
    if len(set(pin)) <= 2 or any(pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3)):
        return "a PIN does not repeat itself"
    return "this PIN is among the first that anybody tries" if pin in _COMMON else ""


def _record(document: object) -> PinRecord | None:
    try:
        return _read(document) if isinstance(document, Mapping) else None
    except (KeyError, TypeError, ValueError):
        return None


def _read(document: Mapping[str, Any]) -> PinRecord | None:
    n, r, p = (int(document[name]) for name in ("n", "r", "p"))
    # What costs more memory than any lane spares is no record of ours; 128·n·r is what scrypt takes.
    usable = document["kdf"] == "scrypt" and n > 1 and n & (n - 1) == 0 and 128 * n * r <= _MOST_MEMORY // 2 and p == 1
    stretch, check = Stretch(from_base64(document["salt"]), n, r, p), from_base64(document["check"])
    return PinRecord(stretch, check) if usable and r > 0 and len(check) == _HASH_BYTES else None
