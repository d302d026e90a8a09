"""The lock between real processes, and threads that share the one writer."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pos_client.domain.errors import JournalHeld, StorageUnavailable
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.lock import COMMAND, WINDOW, WriterLock
from pos_client.storage.verification import Verification, verify
from pos_client.usecases.ports import UseTaken
from tests import builders as a

KEY = a.a_key("device")
HOLDER = """
import sys
from pathlib import Path
from pos_client.storage.lock import WINDOW, WriterLock
lock = WriterLock(Path(sys.argv[1]), WINDOW)
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    return tmp_path / "journal.lock"


def holding(lock_file: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_another_process_is_named(lock_file: Path) -> None:
    with holding(lock_file) as window:
        with pytest.raises(JournalHeld) as held:
            WriterLock(lock_file, COMMAND).acquire()
        assert held.value.facts == {"holder": "window", "pid": window.pid}
        with pytest.raises(JournalHeld):
            SqlJournal.open(lock_file.with_suffix(".db"), LaneKey("d", 1, KEY.sign))


def test_a_holder_that_was_killed_leaves_the_lock(lock_file: Path) -> None:
    with holding(lock_file) as window:
        window.kill()
        window.wait()

        with WriterLock(lock_file) as lock:
            assert lock.is_held


def test_who_waits_gets_it_when_it_is_given_back(lock_file: Path) -> None:
    first, second = WriterLock(lock_file, WINDOW), WriterLock(lock_file)
    first.acquire()
    waiting = threading.Thread(target=second.acquire, args=(30.0,))
    waiting.start()
    first.release()
    waiting.join(30)

    assert (first.is_held, second.is_held) == (False, True)
    second.release()


def test_it_is_counted(lock_file: Path) -> None:
    lock = WriterLock(lock_file)
    with lock, lock:
        pass

    assert not lock.is_held


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StorageUnavailable):
        WriterLock(tmp_path / "file" / "journal.lock").acquire()


def test_nobody_knows_who_holds_it(lock_file: Path) -> None:
    lock_file.with_suffix(".holder").write_text("{}", encoding="utf-8")

    assert WriterLock(lock_file).holder() == {"holder": "another program", "pid": 0}


def redeem_all(journal: SqlJournal, taken: list[int]) -> None:
    for number in range(60):
        try:
            taken.append(journal.append(a.a_redemption(f"1001-{number}")).seq)
        except UseTaken:
            continue


def deliver(journal: SqlJournal, delivered: list[int], written: threading.Event) -> None:
    is_last = False
    while not is_last:
        is_last = written.is_set()
        while batch := journal.outbox.next_batch(7, 1 << 20):
            journal.outbox.mark_sent(batch.rows)
            journal.outbox.record_results([Word(row.epoch, row.seq, row.hash) for row in batch.rows])
            delivered.extend(row.seq for row in batch.rows)


def test_till_and_delivery_share_one_journal(tmp_path: Path) -> None:
    """Every use is taken once whoever comes first, and every entry is delivered once."""
    path = tmp_path / "journal.db"
    journal = SqlJournal.open(path, LaneKey("device-1", 1, KEY.sign))
    written = threading.Event()
    taken: list[int] = []
    delivered: list[int] = []
    tills = [threading.Thread(target=redeem_all, args=(journal, taken)) for _ in range(3)]
    sync = threading.Thread(target=deliver, args=(journal, delivered, written))

    for thread in (*tills, sync):
        thread.start()
    for thread in tills:
        thread.join()
    written.set()
    sync.join()

    assert sorted(taken) == list(range(1, 61))
    assert delivered == list(range(1, 61))
    assert journal.undelivered() == (0, None)
    assert verify(path, a.public_bytes(KEY)) == Verification(ok=True, entries=60)
    journal.close()


class Word:
    """Accepted."""

    result, reason, holder, server_ref = "accepted", "", "", ""

    def __init__(self, epoch: int, seq: int, entry_hash: bytes) -> None:
        self.epoch, self.seq, self.hash = epoch, seq, entry_hash
