"""What redemptions and intents do: a redemption consumes its use, an intent names its clerk.

Apart from the other effects because these alone are about uses of coupons.
"""

import json
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, update

from . import member_limits, quotas, uses
from .application import CONFLICTING, QUARANTINED, Application, Outcome
from .coupon_facts import holder_document
from .entry_facts import EntryFacts, ReadRow
from .loss_causes import cause_of
from .schema import CLAIM, CONFLICT
from .uses import CONFLICT_OPEN, CONSUMED, GRANTED

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


def redeem(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
    """Consume the use; first come, first served, whatever tier granted it."""
    if facts.use_no is None:
        return Outcome()
    if uses.take(work.connection, uses.consumed_row(facts, work.caller.device, work.epoch, row.seq)):
        work.changes.append(("coupon_use", (facts.coupon_id, facts.use_no)))
        offer = work.offers.of(facts.campaign)
        quotas.note(work.connection, facts, offer)
        member_limits.note_excess(work.connection, facts, offer, number, work.now_ms)
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
        "cause": cause_of(work.connection, facts, (work.caller.device, work.epoch), holder).value,
    }
    work.connection.execute(_CONFLICT, conflict)
    return Outcome(CONFLICTING, holder=named)


def intent(work: Application, _row: ReadRow, facts: EntryFacts, _number: int) -> Outcome:
    """Say who asked for a use that is granted and not redeemed yet."""
    named = work.connection.execute(_NAME_CLERK, {"of_claim": facts.claim_id, "by_operator": facts.operator})
    if named.rowcount and facts.operator and facts.use_no is not None:
        work.changes.append(("coupon_use", (facts.coupon_id, facts.use_no)))
    return Outcome()


def give_back(work: Application, target: Row[Any], _by_seq: int) -> None:
    """Take a redemption or an intent back."""
    claim = uses.claim_by_id(work.connection, target.claim_id)
    if claim is None:
        # The claim may still be on its way: it must find that it was given back.
        about = (target.coupon_id, target.use_no or 0, work.caller.device)
        uses.note_release(work.connection, target.claim_id, about, "void", work.now_ms)
    elif (claim.device, claim.epoch, claim.seq) == (work.caller.device, target.epoch, target.seq):
        uses.free(work.connection, claim, "void", work.now_ms)
        work.changes.append(("coupon_use", (claim.coupon_id, claim.use_no)))
