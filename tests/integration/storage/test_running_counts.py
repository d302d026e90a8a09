"""What is counted on from the last answer is what a count of everything would say, whatever happened in between."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.domain.batch import Batch
from pos_client.domain.trusted_time import TimeAnchor
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.running_counts import RunningCounts
from pos_client.sync.outbox_port import RowResult
from tests import builders as a

DEEDS = st.lists(st.sampled_from(["redeem", "intent", "void", "deliver", "resend", "hear", "several"]), max_size=25)
KEY = LaneKey("D" * 22, 1, a.a_key("device").sign)


def delivered(batch: Batch) -> list[RowResult]:
    """All of a batch arrived."""
    return [RowResult(row.epoch, row.seq, row.hash, "accepted") for row in batch.rows]


def do(journal: SqlJournal, deed: str, number: int) -> None:
    """One deed of a till or of its sync."""
    redemption = a.a_redemption(f"1001-{number}")
    if deed == "redeem":
        journal.append(redemption)
    elif deed == "several":
        journal.append_all([redemption, a.a_redemption(f"1002-{number}")])
    elif deed == "intent":
        journal.append(a.an_intent(f"1003-{number}"))
    elif deed == "void":
        done = journal.append(redemption)
        journal.append_void(a.a_void(done.seq, f"1001-{number}"), done.seq)
    elif deed == "deliver" and (batch := journal.outbox.next_batch(2, 1 << 20)):
        journal.outbox.record_results(delivered(batch))
    elif deed == "resend":
        journal.outbox.resend(1, [(1, 3)])
    elif deed == "hear":
        journal.server_heard(TimeAnchor(a.NOON, 1, "boot"))


def anew(journal: SqlJournal) -> Any:
    """Counted from nothing."""
    counts = RunningCounts(journal._file)
    return counts.waiting(), counts.alone()


@settings(max_examples=30, deadline=None)
@given(deeds=DEEDS)
def test_going_on_says_the_same_as_counting_anew(tmp_path_factory: pytest.TempPathFactory, deeds: list[str]) -> None:
    journal = SqlJournal.open(tmp_path_factory.mktemp("counts") / "journal.db", KEY)
    for number, deed in enumerate(deeds):
        do(journal, deed, number)
        said = (journal.undelivered(), journal.usage(a.TODAY, "").count_since_contact)
        assert said == anew(journal), (deeds, number)
        assert journal.outbox.counts().pending == said[0][0]
    journal.close()


def test_what_another_program_did_is_seen(tmp_path: Path) -> None:
    from pos_client.storage.journal_beside import ReadOnlyJournal  # noqa: PLC0415

    journal = SqlJournal.open(tmp_path / "journal.db", KEY)
    journal.append(a.a_redemption("1001-1"))
    beside = ReadOnlyJournal.open(tmp_path / "journal.db")
    before = beside.undelivered()[0]
    batch = journal.outbox.next_batch(10, 1 << 20)
    assert batch is not None

    journal.outbox.record_results(delivered(batch))

    assert (before, beside.undelivered()[0]) == (1, 0)
    beside.close()
    journal.close()
