"""What the centre knows of one coupon, in the domain's own terms, so that lane and centre judge the same facts.

Apart from the claims because reports and later resources ask the same. Times and dates are judged in the domain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from pos_client.domain.business_time import day_of, from_ms
from pos_client.domain.codes.router import CodeKind, route
from pos_client.domain.codes.signed_coupon import NO_MEMBER, SignedCoupon, member_tag
from pos_client.domain.coupon import CouponFacts, Lease
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import KeyPurpose
from pos_client.domain.verdict import Use

from .keys import KeyRing
from .offer_rows import offer_of, parsed
from .pooled_coupons import FREE
from .problems import Problem
from .row_source import SIGNED
from .schema import CLAIM, COUPON, LEASE, MEMBER, OFFER, POOL_COUPON, STAFF, STORE

# Kinds whose canonical text is what the coupon is known by.
BY_TEXT: Final = frozenset({CodeKind.OPAQUE_COUPON, CodeKind.GS1_255})
# The largest whole number of a table; a serial may have 64 bits without a sign.
LARGEST_SERIAL: Final = 2**63 - 1

_COUPON: Final = (
    select(COUPON, OFFER.c.body.label("offer"), MEMBER.c.ref.label("member_ref"), POOL_COUPON.c.state.label("pooled"))
    .join(OFFER, OFFER.c.number == COUPON.c.campaign)
    .outerjoin(MEMBER, MEMBER.c.number == COUPON.c.member_number)
    .outerjoin(POOL_COUPON, POOL_COUPON.c.coupon_id == COUPON.c.coupon_id)
    .where(COUPON.c.coupon_id == bindparam("coupon_id"))
)
_LEASE: Final = (
    select(LEASE.c.store, LEASE.c.last_serial, LEASE.c.until_ms)
    .where(LEASE.c.campaign == bindparam("campaign"), LEASE.c.first_serial <= bindparam("serial"))
    .order_by(LEASE.c.first_serial.desc())
    .limit(1)
)
HOLDERS: Final = (
    select(CLAIM, STORE.c.name.label("store_name"), STAFF.c.name.label("operator_name"))
    .outerjoin(STORE, STORE.c.number == CLAIM.c.store)
    .outerjoin(STAFF, STAFF.c.id == CLAIM.c.operator)
)


@dataclass(frozen=True, slots=True)
class _Issued:
    """A coupon as it was issued, read from its code or from our own row."""

    code_kind: str
    genuine: bool
    campaign: int
    serial: int
    first_day: int
    last_day: int
    home_store: int
    value_minor: int
    tag: int


@dataclass(frozen=True, slots=True)
class ShownCoupon:
    """What a lane names and shows.

    Attributes:
        token: the code's canonical text, empty for one from a member's list.
        claim_id: the claim that it is asked for in; a use of that claim is no use of somebody else.
    """

    coupon_id: str
    token: str
    claim_id: str = ""


def known_facts(connection: Connection, keys: KeyRing, shown: ShownCoupon, holders: Sequence[Row[Any]]) -> CouponFacts:
    """Everything known of a coupon; ``holders`` are the rows of ``HOLDERS`` that hold its uses.

    Raises:
        Problem: coupon-unknown, not-genuine.
    """
    row = connection.execute(_COUPON, {"coupon_id": shown.coupon_id}).one_or_none()
    issued = _issued(keys, row, shown.coupon_id, shown.token)
    return CouponFacts(
        coupon_id=shown.coupon_id,
        code_kind=issued.code_kind,
        genuine=issued.genuine,
        offer=parsed(row.offer) if row else offer_of(connection, issued.campaign),
        first_day=day_of(issued.first_day),
        last_day=day_of(issued.last_day),
        home_store=issued.home_store,
        value_minor=issued.value_minor,
        member_tag=issued.tag,
        member_ref=(row.member_ref or "") if row else "",
        uses=tuple(use_of(holder) for holder in holders),
        revoked=bool(row and row.revoked),
        issued=row is None or row.pooled != FREE,
        lease=_lease(connection, issued.campaign, issued.serial),
    )


def use_of(holder: Row[Any]) -> Use:
    """A row of ``HOLDERS`` as the domain's use."""
    return Use(
        holder.use_no,
        from_ms(holder.at_ms),
        holder.store,
        holder.lane,
        holder.operator,
        holder.store_name or "",
        holder.operator_name or "",
        holder.device,
        holder.seq,
        value_minor=holder.value_minor,
    )


def holder_document(holder: Row[Any]) -> dict[str, Any]:
    """A row of ``HOLDERS`` as lanes read it; one that nobody granted (a purchase) has no tier."""
    return {
        "device": holder.device,
        "store": holder.store,
        "store_name": holder.store_name or "",
        "lane": holder.lane,
        "operator": holder.operator,
        "operator_name": holder.operator_name or "",
        "seq": holder.seq,
        "at": wire_time(from_ms(holder.at_ms)),
        "tier": getattr(holder, "tier", ""),
    }


def use_document(use: Use) -> dict[str, Any]:
    """A use of the centre's data as lanes read its holder; by which tier it was granted is not known."""
    return {
        "device": use.device,
        "store": use.store,
        "store_name": use.store_name,
        "lane": use.lane,
        "operator": use.operator,
        "operator_name": use.operator_name,
        "seq": use.seq,
        "at": wire_time(use.at) if use.at else "",
        "tier": "",
    }


def _issued(keys: KeyRing, row: Row[Any] | None, coupon_id: str, token: str) -> _Issued:
    code = route(token) if token else None
    if code is not None and isinstance(code.value, SignedCoupon):
        return _from_code(keys, code.value, coupon_id)
    if row is None:
        raise Problem("coupon-unknown")
    is_shown = code is not None and code.kind in BY_TEXT and code.text == row.code
    # Without its code only a coupon that stands in a member's own list may be named.
    if not is_shown and not (code is None and row.member_number):
        raise Problem("not-genuine")
    return _Issued(
        row.code_kind,
        genuine=True,
        campaign=row.campaign,
        serial=row.serial,
        first_day=row.first_day,
        last_day=row.last_day,
        home_store=row.home_store,
        value_minor=row.value_minor,
        tag=member_tag(row.member_number) if row.member_number else NO_MEMBER,
    )


def _from_code(keys: KeyRing, coupon: SignedCoupon, coupon_id: str) -> _Issued:
    signed = keys.verifies(KeyPurpose.COUPON, coupon.key_id, coupon.signature, coupon.signed_bytes())
    return _Issued(
        SIGNED,
        genuine=signed and coupon.coupon_id == coupon_id,
        campaign=coupon.campaign,
        serial=coupon.serial,
        first_day=coupon.not_before_day,
        last_day=coupon.not_after_day,
        home_store=coupon.home_store,
        value_minor=coupon.value_minor,
        tag=coupon.member_tag,
    )


def _lease(connection: Connection, campaign: int, serial: int) -> Lease | None:
    row = connection.execute(_LEASE, {"campaign": campaign, "serial": min(serial, LARGEST_SERIAL)}).one_or_none()
    return Lease(row.store, from_ms(row.until_ms)) if row and serial <= row.last_serial else None
