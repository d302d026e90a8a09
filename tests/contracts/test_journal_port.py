"""One set of questions, three ways to hold the book: as its writer, beside the writer, and after he left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.limits import LimitUsage
from pos_client.domain.trusted_time import TimeAnchor
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.journal_beside import ReadOnlyJournal
from pos_client.usecases.ports import Journal
from tests import builders as a

ANCHOR = TimeAnchor(a.NOON, 5_000, "boot")


@pytest.fixture(params=["its writer", "beside the writer", "after the writer left"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """A book with one of everything, held in one of three ways."""
    path = tmp_path / "journal.db"
    writer = SqlJournal.open(path, LaneKey("device-1", 1, a.a_key("device").sign))
    writer.append(a.a_login())
    writer.append(a.a_redemption("1001-1", member_ref="m7", value_minor=700))
    writer.server_heard(ANCHOR)
    writer.append(a.a_redemption("1001-2", member_ref="m7", value_minor=300))
    writer.append_void(a.a_void(3, "1001-2"), 3)
    writer.append(a.a_redemption("1001-3", member_ref="m8", value_minor=50))
    writer.append(a.an_intent("1001-4"))
    writer.remember("key", "value")
    if request.param == "its writer":
        yield writer
        writer.close()
        return
    if request.param == "after the writer left":
        writer.close()
    reader = ReadOnlyJournal.open(path)
    yield reader
    reader.close()
    writer.close()


def test_uses(book: Journal) -> None:
    assert [use.seq for use in book.uses_of("1001-1")] == [2]
    assert book.uses_of("1001-2") == ()


def test_claims_that_stand_for_no_use(book: Journal) -> None:
    assert len(book.unused_claims("1001-2")) == 1
    assert book.unused_claims("1001-1") == frozenset()


def test_limits(book: Journal) -> None:
    assert book.usage(a.TODAY, "m7") == LimitUsage(1, 750, 1)


def test_intents(book: Journal) -> None:
    intent = book.open_intent("1001-4")

    assert intent is not None
    assert list(book.open_intents()) == [intent]
    assert book.unused_claims("1001-4") == {intent.claim_id}


def test_entries(book: Journal) -> None:
    entry = book.entry(3)

    assert entry is not None
    assert entry.voided
    assert [one.seq for one in book.latest(2)] == [6, 5]
    assert [one.seq for one in book.latest(9, [EntryKind.VOID, EntryKind.LOGIN])] == [4, 1]
    assert list(book.conflicts()) == []


def test_figures(book: Journal) -> None:
    # One of three redemptions was taken back, and counts for nobody any more.
    assert book.counts(a.TODAY) == {"login": 1, "redeem": 2, "void": 1, "intent": 1}
    assert book.undelivered() == (6, a.NOON)


def test_time_and_what_is_remembered(book: Journal) -> None:
    assert (book.time_anchor(), book.ratchet(), book.meta("key")) == (ANCHOR, a.NOON, "value")
    assert book.meta("other") is None
