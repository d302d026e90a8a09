"""The journal for a command that only reads, beside a window that writes it.

Apart from the reader because the use-cases ask for the whole ``Journal`` port: here the writing half says who holds it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Self

from pos_client.domain.errors import JournalHeld
from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.verdict import Use

from .journal_file import JournalFile, open_for_reading
from .journal_reader import JournalReader
from .lock import WriterLock


class ReadOnlyJournal(JournalReader):
    """The ``Journal`` port with every write refused.

    Args:
        file: an open journal. lock: says who writes it.
    """

    def __init__(self, file: JournalFile, lock: WriterLock) -> None:
        super().__init__(file)
        self._lock = lock

    @classmethod
    def open(cls, path: Path, lock: WriterLock | None = None) -> Self:
        """Open a journal that exists; ``lock`` is ``journal.lock`` beside it unless told. It is not taken.

        Raises:
            NotEnrolled: there is none.
            SchemaTooNew, JournalDamaged, StorageUnavailable.
        """
        return cls(open_for_reading(path), lock or WriterLock(path.with_suffix(".lock")))

    def append(self, draft: EntryDraft) -> NoReturn:
        """Raises JournalHeld: it was opened for reading."""
        self._refuse(draft.kind.value)

    def append_all(self, drafts: Sequence[EntryDraft]) -> NoReturn:
        """Raises JournalHeld: it was opened for reading."""
        self._refuse(", ".join(draft.kind.value for draft in drafts))

    def append_void(self, draft: EntryDraft, target_seq: int) -> NoReturn:
        """Raises JournalHeld: it was opened for reading."""
        self._refuse(f"{draft.kind.value} of {target_seq}")

    def remember(self, key: str, value: str) -> NoReturn:
        """Raises JournalHeld: it was opened for reading."""
        self._refuse(f"{key}, {len(value)} characters")

    def keep_late(self, coupon_id: str, claim_id: str, tier: str, outcome: str, use: Use | None) -> NoReturn:
        """Raises JournalHeld: it was opened for reading."""
        self._refuse(f"{outcome} of {coupon_id} by {tier}, claim {claim_id}, {use}")

    def _refuse(self, what: str) -> NoReturn:
        raise JournalHeld(f"opened for reading: {what} cannot be written", **self._lock.holder())
