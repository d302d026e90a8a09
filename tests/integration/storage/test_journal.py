"""The journal on real files: every method of the port, and what makes it refuse."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.domain import hash_chain
from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.journal_entry import DeliveryState, EntryKind
from pos_client.domain.limits import LimitUsage
from pos_client.domain.trusted_time import TimeAnchor
from pos_client.domain.verdict import EntryRef, Use
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.journal_reader import RECENT
from pos_client.storage.verification import verify
from pos_client.usecases.ports import Journal, UseTaken
from tests import builders as a

OpenJournal = Callable[..., SqlJournal]

KEY = a.a_key("device")


def test_it_is_the_port(journal: SqlJournal) -> None:
    port: Journal = journal

    assert port.undelivered() == (0, None)


def test_an_entry_is_numbered_chained_and_signed(journal: SqlJournal) -> None:
    first = journal.append(a.a_login())
    second = journal.append(a.a_redemption())
    entry = journal.entry(2)

    assert (first.epoch, first.seq, second.epoch, second.seq) == (1, 1, 1, 2)
    assert entry is not None
    fields = entry.fields()
    assert (fields["v"], fields["device"], fields["epoch"], fields["seq"]) == (1, "device-1", 1, 2)
    assert (fields["prev"], fields["kind"], fields["coupon_id"]) == (first.hash, "redeem", "1001-1")
    assert entry.hash == hash_chain.entry_hash(bytes.fromhex(first.hash), entry.body)
    KEY.public_key().verify(entry.signature, hash_chain.signed_bytes(entry.hash))
    assert (entry.state, entry.kind) == (DeliveryState.NEW, EntryKind.REDEEM)
    assert journal.entry(3) is None


def test_the_first_entry_follows_the_given_hash(open_journal: OpenJournal) -> None:
    journal = open_journal(epoch=2, previous=b"\7" * 32)
    journal.append(a.a_login())
    entry = journal.entry(1)

    assert entry is not None
    assert entry.fields()["prev"] == "07" * 32
    assert entry.hash == hash_chain.entry_hash(b"\7" * 32, entry.body)


def test_the_given_hash_is_kept_until_the_first_entry(open_journal: OpenJournal, path: Path) -> None:
    open_journal(epoch=2, previous=b"\7" * 32).close()
    journal = open_journal(epoch=2)
    journal.append(a.a_login())
    entry = journal.entry(1)

    assert entry is not None
    assert entry.fields()["prev"] == "07" * 32
    assert verify(path, a.public_bytes(KEY)).ok


def test_a_home_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")

    with pytest.raises(StorageUnavailable):
        SqlJournal.open(tmp_path / "home" / "journal.db", LaneKey("device-1", 1, KEY.sign))


def test_it_goes_on_after_a_restart_and_in_a_new_epoch(journal: SqlJournal, open_journal: OpenJournal) -> None:
    journal.append(a.a_redemption())
    journal.close()
    journal = open_journal()
    again = journal.append(a.a_login())
    journal.close()
    journal = open_journal(epoch=3, previous=bytes.fromhex(again.hash))
    fresh = journal.append(a.a_login())

    assert (again.epoch, again.seq) == (1, 2)
    assert (fresh.epoch, fresh.seq) == (3, 1)
    assert [use.use_no for use in journal.uses_of("1001-1")] == [1]
    assert [(entry.epoch, entry.seq) for entry in journal.latest(9)] == [(3, 1), (1, 2), (1, 1)]


def test_a_use_is_taken_once(journal: SqlJournal) -> None:
    ref = journal.append(a.a_redemption())

    with pytest.raises(UseTaken) as taken:
        journal.append(a.a_redemption(operator="E02"))

    claim = hash_chain.claim_id(bytes.fromhex(ref.hash))
    use = Use(1, a.NOON, 101, 2, "E01", device="device-1", seq=1, claim_id=claim, value_minor=1000)
    assert taken.value.use == use
    assert journal.uses_of("1001-1") == (use,)
    assert journal.append(a.a_redemption(use_no=2)).seq == 2
    assert journal.append(a.a_redemption(use_no=None)).seq == 3
    assert journal.append(a.a_redemption(use_no=None)).seq == 4


def test_a_void_frees_the_use(journal: SqlJournal) -> None:
    taken = journal.append(a.a_redemption())
    journal.append_void(a.a_void(1), 1)
    target = journal.entry(1)

    assert target is not None
    assert target.voided
    assert journal.uses_of("1001-1") == ()
    assert journal.unused_claims("1001-1") == {hash_chain.claim_id(bytes.fromhex(taken.hash))}
    assert journal.append(a.a_redemption()).seq == 3


@pytest.mark.parametrize("target", [1, 9])
def test_what_is_not_there_cannot_be_taken_back(journal: SqlJournal, target: int) -> None:
    journal.append(a.a_redemption())
    journal.append_void(a.a_void(1), 1)

    with pytest.raises(ValueError, match="taken back before"):
        journal.append_void(a.a_void(target), target)

    assert journal.head() == EntryRef(1, 2, journal.latest(1)[0].hash.hex())


def test_an_intent_is_open_until_redeemed(journal: SqlJournal) -> None:
    intent = journal.append(a.an_intent())
    open_intent = journal.open_intent("1001-1")

    assert open_intent is not None
    assert open_intent.entry == intent
    assert open_intent.claim_id == hash_chain.claim_id(bytes.fromhex(intent.hash))
    assert (open_intent.coupon_id, open_intent.use_no, open_intent.at) == ("1001-1", 1, a.NOON)
    assert journal.open_intents() == [open_intent]
    assert journal.unused_claims("1001-1") == {open_intent.claim_id}

    journal.append(a.a_redemption(claim_id=open_intent.claim_id, intent_seq=1, tier="A"))

    assert journal.open_intent("1001-1") is None
    assert journal.open_intents() == []
    assert journal.unused_claims("1001-1") == frozenset()
    assert journal.uses_of("1001-1")[0].claim_id == open_intent.claim_id


def test_an_intent_is_open_until_cancelled(journal: SqlJournal) -> None:
    journal.append(a.an_intent())
    journal.append(a.an_intent("1001-2"))
    journal.append_void(a.a_void(1), 1)

    assert journal.open_intent("1001-1") is None
    assert [intent.coupon_id for intent in journal.open_intents()] == ["1001-2"]
    assert len(journal.unused_claims("1001-1")) == 1


def test_the_newest_intent_counts(journal: SqlJournal) -> None:
    journal.append(a.an_intent())
    newest = journal.append(a.an_intent())
    found = journal.open_intent("1001-1")

    assert found is not None
    assert found.entry == newest


def test_usage(journal: SqlJournal) -> None:
    yesterday = (a.TODAY - timedelta(days=1)).isoformat()
    journal.append(a.a_redemption("1001-1", member_ref="m7", value_minor=700, business_date=yesterday))
    journal.append(a.a_redemption("1001-2", member_ref="m7", value_minor=1500))
    journal.append(a.a_redemption("1001-3", member_ref="m8", value_minor=200))
    journal.append(a.a_redemption("1001-4", member_ref="m7", value_minor=9000, tier="A"))
    journal.append(a.a_redemption("1001-5", member_ref="m7", value_minor=400))
    journal.append_void(a.a_void(5, "1001-5"), 5)

    assert journal.usage(a.TODAY, "m7") == LimitUsage(3, 1700, 2)
    assert journal.usage(a.TODAY, "") == LimitUsage(3, 1700, 0)
    journal.server_heard(TimeAnchor(a.NOON, 1, "boot"))
    journal.append(a.a_redemption("1001-6"))
    assert journal.usage(a.TODAY, "m7").count_since_contact == 1


def test_latest_and_counts(journal: SqlJournal) -> None:
    journal.append(a.a_login())
    journal.append(a.a_redemption("1001-1"))
    journal.append(a.a_redemption("1001-2", operator="E02"))
    journal.append(a.a_login(business_date="2026-03-09"))

    assert [entry.seq for entry in journal.latest(2)] == [4, 3]
    assert [entry.seq for entry in journal.latest(9, [EntryKind.REDEEM])] == [3, 2]
    assert journal.counts(a.TODAY) == {"login": 1, "redeem": 2}
    assert journal.counts(a.TODAY, "E02") == {"redeem": 1}


def test_a_rare_kind_is_found_behind_many_others(journal: SqlJournal) -> None:
    journal.append(a.a_login())
    journal.append(a.a_redemption())
    for _ in range(RECENT + 5):
        journal.append(a.a_login())

    assert [entry.seq for entry in journal.latest(3, [EntryKind.REDEEM, EntryKind.VOID])] == [2]
    assert [entry.seq for entry in journal.latest(2, [EntryKind.LOGIN])] == [RECENT + 7, RECENT + 6]


def test_what_waits_and_since_when(journal: SqlJournal) -> None:
    journal.append(a.a_login(at=a.NOON - timedelta(minutes=3)))
    journal.append(a.a_login())

    assert journal.undelivered() == (2, a.NOON - timedelta(minutes=3))


def test_the_ratchet_is_the_latest_that_is_proved(journal: SqlJournal) -> None:
    assert journal.ratchet() is None

    journal.append(a.a_login())
    assert journal.ratchet() == a.NOON

    journal.raise_ratchet(a.NOON + timedelta(minutes=1))
    journal.raise_ratchet(a.NOON - timedelta(days=1))
    assert journal.ratchet() == a.NOON + timedelta(minutes=1)

    anchor = TimeAnchor(a.NOON + timedelta(minutes=2), 123_456, "boot")
    journal.server_heard(anchor)
    assert journal.ratchet() == a.NOON + timedelta(minutes=2)
    assert journal.time_anchor() == anchor


def test_values_are_remembered(journal: SqlJournal, open_journal: OpenJournal) -> None:
    assert journal.meta("session_token") is None

    journal.remember("session_token", "one")
    journal.remember("session_token", "two")
    journal.raise_generation(4)
    journal.raise_generation(3)
    journal.close()

    journal = open_journal()
    assert journal.meta("session_token") == "two"
    assert journal.highest_generation() == 4


def test_an_answer_that_comes_when_the_lane_was_closed_is_too_late(journal: SqlJournal) -> None:
    journal.close()

    journal.server_heard(TimeAnchor(a.NOON, 1, "boot"))
