"""A member's row, opened: the masked columns are encrypted, so that a stolen file shows nobody.

Apart from the reader because only a member's masked column is a document of its own.
"""

import json

from pos_client.domain.business_time import day_of
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.verdict import MemberView
from pos_client.usecases.ports import CachedMember

from .connections import Row
from .sealed_column import SealedColumn


class MemberRows:
    """Reads rows of ``cache_sql.MEMBER``.

    Args:
        store_secret: 32 bytes.
    """

    def __init__(self, store_secret: bytes) -> None:
        self._masked = SealedColumn(store_secret, "member")

    def member(self, row: Row, owner_store: str) -> CachedMember:
        """A member as he may be shown; ``owner_store`` is the name of the store he belongs to."""
        key, ref, number, masked, level, points, _, owner_promoter, since_day, purchases, verified = row
        view = MemberView(
            ref=ref,
            masked=self._unmasked(key, masked),
            level=level,
            points=points,
            owner_store=owner_store,
            owner_promoter=owner_promoter,
            since=day_of(since_day) if since_day else None,
        )
        return CachedMember(number, member_tag(number), view, purchases, bool(verified))

    def _unmasked(self, key: int, sealed: bytes) -> str:
        """Masked name and phone; empty where the column cannot be opened, since the member is still the same."""
        try:
            document = json.loads(self._masked.opened(key, sealed))
            return f"{document['name']} {document['phone']}".strip()
        except (ValueError, KeyError, TypeError):
            return ""
