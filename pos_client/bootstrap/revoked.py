"""A lane that the centre has revoked: it remembers that, gives nothing away any more, and may still deliver.

The journal is told first, in one commit, so that a kill at any later point leaves a lane that refuses; the next
heartbeat then destroys the rest. What members, phones and codes are known by is shredded with the store's secret; the
data goes with it. The journal and the lane's own key stay: its entries are signed facts that the centre still takes.
There is no way back: a revoked lane is enrolled anew, in another home or after ``unenrol``.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pos_client.domain.errors import DeviceRevoked, PosError
from pos_client.domain.journal_entry import wire_time
from pos_client.storage.journal import SqlJournal
from pos_client.usecases.desk import REVOKED

from .lane import LaneFiles

LOG: Final = logging.getLogger(__name__)
SHREDDED: Final = "shredded"


@dataclass(frozen=True, slots=True)
class Revoked:
    """What becomes of one open lane when it hears that it is revoked; used by the thread that syncs."""

    files: LaneFiles
    journal: SqlJournal

    def __call__(self, revoked: DeviceRevoked) -> None:
        """Remember it and destroy what may be destroyed; once more does what is left.

        Only what came with a time that a trusted server signed for this very request counts: whoever answers in the
        centre's place could otherwise end a lane with one reply.
        """
        if not revoked.facts.get("proven"):
            LOG.warning("sync: somebody who is not proven to be the centre says that this lane is revoked")
            return
        if not self.journal.meta(REVOKED):
            self.journal.remember(REVOKED, wire_time(datetime.now(UTC)))
            LOG.warning("sync: the centre has revoked this lane: it only delivers from now on")
        if self.journal.meta(SHREDDED):
            return
        try:
            shred(self.files)
            self.journal.remember(SHREDDED, wire_time(datetime.now(UTC)))
        except PosError as error:
            LOG.warning("sync: not all of a revoked lane's data is gone yet: %s", error.detail)


def shred(files: LaneFiles) -> None:
    """Destroy what opens the store's data, then the data.

    Raises:
        StorageUnavailable: some of it is still there; once more destroys the rest.
    """
    files.credentials.destroy_store_secret(files.device)
    files.pointer.forget()
    for book in (files.home.slip_book, files.home.lookups):
        book.unlink(missing_ok=True)
