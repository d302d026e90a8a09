"""The one writer of a home: an exclusive lock, and a word on who holds it.

Apart from the journal because enrolment and settings also need to be the only one. There is no way to ignore it.
"""

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout

from pos_client.domain.errors import JournalHeld

from .failures import disk_fault

WINDOW: Final = "window"
COMMAND: Final = "command"


class WriterLock:
    """Exclusive right to write a home folder; one process at a time, released by the system when it dies.

    Args:
        path: the lock file, for example ``journal.lock``. Who holds it stands beside it, in ``journal.holder``, because
            taking a lock may empty the lock file itself.
        holder: ``window`` or ``command``.
    """

    def __init__(self, path: Path, holder: str = COMMAND) -> None:
        self._lock = FileLock(path, thread_local=False)
        self._note = path.with_suffix(".holder")
        self._holder = holder

    def acquire(self, wait_s: float = 0.0) -> None:
        """Take the lock; taking it again is counted.

        Raises:
            JournalHeld: another process has it; the facts say who (``holder``, ``pid``).
            StorageUnavailable: the folder cannot be written.
        """
        try:
            self._lock.acquire(timeout=wait_s, poll_interval=0.02)
            if self._lock.lock_counter == 1:
                note = json.dumps({"pid": os.getpid(), "holder": self._holder})
                self._note.write_text(note, encoding="utf-8")
        except Timeout as error:
            raise JournalHeld("another program writes this journal", **self.holder()) from error
        except OSError as error:
            self._lock.release(force=True)
            raise disk_fault(error) from error

    def release(self) -> None:
        """Give one ``acquire`` back."""
        self._lock.release()

    def holder_now(self) -> str:
        """Who holds it at this moment, empty where nobody does; the note stays what it is."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return str(self.holder()["holder"])
        except OSError as error:
            raise disk_fault(error) from error
        self._lock.release()
        return ""

    def holder(self) -> dict[str, str | int]:
        """Who holds it, as far as he wrote it down: ``holder`` and ``pid``."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return {"holder": str(note["holder"]), "pid": int(note["pid"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {"holder": "another program", "pid": 0}

    @property
    def is_held(self) -> bool:
        """Whether this object holds it now."""
        return bool(self._lock.is_locked)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
