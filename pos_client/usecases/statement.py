"""A promoter's own day: what he gets the credit for, and how sure it is.

Apart from the reports of the centre because it must be there the same evening without a network. By the same rule as
there, ``confirmed`` means that the centre has accepted it and the policy's days for returns are over; ``reversed`` that
it was taken back, returned in full, or lost to another lane.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from pos_client.domain.journal_entry import DeliveryState, Entry, EntryKind

from .desk import Desk
from .purchase_record import purchase_of

CREDITED: Final = (
    EntryKind.BIND,
    EntryKind.REDEEM,
    EntryKind.TRANSACTION,
    EntryKind.ISSUE,
    EntryKind.HAND_OVER,
)
_ACCEPTED: Final = frozenset({"accepted", "duplicate"})


class Credit(StrEnum):
    """How sure a credit is."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One entry that somebody gets the credit for.

    Attributes:
        goods_minor: of a purchase, what was paid for the goods; negative for what came back.
        discount_minor: what coupons took off.
        is_delivered: the centre has it and accepted it.
    """

    seq: int
    at: str
    kind: EntryKind
    credit: Credit
    campaign: int
    goods_minor: int
    discount_minor: int
    is_delivered: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A promoter's day."""

    promoter: str
    business_date: date
    lines: tuple[CreditLine, ...]

    def count(self, kind: EntryKind, credit: Credit) -> int:
        """How many lines of a kind are in a state."""
        return sum(line.kind is kind and line.credit is credit for line in self.lines)

    def goods_minor(self, credit: Credit) -> int:
        """What was paid for goods, of the lines in a state."""
        return sum(line.goods_minor for line in self.lines if line.credit is credit)


def statement(desk: Desk, promoter: str, day: date) -> Statement:
    """The day of one promoter as this lane recorded it; returns stand as lines of their own, negative."""
    found = desk.journal.of_day(day, CREDITED)
    mine = [(entry, fields) for entry in found if (fields := entry.fields()).get("promoter") == promoter]
    return Statement(promoter, day, tuple(_line(desk, entry, fields) for entry, fields in mine))


def promoters_of(desk: Desk, day: date) -> Sequence[str]:
    """Who gets any credit on a day, in the order of their ids."""
    found = {str(entry.fields().get("promoter") or "") for entry in desk.journal.of_day(day, CREDITED)}
    return sorted(found - {""})


def _line(desk: Desk, entry: Entry, fields: dict[str, Any]) -> CreditLine:
    discount = int(fields.get("discount_minor") or 0)
    goods = 0
    if entry.kind is EntryKind.TRANSACTION:
        goods = fields["basket_minor"] - discount
        goods, discount = (-goods, -discount) if fields["returns"] else (goods, discount)
    campaign = int(fields.get("campaign") or 0)
    credit, is_delivered = _credit(desk, entry, fields), _is_delivered(entry)
    return CreditLine(entry.seq, fields["at"], entry.kind, credit, campaign, goods, discount, is_delivered)


def _credit(desk: Desk, entry: Entry, fields: dict[str, Any]) -> Credit:
    if entry.voided or entry.result in {"conflict", "forked"}:
        return Credit.REVERSED
    if entry.kind is EntryKind.TRANSACTION and not fields["returns"]:
        record = purchase_of(desk, entry.seq)
        if record and record.returns and record.kept(record.returned(), record.returned_minor()) is None:
            return Credit.REVERSED
    sure_after = date.fromisoformat(fields["business_date"]) + timedelta(days=desk.trade().confirm_days)
    is_sure = desk.context(desk.trusted_time()).today > sure_after
    return Credit.CONFIRMED if is_sure and _is_delivered(entry) else Credit.PENDING


def _is_delivered(entry: Entry) -> bool:
    return entry.state >= DeliveryState.DELIVERED and entry.result in _ACCEPTED
