"""The cache file's format: what the centre ships as a ready SQLite file and what a page of changes may carry.

It stands in the domain because both sides must agree on it to the letter. Keys are ``keyed_hash.lookup_key`` values of
the store's secret. A row of a page is ``{"t": table, "k": [key columns], "ver": n, "body": {column: value}}`` with
``"del": true`` and no body for a tombstone; blobs are base64url.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

SCHEMA_VERSION: Final = 2
FILE_NAME: Final = "cache.db"
SERIALS_PER_BLOCK: Final = 32_768

DDL: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    # All stores of the chain: a use elsewhere is shown with the store's name.
    (
        "CREATE TABLE store (number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL,"
        " currency TEXT NOT NULL, booth TEXT NOT NULL, offline_by_design INTEGER NOT NULL,"
        " lanes INTEGER NOT NULL DEFAULT 1, ver INTEGER NOT NULL)"
    ),
    "CREATE TABLE staff (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, ver INTEGER NOT NULL)",
    # body is the offer document of domain.offers.offer.
    "CREATE TABLE offer (number INTEGER PRIMARY KEY, body TEXT NOT NULL, ver INTEGER NOT NULL)",
    # key: COUPON_CODE of the opaque text, or COUPON_ID of a signed coupon's id. Days count from 2020-01-01.
    (
        "CREATE TABLE coupon (key INTEGER PRIMARY KEY, coupon_id TEXT NOT NULL, code_kind TEXT NOT NULL,"
        " campaign INTEGER NOT NULL, serial INTEGER NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL,"
        " home_store INTEGER NOT NULL, value_minor INTEGER NOT NULL, member_key INTEGER NOT NULL,"
        " revoked INTEGER NOT NULL, ver INTEGER NOT NULL)"
    ),
    "CREATE INDEX coupon_member ON coupon (member_key) WHERE member_key <> 0",
    # key: COUPON_ID. One row a use; released uses leave by tombstone.
    (
        "CREATE TABLE coupon_use (key INTEGER NOT NULL, use_no INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
        " store INTEGER NOT NULL, lane INTEGER NOT NULL, operator TEXT NOT NULL, operator_name TEXT NOT NULL,"
        " device TEXT NOT NULL, seq INTEGER NOT NULL, claim_id TEXT NOT NULL,"
        " value_minor INTEGER NOT NULL DEFAULT 0, ver INTEGER NOT NULL,"
        " PRIMARY KEY (key, use_no)) WITHOUT ROWID"
    ),
    # Exact bitmap of signed serials that were revoked: bit serial % 32768, least significant bit first.
    (
        "CREATE TABLE revoked_block (campaign INTEGER NOT NULL, block INTEGER NOT NULL, bits BLOB NOT NULL,"
        " ver INTEGER NOT NULL, PRIMARY KEY (campaign, block)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE lease (campaign INTEGER NOT NULL, first_serial INTEGER NOT NULL, last_serial INTEGER NOT NULL,"
        " store INTEGER NOT NULL, until_ms INTEGER NOT NULL, ver INTEGER NOT NULL,"
        " PRIMARY KEY (campaign, first_serial)) WITHOUT ROWID"
    ),
    # key: MEMBER_NUMBER of the decimal number. masked: AES-GCM (12-byte nonce first) of JSON {"name", "phone"}, masked.
    # tail_key: PHONE_TAIL of the last four digits. purchases: how many are known. verified: the phone is his (F06).
    (
        "CREATE TABLE member (key INTEGER PRIMARY KEY, ref TEXT NOT NULL, number INTEGER NOT NULL,"
        " phone_key INTEGER NOT NULL, card_key INTEGER NOT NULL, masked BLOB NOT NULL, level TEXT NOT NULL,"
        " points INTEGER NOT NULL, owner_store INTEGER NOT NULL, owner_promoter TEXT NOT NULL,"
        " since_day INTEGER NOT NULL, tail_key INTEGER NOT NULL DEFAULT 0, purchases INTEGER NOT NULL DEFAULT 0,"
        " verified INTEGER NOT NULL DEFAULT 0, ver INTEGER NOT NULL)"
    ),
    "CREATE INDEX member_phone ON member (phone_key)",
    "CREATE INDEX member_card ON member (card_key)",
    "CREATE INDEX member_tail ON member (tail_key)",
    # A provisional member turned out to be somebody who was known: ref is now to_ref, whose row has member_key.
    (
        "CREATE TABLE member_alias (ref TEXT PRIMARY KEY, to_ref TEXT NOT NULL, member_key INTEGER NOT NULL,"
        " ver INTEGER NOT NULL) WITHOUT ROWID"
    ),
    # Stamps on a member's card that have not become a reward yet.
    (
        "CREATE TABLE stamp (member_key INTEGER NOT NULL, card TEXT NOT NULL, count INTEGER NOT NULL,"
        " ver INTEGER NOT NULL, PRIMARY KEY (member_key, card)) WITHOUT ROWID"
    ),
    # What lies at a booth to be handed over; at ``low`` and below somebody should bring more.
    (
        "CREATE TABLE stock (booth TEXT NOT NULL, item TEXT NOT NULL, quantity INTEGER NOT NULL,"
        " low INTEGER NOT NULL, ver INTEGER NOT NULL, PRIMARY KEY (booth, item)) WITHOUT ROWID"
    ),
    # Coupons that this lane may issue: signed before, so that no lane holds a key. sealed: as ``masked``, of the code's
    # text, with the row's key (COUPON_ID of its id).
    (
        "CREATE TABLE pool_coupon (key INTEGER PRIMARY KEY, coupon_id TEXT NOT NULL, campaign INTEGER NOT NULL,"
        " lane INTEGER NOT NULL, sealed BLOB NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL,"
        " value_minor INTEGER NOT NULL, ver INTEGER NOT NULL)"
    ),
    "CREATE INDEX pool_of_lane ON pool_coupon (campaign, lane, last_day)",
    # Numbers, references and cards that this lane may give to members whom it binds without the network.
    (
        "CREATE TABLE pool_member (number INTEGER PRIMARY KEY, lane INTEGER NOT NULL, ref TEXT NOT NULL,"
        " card TEXT NOT NULL, ver INTEGER NOT NULL)"
    ),
    # Up to which entry of a lane's journal everything above has been counted; what the lane did since, it adds itself.
    (
        "CREATE TABLE applied (device TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,"
        " ver INTEGER NOT NULL) WITHOUT ROWID"
    ),
)

KEY_COLUMNS: Final = {
    "store": ("number",),
    "staff": ("id",),
    "offer": ("number",),
    "coupon": ("key",),
    "coupon_use": ("key", "use_no"),
    "revoked_block": ("campaign", "block"),
    "lease": ("campaign", "first_serial"),
    "member": ("key",),
    "member_alias": ("ref",),
    "stamp": ("member_key", "card"),
    "stock": ("booth", "item"),
    "pool_coupon": ("key",),
    "pool_member": ("number",),
    "applied": ("device",),
}
BLOB_COLUMNS: Final = {"revoked_block": ("bits",), "member": ("masked",), "pool_coupon": ("sealed",)}
# Indexed columns (phone_key, card_key, tail_key): an update that leaves them must not assign them (3.6 times slower).
META_NAMES: Final = ("schema", "generation", "issued_at", "cursor", "store", "soft_until", "hard_until")
# Sealed anew whenever a row is sent, so that two copies of one row differ in them.
SEALED_COLUMNS: Final = {"member": frozenset({"masked"}), "pool_coupon": frozenset({"sealed"})}
_NOT_SUMMED: Final = frozenset({"ver"})
_MODULUS: Final = 1 << 128


def row_sum(table: str, row: Mapping[str, Any]) -> int:
    """A row's share in the sum of its table: 128 bits of BLAKE2b over its cells, without ``ver`` and what is sealed.

    Args:
        table: of ``KEY_COLUMNS``.
        row: all its columns; numbers, texts and bytes.
    """
    apart = SEALED_COLUMNS.get(table, frozenset()) | _NOT_SUMMED
    cells = {name: _plain(value) for name, value in row.items() if name not in apart}
    content = json.dumps([table, cells], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.blake2b(content.encode(errors="surrogatepass"), digest_size=16).digest(), "big")


def changed_sum(total: str, gone: Iterable[int], come: Iterable[int]) -> str:
    """The sum of a table after rows went and came, in whatever order; 32 hexadecimal digits, all 0 for no rows."""
    return f"{(int(total or '0', 16) + sum(come) - sum(gone)) % _MODULUS:032x}"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return int(value) if isinstance(value, bool) else value
