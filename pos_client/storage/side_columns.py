"""What stands beside an entry's bytes for the sake of queries, derived from those bytes alone.

Apart from the journal because ``verify`` derives the same columns again and compares.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from pos_client.domain.business_time import to_ms
from pos_client.domain.hash_chain import claim_id
from pos_client.domain.journal_entry import EntryKind

Columns = dict[str, Any]
NAMES: Final = (
    "kind",
    "at_ms",
    "business_date",
    "operator",
    "coupon_id",
    "use_no",
    "campaign",
    "member_ref",
    "value_minor",
    "tier",
    "claim_id",
    "intent_seq",
    "target_seq",
    "txn",
    "ref",
    "amount",
)


def derive(fields: Mapping[str, Any], entry_hash: bytes) -> Columns:
    """The columns of ``NAMES`` for a body.

    Args:
        fields: the body, read. ``kind`` and ``at`` must be there.
        entry_hash: 32 bytes; the claim of an intent, and of a redemption without one, is derived from it.
    """
    kind = fields["kind"]
    return {
        "kind": kind,
        "at_ms": to_ms(datetime.fromisoformat(fields["at"])),
        "business_date": fields.get("business_date") or "",
        "operator": fields.get("operator") or "",
        "coupon_id": fields.get("coupon_id"),
        "use_no": fields.get("use_no"),
        "campaign": fields.get("campaign"),
        "member_ref": fields.get("member_ref") or "",
        "value_minor": fields.get("value_minor") or 0,
        "tier": fields.get("tier") or "",
        "claim_id": fields.get("claim_id") or _own_claim(kind, entry_hash),
        "intent_seq": fields.get("intent_seq"),
        "target_seq": fields.get("target_seq"),
        "txn": fields.get("txn") or "",
        "ref": fields.get("ref") or "",
        "amount": fields.get("amount") or 0,
    }


def _own_claim(kind: str, entry_hash: bytes) -> str:
    return claim_id(entry_hash) if kind in {EntryKind.INTENT, EntryKind.REDEEM} else ""
