"""What slips are printed from beside the journal: codes that were given out, and how often a slip was printed.

Apart from the journal's port because no entry holds a code, and a print is no deed. All of it may be lost: a slip then
says that the code was shown at the counter.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pos_client.domain.verdict import EntryRef

from .booth_port import PooledCoupon


class SlipBook(Protocol):
    """Codes and prints. Every call may raise StorageUnavailable."""

    def keep_codes(self, coupons: Sequence[PooledCoupon], today: date) -> None:
        """Keep the codes of coupons that are about to be given out; those whose last day is over are forgotten."""

    def code_of(self, coupon_id: str) -> str:
        """A code that was kept, empty where it is not known (any more)."""

    def count_print(self, entry: EntryRef) -> int:
        """Another slip of this entry is printed: which one it is, 1 for the first."""


class NoSlipBook:
    """Keeps nothing; each print is the first."""

    def keep_codes(self, coupons: Sequence[PooledCoupon], today: date) -> None:
        """Nothing is kept."""

    def code_of(self, coupon_id: str) -> str:  # noqa: ARG002 - the port's signature
        """Not known."""
        return ""

    def count_print(self, entry: EntryRef) -> int:  # noqa: ARG002 - the port's signature
        """The first."""
        return 1
