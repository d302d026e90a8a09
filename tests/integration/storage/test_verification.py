"""Damage done to real files, and what is said about it: the first bad entry by its number."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pysqlite3 import dbapi2

from pos_client.domain.errors import JournalDamaged, SchemaTooNew
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.trusted_time import TimeAnchor
from pos_client.domain.verdict import EntryRef
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.journal_opening import Witness
from pos_client.storage.verification import Verification, verify
from pos_client.usecases.ports import UseTaken
from tests import builders as a

OpenJournal = Callable[..., SqlJournal]
KEY = a.a_key("device")
PUBLIC = a.public_bytes(KEY)


@pytest.fixture
def heads(journal: SqlJournal) -> list[EntryRef]:
    """A closed journal of eight entries: an intent, its redemption, more of both, and a void."""
    heads = [journal.append(a.an_intent("1001-1"))]
    claim = journal.open_intents()[0].claim_id
    heads.append(journal.append(a.a_redemption("1001-1", claim_id=claim, intent_seq=1, tier="A")))
    heads += [journal.append(a.a_redemption(f"1001-{number}")) for number in range(2, 6)]
    heads.append(journal.append_void(a.a_void(3, "1001-2"), 3))
    heads.append(journal.append(a.an_intent("1001-9")))
    journal.close()
    return heads


def change(path: Path, sql: str) -> None:
    """What somebody does who has the file and SQLite."""
    connection = dbapi2.connect(str(path))
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_whole_journal(heads: list[EntryRef], path: Path) -> None:
    assert verify(path, PUBLIC) == Verification(ok=True, entries=8)
    assert verify(path, PUBLIC, heads[-1]) == Verification(ok=True, entries=8)


def test_an_empty_journal(journal: SqlJournal, path: Path) -> None:
    assert verify(path, PUBLIC) == Verification(ok=True, entries=0)
    assert journal.head() is None


def test_several_epochs(heads: list[EntryRef], path: Path, open_journal: OpenJournal) -> None:
    journal = open_journal(epoch=3, previous=bytes.fromhex(heads[-1].hash))
    journal.append(a.a_login())

    assert verify(path, PUBLIC, heads[-1]) == Verification(ok=True, entries=9)


@pytest.mark.parametrize(
    ("sql", "seq", "problem"),
    [
        ("DELETE FROM entry WHERE seq = 4", 4, "gap"),
        ("DELETE FROM entry WHERE seq = 1", 1, "gap"),
        ("UPDATE entry SET body = CAST(replace(body, '1001-3', '1001-7') AS BLOB) WHERE seq = 4", 4, "hash"),
        ("UPDATE entry SET body = x'7b7d' WHERE seq = 4", 4, "previous"),
        ("UPDATE entry SET body = x'7b' WHERE seq = 4", 4, "body"),
        ("UPDATE entry SET body = x'5b5d' WHERE seq = 4", 4, "body"),
        ("UPDATE entry SET body = 'text' WHERE seq = 4", 4, "body"),
        ("UPDATE entry SET hash = zeroblob(32) WHERE seq = 4", 4, "hash"),
        ("UPDATE entry SET sig = zeroblob(64) WHERE seq = 4", 4, "signature"),
        ("UPDATE entry SET value_minor = 1 WHERE seq = 4", 4, "columns"),
        ("UPDATE entry SET coupon_id = '1001-8' WHERE seq = 5", 5, "columns"),
        ("UPDATE entry SET claim_id = 'x' WHERE seq = 1", 1, "columns"),
        ("UPDATE entry SET voided = 1 WHERE seq = 5", 5, "columns"),
        ("UPDATE entry SET voided = 0 WHERE seq = 3", 3, "columns"),
        ("UPDATE entry SET unused = 1 WHERE seq = 1", 1, "columns"),
        ("UPDATE entry SET unused = 0 WHERE seq = 8", 8, "columns"),
        ("UPDATE entry SET seq = 9 WHERE seq = 8", 8, "gap"),
    ],
)
def test_the_first_bad_entry_is_named(heads: list[EntryRef], path: Path, sql: str, seq: int, problem: str) -> None:
    change(path, sql)
    found = verify(path, PUBLIC)

    assert not found.ok
    assert found.first_bad is not None
    assert (found.first_bad.epoch, found.first_bad.seq, found.problem) == (1, seq, problem)
    assert found.first_bad.hash in {"", heads[seq - 1].hash, bytes(32).hex()}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET result = 'ackepted' WHERE seq = 4",
        "UPDATE entry SET state = 6 WHERE seq = 4",
        "UPDATE entry SET waiting = 0 WHERE seq = 4",
        "UPDATE entry SET holder = x'7b' WHERE seq = 4",
        "CREATE INDEX somebodys ON entry (at_ms)",
        "DROP INDEX one_use",
    ],
)
def test_delivery_and_tables_are_what_they_can_be(heads: list[EntryRef], path: Path, sql: str) -> None:
    change(path, sql)

    assert verify(path, PUBLIC) == Verification(ok=False, entries=8, problem="structure")


def test_entries_that_changed_places(heads: list[EntryRef], path: Path) -> None:
    for step in ("SET seq = 99 WHERE seq = 4", "SET seq = 4 WHERE seq = 5", "SET seq = 5 WHERE seq = 99"):
        change(path, f"UPDATE entry {step}")
    found = verify(path, PUBLIC)

    assert found.first_bad == EntryRef(1, 4, heads[4].hash)
    assert found.problem == "previous"


def test_another_lanes_key(heads: list[EntryRef], path: Path) -> None:
    assert verify(path, a.public_bytes(a.a_key("thief"))) == Verification(
        ok=False, entries=0, first_bad=heads[0], problem="signature"
    )


def test_a_tail_that_was_cut_off(heads: list[EntryRef], path: Path, open_journal: OpenJournal) -> None:
    change(path, "DELETE FROM entry WHERE seq > 6")

    assert verify(path, PUBLIC, heads[-1]) == Verification(False, 6, EntryRef(1, 7, ""), "tail-cut")
    with pytest.raises(JournalDamaged) as damaged:
        open_journal(witness=Witness(known_head=lambda: heads[-1]))
    assert damaged.value.facts == {"problem": "tail-cut", "epoch": 1, "seq": 8}


def test_a_tail_that_the_server_heard_of(heads: list[EntryRef], path: Path, open_journal: OpenJournal) -> None:
    journal = open_journal()
    journal.server_heard(TimeAnchor(a.NOON, 1, "boot"))
    journal.close()
    change(path, "DELETE FROM entry WHERE seq = 8")

    assert verify(path, PUBLIC) == Verification(False, 7, EntryRef(1, 8, ""), "tail-cut")


def test_yesterdays_copy_with_a_new_day_in_it(heads: list[EntryRef], path: Path, open_journal: OpenJournal) -> None:
    known = replace(heads[4], hash="ab" * 32)

    assert verify(path, PUBLIC, known) == Verification(False, 8, known, "replaced")
    with pytest.raises(JournalDamaged, match="not the one left here"):
        open_journal(witness=Witness(known_head=lambda: known))


def test_a_new_epoch_ends_the_dispute(heads: list[EntryRef], path: Path, open_journal: OpenJournal) -> None:
    change(path, "DELETE FROM entry WHERE seq = 8")
    journal = open_journal(epoch=2, previous=b"\1" * 32, witness=Witness(known_head=lambda: heads[-1]))

    assert journal.append(a.a_login()).seq == 1
    assert verify(path, PUBLIC, heads[-1]).ok


def test_a_damaged_tail_is_seen_at_the_start(heads: list[EntryRef], path: Path, open_journal: OpenJournal) -> None:
    change(path, "UPDATE entry SET body = CAST(replace(body, '1001-3', '1001-7') AS BLOB) WHERE seq = 4")

    with pytest.raises(JournalDamaged) as damaged:
        open_journal()
    assert damaged.value.facts == {"problem": "hash", "epoch": 1, "seq": 4}


def test_no_database_at_all(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)

    assert verify(path, PUBLIC) == Verification(ok=False, entries=0, problem="unreadable")


def test_a_file_that_was_truncated(journal: SqlJournal, path: Path) -> None:
    for number in range(60):
        journal.append(a.a_redemption(f"1001-{number}"))
    journal.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)

    found = verify(path, PUBLIC)

    assert not found.ok
    assert found.problem in {"unreadable", "structure"}


@settings(max_examples=60)
@given(data=st.data())
def test_a_flipped_bit_is_seen_or_was_not_live(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("flip") / "journal.db"
    journal = SqlJournal.open(path, LaneKey("device-1", 1, KEY.sign))
    for number in range(12):
        journal.append(a.a_redemption(f"1001-{number}"))
    before = [(entry.body, entry.signature) for entry in journal.latest(99)]
    journal.close()
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) * 8 - 1))
    content[place // 8] ^= 1 << place % 8
    path.write_bytes(content)

    try:
        found = verify(path, PUBLIC)
    except SchemaTooNew:
        return

    if found.ok:
        # Nothing live was hit: an unused byte, a counter, a column that delivery keeps.
        journal = SqlJournal.open(path, LaneKey("device-1", 1, KEY.sign))
        assert [(entry.body, entry.signature) for entry in journal.latest(99)] == before
        journal.close()


class Doings:
    """What a lane does, in any order, and how many entries and uses should be there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.epoch, self.entries, self.uses = 1, 0, 0
        self.journal = SqlJournal.open(path, LaneKey("device-1", 1, KEY.sign))

    def do(self, step: str) -> None:
        """One step; what cannot be done is refused and counts for nothing."""
        try:
            written, uses = getattr(self, step)()
        except (UseTaken, ValueError):
            return
        self.entries, self.uses = self.entries + written, self.uses + uses

    def login(self) -> tuple[int, int]:
        self.journal.append(a.a_login())
        return 1, 0

    def intent(self) -> tuple[int, int]:
        self.journal.append(a.an_intent())
        return 1, 0

    def redeem(self) -> tuple[int, int]:
        intent = self.journal.open_intent("1001-1")
        claim, seq = (intent.claim_id, intent.entry.seq) if intent else ("", None)
        self.journal.append(a.a_redemption(claim_id=claim, intent_seq=seq))
        return 1, 1

    def void(self) -> tuple[int, int]:
        target = self.journal.uses_of("1001-1")
        seq = target[0].seq if target else 1
        kind = entry.kind if (entry := self.journal.entry(seq)) else None
        self.journal.append_void(a.a_void(seq), seq)
        return 1, -1 if kind is EntryKind.REDEEM else 0

    def restart(self) -> tuple[int, int]:
        self.journal.close()
        self.journal = SqlJournal.open(self._path, LaneKey("device-1", self.epoch, KEY.sign))
        return 0, 0

    def new_epoch(self) -> tuple[int, int]:
        self.epoch += 1
        return self.restart()


@settings(max_examples=40)
@given(steps=st.lists(st.sampled_from(["login", "intent", "redeem", "void", "restart", "new_epoch"]), max_size=30))
def test_whatever_is_done_the_chain_holds(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    path = tmp_path_factory.mktemp("chain") / "journal.db"
    doings = Doings(path)
    for step in steps:
        doings.do(step)
    uses = doings.journal.uses_of("1001-1")
    doings.journal.close()

    assert len(uses) == doings.uses <= 1
    assert verify(path, PUBLIC) == Verification(ok=True, entries=doings.entries)
