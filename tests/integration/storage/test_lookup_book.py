"""``lookups.json``: looks are counted once each, whoever else counts at that moment, and a torn file stops nobody."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.domain.errors import StorageUnavailable
from pos_client.storage.lookup_book import LookupBook
from tests import builders as a

HOUR = timedelta(hours=1)


def test_programs_that_count_at_once_admit_no_more_than_the_limit(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as programs:
        admitted = list(
            programs.map(lambda _: LookupBook(tmp_path / "lookups.json").admit("E01", a.NOON, HOUR, 5), range(24))
        )

    assert admitted.count(True) == 5
    assert stat.S_IMODE((tmp_path / "lookups.json").stat().st_mode) == 0o600


def test_a_clock_that_was_set_back_a_little_forgives_nothing(tmp_path: Path) -> None:
    book = LookupBook(tmp_path / "lookups.json")

    assert book.admit("E01", a.NOON, HOUR, 1)
    assert not book.admit("E01", a.NOON - timedelta(minutes=10), HOUR, 1)
    assert book.admit("E01", a.NOON + HOUR, HOUR, 1)


@pytest.mark.expects_log("begun anew")
@pytest.mark.parametrize("content", [b"", b"[1]", b'{"E01": "x"}', b'{"E01": [null]}', b"\xff", b"[" * 100_000])
def test_a_torn_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lookups.json").write_bytes(content)

    assert LookupBook(tmp_path / "lookups.json").admit("E01", a.NOON, HOUR, 1)
    assert not LookupBook(tmp_path / "lookups.json").admit("E01", a.NOON, HOUR, 1)


def test_what_cannot_be_counted_is_not_allowed(tmp_path: Path) -> None:
    (tmp_path / "lookups.json").mkdir()

    with pytest.raises(StorageUnavailable):
        LookupBook(tmp_path / "lookups.json").admit("E01", a.NOON, HOUR, 1)
