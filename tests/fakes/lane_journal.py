"""The journal of a fake lane: chained and signed as the contract says, kept in memory only."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.domain import hash_chain
from pos_client.domain.batch import SignedEntry
from pos_client.domain.journal_entry import encode_body, wire_time


@dataclass
class LaneJournal:
    """Who the lane is, and what it wrote.

    Args:
        key: the device's key.
        clock: the device's time, aware UTC.
    """

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    device: str = ""
    epoch: int = 0
    enrolment: dict[str, Any] = field(default_factory=dict)
    entries: list[SignedEntry] = field(default_factory=list)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def head(self) -> tuple[int, bytes]:
        """Number and hash of the newest entry of this epoch."""
        own = [entry for entry in self.entries if entry.epoch == self.epoch]
        return (own[-1].seq, own[-1].hash) if own else (0, hash_chain.GENESIS)

    def write(self, kind: str, **fields: Any) -> SignedEntry:
        """Append an entry to the journal."""
        seq, previous = self.head()
        entry = self.forge(seq + 1, previous, kind, **fields)
        self.entries.append(entry)
        return entry

    def forge(self, seq: int, previous: bytes, kind: str, **fields: Any) -> SignedEntry:
        """A well-signed entry of any number, which the journal does not remember."""
        store = self.enrolment.get("store", {"number": 1})
        document = {
            "v": 1,
            "device": self.device,
            "epoch": self.epoch,
            "seq": seq,
            "prev": previous.hex(),
            "kind": kind,
            "at": wire_time(self.clock()),
            "wall_ms": 0,
            "mono_ms": 0,
            "boot_id": "boot",
            "time_quality": "synced",
            "store": store["number"],
            "lane": self.enrolment.get("lane_no", 1),
            "booth": "",
            "operator": "E1001",
            "promoter": "",
            "campaign": None,
            "source": "command",
            "policy_ver": 1,
            "cache_gen": 1,
            "cache_age_s": 0,
            "app_ver": "0.1.0",
            "business_date": "2026-01-01",
            **fields,
        }
        body = encode_body(document)
        hash_ = hash_chain.entry_hash(previous, body)
        return SignedEntry(self.epoch, seq, hash_, body, self.key.sign(hash_chain.signed_bytes(hash_)))

    def intent(self, coupon_id: str, use_no: int = 1, **fields: Any) -> SignedEntry:
        """Append an intent."""
        about = {"code_kind": "signed_coupon", "code_hash": "0" * 64, "member_ref": "", "value_minor": 1_000}
        return self.write("intent", **{**about, "coupon_id": coupon_id, "use_no": use_no, **fields})

    def redeem(
        self, coupon_id: str, use_no: int | None = 1, intent: SignedEntry | None = None, **fields: Any
    ) -> SignedEntry:
        """Append a redemption: tier A after its intent, tier C without one."""
        about = {
            "coupon_id": coupon_id,
            "use_no": use_no,
            "code_kind": "signed_coupon",
            "code_hash": "0" * 64,
            "member_ref": "",
            "member_proof": "",
            "value_minor": 1_000,
            "discount_minor": 1_000,
            "currency": "CNY",
            "basket_ref": "",
            "basket_minor": 0,
            "tier": "A" if intent else "C",
            "verdict": "accepted",
            "reason": "accepted",
            "claim_id": hash_chain.claim_id(intent.hash) if intent else "",
            "intent_seq": intent.seq if intent else None,
            "coupon_name": {"zh": "券", "en": "coupon"},
        }
        return self.write("redeem", **{**about, **fields})

    def void(self, target: SignedEntry, **fields: Any) -> SignedEntry:
        """Append a void of an entry."""
        of = json.loads(target.body)
        about = {name: of.get(name) for name in ("coupon_id", "use_no", "claim_id")}
        return self.write("void", **{"target_seq": target.seq, "reason": "clerk-error", **about, **fields})
