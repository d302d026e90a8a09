"""Merge a provisional member with the one who was known: what stands under either reference is one person's.

Apart from the members because a merge moves what other rooms keep: uses, accounts, coupons. Nothing is taken back; what
a person thereby got more often than a campaign allows is listed for somebody to look at.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from . import accounts
from .change_log import Change
from .offer_rows import offer_of
from .schema import CLAIM, INBOX, MEMBER_ALIAS, MEMBER_EXCESS

_ALIAS: Final = {
    "sqlite": sqlite.insert(MEMBER_ALIAS).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(MEMBER_ALIAS).on_conflict_do_nothing(),
}


_OWN: Final = select(MEMBER_ALIAS.c.to_ref).where(MEMBER_ALIAS.c.ref == bindparam("of_ref"))
_OWN_OF_MANY: Final = select(MEMBER_ALIAS.c.ref, MEMBER_ALIAS.c.to_ref).where(
    MEMBER_ALIAS.c.ref.in_(bindparam("of_refs", expanding=True))
)


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
    found: str | None = connection.execute(_OWN, {"of_ref": ref}).scalar()
    return found or ref


def own_refs(connection: Connection, refs: Iterable[str]) -> dict[str, str]:
    """As ``own_ref``, of many at once."""
    wanted = set(refs) - {""}
    found = connection.execute(_OWN_OF_MANY, {"of_refs": sorted(wanted)}) if wanted else ()
    return {ref: ref for ref in wanted} | {row.ref: row.to_ref for row in found}


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
    offer = offer_of(connection, campaign)
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
