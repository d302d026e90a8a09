"""A journal as long as a busy counter's year: a hundred thousand deeds of every kind, written by the real journal.

Apart from the builders because tests and benchmark search the same book.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from pos_client.domain.business_time import from_ms, to_ms
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.storage.journal import SqlJournal
from tests import builders as a

DEEDS: Final = 100_000
DAYS: Final = 60
OPERATORS: Final = ("E01", "E02", "E03", "E04")
_AT_ONCE: Final = 1_000


def fill(journal: SqlJournal, deeds: int = DEEDS) -> None:
    """Write them, oldest first; the newest is a redemption of today."""
    for start in range(0, deeds, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, deeds))
        journal.append_all([_draft(number, deeds) for number in numbers])


def fill_one_more(journal: SqlJournal, number: int, member: str) -> None:
    """A redemption of now, by a member."""
    about: dict[str, Any] = {"member_ref": member, "operator": OPERATORS[0]}
    journal.append(a.a_redemption(coupon_id(number), at=a.NOON, **about))


def coupon_id(number: int) -> str:
    """The coupon of a deed, counted from 0."""
    return f"1001-{10_000_000 + number}"


def receipt_no(number: int) -> str:
    """The receipt of a deed; every second one has one."""
    return f"R{number:08d}" if number % 2 else ""


def _draft(number: int, deeds: int) -> EntryDraft:
    first, step = to_ms(a.NOON - timedelta(days=DAYS)), DAYS * 86_400_000 // deeds
    at = from_ms(first + (number + 1) * step)
    about: dict[str, Any] = {"business_date": at.date().isoformat(), "operator": OPERATORS[number % 4]}
    about["member_ref"] = f"m-{number % 5_000:04d}" if number % 3 else ""
    drafted = a.a_redemption(coupon_id(number), at=at, **about, basket_ref=receipt_no(number))
    if number % 9 != 7:
        return drafted
    refused = {**drafted.fields, "reason": "expired", "coupon_id": coupon_id(number)}
    return replace(drafted, kind=EntryKind.REJECT, fields=refused, coupon_id=None, use_no=None)
