"""Who may write a journal and who may read it beside him, and files that are not the ones left here."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from pos_client.domain.errors import JournalDamaged, JournalHeld, NotEnrolled, StorageUnavailable
from pos_client.domain.verdict import EntryRef
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.journal_beside import ReadOnlyJournal
from pos_client.storage.journal_opening import Witness
from pos_client.usecases.ports import Journal
from tests import builders as a

OpenJournal = Callable[..., SqlJournal]

KEY = a.a_key("device")


def test_a_second_writer_is_refused_and_told_by_whom(journal: SqlJournal, open_journal: OpenJournal) -> None:

    with pytest.raises(JournalHeld) as held:
        open_journal()

    assert held.value.facts["holder"] == "command"
    journal.close()
    open_journal().close()


def test_another_devices_journal_is_refused(open_journal: OpenJournal, path: Path) -> None:
    open_journal().close()

    with pytest.raises(JournalDamaged, match="another device"):
        SqlJournal.open(path, LaneKey("device-2", 1, KEY.sign))


def test_it_is_read_beside_its_writer(journal: SqlJournal, path: Path) -> None:
    journal.append(a.a_redemption())
    beside: Journal = ReadOnlyJournal.open(path)

    assert [use.use_no for use in beside.uses_of("1001-1")] == [1]
    journal.append(a.a_redemption("1001-2"))
    assert [use.use_no for use in beside.uses_of("1001-2")] == [1]
    for write in (
        lambda: beside.append(a.a_login()),
        lambda: beside.append_void(a.a_void(1), 1),
        lambda: beside.remember("key", "value"),
    ):
        with pytest.raises(JournalHeld) as held:
            write()
        assert held.value.facts["holder"] == "command"


def test_it_is_read_after_its_writer(journal: SqlJournal, path: Path) -> None:
    journal.append(a.a_login())
    journal.close()
    beside = ReadOnlyJournal.open(path)

    assert beside.head() is not None
    beside.close()


def test_reading_needs_a_journal(path: Path) -> None:
    with pytest.raises(NotEnrolled):
        ReadOnlyJournal.open(path)


def test_an_entry_of_a_doubtful_clock_proves_no_time(journal: SqlJournal) -> None:
    journal.append(a.a_login())
    journal.append(a.a_login(at=a.NOON + timedelta(days=400), time_quality="suspect"))

    assert journal.ratchet() == a.NOON


def test_a_journal_ahead_of_its_enrolment_goes_on_in_its_own_epoch(
    journal: SqlJournal, open_journal: OpenJournal
) -> None:
    journal.close()
    open_journal(epoch=5).close()

    ahead = open_journal(epoch=4)

    assert ahead.append(a.a_login()).epoch == 5


def test_an_entry_from_nowhere_is_not_written_over(journal: SqlJournal, path: Path) -> None:
    journal.append(a.a_login())
    intruder = dbapi2.connect(str(path))
    intruder.execute(
        "INSERT INTO entry (epoch, seq, hash, body, sig, kind, at_ms, business_date, operator, member_ref,"
        " value_minor, tier, claim_id) VALUES (1, 2, x'', x'', x'', 'login', 0, '', '', '', 0, '', '')"
    )
    intruder.commit()
    intruder.close()

    with pytest.raises(JournalDamaged) as damaged:
        journal.append(a.a_login())
    assert damaged.value.facts == {"problem": "second-writer"}


@pytest.mark.expects_log("could not be witnessed: locked")
def test_a_keyring_that_does_not_answer_takes_nothing(open_journal: OpenJournal) -> None:
    def refuse(_head: EntryRef) -> None:
        raise StorageUnavailable("locked")

    journal = open_journal(witness=Witness(refuse, lambda: None))
    ref = journal.append(a.a_login())
    journal.close()

    assert open_journal().head() == ref


def test_only_redemptions_and_intents_are_taken_back(journal: SqlJournal) -> None:
    journal.append(a.a_login())

    with pytest.raises(ValueError, match="no redemption or intent"):
        journal.append_void(a.a_void(1), 1)
    with pytest.raises(ValueError, match="takes nothing back"):
        journal.append_void(a.a_login(), 1)
    assert journal.append(a.a_login()).seq == 2
