"""What is looked at before a journal is written: whose it is, which epoch, and whether its tail is the one left here.

Apart from the journal because it happens once. The whole chain is ``verification``'s business; here it is the newest
entries and the witness, so that opening stays a matter of milliseconds.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pos_client.domain import hash_chain
from pos_client.domain.errors import JournalDamaged, StorageUnavailable
from pos_client.domain.verdict import EntryRef

from . import journal_sql
from .connections import Row
from .journal_file import PREVIOUS, JournalFile, open_for_writing, put_meta
from .journal_reader import DEVICE, EPOCH
from .journal_row import LaneKey
from .lock import WriterLock
from .upgrade import upgrade_if_older

TAIL: Final = 64
_log = logging.getLogger(__name__)


def _nothing_known() -> EntryRef | None:
    return None


def _forget(_head: EntryRef) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Witness:
    """Knows the newest entry outside the file (the keyring), since no chain can see that its own end was cut off.

    Attributes:
        remember_head: takes the newest entry; called when delivery got on and at the end, never while a till waits.
        known_head: gives it back, None where nothing was ever remembered.
    """

    remember_head: Callable[[EntryRef], None] = _forget
    known_head: Callable[[], EntryRef | None] = _nothing_known

    def remember(self, head: EntryRef) -> None:
        """Remember an entry as the newest. A keyring that does not answer takes nothing from the journal."""
        try:
            self.remember_head(head)
        except StorageUnavailable as error:
            _log.warning("the newest entry could not be witnessed: %s", error.detail)


def open_checked(path: Path, device: str, epoch: int, previous: bytes, witness: Witness) -> JournalFile:
    """Open a journal as its only writer: made or upgraded where that is needed, then looked at.

    A file that is in a later epoch than ``epoch`` goes on in its own: it was begun here, and in one commit.

    Raises:
        SchemaTooNew, StorageUnavailable.
        JournalDamaged: another device's journal; one that the witness knows otherwise; or as ``check_tail`` says.
    """
    upgrade_if_older(path)
    file = open_for_writing(path)
    try:
        epoch = max(epoch, int(file.meta(EPOCH) or 0))
        _require_owner(file, device)
        # Before anything is written: a file that is not the one left here stays as it was found.
        _compare(file, epoch, witness.known_head())
        begin_epoch(file, device, epoch, previous)
        check_tail(file, epoch)
    except BaseException:
        file.close()
        raise
    return file


def open_locked(path: Path, key: LaneKey, lock: WriterLock, wait_s: float, witness: Witness) -> JournalFile:
    """As ``open_checked``, under the writer's lock, which is given back where it fails. Raises JournalHeld."""
    lock.acquire(wait_s)
    try:
        return open_checked(path, key.device, key.epoch, key.previous, witness)
    except BaseException:
        lock.release()
        raise


def begin_epoch(file: JournalFile, device: str, epoch: int, previous: bytes) -> None:
    """Write down whose journal it is and which epoch; a higher epoch than before begins a new chain link."""
    latest = int(file.meta(EPOCH) or 0)
    with file.transaction() as connection:
        connection.execute(journal_sql.NOT_SENT_AFTER_ALL)
        if latest < epoch:
            put_meta(connection, epoch_facts(device, epoch, previous).items())


def epoch_facts(device: str, epoch: int, previous: bytes) -> dict[str, str]:
    """What is kept beside the entries when an epoch begins: whose it is, its number, the hash its chain follows."""
    return {DEVICE: device, EPOCH: str(epoch), PREVIOUS.format(epoch=epoch): previous.hex()}


def _require_owner(file: JournalFile, device: str) -> None:
    if file.meta(DEVICE) not in {None, device}:
        raise JournalDamaged("this journal is another device's", problem="other-device")


def check_tail(file: JournalFile, epoch: int) -> None:
    """Walk the newest entries of the epoch.

    Raises:
        JournalDamaged: the facts name the first entry that is wrong (``epoch``, ``seq``) and the ``problem``.
    """
    rows = file.rows(journal_sql.TAIL, {"epoch": epoch, "limit": TAIL})[::-1]
    for before, row in zip([None, *rows], rows, strict=False):
        problem = _problem(before, row)
        if problem:
            raise JournalDamaged("the chain does not hold", problem=problem, epoch=epoch, seq=row[0])


def _compare(file: JournalFile, epoch: int, known: EntryRef | None) -> None:
    # The witness of an older epoch says nothing: the centre gave a new one because it knew how that one ended.
    if known is None or known.epoch < epoch:
        return
    found = file.row(journal_sql.HASH_OF, {"epoch": known.epoch, "seq": known.seq})
    if found is None or found[0].hex() != known.hash:
        problem = "tail-cut" if found is None else "replaced"
        raise JournalDamaged("the journal is not the one left here", problem=problem, epoch=known.epoch, seq=known.seq)


def _problem(before: Row | None, row: Row) -> str:
    seq, entry_hash, body = row
    previous: Any = before[1] if before else None
    if before and seq != before[0] + 1:
        return "gap"
    if previous is not None and hash_chain.entry_hash(previous, body) != entry_hash:
        return "hash"
    return ""
