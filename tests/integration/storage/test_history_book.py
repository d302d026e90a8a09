"""A hundred thousand deeds are searched by a few characters, and one index answers."""

from pathlib import Path

import pytest

from pos_client.storage.history_book import page_sql
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.usecases.history_port import HistoryFilter
from tests import a_long_day as long
from tests import builders as a

# One process has its hundred thousand rows, not each.
pytestmark = pytest.mark.xdist_group("history-book")


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> SqlJournal:
    folder: Path = tmp_path_factory.mktemp("long")
    opened = SqlJournal.open(folder / "journal.db", LaneKey("device-1", 1, a.a_key("device").sign), reserve_bytes=0)
    long.fill(opened)
    for seq in (10, 99_990):
        opened.append_void(a.a_void(seq, long.coupon_id(seq - 1)), seq)
    return opened


ASKED = {
    "everything": HistoryFilter(),
    "nothing": HistoryFilter(text="no such thing"),
    "one day": HistoryFilter(day=a.TODAY),
    "one clerk": HistoryFilter(operator="E02"),
    "taken back": HistoryFilter(undone=True),
    "one member": HistoryFilter(member="m-0007"),
    "waiting": HistoryFilter(waiting=True),
    "a clerk or a code": HistoryFilter(text="4321", operators=("E01",), members=("m-0007",), waiting=True),
}


def test_what_was_done_is_found_by_code_receipt_clerk_and_member(journal: SqlJournal) -> None:
    def found(asked: HistoryFilter) -> list[int]:
        return [entry.seq for entry in journal.history.page(asked, None, 100)]

    assert found(HistoryFilter(text=long.coupon_id(4_320))) == [4_321]
    assert found(HistoryFilter(text=long.receipt_no(4_321).lower())) == [4_322]
    assert found(HistoryFilter(undone=True)) == [99_990, 10]
    assert found(HistoryFilter(text="nobody", members=("m-0007",), day=a.TODAY)) == [
        seq for seq in found(HistoryFilter(day=a.TODAY)) if seq % 5_000 == 8 and (seq - 1) % 3
    ]
    assert journal.history.count(HistoryFilter(text="%")) == 0
    assert found(HistoryFilter(text="nobody", member="m-0007")) == []
    assert found(HistoryFilter(member="m-0007", day=a.TODAY)) == found(
        HistoryFilter(text="nobody", members=("m-0007",), day=a.TODAY)
    )


def test_pages_follow_each_other_without_a_gap(journal: SqlJournal) -> None:
    asked, seen = HistoryFilter(day=a.TODAY), []
    before: tuple[int, int] | None = None
    while page := journal.history.page(asked, before, 50):
        seen += [entry.seq for entry in page]
        before = (page[-1].epoch, page[-1].seq)

    assert len(seen) == journal.history.count(asked) == len(set(seen)) > 100
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("name", ASKED)
def test_no_question_opens_a_body_before_it_is_shown(journal: SqlJournal, name: str) -> None:
    asked = ASKED[name]
    values = {
        "epoch": 9,
        "seq": 0,
        "limit": 100,
        "like": "%4321%",
        "operators": "[]",
        "members": "[]",
        "member": "m-0007",
        "operator": "E02",
        "day": a.TODAY.isoformat(),
    }
    plan = " ".join(row[3] for row in journal._file.rows(f"EXPLAIN QUERY PLAN {page_sql(asked)}", values))

    assert "USING COVERING INDEX told" in plan
    assert "TEMP B-TREE" not in plan
