"""Takes the centre's data in: whole files by one rename, pages of changes by one transaction.

Apart from reading because it is the only writer of the cache, and apart from the journal because nothing that comes
down may touch an entry. Until the last step of either, the old data serves on.
"""

import json
import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pos_client.domain.cache_format import FILE_NAME
from pos_client.domain.errors import CacheMissing, SnapshotInvalid

from . import cache_sql, cache_sums, quarantine, snapshot_check
from .cache_pointer import CachePointer, CurrentCache, remove_database
from .cache_shape import shapes
from .connections import Connection, open_writer, sync_file, sync_folder
from .failures import CACHE, disk_fault
from .page_rows import SortedRows, sort_out
from .quarantine import TooManySetAside

MOST_ROWS: Final = 1_000
AS_OF: Final = "as_of"
_PUT_META: Final = (
    "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page: rows applied, and rows set aside because they are not what the format says.

    Attributes:
        drifted: tables that are not what the centre thinks they are; the file is to be fetched anew.
    """

    applied: int
    quarantined: int
    drifted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the cache outside it (in the journal), so that a restored old file is noticed.

    Attributes:
        highest_generation: the highest that was ever in use here.
        installed: told of a generation that came into use.
        alarmed: told how many rows could not be read where they were too many, so that the old data stays; 0 once a
            page could be taken.
        proved: told of the centre's time of the newest data; it is at least that late.
    """

    highest_generation: Callable[[], int]
    installed: Callable[[int], None]
    proved: Callable[[datetime], None]
    alarmed: Callable[[int], None] = lambda _: None


class CacheInstaller:
    """The writing half of the cache; used by one thread at a time.

    Args:
        pointer: shared with the reader of this process.
        store: this store's number; other stores' data is refused.
        memory: what the journal remembers.
    """

    def __init__(self, pointer: CachePointer, store: int, memory: Memory) -> None:
        self._pointer = pointer
        self._store = store
        self._memory = memory
        self._guard = threading.RLock()
        self._connection: Connection | None = None
        self._opened: CurrentCache | None = None

    def cursor(self) -> str | None:
        """Where the next page begins; None before the first snapshot, or where the file is to be fetched anew."""
        meta = self._meta()
        return None if cache_sums.DISTRUSTED in meta or self._pointer.fell_back() else meta.get("cursor")

    def generation(self) -> int:
        """The installed generation; 0 before the first snapshot."""
        current = self._pointer.current()
        return current.generation if current else 0

    def highest_generation(self) -> int:
        """The highest generation that was ever installed here; an older one is never taken (roll-back)."""
        return max(self._memory.highest_generation(), self.generation())

    def set_aside(self) -> int:
        """How many rows of the centre could not be read, and count as unknown."""
        with self._guard, suppress(CacheMissing), CACHE:
            return quarantine.count(self._writer())
        return 0

    def data_as_of(self) -> datetime | None:
        """The centre's time of the newest data here."""
        meta = self._meta()
        known = meta.get(AS_OF) or meta.get("issued_at")
        return snapshot_check.moment(known) if known else None

    def part_file(self, generation: int, name: str) -> Path:  # noqa: ARG002 - a generation has one file
        """Where a download is put until it is whole; the same path again after an interruption."""
        return self._pointer.part_path(generation)

    def install_snapshot(self, part: Path, manifest: Mapping[str, Any]) -> None:
        """Check the file against the manifest (size, SHA-256, shape, rows) and swap it in atomically.

        The manifest's signature was checked before. ``part`` is gone afterwards, whatever happened.

        Raises:
            SnapshotInvalid: the old data stays in use.
            DiskFull, StorageUnavailable: the same.
        """
        try:
            with self._guard:
                promise = self._accepted(snapshot_check.promise_of(manifest))
                snapshot_check.check(part, promise)
                self._swap_in(part, promise.generation, cache_sums.promised(manifest, FILE_NAME))
        except OSError as error:
            raise disk_fault(error) from error
        finally:
            remove_database(part)
        self._memory.installed(promise.generation)
        self._memory.proved(promise.issued_at)

    def apply_page(self, page: Mapping[str, Any], *, overlaps: bool = False) -> PageOutcome:
        """Apply a page of changes and move the cursor in one transaction; the same page again changes nothing.

        The page's signature was checked before.

        Args:
            page: the document.
            overlaps: it may begin before the cursor, and is newer: what of it is here already stays as it is.

        Raises:
            SnapshotInvalid: it is for another store or place, or too much of it is malformed; the old data stays.
            CacheMissing: there is no snapshot to change.
        """
        start, end, as_of, rows = self._read(page)
        proved = _moment_of(as_of)
        with self._guard:
            if not overlaps and start != self._meta().get("cursor"):
                if end == self._meta().get("cursor"):
                    return PageOutcome(0, 0)
                raise SnapshotInvalid("the page begins somewhere else", problem="cursor")
            try:
                outcome = self._apply(sort_out(rows), {"cursor": end, AS_OF: as_of}, page)
            except CacheMissing as broken:
                if self._opened is not None:
                    self._pointer.fall_back(self._opened.path, broken.detail)
                raise
        self._memory.proved(proved)
        self._memory.alarmed(0)
        return outcome

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._opened = None

    def _accepted(self, promise: snapshot_check.Promise) -> snapshot_check.Promise:
        if promise.store != self._store:
            raise SnapshotInvalid("the data is another store's", problem="store", store=promise.store)
        # A file that cannot be read any more may be fetched again; no older one may take its place.
        least = self.highest_generation() + (0 if self.cursor() is None else 1)
        if promise.generation < least:
            raise SnapshotInvalid("the data is older than what was here", problem="generation", least=least)
        return promise

    def _swap_in(self, part: Path, generation: int, sums: str) -> None:
        file = self._pointer.free_path(generation)
        beside = {cache_sums.SUMS: sums} if sums else {}
        if cache_sums.DISTRUSTED in self._meta():
            beside[cache_sums.REFETCHED] = "1"
        with CACHE:
            # WAL from the first day: a page that is being applied must not hold up a verdict.
            prepared = open_writer(part, full_sync=False)
            prepared.execute(quarantine.TABLE)
            prepared.executemany(_PUT_META, list(beside.items()))
            prepared.close()
        sync_file(part)
        part.replace(file)
        sync_folder(file.parent)
        self._pointer.swap(file, generation)
        self.close()

    def _read(self, page: Mapping[str, Any]) -> tuple[str, str, str, list[Any]]:
        start, end, as_of, rows = (page.get(name) for name in ("from", "to", "issued_at", "rows"))
        if page.get("store") != self._store:
            raise SnapshotInvalid("the page is another store's", problem="store")
        if not (isinstance(start, str) and isinstance(end, str) and isinstance(as_of, str) and isinstance(rows, list)):
            raise SnapshotInvalid("the page is not what it should be", problem="page")
        if len(rows) > MOST_ROWS:
            raise SnapshotInvalid("the page is too long for one transaction", problem="page", rows=len(rows))
        return start, end, as_of, rows

    def _apply(self, rows: SortedRows, meta: dict[str, str], page: Mapping[str, Any]) -> PageOutcome:
        connection = self._writer()
        drifted: tuple[str, ...] = ()
        with CACHE:
            connection.execute("BEGIN IMMEDIATE")
            try:
                known: dict[str, str] = dict(connection.execute(cache_sql.META).fetchall())
                totals, gone = cache_sums.totals_of(known), cache_sums.shares(connection, rows)
                applied = _change_rows(connection, rows)
                has_changed = _set_aside(connection, rows)
                if totals is not None:
                    totals = cache_sums.carried_on(totals, gone, cache_sums.shares(connection, rows))
                    drifted = cache_sums.drifted(totals, page, quarantine.tables(connection))
                    meta |= _kept(totals, drifted, known)
                connection.executemany(_PUT_META, list(meta.items()))
                connection.execute("COMMIT")
            except BaseException as error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if isinstance(error, TooManySetAside):
                    self._memory.alarmed(error.rows)
                raise
        if has_changed:
            self._pointer.changed()
        return PageOutcome(applied, len(rows.set_aside), drifted)

    def _meta(self) -> dict[str, str]:
        """What the file says of itself; nothing where there is none that can be read."""
        with self._guard:
            try:
                with CACHE:
                    return dict(self._writer().execute(cache_sql.META).fetchall())
            except CacheMissing:
                return {}

    def _writer(self) -> Connection:
        current = self._pointer.current()
        if current is None:
            self.close()
            raise CacheMissing("no data was ever fetched")
        if self._connection is None or self._opened != current:
            self.close()
            with CACHE:
                connection = open_writer(current.path, full_sync=False)
                connection.execute(quarantine.TABLE)
            self._connection, self._opened = connection, current
        return self._connection


def _kept(totals: cache_sums.Totals, drifted: tuple[str, ...], known: Mapping[str, str]) -> dict[str, str]:
    """What is remembered of the sums. A file that was fetched anew and drifts again is not fetched for ever."""
    kept = {cache_sums.SUMS: json.dumps(totals)}
    if drifted:
        _log.warning("tables are not what the centre says: %s", ", ".join(drifted))
        if cache_sums.REFETCHED not in known:
            kept[cache_sums.DISTRUSTED] = "1"
    return kept


def _moment_of(text: str) -> datetime:
    try:
        return snapshot_check.moment(text)
    except ValueError as error:
        raise SnapshotInvalid("the page has no time", problem="page") from error


def _change_rows(connection: Connection, rows: SortedRows) -> int:
    applied = 0
    for table, values in rows.upserts.items():
        shape = shapes()[table]
        applied += connection.executemany(shape.upsert(), values).rowcount
        if shape.move():
            connection.executemany(shape.move(), values)
    for table, values in rows.tombstones.items():
        applied += connection.executemany(shapes()[table].delete(), values).rowcount
    return applied


def _set_aside(connection: Connection, rows: SortedRows) -> bool:
    """Keep what could not be applied, let go of what came again and could; whether anything of it changed."""
    if not rows.set_aside and not quarantine.count(connection):
        return False
    for table, values in [*rows.upserts.items(), *rows.tombstones.items()]:
        keys = shapes()[table].keys
        named = [(table, quarantine.key_text([one[key] for key in keys]), one["ver"]) for one in values]
        connection.executemany(quarantine.TAKE_BACK, named)
    connection.executemany(quarantine.SET_ASIDE, [one.values() for one in rows.set_aside])
    count = quarantine.count(connection)
    if count > quarantine.bearable(connection):
        raise TooManySetAside(count)
    for one in rows.set_aside:
        _log.warning("a row of %s was set aside: %s", one.table or "no table", one.reason)
    return True
