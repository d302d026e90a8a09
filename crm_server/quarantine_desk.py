"""The quarantine desk: entries that were stored and not applied, until a person or a newer program settles each.

Apart from the inbox because nothing is received here. An entry stays what its lane wrote: applying it runs the effect
that could not be run when it came, once; accepting and writing off only say who answers for it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, String, cast, delete, func, insert, literal, select, update

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from . import change_log, journal_order
from .application import ACCEPTED, QUARANTINED, Application, Effects, Outcome, Placed, become
from .devices import Caller
from .entry_facts import EntryFacts, ReadRow, facts_of
from .entry_fields import BadField
from .savepoints import ENTRY_FAULTS, savepoint
from .schema import DEVICE, INBOX, QUARANTINE, QUARANTINE_DECISION, STORE, WAITING_VOID
from .stored_ranges import stored_ranges

OPEN: Final = "open"
DISTRUSTED: Final = "q-"
_REF: Final = cast(INBOX.c.id, String)
_APART_REF: Final = literal(DISTRUSTED).concat(cast(QUARANTINE.c.id, String))
_STATE: Final = func.coalesce(QUARANTINE_DECISION.c.state, OPEN).label("state")


class Settled(StrEnum):
    """What became of an entry in quarantine."""

    APPLIED = "applied"
    ACCEPTED = "accepted"
    WRITTEN_OFF = "written-off"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, with his name and his reason."""

    state: Settled
    owner: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an entry that was tried again; ``reason`` where it stays in quarantine."""

    ref: str
    result: str
    reason: str = ""


def on_desk(connection: Connection, *, settled: bool = False) -> list[dict[str, Any]]:
    """Entries in quarantine, oldest first; with ``settled`` also those that somebody settled."""
    common = [_STATE, QUARANTINE_DECISION.c.owner, QUARANTINE_DECISION.c.note]
    entry = ("device", "epoch", "seq", "reason", "received_ms")
    own = (
        select(_REF.label("ref"), INBOX.c.kind, *(INBOX.c[name] for name in entry), *common)
        .outerjoin(QUARANTINE_DECISION, QUARANTINE_DECISION.c.ref == _REF)
        .where((INBOX.c.result == QUARANTINED) | QUARANTINE_DECISION.c.ref.is_not(None))
        .order_by(INBOX.c.id)
    )
    apart = (
        select(_APART_REF.label("ref"), literal("").label("kind"), *(QUARANTINE.c[name] for name in entry), *common)
        .outerjoin(QUARANTINE_DECISION, QUARANTINE_DECISION.c.ref == _APART_REF)
        .order_by(QUARANTINE.c.id)
    )
    rows = [_document(row) for query in (own, apart) for row in connection.execute(query).mappings()]
    return [row for row in rows if settled or row["state"] == OPEN]


def apply_again(
    connection: Connection, refs: list[str], decision: Decision, effects: Effects, now_ms: int
) -> list[Tried]:
    """Try entries again, each alone; those that take effect now leave the quarantine for good."""
    return [_apply(connection, ref, decision, effects, now_ms) for ref in refs]


def settle(connection: Connection, refs: list[str], decision: Decision, now_ms: int) -> list[str]:
    """Accept entries or write them off; the refs that were open and are settled now."""
    still_open = {row["ref"] for row in on_desk(connection)}
    done = [ref for ref in dict.fromkeys(refs) if ref in still_open]
    for ref in done:
        _note(connection, ref, decision, now_ms)
    return done


def _apply(connection: Connection, ref: str, decision: Decision, effects: Effects, now_ms: int) -> Tried:
    row = _locked(connection, ref)
    if row is None:
        return Tried(ref, QUARANTINED, "bad-signature" if ref.startswith(DISTRUSTED) else "not-in-quarantine")
    try:
        facts = facts_of(row.body, bytes.fromhex(row.hash))
        with savepoint(connection):
            outcome = _applied(_take_effect(connection, row, facts, effects, now_ms))
            _note(connection, ref, decision, now_ms)
    except BadField as bad:
        return Tried(ref, QUARANTINED, str(bad))
    except ENTRY_FAULTS:
        return Tried(ref, QUARANTINED, "server-error")
    return Tried(ref, outcome.result, outcome.reason)


def _applied(outcome: Outcome) -> Outcome:
    """The outcome of an effect that could be run; what it wrote is undone where it could not."""
    if outcome.result == QUARANTINED:
        raise BadField(outcome.reason)
    return outcome


def _locked(connection: Connection, ref: str) -> Row[Any] | None:
    """The entry, held until the job ends; None where it is not in quarantine (any more)."""
    if not (ref.isascii() and ref.isdecimal() and len(ref) < 19):
        return None
    query = select(INBOX).where(INBOX.c.id == int(ref), INBOX.c.result == QUARANTINED)
    return connection.execute(query.with_for_update()).one_or_none()


def _take_effect(connection: Connection, row: Row[Any], facts: EntryFacts, effects: Effects, now_ms: int) -> Outcome:
    """The effect, as when the entry had come just now; the inbox then says what became of it."""
    now_known: dict[str, Any] = {
        "kind": facts.kind.value,
        "result": ACCEPTED,
        "reason": "",
        "coupon_id": facts.coupon_id,
    }
    now_known |= {"use_no": facts.use_no, "claim_id": facts.claim_id}
    connection.execute(update(INBOX).where(INBOX.c.id == row.id).values(**now_known))
    work = _work(connection, row, now_ms)
    read = ReadRow(row.seq, row.hash, row.body, row.sig, is_own=True, kind=facts.kind.value, facts=facts)
    if facts.moves_accounts:
        work.line.append(Placed(row.id, read, facts))
        ack_seq = stored_ranges(connection, row.device, row.epoch).ack_seq
        outcome = journal_order.count(work, ack_seq, effects).get(str(row.id), Outcome())
    else:
        # What its lane took back meanwhile has nothing left to do.
        effect = None if row.voided else effects.get(facts.kind)
        outcome = effect(work, read, facts, row.id) if effect else Outcome()
        become(connection, row.id, outcome)
    change_log.append(connection, [*work.changes, (change_log.APPLIED, (work.caller.store, row.device))])
    return outcome


def _work(connection: Connection, row: Row[Any], now_ms: int) -> Application:
    who = connection.execute(
        select(DEVICE, STORE.c.zone).join(STORE, STORE.c.number == DEVICE.c.store).where(DEVICE.c.id == row.device)
    ).one()
    voids = select(WAITING_VOID.c.target_seq).where(
        WAITING_VOID.c.device == row.device, WAITING_VOID.c.epoch == row.epoch
    )
    caller = Caller(who.id, who.store, who.lane, who.zone, who.epoch, who.state)
    return Application(connection, caller, row.epoch, now_ms, frozenset(connection.execute(voids).scalars()))


def _note(connection: Connection, ref: str, decision: Decision, now_ms: int) -> None:
    said = {"state": decision.state.value, "owner": decision.owner, "note": decision.note, "at_ms": now_ms}
    connection.execute(delete(QUARANTINE_DECISION).where(QUARANTINE_DECISION.c.ref == ref))
    connection.execute(insert(QUARANTINE_DECISION).values(ref=ref, **said))


def _document(row: Any) -> dict[str, Any]:
    values = {name: value for name, value in dict(row).items() if value is not None}
    return values | {"received_at": wire_time(from_ms(values.pop("received_ms")))}
