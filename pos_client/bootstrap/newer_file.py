"""A journal that a newer program wrote: this one decides nothing by it, and delivers what it holds all the same.

Apart from the usual sync because nothing may be written: no result, no session token, no new epoch. The token that is
presented stays the one the file has, which the centre takes again and again as long as the next was never presented.
"""

from time import sleep
from typing import Any

from pos_client.storage.journal_file import JournalFile
from pos_client.storage.lock import COMMAND, WriterLock
from pos_client.storage.newer_journal import NewerOutbox, open_newer
from pos_client.sync.one_round import SyncReport, failure
from pos_client.sync.push import Pusher
from pos_client.sync.server_time import ServerTime

from .fencing import SESSION_TOKEN
from .lane import LOCK_WAIT_S, LaneFiles


class FixedToken:
    """The session token as the file has it; the next one is the newer program's to keep.

    Args:
        file: the journal.
    """

    def __init__(self, file: JournalFile) -> None:
        self._token = file.meta(SESSION_TOKEN) or ""

    def load(self) -> str:
        """The same each time."""
        return self._token

    def save(self, token: str) -> None:
        """Not kept."""


def push_newer(files: LaneFiles) -> dict[str, Any]:
    """Deliver what waits; the report says that the file was only read."""
    lock = WriterLock(files.home.lane_lock, COMMAND)
    lock.acquire(LOCK_WAIT_S)
    file = open_newer(files.home.journal)
    api = files.api(ServerTime(files.clock, files.orders.verify_time), token=FixedToken(file))
    try:
        pushed = Pusher(api, NewerOutbox(file), files.device, sleep).run()
    finally:
        api.close()
        file.close()
        lock.release()
    errors = (failure("push", pushed.error),) if pushed.error else ()
    return SyncReport(push=pushed, errors=errors).as_json() | {"newer_file": True}
