"""Builders of valid things: each has a default for everything, so that a test writes down only what it is about.

Rows are plain column values of ``domain.cache_format``; ``a_cache`` writes them into a real SQLite file, ``page_row``
turns one into a row of a page of changes.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pysqlite3 import dbapi2

from pos_client.domain import cache_format
from pos_client.domain.business_time import day_number, to_ms
from pos_client.domain.codes import opaque_id
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.phone_number import mask
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.keyed_hash import KeyKind, column_context, column_key, lookup_key
from pos_client.domain.offers import offer as offers
from pos_client.domain.offers.offer import Offer
from tests.entry_builders import NOON as NOON
from tests.entry_builders import STORE as STORE
from tests.entry_builders import TODAY as TODAY
from tests.entry_builders import a_login as a_login
from tests.entry_builders import a_redemption as a_redemption
from tests.entry_builders import a_void as a_void
from tests.entry_builders import an_intent as an_intent
from tests.entry_builders import fields_of as fields_of

ZONE: Final = "Asia/Shanghai"
PHONE: Final = "+8613800138000"
Row = dict[str, Any]


def a_store_secret(number: int = 1) -> bytes:
    """32 bytes."""
    return sha256(f"store secret {number}".encode()).digest()


def a_key(name: str = "coupon") -> Ed25519PrivateKey:
    """A real Ed25519 key, the same for the same name."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"key {name}".encode()).digest())


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of its public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def an_offer_document(number: int = 1001, **changes: Any) -> dict[str, Any]:
    """Ten yuan off from fifty, at home even without the network."""
    document: dict[str, Any] = {
        "number": number,
        "name": {"zh": "满50减10", "en": "10 off 50"},
        "conditions": {},
        "effects": [{"kind": "amount_off", "amount_minor": 1000}],
        "offline": {"policy": "home_store"},
        "max_uses": 1,
    }
    return document | changes


def an_offer(number: int = 1001, **changes: Any) -> Offer:
    """The same, parsed."""
    return offers.parse(an_offer_document(number, **changes))


def a_signed_coupon(serial: int = 1, *, key: Ed25519PrivateKey | None = None, **changes: Any) -> SignedCoupon:
    """A coupon with a real signature, valid all year at store 101."""
    fields: dict[str, Any] = {
        "key_id": 1,
        "campaign": 1001,
        "serial": serial,
        "not_before_day": day_number(date(2026, 1, 1)),
        "not_after_day": day_number(date(2026, 12, 31)),
        "home_store": STORE,
        "flags": 0,
        "value_minor": 0,
        "member_tag": 0,
    }
    unsigned = SignedCoupon(**(fields | changes))
    signature = (key or a_key()).sign(unsigned.signed_bytes())
    return SignedCoupon(**(fields | changes), signature=signature)


def a_member_slot(number: int = 7, *, at: datetime = NOON, key: Ed25519PrivateKey | None = None) -> MemberSlot:
    """The slot code of a member who is here now."""
    starts = int(at.timestamp()) // 300 * 300
    unsigned = MemberSlot(number, starts, 5, b"nonce", 1)
    signature = (key or a_key("slot")).sign(unsigned.signed_bytes())
    return MemberSlot(number, starts, 5, b"nonce", 1, signature)


def an_opaque_text(number: int = 1) -> str:
    """A coupon id as its code shows it."""
    return opaque_id.encode(int.from_bytes(sha256(f"opaque {number}".encode()).digest()[:16], "big"))


def store_row(number: int = STORE, **changes: Any) -> Row:
    """A store of the chain."""
    row = {"number": number, "id": f"S{number:03d}", "name": f"人民路店{number}", "zone": ZONE, "currency": "CNY"}
    return row | {"booth": "B1", "offline_by_design": 0, "lanes": 1, "ver": 1} | changes


def staff_row(staff_id: str = "E01", **changes: Any) -> Row:
    """A clerk."""
    return {"id": staff_id, "name": "小王", "role": "clerk", "ver": 1} | changes


def offer_row(number: int = 1001, **changes: Any) -> Row:
    """An offer; changes are those of its document, but for ``ver``."""
    version = changes.pop("ver", 1)
    body = json.dumps(an_offer_document(number, **changes), ensure_ascii=False)
    return {"number": number, "body": body, "ver": version}


def coupon_row(secret: bytes, *, text: str = "", campaign: int = 1001, serial: int = 1, **changes: Any) -> Row:
    """A coupon: opaque where its ``text`` is given, else the signed one of that serial.

    ``member`` is the number of the member it is bound to.
    """
    member = changes.pop("member", 0)
    coupon_id = changes.pop("coupon_id", "") or (f"{campaign}-{serial}" if not text else f"c{serial}")
    kind = KeyKind.COUPON_CODE if text else KeyKind.COUPON_ID
    row = {
        "key": lookup_key(secret, kind, text or coupon_id),
        "coupon_id": coupon_id,
        "code_kind": "opaque_coupon" if text else "signed_coupon",
        "campaign": campaign,
        "serial": serial,
        "first_day": day_number(date(2026, 1, 1)),
        "last_day": day_number(date(2026, 12, 31)),
        "home_store": STORE,
        "value_minor": 0,
        "member_key": member_key(secret, member) if member else 0,
        "revoked": 0,
        "ver": 1,
    }
    return row | changes


def use_row(secret: bytes, coupon_id: str = "1001-1", use_no: int = 1, **changes: Any) -> Row:
    """A use of a coupon at another store."""
    row = {
        "key": lookup_key(secret, KeyKind.COUPON_ID, coupon_id),
        "use_no": use_no,
        "at_ms": to_ms(NOON - timedelta(hours=2)),
        "store": 102,
        "lane": 3,
        "operator": "E77",
        "operator_name": "小李",
        "device": "device-of-102",
        "seq": 17,
        "claim_id": f"claim of {coupon_id}.{use_no}",
        "value_minor": 0,
        "ver": 1,
    }
    return row | changes


def lease_row(campaign: int = 1001, first: int = 1, last: int = 1000, **changes: Any) -> Row:
    """Serials that are lent to store 101 for a day."""
    row = {"campaign": campaign, "first_serial": first, "last_serial": last, "store": STORE}
    return row | {"until_ms": to_ms(NOON + timedelta(days=1)), "ver": 1} | changes


def revoked_row(serials: Iterable[int], campaign: int = 1001, **changes: Any) -> Row:
    """The bitmap of one block of revoked serials, all of the same block."""
    numbers = list(serials)
    bits = bytearray(cache_format.SERIALS_PER_BLOCK // 8)
    for serial in numbers:
        bit = serial % cache_format.SERIALS_PER_BLOCK
        bits[bit // 8] |= 1 << bit % 8
    block = numbers[0] // cache_format.SERIALS_PER_BLOCK
    return {"campaign": campaign, "block": block, "bits": bytes(bits), "ver": 1} | changes


def member_key(secret: bytes, number: int) -> int:
    """The key of a member's row."""
    return lookup_key(secret, KeyKind.MEMBER_NUMBER, str(number))


def member_row(secret: bytes, number: int = 7, *, phone: str = PHONE, name: str = "王**", **changes: Any) -> Row:
    """A member of store 101 with card and phone."""
    key = member_key(secret, number)
    row = {
        "key": key,
        "ref": f"m{number}",
        "number": number,
        "phone_key": lookup_key(secret, KeyKind.PHONE, phone),
        "card_key": lookup_key(secret, KeyKind.MEMBER_CARD, card_number(number)),
        "masked": sealed(secret, key, {"name": name, "phone": mask(phone)}),
        "level": "gold",
        "points": 120,
        "owner_store": STORE,
        "owner_promoter": "P05",
        "since_day": day_number(date(2024, 5, 1)),
        "tail_key": lookup_key(secret, KeyKind.PHONE_TAIL, phone[-4:]),
        "purchases": 0,
        "verified": 1,
        "ver": 1,
    }
    return row | changes


def sealed(secret: bytes, key: int, document: Mapping[str, str]) -> bytes:
    """An encrypted column of a member."""
    nonce = sha256(str(key).encode()).digest()[:12]
    text = json.dumps(document, ensure_ascii=False).encode()
    return nonce + AESGCM(column_key(secret)).encrypt(nonce, text, column_context("member", key))


def cache_meta(generation: int = 1, **changes: Any) -> dict[str, str]:
    """What a cache file says about itself."""
    meta: dict[str, Any] = {
        "schema": cache_format.SCHEMA_VERSION,
        "generation": generation,
        "issued_at": wire_time(NOON - timedelta(hours=1)),
        "cursor": f"instance.{generation}",
        "store": STORE,
        "soft_until": wire_time(NOON + timedelta(days=1)),
        "hard_until": wire_time(NOON + timedelta(days=7)),
    }
    return {name: str(value) for name, value in (meta | changes).items()}


def a_shop(secret: bytes) -> dict[str, list[Row]]:
    """Two stores, a clerk and a promoter, an offer, a coupon of each kind and a member."""
    return {
        "store": [store_row(), store_row(102)],
        "staff": [staff_row(), staff_row("P05", role="promoter", name="小陈")],
        "offer": [offer_row()],
        "coupon": [coupon_row(secret, serial=1), coupon_row(secret, text=an_opaque_text(), serial=2)],
        "member": [member_row(secret)],
    }


def a_cache(path: Path, tables: Mapping[str, list[Row]], meta: Mapping[str, str] | None = None) -> Path:
    """Write a cache file as the centre ships it: ready, whole, journal mode DELETE."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = dbapi2.connect(str(path))
    for statement in cache_format.DDL:
        connection.execute(statement)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", list((meta or cache_meta()).items()))
    for table, rows in tables.items():
        for row in rows:
            places = ", ".join(f":{column}" for column in row)
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", row)
    connection.commit()
    connection.close()
    return path


def a_cache_in_use(folder: Path, tables: Mapping[str, list[Row]], meta: Mapping[str, str] | None = None) -> Path:
    """The same as the cache in use of a home folder, which is returned."""
    meta = meta or cache_meta()
    file = a_cache(folder / f"cache-{meta['generation']}.db", tables, meta)
    pointer = {"file": file.name, "generation": int(meta["generation"])}
    (folder / "cache.json").write_text(json.dumps(pointer), encoding="utf-8")
    return folder


def a_manifest(file: Path, tables: Mapping[str, list[Row]], generation: int = 1, **changes: Any) -> dict[str, Any]:
    """The manifest of a cache file, unsigned."""
    content = file.read_bytes()
    meta = cache_meta(generation)
    rows = {table: len(tables.get(table, [])) for table in cache_format.KEY_COLUMNS}
    entry = {"name": "cache.db", "bytes": len(content), "sha256": sha256(content).hexdigest(), "rows": rows}
    manifest = {"gen": generation, "store": STORE, "schema": cache_format.SCHEMA_VERSION, "min_client": "0.0.0"}
    times = {name: meta[name] for name in ("issued_at", "soft_until", "hard_until", "cursor")}
    return manifest | times | {"files": [entry], "policy_ver": 1} | changes
