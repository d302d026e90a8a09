"""Limited campaigns, counted: each use comes out of the centre's part or a store's share, and goes back there.

Apart from the claims because a use is of one coupon, and this is of a whole campaign. One row a part, counted in the
claim's own transaction; the row's lock and its CHECK decide between two who want the last one.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.offers.offer import Offer
from pos_client.domain.verdict import Tier

from .entry_facts import EntryFacts
from .offer_rows import offer_of
from .problems import Problem
from .schema import CLAIM, QUOTA, QUOTA_USE

CENTRE: Final = 0
BEYOND: Final = -1

_ROW: Final = select(QUOTA).where(QUOTA.c.campaign == bindparam("of_campaign"), QUOTA.c.store == bindparam("of_store"))
_OF_ROW: Final = (QUOTA.c.campaign == bindparam("of_campaign"), QUOTA.c.store == bindparam("of_store"))
_COUNT: Final = update(QUOTA).where(*_OF_ROW, QUOTA.c.used < QUOTA.c.granted).values(used=QUOTA.c.used + 1)
_UNCOUNT: Final = update(QUOTA).where(*_OF_ROW, QUOTA.c.used > 0).values(used=QUOTA.c.used - 1)
_NOTE: Final = insert(QUOTA_USE)
_FORGET: Final = delete(QUOTA_USE).where(QUOTA_USE.c.claim_id == bindparam("of_claim")).returning(QUOTA_USE)
_FIRST_BEYOND: Final = (
    select(QUOTA_USE.c.claim_id)
    .join(CLAIM, CLAIM.c.claim_id == QUOTA_USE.c.claim_id)
    .where(QUOTA_USE.c.campaign == bindparam("of_campaign"), QUOTA_USE.c.store == BEYOND)
    .order_by(CLAIM.c.at_ms, CLAIM.c.claim_id)
    .limit(1)
)
_TAKE_IN: Final = (
    update(QUOTA_USE)
    .where(QUOTA_USE.c.claim_id == bindparam("of_claim"), QUOTA_USE.c.store == BEYOND)
    .values(store=bindparam("into"))
)
_FIRST_ROW: Final = {
    "sqlite": sqlite.insert(QUOTA).on_conflict_do_nothing().returning(QUOTA.c.campaign),
    "postgresql": postgresql.insert(QUOTA).on_conflict_do_nothing().returning(QUOTA.c.campaign),
}
_BEFORE: Final = (
    select(CLAIM.c.claim_id)
    .where(CLAIM.c.campaign == bindparam("of_campaign"), CLAIM.c.claim_id != bindparam("but"))
    .order_by(CLAIM.c.at_ms, CLAIM.c.claim_id)
)
_NEW_TOTAL: Final = (
    update(QUOTA)
    .where(*_OF_ROW, QUOTA.c.total == bindparam("before"))
    .values(granted=bindparam("now_granted"), total=bindparam("now_total"))
)


def total_of(connection: Connection, campaign: int) -> int | None:
    """How many uses a campaign has in all; 0 for no limit, None for no such campaign in these tables."""
    offer = offer_of(connection, campaign)
    return offer.conditions.total_uses if offer is not None else None


def take(connection: Connection, offer: Offer, claim_id: str, store: int, tier: str) -> None:
    """Count a use that was just given, before its transaction ends.

    Args:
        connection: of the claim's own transaction, which a refusal undoes.
        offer: of the coupon.
        claim_id: just taken.
        store: whose lane asks.
        tier: who gives: the centre (A) out of its own part, a store's server (B) out of that store's share.

    Raises:
        Problem: quota-exhausted, with what the store's own server may still give.
    """
    if not offer.conditions.total_uses:
        return
    if tier == Tier.STORE:
        part, left = store, 0
    else:
        open_campaign(connection, offer.number, offer.conditions.total_uses, but=claim_id)
        part, left = CENTRE, left_of(connection, offer.number, store)
    if not _take_of(connection, offer.number, part, claim_id):
        raise Problem("quota-exhausted", left_in_store=left)


def note(connection: Connection, facts: EntryFacts, offer: Offer | None) -> None:
    """Count a redemption that has just taken its use; where none is left it stands beyond the total.

    ``offer`` is its campaign's, None where these tables have none.
    """
    if offer is None:
        _note_at_store(connection, facts)
    elif total := offer.conditions.total_uses:
        open_campaign(connection, facts.campaign, total, but=facts.claim_id)
        parts = (CENTRE,) if facts.tier == Tier.CRM else (facts.store, CENTRE)
        _count(connection, facts, parts)


def _note_at_store(connection: Connection, facts: EntryFacts) -> None:
    """A store's server has no offers: it counts what it gave itself and forgot, as after a restore.

    What the centre gave, and what lanes gave of their own parts, is not out of its share.
    """
    share = {"of_campaign": facts.campaign, "of_store": facts.store}
    if facts.tier == Tier.STORE and connection.execute(_ROW, share).first() is not None:
        _count(connection, facts, (facts.store,))


def _count(connection: Connection, facts: EntryFacts, parts: Sequence[int]) -> None:
    if not any(_take_of(connection, facts.campaign, part, facts.claim_id) for part in parts):
        beyond = {"claim_id": facts.claim_id, "campaign": facts.campaign, "store": BEYOND}
        connection.execute(_NOTE, beyond)


def give_back(connection: Connection, claim_id: str) -> None:
    """Uncount a claim that is taken back; a use beyond the total takes its place first."""
    gone = connection.execute(_FORGET, {"of_claim": claim_id}).one_or_none()
    if gone is None or gone.store == BEYOND:
        return
    where = {"of_campaign": gone.campaign, "of_store": gone.store}
    beyond = connection.execute(_FIRST_BEYOND, {"of_campaign": gone.campaign}).scalar()
    if beyond and connection.execute(_TAKE_IN, {"of_claim": beyond, "into": gone.store}).rowcount:
        return
    connection.execute(_UNCOUNT, where)


def left_of(connection: Connection, campaign: int, store: int) -> int:
    """What is left of a store's share, as far as is known here."""
    row = connection.execute(_ROW, {"of_campaign": campaign, "of_store": store}).one_or_none()
    return row.granted - max(row.used, row.told_used) if row is not None and store != CENTRE else 0


def open_campaign(connection: Connection, campaign: int, total: int, but: str = "") -> None:
    """See that the centre's own part is there and fits the offer, whose total may have been changed since.

    What was used before the campaign was limited counts as well; ``but`` is a claim that is about to be counted.
    """
    row = connection.execute(_ROW, {"of_campaign": campaign, "of_store": CENTRE}).one_or_none()
    if row is None:
        _first(connection, campaign, total, but)
    elif row.total != total:
        now_granted = max(row.used, row.granted + total - row.total)
        changed = {"of_campaign": campaign, "of_store": CENTRE, "before": row.total}
        connection.execute(_NEW_TOTAL, {**changed, "now_granted": now_granted, "now_total": total})


def _first(connection: Connection, campaign: int, total: int, but: str) -> None:
    row: dict[str, Any] = {"campaign": campaign, "store": CENTRE, "granted": total, "used": 0, "total": total}
    row |= {"wanted": total, "lanes": "{}", "ver": 1, "told_used": 0}
    if connection.execute(_FIRST_ROW[connection.dialect.name], row).scalar() is None:
        return
    for claim_id in connection.execute(_BEFORE, {"of_campaign": campaign, "but": but}).scalars().all():
        if not _take_of(connection, campaign, CENTRE, claim_id):
            connection.execute(_NOTE, {"claim_id": claim_id, "campaign": campaign, "store": BEYOND})


def _take_of(connection: Connection, campaign: int, part: int, claim_id: str) -> bool:
    if not connection.execute(_COUNT, {"of_campaign": campaign, "of_store": part}).rowcount:
        return False
    connection.execute(_NOTE, {"claim_id": claim_id, "campaign": campaign, "store": part})
    return True


def excess(connection: Connection, _now_ms: int) -> list[dict[str, Any]]:
    """Uses beyond a campaign's total, the earliest first; they stand, and lanes apart could not know."""
    query = (
        select(CLAIM)
        .join(QUOTA_USE, QUOTA_USE.c.claim_id == CLAIM.c.claim_id)
        .where(QUOTA_USE.c.store == BEYOND)
        .order_by(QUOTA_USE.c.campaign, CLAIM.c.at_ms, CLAIM.c.claim_id)
    )
    return [
        {
            "campaign": row.campaign,
            "store": row.store,
            "lane": row.lane,
            "device": row.device,
            "epoch": row.epoch,
            "seq": row.seq,
            "coupon_id": row.coupon_id,
            "use_no": row.use_no,
            "tier": row.tier,
            "loss_minor": row.value_minor,
            "at": wire_time(from_ms(row.at_ms)),
        }
        for row in connection.execute(query)
    ]


def used_in_all(connection: Connection, campaign: int) -> int:
    """Uses of a limited campaign that stand, those beyond its total too."""
    query = select(func.count()).select_from(QUOTA_USE).where(QUOTA_USE.c.campaign == campaign)
    return int(connection.execute(query).scalar_one())
