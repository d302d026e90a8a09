"""Room kept back for a full disk: what was begun can be ended, and what is done can still be sent.

Apart from the journal because it is about the disk, not about entries. On SQLITE_FULL the ballast is given up; from
then on, with less than 4 MB left, nothing new is begun, while voids, the close of the day and delivery go on.
"""

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from pos_client.domain.errors import DiskFull
from pos_client.domain.journal_entry import EntryDraft, EntryKind

BALLAST_BYTES: Final = 16 * 1024 * 1024
_PIECE_BYTES: Final = 65_536
_ENDS_SOMETHING: Final = frozenset(
    {
        EntryKind.VOID,
        EntryKind.LOGIN,
        EntryKind.LOGOUT,
        EntryKind.CLOSE_DAY,
        EntryKind.CACHE_SWAP,
        EntryKind.TIME_CONFIRM,
        EntryKind.TIME_JUMP,
        EntryKind.RESYNC_GAP,
        EntryKind.EXPORT,
        EntryKind.ENROL,
    }
)
_log = logging.getLogger(__name__)


class Ballast:
    """A file that is there to be deleted.

    Args:
        path: the file.
        size: bytes.
    """

    def __init__(self, path: Path, size: int = BALLAST_BYTES) -> None:
        self._path = path
        self._size = size
        self._spent = not path.exists()

    @classmethod
    def beside(cls, journal: Path, size: int = BALLAST_BYTES) -> Self:
        """The ballast of a journal, laid in again where there is room for it."""
        ballast = cls.found_beside(journal, size)
        ballast.restore()
        return ballast

    @classmethod
    def found_beside(cls, journal: Path, size: int = BALLAST_BYTES) -> Self:
        """The ballast of a journal as it is, laid in or not."""
        return cls(journal.with_suffix(".ballast"), size)

    @property
    def is_spent(self) -> bool:
        """Whether there is none."""
        return self._spent

    def restore(self) -> None:
        """Lay it in, where as much again stays free."""
        if not self._spent or self._free() < 2 * self._size:
            return
        try:
            with self._path.open("wb") as file:
                _fill(file.fileno(), self._size)
        except OSError:
            self._path.unlink(missing_ok=True)
            _log.warning("no room for the reserve of the journal")
            return
        self._spent = False

    def spend(self) -> bool:
        """Give it up; False where there was none."""
        if self._spent:
            return False
        self._path.unlink(missing_ok=True)
        self._spent = True
        _log.warning("the disk is full: the reserve of the journal was given up")
        return True

    def require_room(self, draft: EntryDraft, make_room: Callable[[], object] | None = None) -> None:
        """Let nothing new begin on a disk that is about to be full.

        Args:
            draft: what is to be written.
            make_room: tried once before it is refused.

        Raises:
            DiskFull: nothing was written.
        """
        if not self._spent or draft.kind in _ENDS_SOMETHING or draft.fields.get("intent_seq") is not None:
            return
        if make_room is not None and self._free() < self._size // 4:
            make_room()
        free = self._free()
        if free < self._size // 4:
            raise DiskFull("too little room to begin anything", free_bytes=free)

    def _free(self) -> int:
        return shutil.disk_usage(self._path.parent).free


def _fill(handle: int, size: int) -> None:
    """Blocks that are really taken: a file with a hole in it reserves nothing."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
        return
    for _ in range(0, size, _PIECE_BYTES):
        os.write(handle, bytes(_PIECE_BYTES))
