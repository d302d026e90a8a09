"""The cache as the use-cases see it: one look-up by a keyed hash for each thing that is asked.

Apart from installing because it may only read.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from pos_client.domain import cache_format
from pos_client.domain.business_time import day_of, from_ms
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.coupon import CouponFacts, Lease
from pos_client.domain.errors import CacheMissing
from pos_client.domain.keyed_hash import KeyKind, lookup_key
from pos_client.domain.offers.offer import Offer
from pos_client.domain.store_profile import Role, StaffMember, StoreProfile
from pos_client.domain.verdict import Use
from pos_client.usecases.ports import CachedMember, Freshness

from . import cache_sql
from .cache_file import CacheFile, of_a_coupon, of_one_file
from .cache_pointer import CachePointer
from .connections import Row
from .member_rows import MemberRows

MAX_INTEGER: Final = 2**63 - 1
BOUND_TO_SOMEBODY_ELSE: Final = "-"
"""``member_ref`` of a coupon whose member this cache does not hold: bound, and to none that can stand here."""
# How a member is looked up: the column that holds the key, and the look-up.
_MEMBER_COLUMNS: Final = {
    KeyKind.MEMBER_NUMBER: ("key", cache_sql.MEMBER),
    KeyKind.MEMBER_CARD: ("card_key", cache_sql.MEMBER_BY_CARD),
    KeyKind.PHONE: ("phone_key", cache_sql.MEMBER_BY_PHONE),
}


class SqlCache(CacheFile):
    """The ``Cache`` port on a cache file. Every method may be called from any thread.

    Args:
        pointer: which file; shared with the installer.
        store_secret: 32 bytes, from which the keys of all look-ups are derived.
    """

    def __init__(self, pointer: CachePointer, store_secret: bytes) -> None:
        super().__init__(pointer)
        self._secret = store_secret
        self._members = MemberRows(store_secret)

    @of_one_file
    def freshness(self) -> Freshness | None:
        """None before the first snapshot."""
        with self._guard:
            if self._opened() is None:
                return None
            meta = self._meta()
            as_of = datetime.fromisoformat(meta.get("as_of") or meta["issued_at"])
            return Freshness(int(meta["generation"]), as_of, meta["cursor"])

    @of_one_file
    def store(self) -> StoreProfile:
        """This store's profile. Raises CacheMissing."""
        with self._guard:
            row = self.row(cache_sql.STORE, int(self._meta()["store"]))
        if row is None:
            raise CacheMissing("the data does not describe this store")
        number, store_id, name, zone, currency, booth, by_design, lanes = row
        return StoreProfile(number, store_id, name, zone, currency, booth, bool(by_design), lanes)

    def store_name(self, number: int) -> str:
        """Name of any store of the chain, empty where it is not known."""
        row = self.row(cache_sql.STORE_NAME, number)
        return str(row[0]) if row else ""

    def staff(self) -> Sequence[StaffMember]:
        """Clerks, supervisors and promoters of this store."""
        known = set(Role)
        rows = self.rows(cache_sql.STAFF)
        return [StaffMember(staff_id, name, Role(role)) for staff_id, name, role in rows if role in known]

    @of_one_file
    def offer(self, number: int) -> Offer | None:
        """A campaign's offer."""
        with self._guard:
            connection = self._required()
            return None if self._quarantine.holds("offer", number) else self._offers.offer(connection, number)

    @of_one_file
    def offers(self) -> Sequence[Offer]:
        """All campaigns of this store."""
        numbers = [row[0] for row in self.rows(cache_sql.OFFER_NUMBERS)]
        return [offer for offer in map(self.offer, numbers) if offer]

    @of_a_coupon
    def signed_coupon(self, coupon: SignedCoupon, *, genuine: bool) -> CouponFacts:
        """A signed coupon joined with what the cache knows of it: offer, revocation, lease, uses."""
        coupon_id = coupon.coupon_id
        key = self._key(KeyKind.COUPON_ID, coupon_id)
        with self._guard:
            row = self.row(cache_sql.COUPON, key)
            return CouponFacts(
                coupon_id=coupon_id,
                code_kind="signed_coupon",
                genuine=genuine,
                offer=self.offer(coupon.campaign),
                first_day=day_of(coupon.not_before_day),
                last_day=day_of(coupon.not_after_day),
                home_store=coupon.home_store,
                value_minor=coupon.value_minor,
                member_tag=coupon.member_tag,
                member_ref=self._bound_to(row[8]) if row else "",
                uses=self._uses(key),
                revoked=bool(row and row[9]) or self._is_revoked(coupon.campaign, coupon.serial),
                lease=self._lease(coupon.campaign, coupon.serial),
                readable=not self._is_set_aside(key, coupon.campaign, coupon.serial, row[8] if row else 0),
            )

    @of_a_coupon
    def opaque_coupon(self, text: str) -> CouponFacts | None:
        """A coupon by its opaque id, or None where this cache does not hold it."""
        key = self._key(KeyKind.COUPON_CODE, text)
        with self._guard:
            row = self.row(cache_sql.COUPON, key)
            if row is None:
                return None
            return self._facts(row)

    @of_one_file
    def member_by_number(self, number: int) -> CachedMember | None:
        """By the number in a slot code."""
        return self._member(cache_sql.MEMBER, self._key(KeyKind.MEMBER_NUMBER, str(number)))

    @of_one_file
    def member_by_card(self, card: str) -> CachedMember | None:
        """By card number or GSRN."""
        return self._member(cache_sql.MEMBER_BY_CARD, self._key(KeyKind.MEMBER_CARD, card))

    @of_one_file
    def member_by_phone(self, e164: str) -> Sequence[CachedMember]:
        """By phone number; more than one where two accounts share it."""
        with self._guard:
            rows = self.rows(cache_sql.MEMBER_BY_PHONE, self._key(KeyKind.PHONE, e164))
            return [self._seen(row) for row in rows if not self._quarantine.holds("member", row[0])]

    @of_one_file
    def members_by_tail(self, digits: str, limit: int) -> Sequence[CachedMember]:
        """By the last four digits of the phone number: whoever it may be, never more than ``limit``."""
        with self._guard:
            rows = self.rows(cache_sql.MEMBER_BY_TAIL, self._key(KeyKind.PHONE_TAIL, digits), limit)
            return [self._seen(row) for row in rows if not self._quarantine.holds("member", row[0])]

    @of_one_file
    def member_in_doubt(self, by: KeyKind, text: str, *, surely: bool = False) -> bool:
        """Whether the row of the member whom this names could not be read; unless ``surely``, whether it may be his.

        A row that could not be read may hide whose phone and card it is about. Who is looked for by those and found
        nowhere may be that member.
        """
        key = self._key(by, text)
        with self._guard:
            self._required()
            if not self._quarantine:
                return False
            column, sql = _MEMBER_COLUMNS.get(by, ("tail_key", ""))
            held = [row[0] for row in self.rows(sql, key)] if sql else []
            if any(self._quarantine.holds("member", one) for one in held):
                return True
            return self._quarantine.names_member(column, key, surely=surely or bool(held))

    @of_one_file
    def member_of_alias(self, ref: str) -> CachedMember | None:
        """The member that a provisional one turned out to be."""
        row = self.row(cache_sql.ALIAS, ref)
        return None if row is None else self._member(cache_sql.MEMBER, row[1])

    @of_one_file
    def coupons_of(self, member: CachedMember) -> Sequence[CouponFacts]:
        """The member's own coupons, earliest expiry first."""
        key = self._key(KeyKind.MEMBER_NUMBER, str(member.number))
        with self._guard:
            facts = [self._facts(row) for row in self.rows(cache_sql.COUPONS_OF_MEMBER, key)]
            return [fact for fact in facts if fact.offer is not None]

    def _facts(self, row: Row) -> CouponFacts:
        """A coupon's row, with its uses, revocation and lease."""
        coupon_id, code_kind, campaign, serial, first_day, last_day, home, value, member_key, revoked, own = row
        key = self._key(KeyKind.COUPON_ID, coupon_id)
        is_signed = code_kind == "signed_coupon"
        return CouponFacts(
            coupon_id=coupon_id,
            code_kind=code_kind,
            genuine=True,
            offer=self.offer(campaign),
            first_day=day_of(first_day) if first_day else None,
            last_day=day_of(last_day) if last_day else None,
            home_store=home,
            value_minor=value,
            member_ref=self._bound_to(member_key),
            uses=self._uses(key),
            revoked=bool(revoked) or (is_signed and self._is_revoked(campaign, serial)),
            lease=self._lease(campaign, serial),
            # An opaque coupon's row has its code's key; its uses have its id's.
            readable=not (
                self._quarantine.concerns_coupon(own)
                or self._is_set_aside(key, campaign, serial, member_key, is_signed=is_signed)
            ),
        )

    def _is_set_aside(self, key: int, campaign: int, serial: int, member_key: int, *, is_signed: bool = True) -> bool:
        """Whether a row that decides on this coupon could not be read, so that the older one is not to be believed."""
        aside = self._quarantine
        if not aside:
            return False
        if is_signed and aside.holds("revoked_block", campaign, serial // cache_format.SERIALS_PER_BLOCK):
            return True
        if member_key and aside.holds("member", member_key):
            return True
        row = self.row(cache_sql.LEASE, campaign, serial) if serial <= MAX_INTEGER else None
        is_lent = aside.concerns_lease(campaign, serial, (row[0], row[1]) if row else None)
        return is_lent or aside.holds("offer", campaign) or aside.concerns_coupon(key)

    def _uses(self, key: int) -> tuple[Use, ...]:
        return tuple(
            Use(use_no, from_ms(at_ms), store, lane, operator, self.store_name(store), name, device, seq, claim, value)
            for use_no, at_ms, store, lane, operator, name, device, seq, claim, value in self.rows(cache_sql.USES, key)
        )

    def _is_revoked(self, campaign: int, serial: int) -> bool:
        block, bit = divmod(serial, cache_format.SERIALS_PER_BLOCK)
        row = self.row(cache_sql.REVOKED_BYTE, bit // 8 + 1, campaign, block)
        return bool(row and row[0] and row[0][0] >> bit % 8 & 1)

    def _lease(self, campaign: int, serial: int) -> Lease | None:
        # A code can carry a serial that no column of SQLite holds; nobody leases it, and nobody can have signed it.
        if serial > MAX_INTEGER:
            return None
        row = self.row(cache_sql.LEASE, campaign, serial)
        if row is None or row[1] < serial:
            return None
        return Lease(row[2], from_ms(row[3]))

    def _bound_to(self, member_key: int) -> str:
        if not member_key:
            return ""
        row = self.row(cache_sql.MEMBER_REF, member_key)
        return str(row[0]) if row else BOUND_TO_SOMEBODY_ELSE

    def _member(self, sql: str, key: int) -> CachedMember | None:
        with self._guard:
            row = self.row(sql, key)
            return None if row is None or self._quarantine.holds("member", row[0]) else self._seen(row)

    def _seen(self, row: Row) -> CachedMember:
        return self._members.member(row, self.store_name(row[6]) if row[6] else "")

    def _key(self, kind: KeyKind, text: str) -> int:
        return lookup_key(self._secret, kind, text)


def open_cache(folder: Path, store_secret: bytes) -> SqlCache:
    """The cache of a home folder, for a command that only reads."""
    return SqlCache(CachePointer(folder), store_secret)
