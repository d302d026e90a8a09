"""What a void does: it takes an earlier entry of the same journal back, or waits for it.

Apart from the effects that it undoes because it is the same for all of them: one entry is marked, and what it did is
undone by its own kind.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pos_client.domain.journal_entry import EntryKind

from . import account_effects, booth_effects, conflict_steps, purchase_effects, use_effects
from .application import FORKED, QUARANTINED, Application, Outcome
from .entry_facts import EntryFacts, ReadRow
from .schema import CONFLICT, INBOX, WAITING_VOID
from .uses import CONFLICT_VOIDED

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
    select(INBOX.c.seq, INBOX.c.claim_id).join(WAITING_VOID, WAITING_VOID.c.inbox_id == INBOX.c.id).where(*_ONE_WAITING)
)
_OF_USES: Final = frozenset({EntryKind.REDEEM, EntryKind.INTENT})
# How each kind is undone, given its row of the inbox and the void's number in the journal.
_UNDO: Final[Mapping[EntryKind, Callable[[Application, Row[Any], int], None]]] = {
    EntryKind.REDEEM: use_effects.give_back,
    EntryKind.INTENT: use_effects.give_back,
    EntryKind.TRANSACTION: purchase_effects.take_back,
    EntryKind.EARN: account_effects.take_back,
    EntryKind.BURN: account_effects.take_back,
    EntryKind.ISSUE: booth_effects.withdraw,
    EntryKind.HAND_OVER: booth_effects.put_back,
}


def void_of_use(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """As ``void``, where nothing but uses is counted: what takes back anything else is only kept."""
    target = _target(work, facts.target_epoch or work.epoch, facts.target_seq, facts.claim_id)
    if target is not None and target.kind not in _OF_USES:
        return Outcome()
    return void(work, row, facts, number)


def void(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
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
    if target.kind not in _UNDO:
        return Outcome(QUARANTINED, "void-target")
    _take_back(work, target, row.seq)
    return Outcome()


def end_waiting(work: Application, row: ReadRow) -> None:
    """Let the void take effect that came before this entry."""
    if row.seq not in work.waiting_voids:
        return
    about = {"of_device": work.caller.device, "of_epoch": work.epoch, "target": row.seq}
    waiting = work.connection.execute(_WAITING_CLAIM, about).one_or_none()
    target = _target(work, work.epoch, row.seq, waiting.claim_id if waiting else "")
    if target is not None and waiting is not None:
        work.connection.execute(_WAITED, about)
        _take_back(work, target, waiting.seq)


def _target(work: Application, epoch: int, seq: int, claim_id: str) -> Row[Any] | None:
    """The entry that a void means. Where two copies of a lane used one number, the claim tells which."""
    about = {"of_device": work.caller.device, "of_epoch": epoch, "target_seq": seq}
    rows = work.connection.execute(_TARGET, about).all()
    if claim_id:
        return next((row for row in rows if row.claim_id == claim_id), None)
    return next((row for row in rows if row.result != FORKED), None)


def _take_back(work: Application, target: Row[Any], by_seq: int) -> None:
    if target.voided:
        return
    work.connection.execute(_VOIDED, {"of_id": target.id})
    work.connection.execute(_CONFLICT_VOIDED, {"of_id": target.id})
    conflict_steps.note_voided(work.connection, target.id, work.now_ms)
    _UNDO[EntryKind(target.kind)](work, target, by_seq)
