"""One store's view of the centre's tables: rows as its lanes' cache holds them, keys hashed with its own secret.

Apart from snapshots and pages because both must describe a row in the very same way (``cache_format``).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from pos_client.domain.cache_format import SERIALS_PER_BLOCK
from pos_client.domain.codes import phone_number
from pos_client.domain.keyed_hash import KeyKind
from pos_client.domain.offers import offer as offers

from . import booth_view
from .row_source import OPAQUE, SIGNED, AnyRow, Cells, Key, Source, StoreView
from .schema import CLAIM, COUPON, LANE, LEASE, MEMBER, MEMBER_ALIAS, OFFER, STAFF, STORE


def _store(_view: StoreView, row: AnyRow) -> Cells:
    names = ("number", "id", "name", "zone", "currency", "booth", "offline_by_design", "lanes")
    return {name: getattr(row, name) for name in names}


def _staff(view: StoreView, row: AnyRow) -> Cells | None:
    here = row.active and row.store in {0, view.number}
    return {"id": row.id, "name": row.name, "role": row.role} if here else None


def _offer(view: StoreView, row: AnyRow) -> Cells | None:
    stores = offers.parse(json.loads(row.body)).conditions.stores
    return {"number": row.number, "body": row.body} if not stores or view.number in stores else None


def _coupon(view: StoreView, row: AnyRow) -> Cells | None:
    is_opaque = row.code_kind == OPAQUE
    if not view.holds(row.home_store) or not (is_opaque or row.member_number):
        return None
    member = row.member_number
    return {
        "key": view.key(KeyKind.COUPON_CODE, row.code) if is_opaque else view.key(KeyKind.COUPON_ID, row.coupon_id),
        "coupon_id": row.coupon_id,
        "code_kind": row.code_kind,
        "campaign": row.campaign,
        "serial": row.serial,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "home_store": row.home_store,
        "value_minor": row.value_minor,
        "member_key": view.key(KeyKind.MEMBER_NUMBER, str(member)) if member else 0,
        "revoked": row.revoked,
    }


def _coupon_use(view: StoreView, row: AnyRow) -> Cells | None:
    if not view.holds(row.home_store):
        return None
    return {
        "key": view.key(KeyKind.COUPON_ID, row.coupon_id),
        "use_no": row.use_no,
        "at_ms": row.at_ms,
        "store": row.store,
        "lane": row.lane,
        "operator": row.operator,
        "operator_name": row.operator_name or "",
        "device": row.device,
        "seq": row.seq,
        "claim_id": row.claim_id,
        "value_minor": row.value_minor,
    }


def _lease(_view: StoreView, row: AnyRow) -> Cells:
    return {name: getattr(row, name) for name in ("campaign", "first_serial", "last_serial", "store", "until_ms")}


def _member(view: StoreView, row: AnyRow) -> Cells | None:
    if row.owner_store not in view.stores:
        return None
    key = view.key(KeyKind.MEMBER_NUMBER, str(row.number))
    masked = json.dumps({"name": mask_name(row.name), "phone": phone_number.mask(row.phone)}, ensure_ascii=False)
    return {
        "key": key,
        "ref": row.ref,
        "number": row.number,
        "phone_key": view.key(KeyKind.PHONE, row.phone),
        "card_key": view.key(KeyKind.MEMBER_CARD, row.card),
        "masked": view.sealed("member", key, masked),
        "level": row.level,
        "points": row.points,
        "owner_store": row.owner_store,
        "owner_promoter": row.owner_promoter,
        "since_day": row.since_day,
        "tail_key": view.key(KeyKind.PHONE_TAIL, row.phone[-4:]),
        "purchases": row.purchases,
        "verified": row.verified,
    }


def _member_alias(view: StoreView, row: AnyRow) -> Cells | None:
    if row.owner_store not in view.stores:
        return None
    key = view.key(KeyKind.MEMBER_NUMBER, str(row.member_number))
    return {"ref": row.ref, "to_ref": row.to_ref, "member_key": key}


def mask_name(name: str) -> str:
    """What staff may see of a name: its first character."""
    return name[:1] + "*" * max(1, len(name) - 1)


_LANES: Final = select(func.count()).where(LANE.c.store == STORE.c.number).scalar_subquery()
_STORES: Final = select(STORE, _LANES.label("lanes"))
_USES: Final = (
    select(CLAIM, COUPON.c.home_store, STAFF.c.name.label("operator_name"))
    .outerjoin(COUPON, COUPON.c.coupon_id == CLAIM.c.coupon_id)
    .outerjoin(STAFF, STAFF.c.id == CLAIM.c.operator)
)
_ALIASES: Final = select(MEMBER_ALIAS, MEMBER.c.owner_store).join(
    MEMBER, MEMBER.c.number == MEMBER_ALIAS.c.member_number
)
_SOURCES: Final[Mapping[str, Source]] = {
    "store": Source(_STORES, (STORE.c.number,), _store),
    "staff": Source(select(STAFF), (STAFF.c.id,), _staff),
    "offer": Source(select(OFFER), (OFFER.c.number,), _offer),
    "coupon": Source(select(COUPON), (COUPON.c.coupon_id,), _coupon),
    "coupon_use": Source(_USES, (CLAIM.c.coupon_id, CLAIM.c.use_no), _coupon_use),
    "lease": Source(select(LEASE), (LEASE.c.campaign, LEASE.c.first_serial), _lease),
    "member": Source(select(MEMBER), (MEMBER.c.number,), _member),
    "member_alias": Source(_ALIASES, (MEMBER_ALIAS.c.ref,), _member_alias),
    **booth_view.SOURCES,
}
_BLOCKS: Final = (
    select(COUPON.c.campaign, COUPON.c.serial)
    .where(COUPON.c.revoked == 1, COUPON.c.code_kind == SIGNED)
    .order_by(COUPON.c.campaign, COUPON.c.serial)
)


def all_rows(connection: Connection, view: StoreView, table: str) -> Iterator[Cells]:
    """Every row of a cache table that this store gets."""
    if table == "revoked_block":
        yield from _blocks(connection, _BLOCKS).values()
        return
    source = _SOURCES.get(table)
    if source is None:
        return
    for row in connection.execute(source.rows.execution_options(yield_per=5_000)):
        cells = source.cells(view, row)
        if cells is not None:
            yield cells


def rows_by_key(connection: Connection, view: StoreView, table: str, keys: Sequence[Key]) -> dict[Key, Cells | None]:
    """The rows behind keys of the change log: the cells, None where this store does not get it, absent where gone."""
    if table == "revoked_block":
        ranges = [_in_block(campaign, block) for campaign, block in keys]
        return dict(_blocks(connection, _BLOCKS.where(or_(*ranges))))
    source = _SOURCES[table]
    named = connection.execute(source.rows.where(tuple_(*source.key).in_(keys)))
    names = [column.key for column in source.key]
    return {tuple(getattr(row, str(name)) for name in names): source.cells(view, row) for row in named}


def cache_key(view: StoreView, table: str, key: Key) -> list[Any]:
    """The cache's key columns of a row that is gone."""
    if table == "coupon_use":
        return [view.key(KeyKind.COUPON_ID, key[0]), key[1]]
    if table == "member":
        return [view.key(KeyKind.MEMBER_NUMBER, str(key[0]))]
    if table == "stamp":
        return [view.key(KeyKind.MEMBER_NUMBER, str(key[0])), key[1]]
    if table == "pool_coupon":
        return [view.key(KeyKind.COUPON_ID, key[1])]
    return list(key[1:]) if table in booth_view.OF_ONE_STORE else list(key)


def _in_block(campaign: int, block: int) -> ColumnElement[bool]:
    first = block * SERIALS_PER_BLOCK
    return and_(COUPON.c.campaign == campaign, COUPON.c.serial.between(first, first + SERIALS_PER_BLOCK - 1))


def _blocks(connection: Connection, query: Select[Any]) -> dict[Key, Cells]:
    """Bitmaps of revoked serials, bit ``serial % 32768``, least significant bit first."""
    bitmaps: dict[Key, bytearray] = {}
    for row in connection.execute(query):
        place = row.serial % SERIALS_PER_BLOCK
        bits = bitmaps.setdefault((row.campaign, row.serial // SERIALS_PER_BLOCK), bytearray(SERIALS_PER_BLOCK // 8))
        bits[place // 8] |= 1 << (place % 8)
    return {
        (campaign, block): {"campaign": campaign, "block": block, "bits": bytes(bits)}
        for (campaign, block), bits in bitmaps.items()
    }
