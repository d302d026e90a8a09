"""A new epoch while the journal is open: one commit, and what older epochs hold stays in force."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pos_client.domain import hash_chain
from pos_client.domain.errors import JournalDamaged
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.domain.verdict import EntryRef
from pos_client.storage.journal import SqlJournal
from pos_client.storage.journal_opening import Witness
from pos_client.storage.verification import Verification, verify
from pos_client.usecases.ports import UseTaken
from tests import builders as a

OpenJournal = Callable[..., SqlJournal]

PUBLIC = a.public_bytes(a.a_key("device"))
KNOWN = b"\7" * 32


def gap() -> EntryDraft:
    """The first entry of a new epoch."""
    return EntryDraft(EntryKind.RESYNC_GAP, a.fields_of(reason="device-forked"))


def body_of(journal: SqlJournal, ref: EntryRef) -> dict[str, object]:
    """What an entry says."""
    entry = journal.entry_of(ref.epoch, ref.seq)
    assert entry is not None
    return entry.fields()


def test_the_first_entry_follows_what_the_server_knew(journal: SqlJournal, path: Path) -> None:
    journal.append(a.a_login())
    ref = journal.begin_epoch(2, KNOWN, gap(), {"session_token": "t"})
    second = journal.append(a.a_login())

    assert (ref.epoch, ref.seq, journal.epoch, journal.meta("session_token")) == (2, 1, 2, "t")
    assert body_of(journal, ref)["prev"] == KNOWN.hex()
    assert (second.epoch, second.seq, body_of(journal, second)["prev"]) == (2, 2, ref.hash)
    assert [(head.epoch, head.seq) for head in (journal.outbox.head(), journal.outbox.head(1))] == [(2, 2), (1, 1)]
    assert verify(path, PUBLIC) == Verification(ok=True, entries=3)


def test_it_is_witnessed_at_once_and_an_older_file_is_noticed(
    journal: SqlJournal, open_journal: OpenJournal, path: Path
) -> None:
    journal.append(a.a_login())
    journal.close()
    old = path.read_bytes()
    told: list[EntryRef] = []
    again = open_journal(witness=Witness(told.append, lambda: None))
    ref = again.begin_epoch(2, KNOWN, gap(), {})
    known = list(told)
    again.close()
    path.write_bytes(old)

    assert known == [ref]
    with pytest.raises(JournalDamaged) as damaged:
        open_journal(witness=Witness(lambda _: None, lambda: ref))
    assert damaged.value.facts["problem"] == "tail-cut"
    assert path.read_bytes() == old


def test_an_epoch_never_goes_back(journal: SqlJournal) -> None:
    journal.begin_epoch(3, KNOWN, gap(), {})

    with pytest.raises(ValueError, match="does not follow"):
        journal.begin_epoch(3, KNOWN, gap(), {})
    assert journal.append(a.a_login()).seq == 2


def test_a_use_of_an_older_epoch_stays_taken(journal: SqlJournal) -> None:
    journal.append(a.a_redemption())
    journal.begin_epoch(2, KNOWN, gap(), {})

    with pytest.raises(UseTaken):
        journal.append(a.a_redemption())


def test_a_redemption_ends_its_intent_of_an_older_epoch(journal: SqlJournal, path: Path) -> None:
    journal.append(a.an_intent())
    intent = journal.open_intent("1001-1")
    journal.begin_epoch(2, KNOWN, gap(), {})
    assert intent is not None
    journal.append(a.a_redemption(claim_id=intent.claim_id, intent_seq=1))

    assert journal.open_intents() == []
    assert verify(path, PUBLIC).ok


def test_a_redemption_of_an_older_epoch_can_be_taken_back(journal: SqlJournal, path: Path) -> None:
    redeemed = journal.append(a.a_redemption())
    journal.begin_epoch(2, KNOWN, gap(), {})
    found = journal.entry(1)
    void = journal.append_void(a.a_void(1), 1)

    assert found is not None
    assert (found.epoch, found.kind) == (1, EntryKind.REDEEM)
    assert journal.uses_of("1001-1") == ()
    fields = body_of(journal, void)
    assert (fields["target_epoch"], fields["target_seq"]) == (1, 1)
    assert fields["claim_id"] == hash_chain.claim_id(bytes.fromhex(redeemed.hash))
    assert verify(path, PUBLIC) == Verification(ok=True, entries=3)


def test_an_intent_is_cancelled_and_not_the_redemption_of_its_number(journal: SqlJournal, path: Path) -> None:
    journal.append(a.a_login())
    journal.append(a.an_intent("1001-9"))
    intent = journal.open_intents()[0]
    journal.begin_epoch(2, KNOWN, gap(), {})
    journal.append(a.a_redemption("1001-1"))
    journal.append_void(a.a_void(2, "1001-9", claim_id=intent.claim_id), 2)

    assert journal.open_intents() == []
    assert len(journal.uses_of("1001-1")) == 1
    assert verify(path, PUBLIC).ok


def test_a_number_that_stands_for_two_redemptions_names_neither(journal: SqlJournal) -> None:
    journal.append(a.a_login())
    journal.append(a.a_redemption("1001-1"))
    journal.begin_epoch(2, KNOWN, gap(), {})
    journal.append(a.a_redemption("1001-2"))
    ambiguous = journal.entry(2)
    journal.append_void(a.a_void(2, "1001-2"), 2)
    left = journal.entry(2)

    assert ambiguous is None
    assert left is not None
    assert left.epoch == 1
    assert [len(journal.uses_of(coupon)) for coupon in ("1001-1", "1001-2")] == [1, 0]


def test_a_till_that_goes_on_writing_finds_itself_in_the_new_epoch(journal: SqlJournal, path: Path) -> None:
    begun, stop = threading.Event(), threading.Event()
    written: list[EntryRef] = []

    def till() -> None:
        while not stop.is_set():
            written.append(journal.append(a.a_login()))
            if len(written) == 20:
                begun.set()

    thread = threading.Thread(target=till)
    thread.start()
    assert begun.wait(30)
    first = journal.begin_epoch(2, KNOWN, gap(), {})
    count = len(written)
    while len(written) < count + 5:
        thread.join(0.01)
    stop.set()
    thread.join()

    old = [ref.seq for ref in written if ref.epoch == 1]
    new = [ref.seq for ref in written if ref.epoch == 2]
    assert first == EntryRef(2, 1, first.hash)
    assert (old, new) == (list(range(1, len(old) + 1)), list(range(2, len(new) + 2)))
    assert verify(path, PUBLIC) == Verification(ok=True, entries=len(written) + 1)
