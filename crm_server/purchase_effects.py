"""What ``transaction`` does: a receipt counts once, and a second purchase of it gives nothing.

Apart from the accounts because the promise is about receipts; a unique key keeps it, whichever lane comes first.
"""

import json
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from . import accounts, pooled_coupons
from .accounts import Reversal
from .application import CONFLICTING, Application, Outcome
from .coupon_facts import holder_document
from .entry_facts import EntryFacts, ReadRow
from .schema import CONFLICT, INBOX, LEDGER, PURCHASE, STAFF, STORE
from .trade_facts import RECEIPT, TradeFacts
from .uses import CONFLICT_OPEN

STANDING: Final = "standing"
CONFLICTS: Final = "conflict"
VOIDED: Final = "voided"
# What an entry of a purchase that does not count says, where it had an effect otherwise.
RECEIPT_CONFLICT: Final = "receipt-conflict"
ABOUT_RECEIPT: Final = "receipt"
ABOUT_RETURN: Final = "return"

_BUY: Final = insert(PURCHASE)
_BUY_FIRST: Final = {
    "sqlite": sqlite.insert(PURCHASE).on_conflict_do_nothing().returning(PURCHASE.c.inbox_id),
    "postgresql": postgresql.insert(PURCHASE).on_conflict_do_nothing().returning(PURCHASE.c.inbox_id),
}
_HOLDER: Final = (
    select(PURCHASE, STORE.c.name.label("store_name"), STAFF.c.name.label("operator_name"))
    .outerjoin(STORE, STORE.c.number == PURCHASE.c.store)
    .outerjoin(STAFF, STAFF.c.id == PURCHASE.c.operator)
    .where(PURCHASE.c.fingerprint == bindparam("of_receipt"), PURCHASE.c.state == STANDING)
)
_STATE_OF: Final = select(PURCHASE.c.state).where(
    PURCHASE.c.device == bindparam("of_device"), PURCHASE.c.txn == bindparam("of_txn"), PURCHASE.c.state == CONFLICTS
)
_GIVEN: Final = (
    select(LEDGER.c.inbox_id)
    .join(INBOX, INBOX.c.id == LEDGER.c.inbox_id)
    .where(LEDGER.c.device == bindparam("of_device"), LEDGER.c.txn == bindparam("of_txn"), INBOX.c.kind == "earn")
    .distinct()
)
_FOUND: Final = select(PURCHASE).where(PURCHASE.c.inbox_id == bindparam("of_id"))
_BECAME: Final = update(PURCHASE).where(PURCHASE.c.inbox_id == bindparam("of_id")).values(state=bindparam("to"))


def transaction(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """A purchase, or a return; the second purchase of a receipt is a conflict with the first.

    A return of such a second purchase takes back nothing, because nothing was given for it.
    """
    bought = _row(work, row.seq, facts, number)
    if is_conflicting(work, bought["returns"]):
        work.connection.execute(_BUY, {**bought, "state": CONFLICTS})
        return Outcome(reason=RECEIPT_CONFLICT)
    insertion = _BUY_FIRST[work.connection.dialect.name]
    if work.connection.execute(insertion, {**bought, "state": STANDING}).scalar() is None:
        return _conflict(work, row, bought, number)
    if not bought["returns"]:
        work.changes += accounts.count_purchase(work.connection, bought["member_number"], 1)
    return Outcome()


def is_conflicting(work: Application, txn: str) -> bool:
    """Whether a purchase of this device was another's receipt, so that nothing of it gives anything."""
    about = {"of_device": work.caller.device, "of_txn": txn}
    return bool(txn) and work.connection.execute(_STATE_OF, about).first() is not None


def take_back(work: Application, target: Row[Any], _by_seq: int) -> None:
    """A purchase was none; its receipt is free for another one."""
    bought = work.connection.execute(_FOUND, {"of_id": target.id}).one_or_none()
    if bought is None or bought.state == VOIDED:
        return
    work.connection.execute(_BECAME, {"of_id": target.id, "to": VOIDED})
    if bought.state == STANDING and not bought.returns:
        work.changes += accounts.count_purchase(work.connection, bought.member_number, -1)


def _conflict(work: Application, row: ReadRow, bought: dict[str, Any], number: int) -> Outcome:
    work.connection.execute(_BUY, {**bought, "state": CONFLICTS})
    holder = work.connection.execute(_HOLDER, {"of_receipt": bought["fingerprint"]}).one()
    named = holder_document(holder)
    pair = {
        "inbox_id": number,
        "coupon_id": f"{RECEIPT}{bought['fingerprint']}",
        "use_no": 0,
        "holder_claim_id": "",
        "holder": json.dumps(named, ensure_ascii=False),
        "loss_minor": 0,
        "store": bought["store"],
        "state": CONFLICT_OPEN,
        "at_ms": work.now_ms,
        "about": ABOUT_RETURN if bought["returns"] else ABOUT_RECEIPT,
    }
    work.connection.execute(insert(CONFLICT), pair)
    _take_gifts_back(work, row.seq, bought["txn"])
    return Outcome(CONFLICTING, holder=named)


def _take_gifts_back(work: Application, by_seq: int, txn: str) -> None:
    """What the purchase gave before it was known to be another's receipt (an epoch that came late, a fork)."""
    device = work.caller.device
    by = Reversal(device, work.epoch, by_seq, accounts.WHY_CONFLICT, work.now_ms)
    for inbox_id in work.connection.execute(_GIVEN, {"of_device": device, "of_txn": txn}).scalars().all():
        work.changes += accounts.reverse(work.connection, inbox_id, by)
    work.changes += pooled_coupons.withdraw_of_purchase(work.connection, device, txn)


def _row(work: Application, seq: int, facts: EntryFacts, number: int) -> dict[str, Any]:
    trade = facts.trade or TradeFacts()
    return {
        "inbox_id": number,
        "device": work.caller.device,
        "epoch": work.epoch,
        "seq": seq,
        "txn": trade.txn,
        "returns": trade.returns,
        "fingerprint": trade.fingerprint,
        "store": facts.store,
        "lane": facts.lane,
        "operator": facts.operator,
        "promoter": trade.promoter,
        "member_ref": facts.member_ref,
        "member_number": accounts.member_number(work.connection, facts.member_ref),
        "currency": trade.currency,
        "basket_minor": trade.basket_minor,
        "discount_minor": trade.discount_minor,
        "business_date": trade.business_date,
        "at_ms": facts.at_ms,
    }
