"""Issues coupons and codes: serials in a row inside each campaign, allocated by the database (DESIGN section 4).

Apart from the seed because campaigns go on issuing for years; the seed is one caller.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, update

from pos_client.domain.codes import opaque_id
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.signed_coupon import ANY_STORE, CAMPAIGN_VALUE, NO_MEMBER, SignedCoupon, member_tag
from pos_client.domain.signed_document import KeyPurpose

from . import change_log
from .keys import KEY_IDS, KeyRing
from .problems import Problem
from .row_source import OPAQUE, SIGNED
from .schema import COUPON, OFFER

SLOT_MINUTES: Final = 5
_ALLOCATE: Final = (
    update(OFFER)
    .where(OFFER.c.number == bindparam("of_campaign"))
    .values(next_serial=OFFER.c.next_serial + bindparam("count"))
    .returning(OFFER.c.next_serial)
)
_ISSUE: Final = insert(COUPON)


@dataclass(frozen=True, slots=True)
class CouponSpec:
    """What coupons to issue.

    Attributes:
        first_day, last_day: day numbers of the store's calendar, the last one included.
        member_number: 0 for bearer coupons.
        is_pooled: signed for whoever a lane gives it to.
    """

    campaign: int
    first_day: int
    last_day: int
    is_opaque: bool = False
    home_store: int = ANY_STORE
    value_minor: int = CAMPAIGN_VALUE
    member_number: int = 0
    is_pooled: bool = False


def issue(connection: Connection, specs: Sequence[CouponSpec], now_ms: int) -> list[dict[str, Any]]:
    """Issue coupons of one campaign; returns their rows. Lanes hear of those that they cannot read from the code.

    Raises:
        Problem: campaign-unknown.
    """
    if not specs:
        return []
    campaign = specs[0].campaign
    following = connection.execute(_ALLOCATE, {"of_campaign": campaign, "count": len(specs)}).scalar()
    if following is None:
        raise Problem("campaign-unknown", f"campaign {campaign}")
    rows = [_row(spec, serial, now_ms) for serial, spec in enumerate(specs, following - len(specs))]
    connection.execute(_ISSUE, rows)
    told = [row for row in rows if row["code_kind"] == OPAQUE or row["member_number"]]
    change_log.append(connection, [("coupon", (row["coupon_id"],)) for row in told])
    return rows


def coupon_text(keys: KeyRing, cells: Mapping[str, Any]) -> str:
    """The code of an issued coupon; Ed25519 is deterministic, so it is the same each time."""
    if cells["code_kind"] == OPAQUE:
        return str(cells["code"])
    is_named = cells["member_number"] and not cells["is_pooled"]
    coupon = SignedCoupon(
        key_id=cells["key_id"],
        campaign=cells["campaign"],
        serial=cells["serial"],
        not_before_day=cells["first_day"],
        not_after_day=cells["last_day"],
        home_store=cells["home_store"],
        flags=0,
        value_minor=cells["value_minor"],
        member_tag=member_tag(cells["member_number"]) if is_named else NO_MEMBER,
    )
    return replace(coupon, signature=keys.sign(KeyPurpose.COUPON, coupon.signed_bytes())).text()


def slot_text(keys: KeyRing, member_number: int, now: datetime) -> str:
    """A member's slot code that is current at ``now``."""
    length_s = SLOT_MINUTES * 60
    slot = MemberSlot(
        member_number=member_number,
        starts_at=int(now.timestamp()) // length_s * length_s,
        length_min=SLOT_MINUTES,
        nonce=secrets.token_bytes(5),
        key_id=KEY_IDS[KeyPurpose.SLOT],
    )
    return replace(slot, signature=keys.sign(KeyPurpose.SLOT, slot.signed_bytes())).text()


def _row(spec: CouponSpec, serial: int, now_ms: int) -> dict[str, Any]:
    return {
        "coupon_id": f"{spec.campaign}-{serial}",
        "code_kind": OPAQUE if spec.is_opaque else SIGNED,
        "code": opaque_id.encode(secrets.randbits(128)) if spec.is_opaque else None,
        "key_id": 0 if spec.is_opaque else KEY_IDS[KeyPurpose.COUPON],
        "campaign": spec.campaign,
        "serial": serial,
        "first_day": spec.first_day,
        "last_day": spec.last_day,
        "home_store": spec.home_store,
        "value_minor": spec.value_minor,
        "member_number": spec.member_number,
        "revoked": 0,
        "issued_ms": now_ms,
        "is_pooled": int(spec.is_pooled),
    }
