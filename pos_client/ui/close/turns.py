"""What is asked of the till at the day's end, one answer at a time, and the one Enter that waits for its turn.

Apart from the presenter because the till may be at a customer's deed: a key that is pressed meanwhile is neither lost
nor done twice.
"""

from collections.abc import Callable

from pos_client.domain.errors import PosError
from pos_client.usecases.day_end import DayEnd

Work = Callable[[DayEnd], object]
Ask = Callable[[Work, Callable[[object], None]], None]


class Turns:
    """Work that is under way.

    Args:
        ask: does work at the day's end of this lane, and brings back what came of it or a PosError.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._newest = 0
        self._is_final = False
        self._kept: Callable[[], object] | None = None

    def do(self, work: Work, then: Callable[[object], None], *, is_final: bool = False) -> None:
        """Do this; an older answer that is still to come is not told any more. Nothing is kept until after a final."""
        self._newest += 1
        self._is_final = is_final
        number = self._newest

        def on_answer(found: object) -> None:
            if number != self._newest:
                return
            kept, self._kept, self._is_final = self._kept, None, False
            then(found)
            if kept is not None and not isinstance(found, PosError):
                kept()

        self._ask(work, on_answer)

    def keep(self, deed: Callable[[], object]) -> None:
        """Do this once the answer is there, however often it is asked for; a fault ends it."""
        self._kept = None if self._is_final else deed

    def forget(self) -> None:
        """Nothing waits any more."""
        self._kept = None
