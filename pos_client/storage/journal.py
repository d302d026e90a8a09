"""The book itself: number, chain, sign and commit, in one transaction and one fsync.

Apart from reading because only one process may do it. What goes to the driver's connection goes there as finished SQL:
a commit takes about as long as the disk needs, and executing through Core would nearly treble it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from pos_client.domain.business_time import to_ms
from pos_client.domain.clock_jump import jump_before
from pos_client.domain.errors import DiskFull
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.domain.trusted_time import TimeAnchor
from pos_client.domain.verdict import EntryRef, Use

from . import journal_sql
from .ballast import BALLAST_BYTES, Ballast
from .day_book import Beside, SqlDayBook
from .failures import JOURNAL, UniqueViolated
from .journal_file import JournalFile, epoch_begins_after, put_meta
from .journal_late import holder_text
from .journal_opening import Witness, epoch_facts, open_locked
from .journal_reader import ANCHOR, EPOCH, GENERATION, RATCHET, JournalReader, anchor_text
from .journal_row import LaneKey, numbered, ref_of
from .journal_writes import put_one, second_writer
from .lock import WriterLock
from .outbox import Outbox
from .running_counts import CONTACT

__all__ = ["LaneKey", "SqlJournal"]

Done = TypeVar("Done")


class SqlJournal(JournalReader):
    """The ``Journal`` port on SQLite, as its only writer. Every method may be called from any thread.

    Open it with ``open``; ``close`` gives the lock back.

    Attributes:
        outbox: the same entries as delivery sees them. days: by days.
    """

    def __init__(self, file: JournalFile, key: LaneKey, lock: WriterLock, ballast: Ballast, witness: Witness) -> None:
        super().__init__(file)
        self.outbox = Outbox(file, self._bear_witness)
        self.days = SqlDayBook(file, self.append_next)
        self._key = key
        self._lock = lock
        self._ballast = ballast
        self._witness = witness
        # Number and hash of the newest entry; nobody else writes, so it is read once and not before every entry.
        self._last: tuple[int, bytes] | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        key: LaneKey,
        *,
        lock: WriterLock | None = None,
        wait_s: float = 0.0,
        witness: Witness | None = None,
        reserve_bytes: int = BALLAST_BYTES,
    ) -> Self:
        """Take the lock, make or upgrade the file, and look whether it is still the one that was left here.

        Args:
            path: ``journal.db`` in the home folder.
            key: an epoch that is higher than the file's begins a new one; a file that is ahead goes on in its own.
            lock: of the home folder; ``journal.lock`` beside the file unless told.
            wait_s: how long to wait for it.
            witness: knows the newest entry outside the file.
            reserve_bytes: kept back on the disk for the day when it is full.

        Raises:
            JournalHeld: another process writes it.
            SchemaTooNew, StorageUnavailable.
            JournalDamaged: the tail does not hold, the witness is ahead, or it is another device's.
        """
        witness, lock = witness or Witness(), lock or WriterLock(path.with_suffix(".lock"))
        with JOURNAL:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            file = open_locked(path, key, lock, wait_s, witness)
        except DiskFull:
            # Not even opening was possible: what is kept back is for just this day.
            if not Ballast.found_beside(path, reserve_bytes).spend():
                raise
            file = open_locked(path, key, lock, wait_s, witness)
        known = replace(key, epoch=int(file.meta(EPOCH) or key.epoch))
        return cls(file, known, lock, Ballast.beside(path, reserve_bytes), witness)

    def append(self, draft: EntryDraft) -> EntryRef:
        """Number, chain, sign and commit one entry.

        Raises:
            UseTaken: a redemption of the same coupon and use stands here already.
            DiskFull, StorageUnavailable: nothing was written.
        """
        return self._in_turn(draft, lambda: self._commit(draft))

    def append_void(self, draft: EntryDraft, target_seq: int) -> EntryRef:
        """As ``append``, and mark the target taken back in the same transaction.

        The target is the entry of that number with the draft's coupon and claim; of whichever epoch it is, the entry
        names it, with its claim.
        """
        if draft.kind is not EntryKind.VOID:
            raise ValueError(f"a {draft.kind} takes nothing back")
        return self._in_turn(draft, lambda: self._commit_void(draft, target_seq))

    def append_all(self, drafts: Sequence[EntryDraft]) -> tuple[EntryRef, ...]:
        """Several entries in one commit: all of them, or none. A void among them names its ``target``.

        Raises:
            UseTaken, ReceiptTaken: one of them stands here already.
            DiskFull, StorageUnavailable: nothing was written.
        """
        return self._in_turn(drafts[0], lambda: self._commit_all(drafts))

    def append_next(self, draft: EntryDraft, after: int | None, beside: Beside) -> EntryRef | None:
        """As ``append``, with values kept beside it in the same commit.

        None, and nothing written, where the newest entry of the epoch is not number ``after``.
        """
        return self._in_turn(draft, lambda: self._commit_next(draft, after, beside))

    def begin_epoch(self, epoch: int, previous: bytes, first: EntryDraft, beside: Mapping[str, str]) -> EntryRef:
        """Go on in a new epoch: its number, its first entry and values beside the entries, all in one commit.

        Whoever writes at this moment writes the last entry of the old epoch or the second of the new one.

        Args:
            epoch: higher than the one before.
            previous: hash (32 bytes) that the first entry follows.
            first: that entry.
            beside: what to ``remember`` with it.

        Raises:
            DiskFull, StorageUnavailable: the old epoch goes on.
        """
        key = replace(self._key, epoch=epoch, previous=previous)
        ref = self._with_room(first, lambda: self._commit_epoch(key, first, beside))
        self._bear_witness()
        return ref

    def remember(self, key: str, value: str) -> None:
        """Keep a value beside the entries (never an entry's content)."""
        self._file.remember({key: value})

    def keep_late(self, coupon_id: str, claim_id: str, tier: str, outcome: str, use: Use | None) -> None:
        """Keep what a server said of a claim after this lane had decided."""
        kept = {"claim_id": claim_id, "tier": tier, "coupon_id": coupon_id, "outcome": outcome}
        self._file.run(journal_sql.KEEP_LATE, kept | {"at_ms": to_ms(datetime.now(UTC)), "holder": holder_text(use)})

    def server_heard(self, anchor: TimeAnchor) -> None:
        """A signed server time came in: it anchors the clock, and the count of what was done alone begins again.

        An answer that was on its way when the lane was closed is too late, and no error.
        """
        with self._file.guard:
            if not self._file.is_open:
                return
            contact = {"epoch": head.epoch, "seq": head.seq} if (head := self.head()) else {}
            self._file.remember({ANCHOR: anchor_text(anchor), CONTACT: json.dumps(contact)})

    def raise_ratchet(self, moment: datetime) -> None:
        """Something proves that it is at least this late (the data's ``issued_at``)."""
        if to_ms(moment) > int(self._file.meta(RATCHET) or 0):
            self._file.remember({RATCHET: str(to_ms(moment))})

    def raise_generation(self, generation: int) -> None:
        """A snapshot came into use; an older one never may again."""
        if generation > self.highest_generation():
            self._file.remember({GENERATION: str(generation)})

    @property
    def disk_is_low(self) -> bool:
        """Whether the reserve is gone: a person should make room now."""
        return self._ballast.is_spent

    def close(self) -> None:
        """Tell the witness, close the file and give the lock back; once more does nothing."""
        if not self._file.is_open:
            return
        try:
            self._bear_witness()
        finally:
            super().close()
            self._lock.release()

    def _bear_witness(self) -> None:
        if head := self.head():
            self._witness.remember(head)

    def _with_room(self, draft: EntryDraft, commit: Callable[[], Done]) -> Done:
        # A checkpoint frees what the write-ahead log holds and the file does not need.
        self._ballast.require_room(draft, self._file.checkpoint)
        try:
            return commit()
        except DiskFull:
            if not self._ballast.spend():
                raise
        self._ballast.require_room(draft, self._file.checkpoint)
        return commit()

    def _in_turn(self, draft: EntryDraft, commit: Callable[[], Done]) -> Done:
        """As ``_with_room``, after the entry that says that the clock jumped since the newest one, where it did."""
        with self._file.guard:
            newest = self._file.row(journal_sql.NEWEST_BODY, {})
            jump = jump_before(newest[0], draft) if newest else None
            if jump is not None:
                self._with_room(jump, partial(self._commit, jump))
        return self._with_room(draft, commit)

    def _commit(self, draft: EntryDraft, target_epoch: int | None = None) -> EntryRef:
        with self._file.guard:
            last, self._last = self._last or self._newest(), None
            row = numbered(self._key, draft, *last)
            try:
                self._put(row, target_epoch)
            except UniqueViolated as error:
                raise self.who_took(row) or second_writer(error) from None
            # Known only now: after anything else the file is asked again.
            self._last = (row["seq"], row["hash"])
        return ref_of(row)

    def _commit_next(self, draft: EntryDraft, after: int | None, beside: Beside) -> EntryRef | None:
        with self._file.guard:
            last, self._last = self._last or self._newest(), None
            if after is not None and last[0] != after:
                return None
            row = numbered(self._key, draft, *last)
            with self._file.transaction(only_adds=True) as connection:
                connection.execute(journal_sql.INSERT, row)
                put_meta(connection, beside(ref_of(row)).items())
            self._last = (row["seq"], row["hash"])
        return ref_of(row)

    def _commit_all(self, drafts: Sequence[EntryDraft]) -> tuple[EntryRef, ...]:
        rows: list[dict[str, Any]] = []
        with self._file.guard:
            last, self._last = self._last or self._newest(), None
            for draft in drafts:
                rows.append(numbered(self._key, draft, *last))
                last = (rows[-1]["seq"], rows[-1]["hash"])
            try:
                with self._file.transaction(only_adds=not any(draft.target for draft in drafts)) as connection:
                    for row, draft in zip(rows, drafts, strict=True):
                        put_one(connection, row, draft.target)
            except UniqueViolated as error:
                raise next((why for why in map(self.who_took, rows) if why), None) or second_writer(error) from None
            self._last = last
        return tuple(map(ref_of, rows))

    def _commit_void(self, draft: EntryDraft, target_seq: int) -> EntryRef:
        asked = {name: draft.fields.get(name) or "" for name in ("coupon_id", "claim_id")}
        with self._file.guard:
            target = self._file.row(journal_sql.VOID_TARGET, asked | {"target_seq": target_seq})
            if target is None:
                raise ValueError(f"entry {target_seq} is no redemption or intent, or was taken back before")
            epoch, claim_id = target
            elsewhere = {} if epoch == self._key.epoch else {"target_epoch": epoch}
            fields = {**draft.fields, "target_seq": target_seq, "claim_id": claim_id, **elsewhere}
            return self._commit(replace(draft, fields=fields), epoch)

    def _commit_epoch(self, key: LaneKey, first: EntryDraft, beside: Mapping[str, str]) -> EntryRef:
        with self._file.guard:
            if key.epoch <= self._key.epoch:
                raise ValueError(f"epoch {key.epoch} does not follow {self._key.epoch}")
            row = numbered(key, first, 0, key.previous)
            with self._file.transaction() as connection:
                put_meta(connection, {**beside, **epoch_facts(key.device, key.epoch, key.previous)}.items())
                connection.execute(journal_sql.INSERT, row)
            self._key, self._last = key, (row["seq"], row["hash"])
        return ref_of(row)

    def _put(self, row: dict[str, Any], target_epoch: int | None) -> None:
        ends_intent = row["kind"] == EntryKind.REDEEM and row["intent_seq"] is not None
        if target_epoch is None and not ends_intent:
            self._file.run(journal_sql.INSERT, row)
            return
        with self._file.transaction(only_adds=target_epoch is None) as connection:
            connection.execute(journal_sql.INSERT, row)
            if ends_intent:
                connection.execute(journal_sql.END_INTENT, row)
            else:
                connection.execute(journal_sql.MARK_VOIDED, row | {"target_epoch": target_epoch})

    def _newest(self) -> tuple[int, bytes]:
        """Number and hash of the newest entry of this epoch."""
        last = self._file.row(journal_sql.LAST_OF_EPOCH, {"epoch": self._key.epoch})
        return (last[0], last[1]) if last else (0, epoch_begins_after(self._file, self._key.epoch))
