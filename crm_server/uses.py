"""Who holds which use of which coupon: the table whose primary key is the promise "once" (PROTOCOL 3.8).

Apart from claims and effects because both take uses and both free them, and a freed use goes to whoever was second.
"""

from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from . import conflict_steps, quotas
from .coupon_facts import HOLDERS
from .entry_facts import EntryFacts, facts_of
from .offer_rows import offer_of
from .schema import CLAIM, CONFLICT, INBOX, RELEASED_CLAIM

GRANTED: Final = "granted"
CONSUMED: Final = "consumed"
RELEASED: Final = "released"

# States of a conflict: both entries stand; the second one got the use later; the second one was taken back.
CONFLICT_OPEN: Final = "open"
CONFLICT_PROMOTED: Final = "promoted"
CONFLICT_VOIDED: Final = "voided"

_BY_ID: Final = HOLDERS.where(CLAIM.c.claim_id == bindparam("claim_id"))
_BY_USE: Final = HOLDERS.where(CLAIM.c.coupon_id == bindparam("coupon_id"), CLAIM.c.use_no == bindparam("use_no"))
_BY_COUPON_OR_ID: Final = HOLDERS.where(
    or_(CLAIM.c.coupon_id == bindparam("coupon_id"), CLAIM.c.claim_id == bindparam("claim_id"))
).order_by(CLAIM.c.use_no)
_DELETE: Final = delete(CLAIM).where(CLAIM.c.claim_id == bindparam("of_claim"))
_FORGET: Final = delete(RELEASED_CLAIM).where(RELEASED_CLAIM.c.claim_id == bindparam("of_claim"))
_NOTE: Final = insert(RELEASED_CLAIM)
# Another transaction may take the use between our look and our insert: the key says so without an error.
_TAKE: Final = {
    "sqlite": sqlite.insert(CLAIM).on_conflict_do_nothing().returning(CLAIM.c.claim_id),
    "postgresql": postgresql.insert(CLAIM).on_conflict_do_nothing().returning(CLAIM.c.claim_id),
}
_SECOND: Final = (
    select(CONFLICT.c.id.label("conflict_id"), INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.body, INBOX.c.hash)
    .join(INBOX, INBOX.c.id == CONFLICT.c.inbox_id)
    .where(
        CONFLICT.c.coupon_id == bindparam("coupon_id"),
        CONFLICT.c.use_no == bindparam("use_no"),
        CONFLICT.c.state == CONFLICT_OPEN,
    )
    .order_by(CONFLICT.c.id)
    .limit(1)
)
_SETTLE: Final = update(CONFLICT).where(CONFLICT.c.id == bindparam("of_id")).values(state=bindparam("to"))


def take(connection: Connection, row: dict[str, Any]) -> bool:
    """Insert a claim; False where the use, or the claim's id, is taken."""
    return connection.execute(_TAKE[connection.dialect.name], row).scalar() is not None


def holder_of(connection: Connection, coupon_id: str, use_no: int) -> Row[Any] | None:
    """Who holds a use, as a row of ``HOLDERS``."""
    return connection.execute(_BY_USE, {"coupon_id": coupon_id, "use_no": use_no}).one_or_none()


def holders_or_claim(connection: Connection, coupon_id: str, claim_id: str) -> list[Row[Any]]:
    """Who holds the uses of a coupon, and the claim of that id, whatever it is for; rows of ``HOLDERS``."""
    return list(connection.execute(_BY_COUPON_OR_ID, {"coupon_id": coupon_id, "claim_id": claim_id}))


def claim_by_id(connection: Connection, claim_id: str) -> Row[Any] | None:
    """A claim that stands, as a row of ``HOLDERS``."""
    return connection.execute(_BY_ID, {"claim_id": claim_id}).one_or_none()


def free(connection: Connection, claim: Row[Any], reason: str, now_ms: int) -> None:
    """Give a use back; a redemption that lost it gets it now. The caller logs the change of this use."""
    connection.execute(_DELETE, {"of_claim": claim.claim_id})
    quotas.give_back(connection, claim.claim_id)
    note_release(connection, claim.claim_id, (claim.coupon_id, claim.use_no, claim.device), reason, now_ms)
    second = connection.execute(_SECOND, {"coupon_id": claim.coupon_id, "use_no": claim.use_no}).one_or_none()
    if second is None:
        return
    facts = facts_of(second.body, bytes.fromhex(second.hash))
    if take(connection, consumed_row(facts, second.device, second.epoch, second.seq)):
        connection.execute(_SETTLE, {"of_id": second.conflict_id, "to": CONFLICT_PROMOTED})
        conflict_steps.note_promoted(connection, second.conflict_id, now_ms)
        quotas.note(connection, facts, offer_of(connection, facts.campaign))


def note_release(connection: Connection, claim_id: str, about: tuple[str, int, str], reason: str, now_ms: int) -> None:
    """Remember that a claim was given back; ``about`` is coupon, use and device."""
    coupon_id, use_no, device = about
    connection.execute(_FORGET, {"of_claim": claim_id})
    row = {"claim_id": claim_id, "coupon_id": coupon_id, "use_no": use_no, "device": device}
    connection.execute(_NOTE, {**row, "reason": reason, "at_ms": now_ms})


def consumed_row(facts: EntryFacts, device: str, epoch: int, seq: int) -> dict[str, Any]:
    """The claim of a redemption."""
    return {
        "coupon_id": facts.coupon_id,
        "use_no": facts.use_no,
        "claim_id": facts.claim_id,
        "state": CONSUMED,
        "tier": facts.tier,
        "device": device,
        "epoch": epoch,
        "seq": seq,
        "store": facts.store,
        "lane": facts.lane,
        "operator": facts.operator,
        "value_minor": facts.loss_minor,
        "at_ms": facts.at_ms,
        "campaign": facts.campaign,
        "member_ref": facts.member_ref,
    }
