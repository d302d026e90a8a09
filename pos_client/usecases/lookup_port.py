"""The port to whoever counts how often each person has looked for members by four digits.

Apart from the deed that asks because the desk carries it, too.
"""

from datetime import datetime, timedelta
from typing import Protocol


class Lookups(Protocol):
    """How often each person has looked by four digits."""

    def admit(self, who: str, now: datetime, window: timedelta, limit: int) -> bool:
        """Count one more look, unless there are ``limit`` within the window already: then False.

        Raises:
            DiskFull, StorageUnavailable: it could not be counted.
        """


class NobodyLooks:
    """A lane that keeps no count, and so lets nobody look."""

    def admit(self, who: str, now: datetime, window: timedelta, limit: int) -> bool:
        """Never."""
        del who, now, window, limit
        return False
