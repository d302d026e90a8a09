"""Earlier purchases that are one with this one, and what was given for them.

A member's purchases of one day are one; without a member, receipts of one till that follow each other. What the steps
of a tier give for all of it together, less what was given before, is what this one earns: a basket that was split into
three earns what it would have earned whole, no more and no less.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pos_client.domain.basket import Basket
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.purchase import Receipt
from pos_client.domain.trusted_time import TrustedTime

from .desk import Desk
from .purchase_record import PurchaseRecord, record_of
from .recognise import MemberShown

FOLLOWS_WITHIN: Final = timedelta(minutes=10)
_LATEST: Final = 50


@dataclass(frozen=True, slots=True)
class Before:
    """What came before and belongs to it: of the baskets what did not come back, and the purchases' ids."""

    baskets: tuple[Basket, ...] = ()
    purchases: tuple[str, ...] = ()


def before(desk: Desk, member: MemberShown | None, receipt: Receipt | None, time: TrustedTime, day: date) -> Before:
    """The purchases of this lane that are one with the next."""
    if member and member.view.ref:
        found = desk.journal.of_day(day, (EntryKind.TRANSACTION,), desk.booth.refs_of(member.view.ref))
        sales = [entry for entry in found if _is_sale(entry)]
    else:
        recent = desk.journal.latest(_LATEST, (EntryKind.TRANSACTION,))
        sales = _chain([entry for entry in recent if _is_sale(entry)], receipt, time.now)
    return _before([record_of(desk, entry) for entry in sales])


def beside(desk: Desk, record: PurchaseRecord, ref: str) -> Before:
    """A member's other purchases of the same day, who has this reference now; nobody's is one by itself."""
    if not ref:
        return Before()
    day = date.fromisoformat(str(record.fields["business_date"]))
    found = desk.journal.of_day(day, (EntryKind.TRANSACTION,), desk.booth.refs_of(ref))
    return _before([record_of(desk, entry) for entry in found if _is_sale(entry) and entry != record.sale])


def _before(records: Sequence[PurchaseRecord]) -> Before:
    kept = [record.kept(record.returned(), record.returned_minor()) for record in records]
    return Before(tuple(one.basket for one in kept if one), tuple(record.txn for record in records))


def issued_by(desk: Desk, earlier: Before, offers: frozenset[int]) -> Counter[int]:
    """How many coupons some offers gave for earlier purchases, by the campaign they are of."""
    given: Counter[int] = Counter()
    for txn in earlier.purchases:
        for entry in desk.journal.of_purchase(txn):
            fields = entry.fields() if entry.kind is EntryKind.ISSUE and not entry.voided else {}
            if fields.get("by") in offers:
                given[int(fields["campaign"])] += 1
    return given


def _is_sale(entry: Entry) -> bool:
    return not entry.voided and not entry.fields().get("returns")


def _chain(sales: Sequence[Entry], receipt: Receipt | None, now: datetime) -> list[Entry]:
    """Anonymous receipts that follow each other, number by number, within minutes; newest first."""
    if receipt is None or not receipt.number.isdecimal():
        return []
    found: list[Entry] = []
    number = int(receipt.number)
    for entry in sales:
        fields = entry.fields()
        named = str(fields["receipt_no"])
        recent = now - datetime.fromisoformat(fields["at"]) <= FOLLOWS_WITHIN * (len(found) + 1)
        if fields["member_ref"] or not recent or not named.isdecimal() or int(named) != number - 1:
            break
        found.append(entry)
        number -= 1
    return found
