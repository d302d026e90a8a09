"""What ``earn`` and ``burn`` do: points and stamps move, and a hold of points is used up.

Apart from the accounts because only these know of entries. Nothing is refused here: what a lane alone gave or took
happened, and a balance below nothing is listed for a person.
"""

from typing import Any, Final

from sqlalchemy import Row, bindparam, update

from . import accounts
from .accounts import Posting, Reversal
from .application import Application, Outcome
from .entry_facts import EntryFacts, ReadRow
from .purchase_effects import RECEIPT_CONFLICT, is_conflicting
from .schema import POINTS_HOLD
from .trade_facts import TradeFacts

HOLD_CONSUMED: Final = "consumed"
# Of points that paid for what came back.
WHY_REFUND: Final = "refund"
_USE_HOLD: Final = update(POINTS_HOLD).where(POINTS_HOLD.c.hold_id == bindparam("of_hold")).values(state=HOLD_CONSUMED)


def earn(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """Points or stamps are given; of a purchase that was another's receipt they are not, but what paid comes back."""
    trade = facts.trade or TradeFacts()
    if trade.why != WHY_REFUND and is_conflicting(work, trade.txn):
        return Outcome(reason=RECEIPT_CONFLICT)
    work.changes += accounts.post(work.connection, _posting(work, row.seq, facts, number))
    return Outcome()


def burn(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """Points paid for something."""
    trade = facts.trade or TradeFacts()
    if trade.hold_id:
        work.connection.execute(_USE_HOLD, {"of_hold": trade.hold_id})
    work.changes += accounts.post(work.connection, _posting(work, row.seq, facts, number))
    return Outcome()


def take_back(work: Application, target: Row[Any], by_seq: int) -> None:
    """Undo what an entry moved."""
    by = Reversal(work.caller.device, work.epoch, by_seq, accounts.WHY_VOID, work.now_ms)
    work.changes += accounts.reverse(work.connection, target.id, by)


def _posting(work: Application, seq: int, facts: EntryFacts, number: int) -> Posting:
    trade = facts.trade or TradeFacts()
    return Posting(
        inbox_id=number,
        account=trade.ref,
        member_ref=facts.member_ref,
        delta=trade.amount,
        campaign=facts.campaign,
        txn=trade.txn,
        device=work.caller.device,
        epoch=work.epoch,
        seq=seq,
        why=trade.why,
        at_ms=facts.at_ms,
    )
