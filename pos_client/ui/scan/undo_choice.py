"""What F8 would take back, and for which reasons; in the order of their number keys.

Apart from presenter and panel because both go by it.
"""

from collections.abc import Sequence
from typing import Final

from pos_client.usecases.till_view import RecentItem, UndoReason

UNDO_REASONS: Final = (
    UndoReason.WRONG_COUPON,
    UndoReason.CUSTOMER_RETURN,
    UndoReason.WRONG_AMOUNT,
    UndoReason.DUPLICATE,
    UndoReason.OTHER,
)


def latest_undoable(recent: Sequence[RecentItem]) -> RecentItem | None:
    """The newest line that may be taken back."""
    return next((item for item in recent if item.can_undo and not item.undone), None)


def still_undoable(recent: Sequence[RecentItem], item: RecentItem | None) -> RecentItem | None:
    """A line that was asked about before, as it is now; None where it cannot be taken back any more."""
    return latest_undoable([one for one in recent if item is not None and one.seq == item.seq])
