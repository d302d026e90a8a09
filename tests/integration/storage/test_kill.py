"""``kill -9`` at random moments: nothing that was acknowledged is lost, and the chain goes on."""

import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.journal_beside import ReadOnlyJournal
from pos_client.storage.verification import verify
from tests import builders as a

KILLS: Final = 10
WRITER = """
import sys
from pathlib import Path
from pos_client.storage.journal import LaneKey, SqlJournal
from tests import builders as a
journal = SqlJournal.open(Path(sys.argv[1]), LaneKey("device-1", 1, a.a_key("device").sign), wait_s=30)
head = journal.head()
number = head.seq if head else 0
while True:
    number += 1
    ref = journal.append(a.a_redemption(f"1001-{number}"))
    sys.stdout.write(f"{ref.seq} {ref.hash}\\n")
    sys.stdout.flush()
    batch = journal.outbox.next_batch(5, 1 << 20)
    if batch and number % 5 == 0:
        journal.outbox.mark_sent(batch.rows)
"""


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    acknowledged: dict[int, str] = {}
    chance = random.Random(2)
    for _ in range(KILLS):
        acknowledged |= run_and_kill(path, chance.randrange(1, 40))
        # Whoever only reads sees all of it too, although the writer left its log behind.
        reader = ReadOnlyJournal.open(path)
        seen = {entry.seq: entry.hash.hex() for entry in reader.latest(100_000)}
        reader.close()
        assert acknowledged.items() <= seen.items()

    journal = SqlJournal.open(path, LaneKey("device-1", 1, a.a_key("device").sign))
    found = {entry.seq: entry.hash.hex() for entry in journal.latest(100_000)}
    journal.close()

    assert {seq: found.get(seq) for seq in acknowledged} == acknowledged
    assert len(acknowledged) >= KILLS
    verified = verify(path, a.public_bytes(a.a_key("device")))
    assert (verified.ok, verified.entries) == (True, len(found))


def run_and_kill(path: Path, after: int) -> dict[int, str]:
    """Write until ``after`` entries were acknowledged, and kill while it writes on; all that it acknowledged."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {int(seq): entry_hash for seq, entry_hash in whole}
