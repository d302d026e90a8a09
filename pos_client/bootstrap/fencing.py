"""A lane that the centre has seen twice, or in an old state, goes on in a new epoch (PROTOCOL 3.4 and 3.6).

An epoch is a number that only the centre gives. Entries of the lane from here on carry it, so they can never again meet
those of a copy under one number; what the old epoch still holds is delivered all the same.

The order is safe to break off at any point, because the journal alone decides which epoch it is:

1. the centre grants the epoch. Broken off here, the lane knows nothing of it and is in its old epoch; its session token
   is not due any more, so its next contact is 409 again and it asks once more. A number is lost, no entry.
2. one commit of the journal holds the epoch, the hash that its chain follows, the session token and the ``resync_gap``
   that says why. Broken off inside, none of them is there (as after 1); there is no state with only some of them.
3. the enrolment is written over. Broken off before, the journal is ahead of it, and whoever opens the journal next
   brings the enrolment up (``LaneFiles.open_journal``).

Two machines with one key take turns at this for as long as both run: each new epoch makes the other's token void. No
entry is lost by that, so it is not forbidden; but a round takes one epoch at most, a window one in ten minutes, and the
centre's report ``epochs`` shows the device until somebody stops one of the two.
"""

import time
from collections.abc import Callable
from typing import Final

from pos_client.domain.errors import DeviceForked, ServerUnreachable
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.verdict import EntryRef
from pos_client.storage.journal import SqlJournal
from pos_client.sync.api_client import ApiClient
from pos_client.sync.enrol import EpochAnswer, new_epoch

from .lane import LaneFiles
from .lane_entries import LaneEntries

SESSION_TOKEN: Final = "session_token"  # noqa: S105 - the name under which it is remembered
WINDOW_WAIT_S: Final = 600.0


class Fence:
    """Takes new epochs for one open lane; used by the thread that syncs, while the till goes on writing.

    Args:
        files: of the lane. journal: open for writing. api: signs with the lane's key.
        wait_s: the least time between two epochs.
        now: seconds that only rise.
    """

    def __init__(
        self,
        files: LaneFiles,
        journal: SqlJournal,
        api: ApiClient,
        wait_s: float = WINDOW_WAIT_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._files = files
        self._journal = journal
        self._api = api
        self._wait_s = wait_s
        self._now = now
        self._taken_at: float | None = None

    def __call__(self, forked: DeviceForked) -> int:
        """Go over to a new epoch; its number.

        Raises:
            DeviceForked: as given, where the lane took an epoch a moment ago.
            ServerRefused, ServerUnreachable, StorageUnavailable: the lane is still in its old epoch.
        """
        if self._taken_at is not None and self._now() - self._taken_at < self._wait_s:
            raise forked
        head = self._journal.outbox.head()
        last = EntryRef(head.epoch, head.seq, head.hash.hex())
        reason = forked.problem or forked.reason
        answer = new_epoch(self._api, self._files.device, reason, last)
        begin(self._files, self._journal, answer, last, reason=reason)
        self._taken_at = self._now()
        return answer.epoch


def begin(
    files: LaneFiles, journal: SqlJournal, answer: EpochAnswer, last: EntryRef, *, reason: str, operator: str = ""
) -> None:
    """Steps 2 and 3: the journal goes on in the epoch that was granted, and the enrolment follows.

    Args:
        files: of the lane.
        journal: open for writing.
        answer: what the centre granted.
        last: the newest entry that this lane had.
        reason: why, as a stable code.
        operator: staff id of who decided it, empty where nobody had to.

    Raises:
        ServerUnreachable: the epoch is not higher than the lane's own, so this is no answer to it.
        StorageUnavailable: nothing was written.
    """
    if answer.epoch <= journal.epoch:
        raise ServerUnreachable(f"epoch {answer.epoch} does not follow {journal.epoch}", cause="not-ours")
    draft = LaneEntries(files, journal).draft(
        EntryKind.RESYNC_GAP,
        reason=reason,
        old_epoch=last.epoch,
        last_seq=last.seq,
        last_hash=last.hash,
        server_seq=answer.server_head.seq,
        server_hash=answer.server_head.hash,
        operator=operator,
    )
    previous = bytes.fromhex(answer.server_head.hash)
    journal.begin_epoch(answer.epoch, previous, draft, {SESSION_TOKEN: answer.session_token})
    files.follow(journal)
