"""Delivery on real files: order, results that only go up, a row that fails alone, and what is asked for again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from pos_client.domain.batch import JournalHead, SignedEntry
from pos_client.domain.journal_entry import DeliveryState
from pos_client.domain.verdict import EntryRef
from pos_client.storage.journal import SqlJournal
from pos_client.storage.journal_opening import Witness
from pos_client.storage.outbox import Outbox, OutboxCounts
from tests import builders as a

OpenJournal = Callable[..., SqlJournal]


@dataclass(frozen=True)
class Word:
    """The server's word on a row."""

    epoch: int
    seq: int
    hash: bytes
    result: str = "accepted"
    reason: str = ""
    holder: str = ""
    server_ref: str = "ref"


def word_on(row: SignedEntry, result: str = "accepted", **more: str) -> Word:
    return Word(row.epoch, row.seq, row.hash, result, **more)


def waiting(outbox: Outbox, limit: int = 200, size: int = 1 << 20) -> list[SignedEntry]:
    batch = outbox.next_batch(limit, size)
    return list(batch.rows) if batch else []


def filled(journal: SqlJournal, count: int = 5) -> Outbox:
    for number in range(1, count + 1):
        journal.append(a.a_redemption(f"1001-{number}", at=a.NOON + timedelta(minutes=number)))
    return journal.outbox


def test_nothing_waits(journal: SqlJournal) -> None:
    assert journal.outbox.next_batch(200, 1000) is None
    assert journal.outbox.counts() == OutboxCounts(0, None)
    assert journal.outbox.head() == JournalHead(1, 0, bytes(32))


def test_the_oldest_come_first_with_their_exact_bytes(journal: SqlJournal) -> None:
    outbox = filled(journal)
    batch = outbox.next_batch(3, 1 << 20)
    entry = journal.entry(2)

    assert batch is not None
    assert entry is not None
    assert [row.seq for row in batch.rows] == [1, 2, 3]
    assert batch.rows[1] == SignedEntry(1, 2, entry.hash, entry.body, entry.signature)
    assert (batch.rows[0].epoch, batch.head) == (1, JournalHead(1, 5, journal.latest(1)[0].hash))
    assert outbox.counts() == OutboxCounts(5, a.NOON + timedelta(minutes=1))


def test_a_batch_is_bounded_but_never_empty(journal: SqlJournal) -> None:
    outbox = filled(journal)
    size = len(waiting(outbox)[0].body)

    assert [row.seq for row in waiting(outbox, size=2 * size + 10)] == [1, 2]
    assert [row.seq for row in waiting(outbox, size=1)] == [1]


def test_a_result_delivers(journal: SqlJournal) -> None:
    outbox = filled(journal, 3)
    first, second, third = waiting(outbox)
    outbox.mark_sent([first, second])
    sent = journal.entry(1)

    outbox.record_results(
        [word_on(first), word_on(second, "conflict", holder='{"device":"d2"}'), replace(word_on(third), hash=bytes(32))]
    )

    assert sent is not None
    assert sent.state is DeliveryState.SENT
    entries = journal.latest(3)
    assert [(entry.seq, entry.state, entry.result) for entry in entries] == [
        (3, DeliveryState.NEW, ""),
        (2, DeliveryState.DELIVERED, "conflict"),
        (1, DeliveryState.DELIVERED, "accepted"),
    ]
    assert [(entry.seq, entry.holder) for entry in journal.conflicts()] == [(2, '{"device":"d2"}')]
    assert [row.seq for row in waiting(outbox)] == [3]
    assert outbox.counts() == OutboxCounts(1, a.NOON + timedelta(minutes=3), (), 1)


def test_a_state_never_falls(journal: SqlJournal) -> None:
    outbox = filled(journal, 1)
    (row,) = waiting(outbox)
    outbox.record_results([word_on(row)])
    outbox.mark_sent([row])
    outbox.mark_stuck(row, "500")
    entry = journal.entry(1)

    assert entry is not None
    assert (entry.state, entry.result) == (DeliveryState.DELIVERED, "accepted")
    assert outbox.counts().pending == 0


def test_a_stuck_row_goes_to_the_end_and_can_still_be_delivered(journal: SqlJournal) -> None:
    outbox = filled(journal, 3)
    outbox.mark_stuck(waiting(outbox)[0], "server-error")

    assert [row.seq for row in waiting(outbox)] == [2, 3]
    assert [row.seq for row in outbox.stuck_rows(10)] == [1]
    assert outbox.counts() == OutboxCounts(3, a.NOON + timedelta(minutes=1), (1,))

    outbox.record_results([word_on(outbox.stuck_rows(10)[0])])

    assert outbox.stuck_rows(10) == []
    assert outbox.counts().stuck == ()


def test_what_the_server_lacks_is_sent_again(journal: SqlJournal) -> None:
    outbox = filled(journal)
    outbox.record_results([word_on(row) for row in waiting(outbox)])

    assert outbox.resend(1, [(2, 3), (9, 12)]) == 2
    assert [row.seq for row in waiting(outbox)] == [2, 3]
    assert outbox.resend(1, [(1, 5)]) == 3
    assert {entry.state for entry in journal.latest(5)} == {DeliveryState.DELIVERED}


def test_a_batch_holds_one_epoch(journal: SqlJournal, open_journal: OpenJournal) -> None:
    filled(journal, 2)
    head = journal.head()
    journal.close()
    journal = open_journal(epoch=2)
    journal.append(a.a_login())
    outbox = journal.outbox
    old = outbox.next_batch(200, 1 << 20)

    assert old is not None
    assert head is not None
    assert ([row.seq for row in old.rows], old.head) == ([1, 2], JournalHead(1, 2, bytes.fromhex(head.hash)))
    outbox.record_results([word_on(row) for row in old.rows])
    assert [(row.epoch, row.seq) for row in waiting(outbox)] == [(2, 1)]
    assert outbox.head(7) == JournalHead(7, 0, bytes(32))


def test_what_was_under_way_is_sent_again_after_a_restart(journal: SqlJournal, open_journal: OpenJournal) -> None:
    outbox = filled(journal, 2)
    outbox.mark_sent(waiting(outbox))
    journal.close()
    journal = open_journal()

    assert [entry.state for entry in journal.latest(2)] == [DeliveryState.NEW, DeliveryState.NEW]
    assert [row.seq for row in waiting(journal.outbox)] == [1, 2]


def test_the_witness_hears_of_what_was_delivered(open_journal: OpenJournal) -> None:
    heads: list[EntryRef] = []
    journal = open_journal(witness=Witness(heads.append, lambda: None))
    outbox = filled(journal, 2)

    assert heads == []
    outbox.record_results([word_on(row) for row in waiting(outbox)])
    assert heads == [journal.head()]
