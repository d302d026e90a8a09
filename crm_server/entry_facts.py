"""What an entry of a lane's journal says, read with suspicion: a good signature makes it a fact, not well-formed.

Apart from the inbox because reading and checking need no database and run outside the writer.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos_client.domain import hash_chain
from pos_client.domain.journal_entry import BODY_VERSION, EntryKind
from pos_client.domain.signed_document import from_base64

from . import trade_facts
from .entry_fields import HEX, BadField, hexadecimal, moment, text, whole
from .keys import is_signed_by
from .trade_facts import TradeFacts

OLDEST_VERSION: Final = max(1, BODY_VERSION - 3)
_TIERS: Final = frozenset("ABC")


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row of a batch as it was sent: number, body and signature in base64url."""

    seq: int
    body: str
    sig: str


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """The fields of an entry that the centre acts on.

    Attributes:
        claim_id: of the redemption, or of an intent itself; for a void that of its target.
        loss_minor: what the redemption gave away.
        target_epoch: of a void's target, 0 where it is the void's own.
        campaign, member_ref: 0 and empty where it names none.
        trade: what it moves or records besides; None of other kinds.
    """

    kind: EntryKind
    at_ms: int
    store: int
    lane: int
    operator: str
    coupon_id: str = ""
    use_no: int | None = None
    claim_id: str = ""
    tier: str = "C"
    loss_minor: int = 0
    target_seq: int = 0
    target_epoch: int = 0
    campaign: int = 0
    member_ref: str = ""
    trade: TradeFacts | None = None

    @property
    def moves_accounts(self) -> bool:
        """Whether it counts only in its place: after all that its journal says before it."""
        return self.trade is not None and (self.kind is not EntryKind.VOID or bool(self.trade.ref))


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row after reading.

    Attributes:
        hash: of the entry, hexadecimal. is_own: the device's own word for this very number.
        fault: why it cannot be applied, empty where it can. facts: None with a fault.
        kind: as it is written, empty where it cannot be read.
    """

    seq: int
    hash: str
    body: bytes
    sig: bytes
    is_own: bool
    fault: str = ""
    kind: str = ""
    facts: EntryFacts | None = None


def read_rows(rows: Iterable[SentRow], device: str, epoch: int, key: Ed25519PublicKey) -> list[ReadRow]:
    """Read and check all rows of a batch."""
    return [_read(row, device, epoch, key) for row in rows]


def _read(row: SentRow, device: str, epoch: int, key: Ed25519PublicKey) -> ReadRow:
    body, sig = _bytes(row.body), _bytes(row.sig)
    document = _document(body)
    previous = _previous(document)
    hash_ = hash_chain.entry_hash(previous or hash_chain.GENESIS, body)
    if previous is None or not is_signed_by(key, sig, hash_chain.signed_bytes(hash_)):
        fault = "bad-signature" if previous is not None else "bad-field"
        return ReadRow(row.seq, hash_.hex(), body, sig, is_own=False, fault=fault)
    if (document.get("device"), document.get("epoch"), document.get("seq")) != (device, epoch, row.seq):
        return ReadRow(row.seq, hash_.hex(), body, sig, is_own=False, fault="bad-field")
    kind = str(document.get("kind", ""))[:20]
    try:
        fault, facts = "", _facts(document, hash_)
    except BadField as bad:
        fault, facts = str(bad), None
    return ReadRow(row.seq, hash_.hex(), body, sig, is_own=True, fault=fault, kind=kind, facts=facts)


def facts_of(body: bytes, entry_hash: bytes) -> EntryFacts:
    """Read a stored entry again.

    Raises:
        BadField: as when it came.
    """
    return _facts(_document(body), entry_hash)


def _bytes(text: str) -> bytes:
    try:
        return from_base64(text)
    except ValueError:
        return b""


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _previous(document: Mapping[str, Any]) -> bytes | None:
    previous = document.get("prev")
    if not isinstance(previous, str) or len(previous) != 64 or not HEX.issuperset(previous):
        return None
    return bytes.fromhex(previous)


def _facts(document: Mapping[str, Any], hash_: bytes) -> EntryFacts:
    version = document.get("v")
    if type(version) is not int or not OLDEST_VERSION <= version <= BODY_VERSION:
        raise BadField("unknown-version")
    try:
        kind = EntryKind(str(document.get("kind")))
    except ValueError as error:
        raise BadField("unknown-kind") from error
    common: dict[str, Any] = {
        "kind": kind,
        "at_ms": moment(document, "at"),
        "store": whole(document, "store"),
        "lane": whole(document, "lane"),
        "operator": text(document, "operator", 40, needed=False),
    }
    return EntryFacts(**common, **_by_kind(kind, document, hash_))


def _by_kind(kind: EntryKind, document: Mapping[str, Any], hash_: bytes) -> dict[str, Any]:
    if kind is EntryKind.REDEEM:
        return _redemption(document, hash_)
    if kind is EntryKind.INTENT:
        claim_id = hash_chain.claim_id(hash_)
        return {"coupon_id": text(document, "coupon_id", 40), "use_no": _use_no(document), "claim_id": claim_id}
    if kind is EntryKind.VOID:
        return {
            "target_seq": whole(document, "target_seq"),
            "target_epoch": whole(document, "target_epoch", absent=0),
            "claim_id": hexadecimal(document, "claim_id"),
            "trade": trade_facts.read(kind, document),
        }
    if kind in trade_facts.KINDS:
        trade = trade_facts.read(kind, document)
        return {
            "coupon_id": text(document, "coupon_id", 40, needed=kind is EntryKind.ISSUE),
            "campaign": whole(document, "campaign", absent=0),
            "member_ref": text(document, "member_ref", 40, needed=False),
            "trade": trade,
        }
    return {}


def _redemption(document: Mapping[str, Any], hash_: bytes) -> dict[str, Any]:
    tier = document.get("tier")
    if not isinstance(tier, str) or tier not in _TIERS:
        raise BadField("bad-field")
    discount = whole(document, "discount_minor", absent=0)
    return {
        "coupon_id": text(document, "coupon_id", 40),
        "use_no": _use_no(document),
        "claim_id": hexadecimal(document, "claim_id") or hash_chain.claim_id(hash_),
        "tier": tier,
        "loss_minor": discount or whole(document, "value_minor", absent=0),
        "campaign": whole(document, "campaign", absent=0),
        "member_ref": text(document, "member_ref", 40, needed=False),
    }


def _use_no(document: Mapping[str, Any]) -> int | None:
    if document.get("use_no") is None:
        return None
    number = whole(document, "use_no")
    if not 1 <= number <= 1_000_000:
        raise BadField("bad-field")
    return number
