"""What the centre lent to this booth, as the use-cases see it: stock, pools of codes and members, stamps.

Apart from members and coupons because only deeds that give something away ask. What this lane gave away since the
data was made stands in the journal, and the use-cases put both together.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from pos_client.domain.business_time import day_number, day_of
from pos_client.domain.keyed_hash import KeyKind, lookup_key
from pos_client.usecases.booth_port import PooledCoupon, PooledMember, StockLine

from . import cache_sql
from .cache_file import CacheFile
from .sealed_column import SealedColumn

_TABLE: Final = "pool_coupon"


class SqlBooth:
    """The ``BoothData`` port on a cache file. Every method may be called from any thread.

    Args:
        cache: the file, open once for all who ask it.
        store_secret: 32 bytes.
        lane: whose pools.
    """

    def __init__(self, cache: CacheFile, store_secret: bytes, lane: int) -> None:
        self._cache = cache
        self._secret = store_secret
        self._codes = SealedColumn(store_secret, _TABLE)
        self._lane = lane

    def applied(self, device: str) -> tuple[int, int]:
        """Up to which entry (epoch, seq) of a device the data has counted; (0, 0) for none."""
        row = self._cache.row(cache_sql.APPLIED, device)
        return (row[0], row[1]) if row else (0, 0)

    def stamps_of(self, member_number: int) -> Mapping[str, int]:
        """Stamps on a member's cards, by card."""
        key = lookup_key(self._secret, KeyKind.MEMBER_NUMBER, str(member_number))
        return dict(self._cache.rows(cache_sql.STAMPS, key))

    def refs_of(self, ref: str) -> Sequence[str]:
        """All references under which a member's entries may stand: his own, and those he had before a merge."""
        return [ref, *(row[0] for row in self._cache.rows(cache_sql.ALIASES_OF, ref))]

    def stock(self, booth: str) -> Sequence[StockLine]:
        """What lay at a booth when the data was made."""
        return [StockLine(item, quantity, low) for item, quantity, low in self._cache.rows(cache_sql.STOCK, booth)]

    def pool_coupons(self, campaign: int, on: date) -> Iterator[PooledCoupon]:
        """Coupons of a campaign that this lane may issue on a day, the first to expire first; some may be gone."""
        day = day_number(on)
        for key, coupon_id, number, sealed, first, last, value in self._cache.rows(
            cache_sql.POOL_COUPONS, campaign, self._lane, day, day
        ):
            text = self._codes.opened(key, sealed)
            if text:
                yield PooledCoupon(coupon_id, number, text, day_of(first), day_of(last), value)

    def pool_of(self, coupon_id: str) -> int | None:
        """Which lane may issue a coupon; None where it is in no pool of this store (any more)."""
        row = self._cache.row(cache_sql.POOL_LANE, lookup_key(self._secret, KeyKind.COUPON_ID, coupon_id))
        return int(row[0]) if row else None

    def pool_members(self) -> Iterator[PooledMember]:
        """Numbers that this lane may give to members whom it binds; some may be gone."""
        for number, ref, card in self._cache.rows(cache_sql.POOL_MEMBERS, self._lane):
            yield PooledMember(number, ref, card)
