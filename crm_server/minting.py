"""Mints codes on demand: coupons, members, slots, prizes, vouchers, enrolment codes, booth codes for print.

Apart from the command because tests and demos mint without a terminal. Every code is real: serials come from the
database, signatures from the centre's keys.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, func, or_, select

from pos_client.domain.business_time import day_number, day_of, local_date, to_ms
from pos_client.domain.codes.parametric_qr import NEVER, NO_CAMPAIGN, ParametricQr, Presenter
from pos_client.domain.offers.offer import Trigger
from pos_client.domain.signed_document import KeyPurpose

from . import store_servers
from .enrolment import DEFAULT_MINUTES, new_code
from .issuing import CouponSpec, coupon_text, issue, slot_text
from .keys import KEY_IDS, KeyRing
from .problems import Problem
from .schema import LANE, MEMBER, OFFER, STORE
from .seed.campaigns import PLAIN, PRIZE, RED_PACKET

PLAIN_VALUE_MINOR: Final = 1_000
_NO_STORE_ZONE: Final = "Asia/Shanghai"


class CodeKind(StrEnum):
    """What can be minted."""

    COUPON = "coupon"
    MEMBER = "member"
    SLOT = "slot"
    PRIZE = "prize"
    VOUCHER = "voucher"
    ENROL = "enrol"
    BOOTH = "booth"
    STORE_SERVER = "store-server"


@dataclass(frozen=True, slots=True)
class MintRequest:
    """What to mint.

    Attributes:
        store: id or number; empty for any. offer: campaign number or slug; empty for the kind's own.
        member: card number or reference; empty for a bearer coupon, or for any member.
        value_minor: on the coupon itself; None for the kind's own.
        days_valid: from today, today included. is_expired: yesterday was the last day.
        minutes, lane: of an enrolment code.
    """

    kind: CodeKind
    count: int = 1
    store: str = ""
    offer: str = ""
    value_minor: int | None = None
    member: str = ""
    days_valid: int = 30
    is_expired: bool = False
    is_opaque: bool = False
    lane: int = 1
    minutes: int = DEFAULT_MINUTES


def mint(connection: Connection, keys: KeyRing, request: MintRequest, now: datetime) -> list[dict[str, Any]]:
    """Mint codes; each is a document with ``kind`` and ``code``.

    Raises:
        Problem: a store, campaign or member is not known.
    """
    makers: dict[CodeKind, Callable[[Connection, KeyRing, MintRequest, datetime], list[dict[str, Any]]]] = {
        CodeKind.MEMBER: _members,
        CodeKind.SLOT: _slots,
        CodeKind.ENROL: _enrolments,
        CodeKind.BOOTH: _booths,
        CodeKind.STORE_SERVER: _enrolments,
    }
    return makers.get(request.kind, _coupons)(connection, keys, request, now)


_SLUG_OF: Final = {CodeKind.COUPON: PLAIN, CodeKind.PRIZE: PRIZE, CodeKind.VOUCHER: RED_PACKET}


def _coupons(connection: Connection, keys: KeyRing, request: MintRequest, now: datetime) -> list[dict[str, Any]]:
    store = named_store(connection, request.store) if request.store else None
    today = day_number(local_date(now, store.zone if store else _NO_STORE_ZONE))
    first, last = (today - 30, today - 1) if request.is_expired else (today, today + request.days_valid - 1)
    campaign, slug = named_campaign(connection, request.offer or _SLUG_OF[request.kind])
    value = request.value_minor
    if value is None:
        value = PLAIN_VALUE_MINOR if slug == PLAIN else 0
    spec = CouponSpec(
        campaign=campaign,
        first_day=first,
        last_day=last,
        is_opaque=request.is_opaque,
        home_store=store.number if store else 0,
        value_minor=value,
        member_number=_member(connection, request.member).number if request.member else 0,
    )
    rows = issue(connection, [spec] * request.count, to_ms(now))
    return [
        {
            "kind": request.kind.value,
            "code": coupon_text(keys, row),
            "coupon_id": row["coupon_id"],
            "campaign": campaign,
            "value_minor": value,
            "home_store": row["home_store"],
            "first_day": day_of(first).isoformat(),
            "last_day": day_of(last).isoformat(),
        }
        for row in rows
    ]


def _members(connection: Connection, _keys: KeyRing, request: MintRequest, _now: datetime) -> list[dict[str, Any]]:
    return [
        {"kind": request.kind.value, "code": member.card, "member_ref": member.ref}
        for member in _some_members(connection, request)
    ]


def _slots(connection: Connection, keys: KeyRing, request: MintRequest, now: datetime) -> list[dict[str, Any]]:
    return [
        {"kind": request.kind.value, "code": slot_text(keys, member.number, now), "member_ref": member.ref}
        for member in _some_members(connection, request)
    ]


def _booths(connection: Connection, keys: KeyRing, request: MintRequest, now: datetime) -> list[dict[str, Any]]:
    """Parametric codes for print, which never end; a campaign stands in them where one is named."""
    store = named_store(connection, request.store or "1")
    campaign = named_campaign(connection, request.offer)[0] if request.offer else NO_CAMPAIGN
    key_id, issued = KEY_IDS[KeyPurpose.PARAMETRIC], int(now.timestamp())
    bare = ParametricQr(key_id, store.number, 0, 0, Presenter.BOOTH, "", campaign, issued, NEVER)
    code = replace(bare, signature=keys.sign(KeyPurpose.PARAMETRIC, bare.signed_bytes())).text()
    return [{"kind": request.kind.value, "code": code, "store": store.id}] * request.count


def _enrolments(connection: Connection, _keys: KeyRing, request: MintRequest, now: datetime) -> list[dict[str, Any]]:
    store = named_store(connection, request.store or "1")
    lane = store_servers.LANE if request.kind is CodeKind.STORE_SERVER else request.lane
    if lane != store_servers.LANE:
        check_lane(connection, store, lane)
    return [
        {
            "kind": request.kind.value,
            "code": new_code(connection, store.number, lane, to_ms(now), request.minutes),
            "store": store.id,
            "lane": lane,
        }
        for _ in range(request.count)
    ]


def named_store(connection: Connection, store: str) -> Row[Any]:
    """A store by its id or number.

    Raises:
        Problem: not-found.
    """
    by_number = [STORE.c.number == int(store)] if store.isascii() and store.isdigit() and len(store) < 9 else []
    row = connection.execute(select(STORE).where(or_(STORE.c.id == store, *by_number))).one_or_none()
    if row is None:
        raise Problem("not-found", f"no store {store}; was the shop seeded?")
    return row


def check_lane(connection: Connection, store: Row[Any], lane: int) -> None:
    """Let a lane pass that the store has.

    Raises:
        Problem: not-found.
    """
    known = select(LANE.c.number).where(LANE.c.store == store.number, LANE.c.number == lane)
    if connection.execute(known).scalar() is None:
        raise Problem("not-found", f"store {store.id} has no lane {lane}")


def named_campaign(connection: Connection, offer: str) -> tuple[int, str]:
    """Number and slug of a campaign named by either.

    Raises:
        Problem: campaign-unknown.
    """
    for row in connection.execute(select(OFFER.c.number, OFFER.c.body)):
        document = json.loads(row.body)
        slug = document.get("slug", "")
        if offer in {str(row.number), slug}:
            if document.get("on") in {Trigger.PURCHASE, Trigger.BIND}:
                raise Problem("no-coupon-offer", f"campaign {row.number} gives by itself; there are no coupons of it")
            return row.number, slug
    raise Problem("campaign-unknown", f"no campaign {offer}; was the shop seeded?")


def _member(connection: Connection, member: str) -> Row[Any]:
    row = connection.execute(select(MEMBER).where(or_(MEMBER.c.ref == member, MEMBER.c.card == member))).one_or_none()
    if row is None:
        raise Problem("not-found", "no member has this card number or reference")
    return row


def _some_members(connection: Connection, request: MintRequest) -> list[Row[Any]]:
    if request.member:
        return [_member(connection, request.member)] * request.count
    query = select(MEMBER)
    if request.store:
        query = query.where(MEMBER.c.owner_store == named_store(connection, request.store).number)
    members = list(connection.execute(query.order_by(func.random()).limit(request.count)))
    if not members:
        raise Problem("not-found", "there are no members; was the shop seeded?")
    return [members[place % len(members)] for place in range(request.count)]
