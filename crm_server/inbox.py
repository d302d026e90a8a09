"""The inbox: every well-signed entry is stored once, for ever, whatever the centre thinks of it (PROTOCOL 3.4).

Apart from the effects because storing must not depend on them: an entry whose effect fails is stored as quarantined,
and the other rows of its batch go on.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select

from pos_client.domain.journal_entry import EntryKind

from . import change_log, devices, journal_order, merging
from .application import FORKED, QUARANTINED, Application, Effects, Outcome, Placed, become
from .devices import REVOKED, Caller
from .entry_facts import EntryFacts, ReadRow
from .problems import Problem
from .savepoints import ENTRY_FAULTS, savepoint
from .schema import CONFLICT, IDEMPOTENCY, INBOX, QUARANTINE, WAITING_VOID
from .stored_ranges import StoredRanges, advance

LOG = logging.getLogger("crm_server.inbox")

DUPLICATE: Final = "duplicate"

_SAME_KEY: Final = select(IDEMPOTENCY.c.digest).where(IDEMPOTENCY.c.key == bindparam("of_key"))
_NEW_KEY: Final = insert(IDEMPOTENCY)
_STORED: Final = (
    select(INBOX.c.id, INBOX.c.seq, INBOX.c.hash, INBOX.c.result, INBOX.c.reason, CONFLICT.c.holder)
    .outerjoin(CONFLICT, CONFLICT.c.inbox_id == INBOX.c.id)
    .where(
        INBOX.c.device == bindparam("of_device"),
        INBOX.c.epoch == bindparam("of_epoch"),
        INBOX.c.seq.between(bindparam("first"), bindparam("last")),
    )
)
_DISTRUSTED: Final = select(QUARANTINE.c.id, QUARANTINE.c.seq, QUARANTINE.c.hash, QUARANTINE.c.reason).where(
    QUARANTINE.c.device == bindparam("of_device"),
    QUARANTINE.c.epoch == bindparam("of_epoch"),
    QUARANTINE.c.seq.between(bindparam("first"), bindparam("last")),
)
_WAITING: Final = select(WAITING_VOID.c.target_seq).where(
    WAITING_VOID.c.device == bindparam("of_device"), WAITING_VOID.c.epoch == bindparam("of_epoch")
)
_STORE: Final = insert(INBOX)
_STORE_MANY: Final = insert(INBOX).returning(INBOX.c.id, INBOX.c.seq)
_STORE_DISTRUSTED: Final = insert(QUARANTINE)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one epoch of the caller's journal, in the order of their numbers.

    Attributes:
        key: the idempotency key. digest: SHA-256 of the body behind it, hexadecimal.
    """

    epoch: int
    rows: Sequence[ReadRow]
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row."""

    seq: int
    hash: str
    result: str
    server_ref: str
    original: str = ""
    reason: str = ""
    holder: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a batch, and what is stored of its epoch now."""

    results: list[RowResult]
    stored: StoredRanges


def digest_of(body: bytes) -> str:
    """The fingerprint of a batch's body, as sent but inflated."""
    return hashlib.sha256(body).hexdigest()


def store_batch(connection: Connection, caller: Caller, batch: Batch, effects: Effects, now_ms: int) -> BatchResult:
    """Store every row, apply what can be applied.

    Raises:
        Problem: batch-malformed, idempotency-mismatch.
    """
    if batch.epoch > caller.epoch:
        raise Problem("batch-malformed", "the device never had this epoch")
    _remember_key(connection, batch)
    waiting = connection.execute(_WAITING, {"of_device": caller.device, "of_epoch": batch.epoch}).scalars()
    work = Application(connection, caller, batch.epoch, now_ms, frozenset(waiting))
    before = _stored_before(connection, caller.device, batch)
    try:
        # One savepoint for all is cheaper than one for each; only a row that fails needs to fail alone.
        with savepoint(connection):
            work.own_refs |= _own_refs(connection, batch.rows)
            numbers = _stored_at_once(work, batch.rows, before)
            results = [_row(work, row, before, effects, numbers.get(row.seq)) for row in batch.rows]
    except ENTRY_FAULTS:
        work.undo_to(0, 0)
        results = [_row_alone(work, row, before, effects) for row in batch.rows]
    stored = advance(connection, caller.device, batch.epoch)
    counted = journal_order.count(work, stored.ack_seq, effects)
    if any(result.result != DUPLICATE for result in results):
        work.changes.append((change_log.APPLIED, (caller.store, caller.device)))
    change_log.append(connection, work.changes)
    return BatchResult([_counted(result, counted.get(result.server_ref)) for result in results], stored)


def _counted(result: RowResult, outcome: Outcome | None) -> RowResult:
    """What became of a row whose turn came at the end of the batch."""
    if outcome is None:
        return result
    return replace(result, result=outcome.result, reason=outcome.reason, holder=outcome.holder)


def _remember_key(connection: Connection, batch: Batch) -> None:
    digest = connection.execute(_SAME_KEY, {"of_key": batch.key}).scalar()
    if digest is None:
        connection.execute(_NEW_KEY, {"key": batch.key, "digest": batch.digest})
    elif digest != batch.digest:
        raise Problem("idempotency-mismatch")


Stored = dict[int, dict[str, Row[Any]]]


def _stored_before(connection: Connection, device: str, batch: Batch) -> tuple[Stored, Stored]:
    """What stands in inbox and quarantine under the batch's numbers: number, then hash."""
    bounds = {"of_device": device, "of_epoch": batch.epoch, "first": batch.rows[0].seq, "last": batch.rows[-1].seq}
    return _by_number(connection.execute(_STORED, bounds)), _by_number(connection.execute(_DISTRUSTED, bounds))


def _by_number(rows: Iterable[Row[Any]]) -> Stored:
    found: Stored = {}
    for row in rows:
        found.setdefault(row.seq, {})[row.hash] = row
    return found


def _row_alone(work: Application, row: ReadRow, before: tuple[Stored, Stored], effects: Effects) -> RowResult:
    """As ``_row``; where an effect fails, its entry is stored without it."""
    logged, placed = len(work.changes), len(work.line)
    try:
        with savepoint(work.connection):
            return _row(work, row, before, effects)
    except ENTRY_FAULTS as error:
        LOG.error("entry %s of %s could not be applied: %s", row.seq, work.caller.device, type(error).__name__)  # noqa: TRY400
        work.undo_to(logged, placed)
        return _stored(work, row, Outcome(QUARANTINED, "server-error"))


def _own_refs(connection: Connection, rows: Sequence[ReadRow]) -> dict[str, str]:
    """Whom the members of a batch stand for, asked once for all of them."""
    return merging.own_refs(connection, (row.facts.member_ref for row in rows if row.facts))


def _stored_at_once(work: Application, rows: Sequence[ReadRow], before: tuple[Stored, Stored]) -> dict[int, int]:
    """Store what is new and can take effect, with one statement; inbox numbers by the rows' own.

    Effects then run one by one, in order, as ever. None of them looks for a later entry of its journal but a void of
    one, which must not find it yet: then all are stored one by one.
    """
    if any(_is_of_later(row, work.epoch) for row in rows):
        return {}
    new = [row for row in rows if row.is_own and row.facts is not None and row.seq not in before[0]]
    if not new:
        return {}
    values = [_values(work, row, Outcome()) for row in new]
    return {row.seq: row.id for row in work.connection.execute(_STORE_MANY, values)}


def _is_of_later(row: ReadRow, epoch: int) -> bool:
    facts = row.facts
    if facts is None or facts.kind is not EntryKind.VOID:
        return False
    return (facts.target_epoch or epoch) == epoch and facts.target_seq >= row.seq


def _row(
    work: Application, row: ReadRow, before: tuple[Stored, Stored], effects: Effects, number: int | None = None
) -> RowResult:
    """Store one row, unless it was given its number already, and let it take effect where it can."""
    own, distrusted = before
    if not row.is_own:
        return _distrust(work, row, distrusted)
    same_number = own.get(row.seq, {})
    if row.hash in same_number:
        same = same_number[row.hash]
        holder = json.loads(same.holder) if same.holder else None
        return RowResult(row.seq, row.hash, DUPLICATE, str(same.id), same.result, same.reason, holder)
    if same_number:
        return _fork(work, row, effects)
    if row.facts is None:
        return _stored(work, row, Outcome(QUARANTINED, row.fault))
    return _apply(work, row, row.facts, effects, _store(work, row, Outcome()) if number is None else number)


def _fork(work: Application, row: ReadRow, effects: Effects) -> RowResult:
    """Store a row beside another of its number: both happened, so this one takes its use, or is paired, as well.

    A fork of an epoch that was fenced off before is history, and says nothing against the device as it is now.
    """
    if work.epoch == work.caller.epoch:
        devices.flag(work.connection, work.caller.device, work.caller.state)
    number = _store(work, row, Outcome(FORKED))
    effect = effects.get(row.facts.kind) if row.facts else None
    holder = effect(work, row, row.facts, number).holder if effect and row.facts else None
    return _result(row, number, Outcome(FORKED, holder=holder))


def _apply(work: Application, row: ReadRow, facts: EntryFacts, effects: Effects, number: int) -> RowResult:
    if facts.moves_accounts:
        work.line.append(Placed(number, row, facts))
        return _result(row, number, Outcome())
    effect = effects.get(facts.kind)
    outcome = effect(work, row, facts, number) if effect else Outcome()
    become(work.connection, number, outcome)
    return _result(row, number, outcome)


def _stored(work: Application, row: ReadRow, outcome: Outcome) -> RowResult:
    return _result(row, _store(work, row, outcome), outcome)


def _result(row: ReadRow, number: int, outcome: Outcome) -> RowResult:
    return RowResult(row.seq, row.hash, outcome.result, str(number), reason=outcome.reason, holder=outcome.holder)


def _store(work: Application, row: ReadRow, outcome: Outcome) -> int:
    key = work.connection.execute(_STORE, _values(work, row, outcome)).inserted_primary_key
    return int(key[0]) if key else 0


def _values(work: Application, row: ReadRow, outcome: Outcome) -> dict[str, Any]:
    """A row of the inbox."""
    facts = row.facts
    return {
        "device": work.caller.device,
        "epoch": work.epoch,
        "seq": row.seq,
        "hash": row.hash,
        "body": row.body,
        "sig": row.sig,
        "kind": row.kind,
        "result": outcome.result,
        "reason": outcome.reason,
        "coupon_id": facts.coupon_id if facts else "",
        "use_no": facts.use_no if facts else None,
        "claim_id": facts.claim_id if facts else "",
        "voided": 0,
        "late": int(work.caller.state == REVOKED),
        "received_ms": work.now_ms,
    }


def _distrust(work: Application, row: ReadRow, distrusted: Stored) -> RowResult:
    """Keep a row that is not the device's own word, where it can neither block nor pretend."""
    same = distrusted.get(row.seq, {}).get(row.hash)
    if same is not None:
        return RowResult(row.seq, row.hash, DUPLICATE, f"q-{same.id}", QUARANTINED, same.reason)
    values = {
        "device": work.caller.device,
        "epoch": work.epoch,
        "seq": row.seq,
        "hash": row.hash,
        "body": row.body,
        "sig": row.sig,
        "reason": row.fault,
        "received_ms": work.now_ms,
    }
    key = work.connection.execute(_STORE_DISTRUSTED, values).inserted_primary_key
    return RowResult(row.seq, row.hash, QUARANTINED, f"q-{key[0] if key else 0}", reason=row.fault)
