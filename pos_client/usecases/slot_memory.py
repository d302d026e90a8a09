"""Slot codes that were used here: a copy of one, shown by the next customer, proves nobody's presence.

The journal is the memory, so it survives a restart and costs no second write: each redemption under a slot code carries
that code's keyed hash.
"""

from datetime import datetime, timedelta
from typing import Final

from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.journal_entry import EntryKind

from .desk import Desk

_MOST_ENTRIES: Final = 512
"""More redemptions than one lane can do while a slot code is good."""


def used_s_ago(desk: Desk, slot: MemberSlot, code_hash: str, now: datetime, receipt_no: str) -> int | None:
    """Seconds since a redemption under this slot code that stands; None where there is none.

    Args:
        desk: this lane.
        slot: the code.
        code_hash: its keyed hash.
        now: trusted time, aware UTC.
        receipt_no: of the purchase in hand; another coupon of the same receipt is no second showing. Empty if unknown.
    """
    # It is taken from one length before its slot to one after it.
    good_for = timedelta(minutes=3 * slot.length_min)
    for entry in desk.journal.latest(_MOST_ENTRIES, (EntryKind.REDEEM,)):
        fields = entry.fields()
        ago = now - datetime.fromisoformat(fields["at"])
        if ago > good_for:
            return None
        is_same_purchase = bool(receipt_no) and fields.get("basket_ref") == receipt_no
        if fields.get("member_code_hash") == code_hash and not entry.voided and not is_same_purchase:
            return max(0, round(ago.total_seconds()))
    return None
