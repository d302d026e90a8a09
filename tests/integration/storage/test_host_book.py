"""``host.db``: what the host said is kept once, all of a delivery or none of it, and survives a closing."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PosixPath
from typing import ClassVar

import pytest

from pos_client.domain.errors import SchemaTooNew
from pos_client.domain.host_proposal import Proposal, ProposalState
from pos_client.domain.host_receipt import HostReceipt
from pos_client.storage.host_book import SqlHostBook, open_host_book
from tests.unit.domain.host_papers import DAY, NOON, host

PROPOSAL = Proposal(
    proposal_id="a" * 32,
    state=ProposalState.OPEN,
    made_at=NOON,
    expires_at=NOON + timedelta(seconds=120),
    currency="CNY",
    basket={"currency": "CNY", "total_minor": 9_900},
    discount_minor=1_000,
    total_minor=8_900,
    redeems=True,
    sealed=b"\x00sealed",
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[SqlHostBook]:
    book = open_host_book(tmp_path / "host.db")
    yield book
    book.close()


def test_a_receipt_is_kept_once_however_often_it_comes(book: SqlHostBook) -> None:
    assert [book.take([host()], "http", NOON), book.take([host(), host("0043")], "file", NOON)] == [1, 1]

    assert book.receipts(DAY, DAY) == [host(), host("0043")]
    assert book.receipts_kept() == (2, NOON)


def test_another_total_or_another_day_is_another_receipt(book: SqlHostBook) -> None:
    tomorrow = DAY + timedelta(days=1)
    book.take([host(), host(total_minor=900, lines=()), host(day=tomorrow)], "http", NOON)

    assert len(book.receipts(DAY, DAY)) == 2
    assert len(book.receipts(DAY, tomorrow)) == 3


def test_of_a_delivery_that_breaks_off_nothing_is_kept(book: SqlHostBook) -> None:
    def broken() -> Iterator[HostReceipt]:
        yield host()
        raise RuntimeError("torn")

    with pytest.raises(RuntimeError):
        book.take(broken(), "file", NOON)

    assert book.receipts(DAY, DAY) == []


def test_a_proposal_comes_back_as_it_was_after_the_file_was_closed(tmp_path: Path) -> None:
    first = open_host_book(tmp_path / "host.db")
    first.propose(PROPOSAL)
    first.close()
    second = open_host_book(tmp_path / "host.db")

    assert second.proposal("a" * 32) == PROPOSAL
    assert second.proposal("b" * 32) is None
    second.close()


def test_the_hosts_word_is_kept_with_its_receipt_before_ours_is_written(book: SqlHostBook) -> None:
    book.propose(PROPOSAL)
    book.begin_accept("a" * 32, host(), NOON)

    (waiting,) = book.unfinished()
    expected = replace(PROPOSAL, state=ProposalState.ACCEPTING, till="3", receipt_no="0042", paid_at=NOON)
    assert waiting == expected
    assert book.receipts(DAY, DAY) == [host()]


def test_what_is_over_holds_no_codes_and_stays_as_it_ended(book: SqlHostBook) -> None:
    book.propose(PROPOSAL)
    book.end("a" * 32, ProposalState.REJECTED, b"sealed answer")
    book.end("a" * 32, ProposalState.ACCEPTED, b"")

    ended = book.proposal("a" * 32)
    assert ended is not None
    assert (ended.state, ended.sealed, ended.answer) == (ProposalState.REJECTED, b"", b"sealed answer")


def test_codes_of_what_nobody_answered_are_wiped(book: SqlHostBook) -> None:
    book.propose(PROPOSAL)

    assert [book.lapse(NOON), book.lapse(NOON + timedelta(days=1)), book.lapse(NOON + timedelta(days=7))] == [0, 1, 0]
    ended = book.proposal("a" * 32)
    assert ended is not None
    assert (ended.state, ended.sealed) == (ProposalState.LAPSED, b"")


def test_what_came_to_nothing_is_forgotten_after_a_week_and_what_was_accepted_is_not(book: SqlHostBook) -> None:
    for name, state in (("a", ProposalState.REJECTED), ("b", ProposalState.ACCEPTED)):
        book.propose(replace(PROPOSAL, proposal_id=name))
        book.end(name, state, b"sealed answer")
    book.lapse(NOON + timedelta(days=8))

    assert [book.proposal(name) is None for name in ("a", "b")] == [True, False]


@pytest.mark.expects_log("put aside")
def test_a_damaged_file_is_put_aside_and_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "host.db").write_bytes(b"this is no database, and long enough to be read as one" * 100)
    book = open_host_book(tmp_path / "host.db")

    assert book.take([host()], "http", NOON) == 1
    assert (tmp_path / "host.db.bad1").read_bytes().startswith(b"this is no database")
    book.close()


class WatchedPath(PosixPath):
    """A path that notes whether the file was still open when it was renamed, which Windows would refuse."""

    was_open: ClassVar[list[bool]] = []

    def replace(self, target: str | os.PathLike[str]) -> "WatchedPath":
        held = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
        self.was_open.append(str(self) in held)
        return super().replace(target)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed on Linux")
@pytest.mark.expects_log("put aside")
@pytest.mark.parametrize(
    "content", [b"no database" * 500, b"SQLite format 3\x00" + b"\x10\x00\x02\x02" + b"\xff" * 4_096]
)
def test_a_damaged_file_is_closed_before_it_is_put_aside(tmp_path: Path, content: bytes) -> None:
    path = WatchedPath(tmp_path / "host.db")
    path.write_bytes(content)
    open_host_book(path).close()

    assert path.was_open.pop() is False


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    book = open_host_book(tmp_path / "host.db")
    book._connection.execute("PRAGMA user_version = 99")
    book.close()

    with pytest.raises(SchemaTooNew):
        open_host_book(tmp_path / "host.db")


def test_only_its_owner_can_read_it(book: SqlHostBook, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "host.db").stat().st_mode) == 0o600
