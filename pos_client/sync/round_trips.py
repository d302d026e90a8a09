"""How long the server took to answer of late: what makes a network slow, as a figure.

Apart from the client because one slow answer is no slow network: it takes several, and the worst of twenty is left out.
"""

import math
import threading
from collections import deque
from typing import Final

KEPT: Final = 20
ENOUGH: Final = 5
_SHARE: Final = 0.95


class RoundTrips:
    """The newest round trips. ``p95`` may be asked from any thread."""

    def __init__(self) -> None:
        self._took_s: deque[float] = deque(maxlen=KEPT)
        self._lock = threading.Lock()

    def add(self, took_s: float) -> None:
        """One request was answered after so many seconds."""
        with self._lock:
            self._took_s.append(took_s)

    def p95(self) -> float | None:
        """Seconds that 95 of 100 stay within, rounded to 10 ms; None after too few to tell."""
        with self._lock:
            ordered = sorted(self._took_s)
        if len(ordered) < ENOUGH:
            return None
        return round(ordered[math.ceil(_SHARE * len(ordered)) - 1], 2)
