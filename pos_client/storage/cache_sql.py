# ruff: noqa: S608 - only constants of this module are put together
"""The look-ups in the cache, as text: the file's format is text in the domain, and this is its other half.

Apart from the reader because the benchmark runs the very same statements bare.
"""

from typing import Final

_COUPON: Final = (
    "c.coupon_id, c.code_kind, c.campaign, c.serial, c.first_day, c.last_day, c.home_store, c.value_minor,"
    " c.member_key, c.revoked, c.key"
)
COUPON: Final = f"SELECT {_COUPON} FROM coupon c WHERE c.key = ?"
COUPONS_OF_MEMBER: Final = (
    f"SELECT {_COUPON} FROM coupon c WHERE c.member_key = ? AND c.member_key <> 0 ORDER BY c.last_day, c.coupon_id"
)
USES: Final = (
    "SELECT use_no, at_ms, store, lane, operator, operator_name, device, seq, claim_id,"
    " value_minor FROM coupon_use WHERE key = ? ORDER BY use_no"
)
REVOKED_BYTE: Final = "SELECT substr(bits, ?, 1) FROM revoked_block WHERE campaign = ? AND block = ?"
LEASE: Final = (
    "SELECT first_serial, last_serial, store, until_ms FROM lease WHERE campaign = ? AND first_serial <= ?"
    " ORDER BY first_serial DESC LIMIT 1"
)
OFFER_VERSION: Final = "SELECT ver FROM offer WHERE number = ?"
OFFER: Final = "SELECT body FROM offer WHERE number = ?"
OFFER_NUMBERS: Final = "SELECT number FROM offer ORDER BY number"
_MEMBER: Final = "key, ref, number, masked, level, points, owner_store, owner_promoter, since_day, purchases, verified"
MEMBER: Final = f"SELECT {_MEMBER} FROM member WHERE key = ?"
MEMBER_BY_CARD: Final = f"SELECT {_MEMBER} FROM member WHERE card_key = ? ORDER BY number"
MEMBER_BY_PHONE: Final = f"SELECT {_MEMBER} FROM member WHERE phone_key = ? ORDER BY number"
MEMBER_REF: Final = "SELECT ref FROM member WHERE key = ?"
MEMBER_BY_TAIL: Final = f"SELECT {_MEMBER} FROM member WHERE tail_key = ? ORDER BY number LIMIT ?"
ALIAS: Final = "SELECT to_ref, member_key FROM member_alias WHERE ref = ?"
ALIASES_OF: Final = "SELECT ref FROM member_alias WHERE to_ref = ?"
STAMPS: Final = "SELECT card, count FROM stamp WHERE member_key = ? ORDER BY card"
STOCK: Final = "SELECT item, quantity, low FROM stock WHERE booth = ? ORDER BY item"
POOL_COUPONS: Final = (
    "SELECT key, coupon_id, campaign, sealed, first_day, last_day, value_minor FROM pool_coupon"
    " WHERE campaign = ? AND lane = ? AND first_day <= ? AND last_day >= ? ORDER BY last_day, coupon_id"
)
POOL_LANE: Final = "SELECT lane FROM pool_coupon WHERE key = ?"
POOL_MEMBERS: Final = "SELECT number, ref, card FROM pool_member WHERE lane = ? ORDER BY number"
APPLIED: Final = "SELECT epoch, seq FROM applied WHERE device = ?"
META: Final = "SELECT name, value FROM meta"
STORE: Final = "SELECT number, id, name, zone, currency, booth, offline_by_design, lanes FROM store WHERE number = ?"
STORE_NAME: Final = "SELECT name FROM store WHERE number = ?"
STAFF: Final = "SELECT id, name, role FROM staff ORDER BY id"
