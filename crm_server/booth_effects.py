"""What ``issue`` and ``hand_over`` do: a coupon of the pool is given out, a thing leaves the booth; and the way back.

Apart from the accounts because these count things, not members' balances.
"""

import json
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from . import accounts, pooled_coupons
from .application import CONFLICTING, QUARANTINED, Application, Outcome
from .entry_facts import EntryFacts, ReadRow, facts_of
from .pooled_coupons import FREE, WITHDRAWN
from .purchase_effects import RECEIPT_CONFLICT, is_conflicting
from .schema import CONFLICT, INBOX, STAFF, STOCK, STORE
from .trade_facts import TradeFacts
from .uses import CONFLICT_OPEN

ABOUT_ISSUE: Final = "issue"

_STOCK: Final = (
    update(STOCK)
    .where(
        STOCK.c.store == bindparam("of_store"),
        STOCK.c.booth == bindparam("of_booth"),
        STOCK.c.item == bindparam("of_item"),
    )
    .values(quantity=STOCK.c.quantity + bindparam("by"))
    .returning(STOCK.c.id)
)
_ISSUER: Final = select(INBOX.c.device, INBOX.c.seq, INBOX.c.body, INBOX.c.hash).where(INBOX.c.id == bindparam("of_id"))
_STORE_NAME: Final = select(STORE.c.name).where(STORE.c.number == bindparam("of_store"))
_STAFF_NAME: Final = select(STAFF.c.name).where(STAFF.c.id == bindparam("of_person"))


def issue(work: Application, _row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """A coupon of this store's pools is given out; twice is a conflict with who gave it out first."""
    trade = facts.trade or TradeFacts()
    coupon = pooled_coupons.pooled(work.connection, facts.coupon_id)
    if coupon is None or coupon.store != work.caller.store:
        return Outcome(QUARANTINED, "not-pooled")
    if coupon.state == WITHDRAWN:
        return Outcome(QUARANTINED, "coupon-withdrawn")
    if coupon.state != FREE:
        return _conflict(work, facts, coupon, number)
    if is_conflicting(work, trade.txn):
        work.changes += pooled_coupons.withdraw(work.connection, coupon)
        return Outcome(reason=RECEIPT_CONFLICT)
    by = {"inbox_id": number, "device": work.caller.device, "txn": trade.txn, "member_ref": facts.member_ref}
    work.changes += pooled_coupons.issue(work.connection, coupon, by)
    whose = accounts.member_number(work.connection, facts.member_ref)
    work.changes += accounts.bind_coupons(work.connection, [coupon.coupon_id], whose)
    return Outcome()


def withdraw(work: Application, target: Row[Any], _by_seq: int) -> None:
    """A coupon that was given out is put out of use."""
    coupon = pooled_coupons.pooled(work.connection, target.coupon_id)
    if coupon is not None and coupon.inbox_id == target.id:
        work.changes += pooled_coupons.withdraw(work.connection, coupon)


def hand_over(work: Application, _row: ReadRow, facts: EntryFacts, _number: int) -> Outcome:
    """A thing left the booth. It is never refused: it is gone. An item without a count stays without one."""
    trade = facts.trade or TradeFacts()
    _move(work, trade.booth, trade.item, trade.amount)
    return Outcome()


def put_back(work: Application, target: Row[Any], _by_seq: int) -> None:
    """The thing is back at its booth."""
    trade = facts_of(target.body, bytes.fromhex(target.hash)).trade or TradeFacts()
    _move(work, trade.booth, trade.item, -trade.amount)


def _move(work: Application, booth: str, item: str, by: int) -> None:
    about = {"of_store": work.caller.store, "of_booth": booth, "of_item": item, "by": by}
    moved = work.connection.execute(_STOCK, about).scalar()
    if moved is not None:
        work.changes.append(("stock", (work.caller.store, moved)))


def _conflict(work: Application, facts: EntryFacts, coupon: Row[Any], number: int) -> Outcome:
    issuer = work.connection.execute(_ISSUER, {"of_id": coupon.inbox_id}).one()
    first = facts_of(issuer.body, bytes.fromhex(issuer.hash))
    named = {
        "device": issuer.device,
        "store": first.store,
        "store_name": work.connection.execute(_STORE_NAME, {"of_store": first.store}).scalar() or "",
        "lane": first.lane,
        "operator": first.operator,
        "operator_name": work.connection.execute(_STAFF_NAME, {"of_person": first.operator}).scalar() or "",
        "seq": issuer.seq,
        "at": wire_time(from_ms(first.at_ms)),
        "tier": "",
    }
    pair = {"inbox_id": number, "coupon_id": facts.coupon_id, "use_no": 0, "holder_claim_id": ""}
    pair |= {"holder": json.dumps(named, ensure_ascii=False), "loss_minor": 0, "store": facts.store}
    pair |= {"state": CONFLICT_OPEN, "at_ms": work.now_ms, "about": ABOUT_ISSUE}
    work.connection.execute(insert(CONFLICT), pair)
    return Outcome(CONFLICTING, holder=named)
