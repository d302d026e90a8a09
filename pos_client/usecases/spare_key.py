"""The way out of a kiosk whose till has died: who may, and their PINs, as the desk knew them when it last answered.

Apart from ``leave_kiosk`` because nothing can be asked or written here any more: wrong PINs are counted in memory, with
the same waits, and nobody is logged in by it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pos_client.domain.pins import PinBook
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .authorise import FREE_TRIES, Attempts, Signature
from .desk import Desk
from .leave_kiosk import Keeper, LeaveKiosk


@dataclass(frozen=True, slots=True)
class SpareKey:
    """What is kept for that moment.

    Attributes:
        keepers: who may leave. book: their PINs, stretched.
    """

    keepers: tuple[Keeper, ...]
    book: PinBook


class SpareLock:
    """Tries PINs without a desk.

    Args:
        now_s: seconds of a clock that only runs forward.
    """

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._wrong: dict[str, tuple[Attempts, float]] = {}

    def opens(self, key: SpareKey, who: Signature) -> Verdict:
        """Whether this person is let out; from the fifth wrong PIN on each costs a wait, as at the desk."""
        attempts, until = self._wrong.get(who.staff_id, (Attempts(), 0.0))
        if (left_s := until - self._now_s()) > 0:
            return Verdict(VerdictKind.REFUSED, Reason.PIN_LOCKED, {"wait_s": math.ceil(left_s)})
        if who.staff_id in {keeper.id for keeper in key.keepers} and key.book.is_right(who.staff_id, who.pin):
            self._wrong.pop(who.staff_id, None)
            return Verdict(VerdictKind.ACCEPTED, Reason.LOGGED_IN)
        counted = Attempts(attempts.wrong + 1)
        self._wrong[who.staff_id] = counted, self._now_s() + counted.wait_s
        if counted.wait_s:
            return Verdict(VerdictKind.REFUSED, Reason.PIN_LOCKED, {"wait_s": counted.wait_s})
        return Verdict(VerdictKind.REFUSED, Reason.PIN_WRONG, {"count": FREE_TRIES - counted.wrong})


def spare_key(desk: Desk) -> SpareKey:
    """Those who may leave, and no PIN of anybody else. Raises CacheMissing before the first data."""
    keepers, book = LeaveKiosk(desk).keepers(), desk.pins()
    records = {keeper.id: book.records[keeper.id] for keeper in keepers}
    return SpareKey(keepers, PinBook(book.required, records, book.pepper))
