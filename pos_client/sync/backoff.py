"""When to try again: exponential with full jitter, so that a chain's lanes do not come back all at once.

Apart from the worker because push and pull each have one, and because a test must be able to throw the dice itself.
"""

import random
from collections.abc import Callable
from typing import Final

FIRST_S: Final = 1.0
LONGEST_S: Final = 300.0
_CHANCE: Final = random.SystemRandom()


class Backoff:
    """Counts failures in a row.

    Args:
        first_s, longest_s: bounds of the exponential.
        dice: a number in [0, 1).
    """

    def __init__(
        self,
        first_s: float = FIRST_S,
        longest_s: float = LONGEST_S,
        dice: Callable[[], float] = _CHANCE.random,
    ) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._dice = dice
        self.failures = 0

    def succeeded(self) -> None:
        """Begin anew."""
        self.failures = 0

    def failed(self, retry_after_s: float = 0.0) -> float:
        """Seconds to wait now: drawn from (0, bound], and never less than the server asked for."""
        bound = min(self._longest_s, self._first_s * 2.0 ** min(self.failures, 30))
        self.failures += 1
        return max(bound * (1.0 - self._dice()), retry_after_s)
