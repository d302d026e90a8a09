"""Entries that move accounts take effect in the order of their journal, each when nothing before it is missing.

Apart from the inbox, which stores whatever comes in whatever order: a lane adds to a balance all its entries after the
mark ``applied``, so what the centre has counted must be exactly what stands up to that mark.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, insert, select

from .application import QUARANTINED, Application, Effects, Outcome, Placed, become
from .entry_facts import ReadRow, facts_of
from .savepoints import ENTRY_FAULTS, savepoint
from .schema import DEVICE_EPOCH, INBOX, WAITING_ENTRY, WAITING_VOID

LOG = logging.getLogger("crm_server.inbox")

_WAITING: Final = (
    select(INBOX, WAITING_ENTRY.c.seq.label("place"))
    .join(WAITING_ENTRY, WAITING_ENTRY.c.inbox_id == INBOX.c.id)
    .where(WAITING_ENTRY.c.device == bindparam("of_device"), WAITING_ENTRY.c.epoch <= bindparam("of_epoch"))
    .order_by(WAITING_ENTRY.c.epoch, WAITING_ENTRY.c.seq)
)
_LATER: Final = select(DEVICE_EPOCH.c.epoch).where(
    DEVICE_EPOCH.c.device == bindparam("of_device"),
    DEVICE_EPOCH.c.epoch > bindparam("of_epoch"),
    DEVICE_EPOCH.c.ack_seq > 0,
)
_VOIDS: Final = select(WAITING_VOID.c.target_seq).where(
    WAITING_VOID.c.device == bindparam("of_device"), WAITING_VOID.c.epoch == bindparam("of_epoch")
)
_VOIDED: Final = select(INBOX.c.voided).where(INBOX.c.id == bindparam("of_id"))
_WAIT: Final = insert(WAITING_ENTRY)
_DONE: Final = delete(WAITING_ENTRY).where(WAITING_ENTRY.c.inbox_id == bindparam("of_id"))


def count(work: Application, ack_seq: int, effects: Effects) -> dict[str, Outcome]:
    """Let everything take effect whose turn has come; what has not stays in line.

    Args:
        work: with the entries of its batch that move accounts.
        ack_seq: up to where its epoch is stored without a gap.
        effects: of all kinds.

    Returns:
        What became of each, by inbox number as lanes read it.
    """
    about = {"of_device": work.caller.device, "of_epoch": work.epoch}
    waiting = work.connection.execute(_WAITING, about).all()
    if not waiting and not work.line:
        return {}
    # Once a later epoch is counted, the mark stands there and no lane adds up this one.
    is_past = work.connection.execute(_LATER, about).first() is not None
    earlier = [row for row in waiting if row.epoch < work.epoch and ack_seq]
    due = {
        placed.row.seq: placed
        for placed in (*(_placed(row) for row in waiting if row.epoch == work.epoch), *work.line)
        if is_past or placed.row.seq <= ack_seq
    }
    outcomes = _earlier(work, earlier, effects) | _in_turn(work, [due[seq] for seq in sorted(due)], effects)
    for row in waiting:
        if row.id in outcomes:
            work.connection.execute(_DONE, {"of_id": row.id})
    _stay(work, [placed for placed in work.line if placed.number not in outcomes])
    return {str(number): outcome for number, outcome in outcomes.items()}


def _earlier(work: Application, rows: Sequence[Row[Any]], effects: Effects) -> dict[int, Outcome]:
    """What waited in epochs that are over now, their gaps included."""
    outcomes: dict[int, Outcome] = {}
    for epoch in sorted({row.epoch for row in rows}):
        voids = work.connection.execute(_VOIDS, {"of_device": work.caller.device, "of_epoch": epoch}).scalars()
        then = replace(work, epoch=epoch, waiting_voids=frozenset(voids))
        outcomes |= _in_turn(then, [_placed(row) for row in rows if row.epoch == epoch], effects)
    return outcomes


def _in_turn(work: Application, due: Sequence[Placed], effects: Effects) -> dict[int, Outcome]:
    logged = len(work.changes)
    try:
        with savepoint(work.connection):
            return {placed.number: _effect(work, placed, effects) for placed in due}
    except ENTRY_FAULTS:
        work.undo_to(logged)
        return {placed.number: _effect_alone(work, placed, effects) for placed in due}


def _effect_alone(work: Application, placed: Placed, effects: Effects) -> Outcome:
    logged = len(work.changes)
    try:
        with savepoint(work.connection):
            return _effect(work, placed, effects)
    except ENTRY_FAULTS as error:
        LOG.error("entry %s of %s could not be applied: %s", placed.row.seq, work.caller.device, type(error).__name__)  # noqa: TRY400
        work.undo_to(logged)
        failed = Outcome(QUARANTINED, "server-error")
        become(work.connection, placed.number, failed)
        return failed


def _effect(work: Application, placed: Placed, effects: Effects) -> Outcome:
    # A void that names no account does not wait in line, and may have come first.
    if work.connection.execute(_VOIDED, {"of_id": placed.number}).scalar():
        return Outcome()
    effect = effects.get(placed.facts.kind)
    outcome = effect(work, placed.row, placed.facts, placed.number) if effect else Outcome()
    become(work.connection, placed.number, outcome)
    return outcome


def _placed(row: Row[Any]) -> Placed:
    facts = facts_of(row.body, bytes.fromhex(row.hash))
    return Placed(row.id, ReadRow(row.seq, row.hash, row.body, row.sig, is_own=True, kind=row.kind, facts=facts), facts)


def _stay(work: Application, rest: Sequence[Placed]) -> None:
    if rest:
        place = {"device": work.caller.device, "epoch": work.epoch}
        work.connection.execute(_WAIT, [{**place, "seq": one.row.seq, "inbox_id": one.number} for one in rest])
