"""The cache file's format: what the centre ships as a ready SQLite file and what a page of changes may carry.

It stands in the domain because both sides must agree on it to the letter. Keys are ``keyed_hash.lookup_key`` values of
the store's secret. A row of a page is ``{"t": table, "k": [key columns], "ver": n, "body": {column: value}}`` with
``"del": true`` and no body for a tombstone; blobs are base64url.
"""

from typing import Final

SCHEMA_VERSION: Final = 1
FILE_NAME: Final = "cache.db"
SERIALS_PER_BLOCK: Final = 32_768

DDL: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    # All stores of the chain: a use elsewhere is shown with the store's name.
    (
        "CREATE TABLE store (number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL,"
        " currency TEXT NOT NULL, booth TEXT NOT NULL, offline_by_design INTEGER NOT NULL, ver INTEGER NOT NULL)"
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
        " device TEXT NOT NULL, seq INTEGER NOT NULL, claim_id TEXT NOT NULL, ver INTEGER NOT NULL,"
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
    (
        "CREATE TABLE member (key INTEGER PRIMARY KEY, ref TEXT NOT NULL, number INTEGER NOT NULL,"
        " phone_key INTEGER NOT NULL, card_key INTEGER NOT NULL, masked BLOB NOT NULL, level TEXT NOT NULL,"
        " points INTEGER NOT NULL, owner_store INTEGER NOT NULL, owner_promoter TEXT NOT NULL,"
        " since_day INTEGER NOT NULL, ver INTEGER NOT NULL)"
    ),
    "CREATE INDEX member_phone ON member (phone_key)",
    "CREATE INDEX member_card ON member (card_key)",
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
}
BLOB_COLUMNS: Final = {"revoked_block": ("bits",), "member": ("masked",)}
# phone_key and card_key are indexed: an update that does not change them must not assign them (3.6 times slower).
META_NAMES: Final = ("schema", "generation", "issued_at", "cursor", "store", "soft_until", "hard_until")
