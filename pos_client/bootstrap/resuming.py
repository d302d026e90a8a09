"""``journal resume``: a lane whose journal is not the one left here goes on in a new epoch, on a supervisor's word.

The keyring remembers an entry that the file does not hold: its tail was cut off, or yesterday's copy was put in its
place. The file itself is whole, so the lane keeps it, with all that it still has to deliver, and the centre says how
far its own copy goes. What was lost in between is named by the ``resync_gap`` that begins the new epoch. A file that is
torn inside is not mended here: it is exported as far as its signatures hold, and a person decides.

Nothing is changed before the centre has answered; a copy of the file as it was found is kept beside it for good.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pos_client.domain.errors import JournalDamaged, ServerUnreachable, UsageError
from pos_client.domain.store_profile import is_supervisor
from pos_client.domain.verdict import EntryRef
from pos_client.storage.cache_reader import SqlCache
from pos_client.storage.connections import sync_file, sync_folder
from pos_client.storage.failures import disk_fault
from pos_client.storage.journal import SqlJournal
from pos_client.storage.lock import COMMAND, WriterLock
from pos_client.sync.enrol import new_epoch
from pos_client.sync.server_time import ServerTime

from .fencing import begin
from .lane import LOCK_WAIT_S, LaneFiles, open_for_command

ASIDE: Final = "journal-aside"
_RESUMABLE: Final = frozenset({"tail-cut", "replaced"})
_PARTS: Final = ("", "-wal", "-shm")


def resume(given: Path | None, supervisor: str) -> dict[str, Any]:
    """Go on in a new epoch; the document tells which, what is missing, and where the old file is kept.

    Args:
        given: the home.
        supervisor: staff id of who decides it.

    Raises:
        UsageError: nobody of that name may decide it, or there is nothing to decide.
        JournalDamaged: the file is torn inside.
        CacheMissing: no data was ever fetched, so nobody here is known to be a supervisor.
        ServerUnreachable, ServerRefused, StorageUnavailable: the lane is as it was.
    """
    files = LaneFiles.of(given)
    _require_supervisor(files, supervisor)
    problem = _problem(files)
    witness = files.credentials.head_witness(files.device)
    kept = _put_aside(files)
    journal = files.open_journal(COMMAND, LOCK_WAIT_S, as_found=True)
    try:
        return _go_on(files, journal, problem, supervisor) | {
            "remembered_seq": witness.seq if witness else None,
            "kept": str(kept),
        }
    finally:
        journal.close()


def _require_supervisor(files: LaneFiles, supervisor: str) -> None:
    cache = SqlCache(files.pointer, files.store_secret)
    if not is_supervisor(cache.staff(), supervisor):
        raise UsageError(f"{supervisor} is no supervisor of this store")


def _problem(files: LaneFiles) -> str:
    """What is wrong with the journal, where it can be gone on from."""
    try:
        open_for_command(files).close()
    except JournalDamaged as damaged:
        problem = str(damaged.facts.get("problem", ""))
        if problem not in _RESUMABLE:
            raise
        return problem
    raise UsageError("the journal is the one that was left here: there is nothing to resume")


def _put_aside(files: LaneFiles) -> Path:
    """Copy the journal as it was found, byte by byte, once the centre is seen to be there."""
    journal = files.home.journal
    folder = files.home.root / ASIDE / datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    with WriterLock(files.home.lane_lock, COMMAND):
        _require_server(files)
        try:
            folder.mkdir(mode=0o700, parents=True)
            for part in _PARTS:
                found = journal.with_name(journal.name + part)
                if found.exists():
                    shutil.copy2(found, folder / found.name)
                    sync_file(folder / found.name)
            sync_folder(folder)
        except OSError as error:
            raise disk_fault(error) from error
    return folder


def _require_server(files: LaneFiles) -> None:
    api = files.api(ServerTime(files.clock, files.orders.verify_time))
    try:
        if not api.is_there():
            raise ServerUnreachable("a new epoch is the centre's to give")
    finally:
        api.close()


def _go_on(files: LaneFiles, journal: SqlJournal, problem: str, supervisor: str) -> dict[str, Any]:
    api = files.api(files.server_time(journal))
    try:
        head = journal.outbox.head()
        last = EntryRef(head.epoch, head.seq, head.hash.hex())
        answer = new_epoch(api, files.device, f"journal-{problem}", last)
        begin(files, journal, answer, last, reason=f"journal-{problem}", operator=supervisor)
    finally:
        api.close()
    return {
        "epoch": answer.epoch,
        "problem": problem,
        "old_epoch": last.epoch,
        "last_seq": last.seq,
        "server_seq": answer.server_head.seq,
    }
