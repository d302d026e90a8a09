"""``unenrol``: a machine stops being a lane. Nothing that is undelivered is ever dropped by it.

Refused while anything is undelivered; the only way round is a sealed export that a supervisor takes, which is an entry
itself. The order is safe to break off at any point:

1. deliver what can be delivered; or export it, with the entry that says so.
2. tell the centre. Without an export nothing goes on before it has agreed that it lacks nothing.
3. put the enrolment aside (``leaving.json``): from here on this home is no lane.
4. destroy the store's secret and the data, rename the journal for the books, forget the lane's key.

Broken off after 3, the same command does the rest. The journal is never removed.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.config import enrolment
from pos_client.config.credentials import Credentials
from pos_client.config.paths import Home, find_home
from pos_client.config.secret_store import open_secrets
from pos_client.config.whole_file import replace_file
from pos_client.domain.errors import ServerUnreachable, StorageUnavailable, UsageError
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.signed_document import to_base64
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.storage.cache_pointer import CachePointer
from pos_client.storage.connections import sync_folder
from pos_client.storage.failures import disk_fault
from pos_client.storage.journal import SqlJournal
from pos_client.storage.lock import COMMAND, WriterLock
from pos_client.sync.enrol import unenrol as tell_centre
from pos_client.sync.one_round import sync_once
from pos_client.usecases.authorise import Signature, supervisor_refusal

from .asking import SightClaims
from .carrying import export_journal
from .lane import LaneFiles, open_for_command
from .lane_entries import LaneEntries
from .syncing import sync_side

_TAILS: Final = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Left:
    """What became of it.

    Attributes:
        told: whether the centre knows. kept: where the journal is. file: the export, None where none was needed.
    """

    verdict: Verdict
    told: bool = False
    kept: Path | None = None
    file: Path | None = None


def unenrol(given: Path | None, file: Path | None = None, who: Signature | None = None) -> Left:
    """Give this machine back.

    Args:
        given: the home.
        file: where to export what is undelivered; with ``who`` takes it.
        who: the supervisor.

    Raises:
        JournalHeld: a window is open on this home.
        NotEnrolled: it is no lane.
        ServerUnreachable, ServerRefused: the centre has not agreed; the lane is as it was.
        SealKeyMissing, StorageUnavailable.
    """
    if (file is None) != (who is None):
        raise UsageError("--export and --supervisor belong together")
    home = find_home(given)
    if home.leaving.exists() and not home.enrolment.exists():
        return Left(_done(), told=True, kept=_finished(home))
    files = LaneFiles.of(given)
    journal = open_for_command(files)
    try:
        refusal = _delivered(files, journal) if file is None else _allowed(files, journal, who, file)
        if refusal:
            return Left(refusal)
        if file is not None:
            export_journal(given, file, everything=False)
        told = _told(files, journal, exported=file is not None)
        # The journal is held until nobody can open it any more: no entry comes between the export and this.
        _put_aside(files)
    finally:
        journal.close()
    return Left(_done(), told, _finished(home), file)


def _delivered(files: LaneFiles, journal: SqlJournal) -> Verdict | None:
    """Deliver what can be delivered now; the refusal where something is left."""
    if not journal.undelivered()[0]:
        return None
    side = sync_side(files, journal)
    sync_once(side.parts, pull=False)
    side.parts.api.close()
    side.cache.close()
    count, _ = journal.undelivered()
    return Verdict(VerdictKind.REFUSED, Reason.UNENROL_UNDELIVERED, {"count": count}) if count else None


def _allowed(files: LaneFiles, journal: SqlJournal, who: Signature | None, file: Path) -> Verdict | None:
    """A supervisor takes the file away: that is written down before it is written."""
    api = files.api(files.server_time(journal))
    refusal = supervisor_refusal(files.desk(journal, SightClaims(api)), who or Signature(""))
    api.close()
    if refusal:
        return refusal
    count, _ = journal.undelivered()
    supervisor = who.staff_id if who else ""
    facts: dict[str, str | int] = {"supervisor": supervisor, "operator": supervisor, "undelivered": count + 1}
    LaneEntries(files, journal).write(EntryKind.EXPORT, why="unenrol", file=file.name[:80], **facts)
    return None


def _told(files: LaneFiles, journal: SqlJournal, *, exported: bool) -> bool:
    """Whether the centre knows; with an export in hand the lane may leave without it."""
    head, api = journal.head(), files.api(files.server_time(journal))
    try:
        if head is not None:
            tell_centre(api, files.device, head, exported=exported)
    except ServerUnreachable:
        if not exported:
            raise
        return False
    finally:
        api.close()
    return True


def _put_aside(files: LaneFiles) -> None:
    """From here on this home is no lane; what is kept of it says whose journal lies here, and how to verify it."""
    document = json.loads(files.home.enrolment.read_bytes())
    document["public_key"] = to_base64(files.credentials.device_key(files.device).public_bytes())
    replace_file(files.home.leaving, json.dumps(document, ensure_ascii=False, indent=1).encode())
    try:
        files.home.enrolment.unlink()
        sync_folder(files.home.root)
    except OSError as error:
        raise disk_fault(error) from error


def _finished(home: Home) -> Path:
    """Destroy what may be destroyed and name what is kept; once more does what is left. Where the journal is."""
    known = enrolment.read(home.leaving)
    credentials = Credentials(open_secrets(home, known.secrets_in))
    with WriterLock(home.lane_lock, COMMAND):
        credentials.destroy_store_secret(known.device_id)
        CachePointer(home.root).forget()
        kept = home.root / f"journal-{known.device_id}.db"
        try:
            for book in (home.slip_book, home.lookups):
                book.unlink(missing_ok=True)
            for tail in reversed(_TAILS):
                part = Path(f"{home.journal}{tail}")
                if part.exists():
                    part.replace(f"{kept}{tail}")
            credentials.forget(known.device_id)
            home.leaving.replace(kept.with_suffix(".json"))
            sync_folder(home.root)
        except OSError as error:
            raise disk_fault(error) from error
    if not kept.exists():
        raise StorageUnavailable("the journal is not where it was left", path=str(kept))
    return kept


def _done() -> Verdict:
    return Verdict(VerdictKind.ACCEPTED, Reason.UNENROLLED)
