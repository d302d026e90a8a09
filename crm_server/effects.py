"""What entries do once they are stored: a redemption consumes its use, a void gives it back, an intent names its clerk.

Apart from the inbox because an effect may be refused or fail; the entry stays either way.
"""

import json
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pos_client.domain.journal_entry import EntryKind

from . import uses
from .coupon_facts import holder_document
from .entry_facts import EntryFacts, ReadRow
from .inbox import CONFLICTING, FORKED, QUARANTINED, Application, Effects, Outcome
from .schema import CLAIM, CONFLICT, INBOX, WAITING_VOID
from .uses import CONFLICT_OPEN, CONFLICT_VOIDED, CONSUMED, GRANTED

_CONSUME: Final = (
    update(CLAIM)
    .where(CLAIM.c.claim_id == bindparam("of_claim"))
    .values(
        state=CONSUMED,
        tier=bindparam("by_tier"),
        epoch=bindparam("in_epoch"),
        seq=bindparam("by_seq"),
        operator=bindparam("by_operator"),
        value_minor=bindparam("worth"),
        at_ms=bindparam("moment"),
    )
)
_NAME_CLERK: Final = (
    update(CLAIM)
    .where(CLAIM.c.claim_id == bindparam("of_claim"), CLAIM.c.state == GRANTED, CLAIM.c.operator == "")
    .values(operator=bindparam("by_operator"))
)
_CONFLICT: Final = insert(CONFLICT)
_CONFLICT_VOIDED: Final = (
    update(CONFLICT).where(CONFLICT.c.inbox_id == bindparam("of_id")).values(state=CONFLICT_VOIDED)
)
_VOIDED: Final = update(INBOX).where(INBOX.c.id == bindparam("of_id")).values(voided=1)
_TARGET: Final = (
    select(INBOX)
    .where(
        INBOX.c.device == bindparam("of_device"),
        INBOX.c.epoch == bindparam("of_epoch"),
        INBOX.c.seq == bindparam("target_seq"),
    )
    .order_by(INBOX.c.id)
)
_WAIT: Final = {
    "sqlite": sqlite.insert(WAITING_VOID).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(WAITING_VOID).on_conflict_do_nothing(),
}
_ONE_WAITING: Final = (
    WAITING_VOID.c.device == bindparam("of_device"),
    WAITING_VOID.c.epoch == bindparam("of_epoch"),
    WAITING_VOID.c.target_seq == bindparam("target"),
)
_WAITED: Final = delete(WAITING_VOID).where(*_ONE_WAITING)
_WAITING_CLAIM: Final = (
    select(INBOX.c.claim_id).join(WAITING_VOID, WAITING_VOID.c.inbox_id == INBOX.c.id).where(*_ONE_WAITING)
)


def _redeem(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """Consume the use; first come, first served, whatever tier granted it."""
    outcome = _consume(work, row, facts, number)
    _end_waiting(work, row)
    return outcome


def _consume(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    if facts.use_no is None:
        return Outcome()
    if uses.take(work.connection, uses.consumed_row(facts, work.caller.device, work.epoch, row.seq)):
        work.changes.append(("coupon_use", (facts.coupon_id, facts.use_no)))
        return Outcome()
    holder = uses.holder_of(work.connection, facts.coupon_id, facts.use_no)
    if holder is None:
        return Outcome(QUARANTINED, "claim-mismatch")
    is_own = (holder.claim_id, holder.device, holder.state) == (facts.claim_id, work.caller.device, GRANTED)
    if not is_own:
        return _pair(work, facts, number, holder)
    consumed = {
        "of_claim": facts.claim_id,
        "by_tier": facts.tier,
        "in_epoch": work.epoch,
        "by_seq": row.seq,
        "by_operator": facts.operator,
        "worth": facts.loss_minor,
        "moment": facts.at_ms,
    }
    work.connection.execute(_CONSUME, consumed)
    work.changes.append(("coupon_use", (facts.coupon_id, facts.use_no)))
    return Outcome()


def _pair(work: Application, facts: EntryFacts, number: int, holder: Row[Any]) -> Outcome:
    """Keep both sides of a double use, and what the second one cost."""
    named = holder_document(holder)
    conflict = {
        "inbox_id": number,
        "coupon_id": facts.coupon_id,
        "use_no": facts.use_no,
        "holder_claim_id": holder.claim_id,
        "holder": json.dumps(named, ensure_ascii=False),
        "loss_minor": facts.loss_minor,
        "store": facts.store,
        "state": CONFLICT_OPEN,
        "at_ms": work.now_ms,
    }
    work.connection.execute(_CONFLICT, conflict)
    return Outcome(CONFLICTING, holder=named)


def _intent(work: Application, row: ReadRow, facts: EntryFacts, _number: int) -> Outcome:
    """Say who asked for a use that is granted and not redeemed yet."""
    named = work.connection.execute(_NAME_CLERK, {"of_claim": facts.claim_id, "by_operator": facts.operator})
    if named.rowcount and facts.operator and facts.use_no is not None:
        work.changes.append(("coupon_use", (facts.coupon_id, facts.use_no)))
    _end_waiting(work, row)
    return Outcome()


def _void(work: Application, _row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """Take an earlier entry of the same journal back, or wait for it."""
    epoch = facts.target_epoch or work.epoch
    target = _target(work, epoch, facts.target_seq, facts.claim_id)
    if target is None:
        waiting = {"device": work.caller.device, "epoch": epoch}
        work.connection.execute(
            _WAIT[work.connection.dialect.name],
            {**waiting, "target_seq": facts.target_seq, "inbox_id": number},
        )
        return Outcome()
    if target.kind not in {EntryKind.REDEEM, EntryKind.INTENT}:
        return Outcome(QUARANTINED, "void-target")
    _take_back(work, target)
    return Outcome()


def _end_waiting(work: Application, row: ReadRow) -> None:
    """Let the void take effect that came before this entry."""
    if row.seq not in work.waiting_voids:
        return
    about = {"of_device": work.caller.device, "of_epoch": work.epoch, "target": row.seq}
    claim_id = work.connection.execute(_WAITING_CLAIM, about).scalar() or ""
    target = _target(work, work.epoch, row.seq, claim_id)
    if target is not None:
        work.connection.execute(_WAITED, about)
        _take_back(work, target)


def _target(work: Application, epoch: int, seq: int, claim_id: str) -> Row[Any] | None:
    """The entry that a void means. Where two copies of a lane used one number, the claim tells which."""
    about = {"of_device": work.caller.device, "of_epoch": epoch, "target_seq": seq}
    rows = work.connection.execute(_TARGET, about).all()
    if claim_id:
        return next((row for row in rows if row.claim_id == claim_id), None)
    return next((row for row in rows if row.result != FORKED), None)


def _take_back(work: Application, target: Row[Any]) -> None:
    if target.voided:
        return
    work.connection.execute(_VOIDED, {"of_id": target.id})
    work.connection.execute(_CONFLICT_VOIDED, {"of_id": target.id})
    claim = uses.claim_by_id(work.connection, target.claim_id)
    if claim is None:
        # The claim may still be on its way: it must find that it was given back.
        about = (target.coupon_id, target.use_no or 0, work.caller.device)
        uses.note_release(work.connection, target.claim_id, about, "void", work.now_ms)
    elif (claim.device, claim.epoch, claim.seq) == (work.caller.device, target.epoch, target.seq):
        uses.free(work.connection, claim, "void", work.now_ms)
        work.changes.append(("coupon_use", (claim.coupon_id, claim.use_no)))


EFFECTS: Final[Effects] = {EntryKind.REDEEM: _redeem, EntryKind.INTENT: _intent, EntryKind.VOID: _void}
