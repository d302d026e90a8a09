"""The throw-away lane's journal: entries as a real lane writes them, in memory.

Apart from the lane because an entry is a fact of its own, and how it travels is not.
"""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from pos_client.domain import hash_chain
from pos_client.domain.batch import JournalHead, SignedEntry
from pos_client.domain.journal_entry import encode_body
from pos_client.sync import payloads
from pos_client.sync.enrol import EnrolmentAnswer

from .probe import Probe

OPERATOR: Final = "conformance"
_ABOUT: Final[Mapping[str, Any]] = {
    "code_kind": "signed_coupon",
    "code_hash": "0" * 64,
    "member_ref": "",
    "value_minor": 100,
}
_REDEEMED: Final[Mapping[str, Any]] = {
    "member_proof": "",
    "discount_minor": 100,
    "currency": "CNY",
    "basket_ref": "",
    "basket_minor": 0,
    "verdict": "accepted",
    "reason": "accepted",
    "coupon_name": {"zh": "一致性检查", "en": "conformance check"},
}


class DeviceKey(Protocol):
    """A lane's key (Ed25519)."""

    def public_bytes(self) -> bytes:
        """32 bytes."""

    def sign(self, content: bytes) -> bytes:
        """64 bytes over ``content``."""


class Written(SignedEntry):
    """An entry of this journal."""

    __slots__ = ()

    @property
    def claim_id(self) -> str:
        """The claim that belongs to it, where it is an intent."""
        return hash_chain.claim_id(self.hash)


class LaneJournal:
    """Entries of the current epoch.

    Args:
        probe: knows the server's time. key: signs. answer: of the enrolment.
    """

    def __init__(self, probe: Probe, key: DeviceKey, answer: EnrolmentAnswer) -> None:
        self.epoch = answer.epoch
        self._probe = probe
        self._key = key
        self._answer = answer
        self._store = payloads.whole(answer.store, "number")
        self._head = JournalHead(answer.epoch, 0, hash_chain.GENESIS)

    @property
    def head(self) -> JournalHead:
        """The newest entry of this epoch."""
        return self._head

    def begin_epoch(self, epoch: int, after: bytes) -> None:
        """Go on in a new epoch, whose first entry follows the hash ``after``."""
        self.epoch, self._head = epoch, JournalHead(epoch, 0, after)

    def write(self, kind: str, **fields: Any) -> Written:
        """Append an entry."""
        return self.adopt(self.forge(self._head.seq + 1, self._head.hash, kind, **fields))

    def adopt(self, entry: Written) -> Written:
        """Make an entry the newest of the journal."""
        self._head = JournalHead(entry.epoch, entry.seq, entry.hash)
        return entry

    def forge(self, seq: int, previous: bytes, kind: str, **fields: Any) -> Written:
        """A well-signed entry of any number, which the journal does not remember."""
        body = encode_body({**self._common(), "seq": seq, "prev": previous.hex(), "kind": kind, **fields})
        return self.seal(seq, previous, body)

    def seal(self, seq: int, previous: bytes, body: bytes, key: DeviceKey | None = None) -> Written:
        """Hash and sign any bytes as an entry."""
        digest = hash_chain.entry_hash(previous, body)
        return Written(self.epoch, seq, digest, body, (key or self._key).sign(hash_chain.signed_bytes(digest)))

    def intent(self, coupon_id: str) -> Written:
        """Append an intent for the coupon's first use."""
        return self.write("intent", coupon_id=coupon_id, use_no=1, **_ABOUT)

    def redeem(self, coupon_id: str, use_no: int | None = 1, intent: Written | None = None) -> Written:
        """Append a redemption: tier A after its intent, tier C without one."""
        granted = {
            "tier": "A" if intent else "C",
            "claim_id": intent.claim_id if intent else "",
            "intent_seq": intent.seq if intent else None,
        }
        return self.write("redeem", coupon_id=coupon_id, use_no=use_no, **_ABOUT, **_REDEEMED, **granted)

    def void(self, target_seq: int, coupon_id: str, claim_id: str) -> Written:
        """Append a void of an entry."""
        about = {"coupon_id": coupon_id, "use_no": 1, "claim_id": claim_id}
        return self.write("void", target_seq=target_seq, reason="clerk-error", **about)

    def _common(self) -> dict[str, Any]:
        now = self._probe.wire_now()
        return {
            "v": 1,
            "device": self._answer.device_id,
            "epoch": self.epoch,
            "at": now,
            "wall_ms": 0,
            "mono_ms": 0,
            "boot_id": OPERATOR,
            "time_quality": "synced",
            "store": self._store,
            "lane": self._answer.lane_no,
            "booth": self._answer.booth,
            "operator": OPERATOR,
            "promoter": "",
            "campaign": None,
            "source": "command",
            "policy_ver": 1,
            "cache_gen": 0,
            "cache_age_s": 0,
            "app_ver": self._probe.version,
            "business_date": now[:10],
        }
