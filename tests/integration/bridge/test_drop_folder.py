"""``host-drop``: whole files are taken once, half ones are left, bad ones lie aside with the reason beside them."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pos_client.bridge.drop_folder import DropFolder, Dropped
from pos_client.domain.errors import HostDataInvalid
from pos_client.storage.host_book import SqlHostBook, open_host_book
from tests.integration.bridge.host_side import receipt

Drop = Callable[[], list[Dropped]]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[SqlHostBook]:
    book = open_host_book(tmp_path / "host.db")
    yield book
    book.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "host-drop"
    folder.mkdir()
    return folder


@pytest.fixture
def drop(folder: Path, book: SqlHostBook) -> Drop:
    """Look twice, as two seconds do: a file that stood still in between is whole."""
    watched = watching(folder, book)

    def look_twice() -> list[Dropped]:
        return watched.poll() + watched.poll()

    return look_twice


def watching(folder: Path, book: SqlHostBook, settled_s: float = 0.0) -> DropFolder:
    def told(why: HostDataInvalid) -> str:
        return f"{why.facts['problem']}: {why.detail}\n"

    return DropFolder(folder, book, "Asia/Shanghai", lambda: datetime.now(UTC), told, settled_s)


def put(folder: Path, name: str, *documents: dict[str, Any]) -> Path:
    path = folder / name
    path.write_text(json.dumps(list(documents)), "utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_whole_file_is_kept_and_moved(folder: Path, book: SqlHostBook, drop: Drop) -> None:
    put(folder, "day.json", receipt("1"), receipt("2"))

    assert drop() == [Dropped("day.json", 2, 2)]
    assert book.receipts_kept()[0] == 2
    assert (names(folder), names(folder / "done")) == (["bad", "done"], ["day.json"])


def test_a_file_that_still_grows_is_left(folder: Path, book: SqlHostBook) -> None:
    watched = watching(folder, book)
    path = put(folder, "day.json", receipt("1"))
    whole = path.read_text("utf-8")
    for part in (10, 100, len(whole)):
        path.write_text(whole[:part], "utf-8")
        assert watched.poll() == []

    assert watched.poll() == [Dropped("day.json", 1, 1)]


def test_a_file_is_not_whole_before_it_has_stood_still_for_a_while(folder: Path, book: SqlHostBook) -> None:
    watched = watching(folder, book, settled_s=3_600)
    put(folder, "day.json", receipt("1"))

    assert [watched.poll() for _ in range(3)] == [[], [], []]
    assert names(folder) == ["bad", "day.json", "done"]


def test_names_that_are_not_ready_are_left(folder: Path, drop: Drop) -> None:
    for name in ("day.json.part", ".day.json", "notes.txt", "day.tmp"):
        put(folder, name, receipt("1"))

    assert drop() == []
    assert len(names(folder)) == 6


def test_the_same_file_again_and_the_same_receipt_elsewhere_change_nothing(
    folder: Path, book: SqlHostBook, drop: Drop
) -> None:
    same = receipt("1")
    found = []
    for name in ("day.json", "day.json", "again.json"):
        put(folder, name, same)
        found += drop()

    assert [(one.receipts, one.new) for one in found] == [(1, 1), (1, 0), (1, 0)]
    assert names(folder / "done") == ["again.json", "day-2.json", "day.json"]


def test_of_a_bad_file_nothing_counts_and_the_reason_lies_beside_it(
    folder: Path, book: SqlHostBook, drop: Drop
) -> None:
    put(folder, "day.json", receipt("1"), receipt("2", total_minor=-5))
    (folder / "folder.csv").mkdir()

    assert [one.why is not None for one in drop()] == [True, True]
    assert book.receipts_kept()[0] == 0
    assert names(folder / "bad") == ["day.json", "day.json.why", "folder.csv", "folder.csv.why"]
    assert "receipt 2" in (folder / "bad" / "day.json.why").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
def test_a_pipe_is_not_waited_for(folder: Path, drop: Drop) -> None:
    os.mkfifo(folder / "day.csv")

    assert [one.why is not None for one in drop()] == [True]
    assert names(folder / "bad") == ["day.csv", "day.csv.why"]


@pytest.mark.parametrize("mapping", [b"[" * 100_000, b"\xff", b'{"columns": 1}'])
def test_no_mapping_and_no_word_on_it_stops_the_folder(folder: Path, drop: Drop, mapping: bytes) -> None:
    put(folder, "day.json", receipt("1"))
    (folder / "mapping.json").write_bytes(mapping)
    (folder / "mapping.json.why").write_bytes(b"\xff\xfe")

    assert [one.name for one in drop()] == ["mapping.json"]


def test_with_a_wrong_mapping_the_files_wait(folder: Path, book: SqlHostBook, drop: Drop) -> None:
    put(folder, "day.json", receipt("1"))
    (folder / "mapping.json").write_text("{", "utf-8")
    assert [(one.name, one.why is not None) for one in drop()] == [("mapping.json", True)]
    assert names(folder) == ["bad", "day.json", "done", "mapping.json", "mapping.json.why"]

    (folder / "mapping.json").write_text("{}", "utf-8")
    assert drop() == [Dropped("day.json", 1, 1)]
    assert names(folder) == ["bad", "done", "mapping.json"]


def test_a_wrong_mapping_is_told_once(folder: Path, drop: Drop) -> None:
    put(folder, "day.json", receipt("1"))
    (folder / "mapping.json").write_text("{", "utf-8")

    assert [len(drop()), len(drop())] == [1, 0]
