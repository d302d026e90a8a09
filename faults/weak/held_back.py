"""Holds entries back although the program was told that they are on the disk: what weak switches share."""

from typing import Any

from faults.weak.switch import patch


def hold_back(kind: str, *, for_entries: int) -> None:
    """From an entry of this kind on, answer as if entries were written, and write them when so many have gathered."""
    from pos_client.storage import journal  # noqa: PLC0415 - only in a process that is to be weak
    from pos_client.storage.journal_row import numbered, ref_of  # noqa: PLC0415

    book: Any = journal.SqlJournal
    commit, close = book._commit, book.close  # noqa: SLF001 - what is patched

    def write_held(self: Any) -> None:
        held, self._held = getattr(self, "_held", []), []
        if held:
            self._last = None
        for draft in held:
            commit(self, draft)

    def late_commit(self: Any, draft: Any, target_epoch: int | None = None) -> Any:
        held = getattr(self, "_held", [])
        if target_epoch is not None or not (held or draft.kind == kind) or len(held) >= for_entries:
            write_held(self)
            return commit(self, draft, target_epoch)
        with self._file.guard:
            row = numbered(self._key, draft, *(self._last or self._newest()))
            self._last, self._held = (row["seq"], row["hash"]), [*held, draft]
        return ref_of(row)

    def late_close(self: Any) -> None:
        write_held(self)
        close(self)

    patch(book, "_commit", late_commit)
    patch(book, "close", late_close)
