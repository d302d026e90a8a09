"""Drafts of journal entries, valid by default: one line says what a test changes.

Apart from ``builders``, which gives what a lane knows; this gives what it writes down.
"""

from datetime import UTC, date, datetime
from typing import Any, Final

from pos_client.domain.business_time import to_ms
from pos_client.domain.journal_entry import EntryDraft, EntryKind, wire_time

NOON: Final = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
"""Noon in Shanghai on a Tuesday; the time at which everything here happens unless told otherwise."""
TODAY: Final = date(2026, 3, 10)
STORE: Final = 101
MONO_MS: Final = 10**9
"""The monotonic clock at noon; it runs with the wall clock, as it does where nobody sets that."""


def fields_of(at: datetime = NOON, **changes: Any) -> dict[str, Any]:
    """The fields that every entry has."""
    fields: dict[str, Any] = {
        "at": wire_time(at),
        "wall_ms": to_ms(at),
        "mono_ms": MONO_MS + to_ms(at) - to_ms(NOON),
        "boot_id": "boot",
        "time_quality": "synced",
        "business_date": TODAY.isoformat(),
        "store": STORE,
        "lane": 2,
        "booth": "B1",
        "operator": "E01",
        "promoter": "P05",
        "source": "camera",
        "campaign": 1001,
        "policy_ver": 1,
        "cache_gen": 1,
        "cache_age_s": 60,
        "app_ver": "0.1.0",
    }
    return fields | changes


def an_intent(coupon_id: str = "1001-1", use_no: int = 1, *, at: datetime = NOON, **changes: Any) -> EntryDraft:
    """A claim that is about to be asked for."""
    fields = {"code_kind": "signed_coupon", "code_hash": "ab" * 32, "member_ref": "", "value_minor": 1000}
    return EntryDraft(EntryKind.INTENT, fields_of(at) | fields | changes, coupon_id, use_no)


def a_redemption(
    coupon_id: str = "1001-1", use_no: int | None = 1, *, at: datetime = NOON, **changes: Any
) -> EntryDraft:
    """A redemption that the lane decided alone."""
    fields = {
        "code_kind": "signed_coupon",
        "code_hash": "ab" * 32,
        "member_ref": "",
        "member_proof": "",
        "value_minor": 1000,
        "discount_minor": 1000,
        "currency": "CNY",
        "basket_ref": "",
        "basket_minor": 5200,
        "tier": "C",
        "verdict": "pending",
        "reason": "accepted-offline",
        "claim_id": "",
        "intent_seq": None,
        "coupon_name": {"zh": "满50减10", "en": "10 off 50"},
    }
    return EntryDraft(EntryKind.REDEEM, fields_of(at) | fields | changes, coupon_id, use_no)


def a_void(target_seq: int, coupon_id: str = "1001-1", *, at: datetime = NOON, **changes: Any) -> EntryDraft:
    """Takes an entry back."""
    fields = {"target_seq": target_seq, "reason": "customer", "coupon_id": coupon_id, "use_no": 1, "claim_id": ""}
    return EntryDraft(EntryKind.VOID, fields_of(at) | fields | changes)


def a_login(*, at: datetime = NOON, **changes: Any) -> EntryDraft:
    """Somebody signs on."""
    return EntryDraft(EntryKind.LOGIN, fields_of(at, **changes))
