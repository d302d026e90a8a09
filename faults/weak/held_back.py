"""Holds entries of one kind back until the journal is told the next thing: what weak switches share."""

from typing import Any

from faults.weak.switch import patch


def hold_back(kind: str) -> None:
    """Answer with an entry's number and hash as if it were on the disk; it is written before the next one, or at the
    end."""
    from pos_client.storage import journal  # noqa: PLC0415 - only in a process that is to be weak
    from pos_client.storage.journal_row import numbered, ref_of  # noqa: PLC0415

    book: Any = journal.SqlJournal
    commit, close = book._commit, book.close  # noqa: SLF001 - what is patched

    def write_held(self: Any) -> None:
        held, self._held = getattr(self, "_held", None), None
        if held is not None:
            commit(self, held)

    def late_commit(self: Any, draft: Any, target_epoch: int | None = None) -> Any:
        write_held(self)
        if draft.kind != kind:
            return commit(self, draft, target_epoch)
        self._held = draft
        return ref_of(numbered(self._key, draft, *(self._last or self._newest())))

    def late_close(self: Any) -> None:
        write_held(self)
        close(self)

    patch(book, "_commit", late_commit)
    patch(book, "close", late_close)
