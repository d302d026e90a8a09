"""``slips.db``: codes are kept sealed until their last day is over, and prints are counted by whoever prints."""

from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.verdict import EntryRef
from pos_client.storage.slip_book import SqlSlipBook
from pos_client.usecases.booth_port import PooledCoupon
from tests import builders as a

SECRET = a.a_store_secret()
COUPON = PooledCoupon("1001-1", 1001, "71001417522632901423602362", a.TODAY, a.TODAY + timedelta(days=30), 0)
ENTRY = EntryRef(1, 7, "00")


def test_a_code_is_found_again_by_another_program(tmp_path: Path) -> None:
    SqlSlipBook(tmp_path / "slips.db", SECRET).keep_codes([COUPON], a.TODAY)

    assert SqlSlipBook(tmp_path / "slips.db", SECRET).code_of("1001-1") == COUPON.text
    assert SqlSlipBook(tmp_path / "slips.db", SECRET).code_of("1001-2") == ""


def test_the_file_shows_no_code_and_another_stores_secret_opens_none(tmp_path: Path) -> None:
    SqlSlipBook(tmp_path / "slips.db", SECRET).keep_codes([COUPON], a.TODAY)

    assert all(COUPON.text.encode() not in file.read_bytes() for file in tmp_path.iterdir())
    assert SqlSlipBook(tmp_path / "slips.db", bytes(32)).code_of("1001-1") == ""
    assert (tmp_path / "slips.db").stat().st_mode & 0o777 == 0o600


def test_codes_whose_last_day_is_over_are_forgotten(tmp_path: Path) -> None:
    book = SqlSlipBook(tmp_path / "slips.db", SECRET)
    book.keep_codes([COUPON], a.TODAY)
    book.keep_codes([], COUPON.last_day)
    assert book.code_of("1001-1") == COUPON.text

    book.keep_codes([], COUPON.last_day + timedelta(days=1))

    assert book.code_of("1001-1") == ""


def test_prints_are_counted_entry_by_entry(tmp_path: Path) -> None:
    books = [SqlSlipBook(tmp_path / "slips.db", SECRET) for _ in range(2)]

    assert [book.count_print(ENTRY) for book in (*books, *books)] == [1, 2, 3, 4]
    assert books[0].count_print(EntryRef(2, 7, "00")) == 1


def test_asking_for_a_code_makes_no_file(tmp_path: Path) -> None:
    assert SqlSlipBook(tmp_path / "slips.db", SECRET).code_of("1001-1") == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.expects_log("put aside")
def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "slips.db").write_bytes(b"this is no database, and long enough to be read as one" * 100)

    assert SqlSlipBook(tmp_path / "slips.db", SECRET).count_print(ENTRY) == 1
    assert (tmp_path / "slips.db.bad1").exists()


def test_a_place_that_cannot_be_written_is_a_fault_of_the_world(tmp_path: Path) -> None:
    (tmp_path / "slips.db").mkdir()

    with pytest.raises(StorageUnavailable):
        SqlSlipBook(tmp_path / "slips.db", SECRET).keep_codes([COUPON], a.TODAY)
