"""One customer in hand, one amount: one purchase, however many coupons are shown for it one after the other.

Apart from the dialogue because points hang on it: a purchase earns once, and a second coupon for the same goods must
not let it earn again.
"""

from pos_client.domain.verdict import Verdict

from .redeem import REDEEMED
from .transaction import Request


class BoughtOnce:
    """Remembers the purchase in hand once it was recorded."""

    def __init__(self) -> None:
        self._key: tuple[str, int] | None = None
        self._seq = 0

    def is_purchase(self, request: Request) -> bool:
        """Whether it is known who buys and for how much."""
        return _key(request) is not None

    def is_recorded(self, request: Request) -> bool:
        """Whether this member bought for this amount a moment ago."""
        return self._key is not None and self._key == _key(request)

    def note(self, request: Request, verdict: Verdict) -> Verdict:
        """Keep what was recorded; the verdict as it is."""
        if verdict.kind in REDEEMED and verdict.entry:
            self._key, self._seq = _key(request), verdict.entry.seq
        return verdict

    def taken_back(self, seq: int) -> None:
        """A deed was taken back; if it was the purchase in hand, the goods may be bought again."""
        if seq == self._seq:
            self.forget()

    def forget(self) -> None:
        """Another customer, or none."""
        self._key = None


def _key(request: Request) -> tuple[str, int] | None:
    if request.member is None or request.basket is None or not request.member.view.ref:
        return None
    return request.member.view.ref, request.basket.total_minor
