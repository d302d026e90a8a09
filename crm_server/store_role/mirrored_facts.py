"""What a store's server knows of one coupon: the mirrored data and its own claims, in the domain's own terms.

Apart from the centre's facts because here there are no tables of coupons, only what every lane of the store has too.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from crm_server.coupon_facts import BY_TEXT, ShownCoupon, use_of
from crm_server.problems import Problem
from crm_server.row_source import SIGNED
from crm_server.schema import INBOX, RELEASED_CLAIM
from pos_client.domain.business_time import day_of, from_ms
from pos_client.domain.cache_format import SERIALS_PER_BLOCK
from pos_client.domain.codes.router import route
from pos_client.domain.codes.signed_coupon import NO_MEMBER, SignedCoupon, member_tag
from pos_client.domain.coupon import CouponFacts, Lease
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.keyed_hash import KeyKind, lookup_key
from pos_client.domain.offers import offer as offers
from pos_client.domain.offers.offer import Offer
from pos_client.domain.verdict import Use

from .cache_copy import CacheCopy
from .trusted import Trusted

_COUPON: Final = (
    "SELECT coupon_id, code_kind, campaign, serial, first_day, last_day, home_store, value_minor, member_key, revoked"
    " FROM coupon WHERE "
)
_USES: Final = (
    "SELECT u.use_no, u.at_ms, u.store, u.lane, u.operator, coalesce(s.name, ''), u.operator_name, u.device, u.seq,"
    " u.claim_id, u.value_minor FROM coupon_use u LEFT JOIN store s ON s.number = u.store WHERE u.key = ?"
)
_LEASE: Final = (
    "SELECT last_serial, store, until_ms FROM lease WHERE campaign = ? AND first_serial <= ?"
    " ORDER BY first_serial DESC LIMIT 1"
)
_LARGEST_SERIAL: Final = 2**63 - 1
_GIVEN_BACK: Final = select(RELEASED_CLAIM.c.claim_id).where(
    RELEASED_CLAIM.c.claim_id.in_(bindparam("claims", expanding=True))
)
_ISSUED_HERE: Final = select(INBOX.c.id).where(
    INBOX.c.coupon_id == bindparam("of_coupon"), INBOX.c.kind == EntryKind.ISSUE.value, INBOX.c.voided == 0
)


class MirroredFacts:
    """Joins a coupon with everything that is known of it here.

    Args:
        secret: the store's, from which the keys of all look-ups are derived.
    """

    def __init__(self, cache: CacheCopy, secret: bytes, trusted: Trusted, today: date) -> None:
        self._cache = cache
        self._secret = secret
        self._trusted = trusted
        self._today = today

    def own_ref(self, ref: str) -> str:
        """The reference that a member has now."""
        found = self._cache.row("SELECT to_ref FROM member_alias WHERE ref = ?", ref) if ref else None
        return str(found[0]) if found else ref

    def known(self, connection: Connection, shown: ShownCoupon, holders: Sequence[Row[Any]]) -> CouponFacts:
        """Everything known of a coupon; ``holders`` are the rows of the own claims that hold its uses.

        Raises:
            Problem: coupon-unknown, not-genuine.
        """
        code = route(shown.token) if shown.token else None
        key = self._key(KeyKind.COUPON_ID, shown.coupon_id)
        uses = self._uses(connection, key, shown, holders)
        if code is not None and isinstance(code.value, SignedCoupon):
            return self._signed(connection, code.value, shown, uses)
        return self._listed(shown, code, uses)

    def _signed(
        self, connection: Connection, coupon: SignedCoupon, shown: ShownCoupon, uses: tuple[Use, ...]
    ) -> CouponFacts:
        row = self._cache.row(_COUPON + "key = ?", self._key(KeyKind.COUPON_ID, shown.coupon_id))
        genuine = self._trusted.coupon_is_genuine(coupon, self._today) and coupon.coupon_id == shown.coupon_id
        return CouponFacts(
            coupon_id=shown.coupon_id,
            code_kind=SIGNED,
            genuine=genuine,
            offer=self._offer(coupon.campaign),
            first_day=day_of(coupon.not_before_day),
            last_day=day_of(coupon.not_after_day),
            home_store=coupon.home_store,
            value_minor=coupon.value_minor,
            member_tag=coupon.member_tag,
            member_ref=self._member(row[8])[0] if row else "",
            uses=uses,
            revoked=bool(row and row[9]) or self._is_revoked(coupon.campaign, coupon.serial),
            issued=self._is_issued(connection, shown.coupon_id),
            lease=self._lease(coupon.campaign, coupon.serial),
        )

    def _listed(self, shown: ShownCoupon, code: Any, uses: tuple[Use, ...]) -> CouponFacts:
        """One that stands in the data: an opaque code, or one that is named from a member's own list."""
        row = self._cache.row(_COUPON + "coupon_id = ?", shown.coupon_id)
        if row is None:
            raise Problem("coupon-unknown")
        by_text = code is not None and code.kind in BY_TEXT
        of_text = self._cache.row(_COUPON + "key = ?", self._key(KeyKind.COUPON_CODE, code.text)) if by_text else None
        is_shown = of_text is not None and of_text[0] == shown.coupon_id
        if not is_shown and not (code is None and row[8]):
            raise Problem("not-genuine")
        _id, kind, campaign, serial, first_day, last_day, home, value, member_key, revoked = row
        ref, tag = self._member(member_key)
        return CouponFacts(
            coupon_id=shown.coupon_id,
            code_kind=kind,
            genuine=True,
            offer=self._offer(campaign),
            first_day=day_of(first_day),
            last_day=day_of(last_day),
            home_store=home,
            value_minor=value,
            member_tag=tag,
            member_ref=ref,
            uses=uses,
            revoked=bool(revoked) or (kind == SIGNED and self._is_revoked(campaign, serial)),
            lease=self._lease(campaign, serial),
        )

    def _uses(
        self, connection: Connection, key: int, shown: ShownCoupon, holders: Sequence[Row[Any]]
    ) -> tuple[Use, ...]:
        """Own claims, and the centre's uses but for those that were given back here since."""
        own = {holder.use_no: use_of(holder) for holder in holders if holder.coupon_id == shown.coupon_id}
        mirrored = [Use(row[0], from_ms(row[1]), *row[2:]) for row in self._cache.rows(_USES, key)]
        others = [use for use in mirrored if use.use_no not in own and use.claim_id != shown.claim_id]
        if not others:
            return tuple(own.values())
        back = set(connection.execute(_GIVEN_BACK, {"claims": [use.claim_id for use in others]}).scalars())
        return (*own.values(), *(use for use in others if use.claim_id not in back))

    def _member(self, key: int) -> tuple[str, int]:
        """Reference and tag of whom a coupon is bound to; of a member that is not known here, one that nobody has."""
        if not key:
            return "", NO_MEMBER
        row = self._cache.row("SELECT ref, number FROM member WHERE key = ?", key)
        return (str(row[0]), member_tag(row[1])) if row else ("-", NO_MEMBER)

    def _is_issued(self, connection: Connection, coupon_id: str) -> bool:
        """Whether somebody was given it: it lies in no lane's pool, or an entry that was brought here gave it out."""
        pooled = "SELECT 1 FROM pool_coupon WHERE key = ?"
        if self._cache.row(pooled, self._key(KeyKind.COUPON_ID, coupon_id)) is None:
            return True
        return connection.execute(_ISSUED_HERE, {"of_coupon": coupon_id}).first() is not None

    def _is_revoked(self, campaign: int, serial: int) -> bool:
        block, bit = divmod(serial, SERIALS_PER_BLOCK)
        found = self._cache.row(
            "SELECT substr(bits, ?, 1) FROM revoked_block WHERE campaign = ? AND block = ?",
            bit // 8 + 1,
            campaign,
            block,
        )
        return bool(found and found[0] and found[0][0] >> bit % 8 & 1)

    def _lease(self, campaign: int, serial: int) -> Lease | None:
        found = self._cache.row(_LEASE, campaign, min(serial, _LARGEST_SERIAL))
        return Lease(found[1], from_ms(found[2])) if found and serial <= found[0] else None

    def _offer(self, campaign: int) -> Offer | None:
        found = self._cache.row("SELECT body FROM offer WHERE number = ?", campaign)
        return _parsed(str(found[0])) if found else None

    def _key(self, kind: KeyKind, text: str) -> int:
        return lookup_key(self._secret, kind, text)


@lru_cache(maxsize=256)
def _parsed(body: str) -> Offer:
    return offers.parse(json.loads(body))
