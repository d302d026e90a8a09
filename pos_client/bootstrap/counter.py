"""A counter without a window: pictures are shown to the real scanner, and the till lane answers."""

import queue
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Verdict
from pos_client.scanner.sources.picture_folder import PictureFolderSource
from pos_client.scanner.worker import ScannerListener, ScannerWorker
from pos_client.storage.lock import COMMAND
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault

from .asking import crm_desks
from .lane import LaneFiles
from .operators import first_clerk

SHOW_S: Final = 2.0
ANSWER_WITHIN_S: Final = 30.0


class _Answers:
    """Keeps the till's answers in the order in which they came."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[TillAnswer | TillFault] = queue.SimpleQueue()

    def on_answer(self, answer: TillAnswer) -> None:
        self.queue.put(answer)

    def on_fault(self, fault: TillFault) -> None:
        if fault.number:
            self.queue.put(fault)

    def on_customer(self, customer: Customer) -> None:
        """Nobody looks at a customer here."""

    def on_status(self, status: LaneStatus) -> None:
        """Nobody looks at a status here."""


class _NoSync:
    """The counter syncs once, at its end, by the ordinary command."""

    def wake(self) -> None:
        """Nothing to wake."""


class Counter:
    """Shows pictures to a scanner and hands what it reads to the till."""

    def __init__(self, till: TillLane, answers: _Answers) -> None:
        self._till = till
        self._answers = answers

    def show(self, picture: Path) -> Verdict | None:
        """The till's verdict on what the scanner read, None where it read nothing; what waits for Enter is confirmed.

        Raises:
            StorageUnavailable: the world said no to the deed.
        """
        scan = _scanned(picture)
        if scan is None:
            return None
        self._till.submit_scan(scan)
        verdict = self._verdict()
        if verdict.reason is Reason.CONFIRM:
            self._till.confirm()
            verdict = self._verdict()
        return verdict

    def _verdict(self) -> Verdict:
        answer = self._answers.queue.get(timeout=ANSWER_WITHIN_S)
        if isinstance(answer, TillFault):
            raise StorageUnavailable(answer.detail or answer.reason)
        return answer.verdict


@contextmanager
def counter(given: Path | None) -> Iterator[Counter]:
    """Open a lane with its till thread, and close both at the end."""
    files = LaneFiles.of(given)
    journal = files.open_journal(COMMAND, 0.0)
    stop = threading.Event()
    api = files.api(files.server_time(journal))
    desk = files.desk(journal, *crm_desks(api, files.orders))
    answers = _Answers()
    session = TillSession(desk, first_clerk(desk), files.settings.station.promoter)
    till = TillLane(desk, session, _NoSync(), Contact, lambda _staff: None)
    till.listen(answers)
    thread = threading.Thread(target=till.run, args=(stop,), name="till")
    thread.start()
    try:
        yield Counter(till, answers)
    finally:
        stop.set()
        thread.join()
        api.close()
        journal.close()


def _scanned(picture: Path) -> Scan | None:
    """What the scanner's own line makes of one picture that is held up for a while."""
    found: list[Scan] = []
    stop = threading.Event()

    def on_scan(scan: Scan) -> None:
        found.append(scan)
        stop.set()

    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(picture, folder)
        source = PictureFolderSource(Path(folder), show_s=SHOW_S, blank_s=0.1, stays=False)
        listener = ScannerListener(on_scan, lambda _preview: None, lambda _state, _trouble: None)
        ScannerWorker(source, listener).run(stop)
    return found[0] if found else None
