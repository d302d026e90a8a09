"""A claim is asked for before its intent is on the disk: a crash leaves a claim that the lane knows nothing of."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from faults.weak.switch import Switch, patch


def _apply() -> None:  # noqa: C901 - one weakness, put on in one place
    from pos_client.storage import connections, journal, journal_file, journal_sql  # noqa: PLC0415
    from pos_client.storage.journal_row import numbered, ref_of  # noqa: PLC0415

    book: Any = journal.SqlJournal
    whole, commit = connections.all_or_nothing, book._commit  # noqa: SLF001 - what is patched

    @contextmanager
    def inside(connection: Any) -> Iterator[None]:
        # What is kept beside the entries meanwhile waits for the disk with the intent.
        if connection.in_transaction:
            yield
        else:
            with whole(connection):
                yield

    def written(self: Any) -> None:
        connection = self._file._connection  # noqa: SLF001
        if self._file.is_open and connection.in_transaction:
            connection.execute("COMMIT")

    def late(self: Any, draft: Any, target_epoch: int | None = None) -> Any:
        written(self)
        if draft.kind != "intent":
            return commit(self, draft, target_epoch)
        with self._file.guard:
            row = numbered(self._key, draft, *(self._last or self._newest()))
            connection = self._file._connection  # noqa: SLF001
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(journal_sql.INSERT, row)
            self._last = (row["seq"], row["hash"])
        return ref_of(row)

    def after_writing(call: Any) -> Any:
        def called(self: Any, *given: Any) -> Any:
            written(self)
            return call(self, *given)

        return called

    patch(journal_file, "all_or_nothing", inside)
    patch(book, "_commit", late)
    for name in ("_commit_all", "_commit_next", "_commit_epoch", "close"):
        patch(book, name, after_writing(getattr(book, name)))


SWITCH = Switch(
    name="no-intent",
    what="the centre is asked for a use before it is on the lane's disk that it asks",
    apply=_apply,
    caught_by={"F2": 1},
    because=("no lane knows of",),
)
