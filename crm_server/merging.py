"""Merge a provisional member with the one who was known: what stands under either reference is one person's.

Apart from the members because a merge moves what other rooms keep: uses, accounts, coupons. Nothing is taken back; what
a person thereby got more often than a campaign allows is listed for somebody to look at.
"""

import json
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pos_client.domain.offers import offer as offers
from pos_client.domain.offers.offer import Offer

from . import accounts
from .change_log import Change
from .schema import CLAIM, INBOX, MEMBER_ALIAS, MEMBER_EXCESS, OFFER

_ALIAS: Final = {
    "sqlite": sqlite.insert(MEMBER_ALIAS).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(MEMBER_ALIAS).on_conflict_do_nothing(),
}


def merge(connection: Connection, ref: str, known: Row[Any], now_ms: int) -> list[Change]:
    """A provisional reference is the known member's from now on."""
    row = {"ref": ref, "to_ref": known.ref, "member_number": known.number, "at_ms": now_ms}
    connection.execute(_ALIAS[connection.dialect.name], row)
    connection.execute(update(CLAIM).where(CLAIM.c.member_ref == ref).values(member_ref=known.ref))
    list_excess(connection, known.ref, now_ms)
    return [("member_alias", (ref,)), ("member", (known.number,)), *accounts.adopt(connection, ref, known.number)]


def own_ref(connection: Connection, ref: str) -> str:
    """The reference of the member whom this one turned out to be; itself where it is nobody's alias."""
    if not ref:
        return ref
    found: str | None = connection.execute(select(MEMBER_ALIAS.c.to_ref).where(MEMBER_ALIAS.c.ref == ref)).scalar()
    return found or ref


def list_excess(connection: Connection, ref: str, now_ms: int) -> None:
    """List the uses by which a member has more of a campaign than it gives to one; the earlier ones are his due."""
    uses = connection.execute(
        select(CLAIM.c.campaign).where(CLAIM.c.member_ref == ref, CLAIM.c.state == "consumed").distinct()
    ).scalars()
    for campaign in list(uses):
        allowed = _allowed(connection, campaign)
        if allowed:
            _list_campaign(connection, ref, campaign, allowed, now_ms)


def _allowed(connection: Connection, campaign: int) -> int:
    """How many uses one member may have; 0 for as many as he likes. A new member is new once."""
    body = connection.execute(select(OFFER.c.body).where(OFFER.c.number == campaign)).scalar()
    offer: Offer | None = offers.parse(json.loads(body)) if body else None
    if offer is None:
        return 0
    return 1 if offer.conditions.new_member else offer.member_limit


def _list_campaign(connection: Connection, ref: str, campaign: int, allowed: int, now_ms: int) -> None:
    mine = (CLAIM.c.member_ref == ref, CLAIM.c.campaign == campaign, CLAIM.c.state == "consumed")
    same_entry = (INBOX.c.device == CLAIM.c.device) & (INBOX.c.epoch == CLAIM.c.epoch) & (INBOX.c.seq == CLAIM.c.seq)
    rows = connection.execute(
        select(CLAIM, INBOX.c.id.label("inbox_id"), MEMBER_EXCESS.c.id.label("listed"))
        .join(INBOX, same_entry & (INBOX.c.claim_id == CLAIM.c.claim_id))
        .outerjoin(MEMBER_EXCESS, MEMBER_EXCESS.c.inbox_id == INBOX.c.id)
        .where(*mine)
        .order_by(CLAIM.c.at_ms, CLAIM.c.claim_id)
    ).all()
    for place, row in enumerate(rows, 1):
        if place > allowed and row.listed is None:
            values = {
                "inbox_id": row.inbox_id,
                "member_ref": ref,
                "campaign": campaign,
                "allowed": allowed,
                "uses": place,
                "loss_minor": row.value_minor,
                "store": row.store,
                "at_ms": now_ms,
            }
            connection.execute(insert(MEMBER_EXCESS).values(values))
