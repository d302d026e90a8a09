"""Files of a report: the same rows are the same bytes, Chinese opens in a spreadsheet, and no cell is a formula."""

import io
import json
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pos_client.domain.report_table import Table, csv_bytes, harmless, json_bytes, table_of
from pos_client.domain.report_workbook import xlsx_bytes

TABLE = table_of("结算", (), [{"店": "一楼", "n": -3, "x": None}, {"店": "=1+1", "n": 7, "x": {"b": 1, "a": 2}}])


def test_csv_has_a_mark_and_crlf() -> None:
    expected = '\ufeff店,n,x\r\n一楼,-3,null\r\n\'=1+1,7,"{""a"": 2, ""b"": 1}"\r\n'
    assert csv_bytes(TABLE).decode() == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_a_formula(start: str) -> None:
    assert harmless(f"{start}cmd") == f"'{start}cmd"
    assert harmless(-5) == -5


@given(some.lists(some.tuples(some.text(max_size=12), some.integers(-(2**53), 2**53)), max_size=5))
def test_no_csv_cell_begins_as_a_formula(cells: list[tuple[str, int]]) -> None:
    written = csv_bytes(Table("t", ("a", "b"), tuple(cells)))

    assert written == csv_bytes(Table("t", ("a", "b"), tuple(cells)))
    assert all(str(harmless(text))[:1] not in {"=", "+", "-", "@"} for text, _ in cells)


def test_json_is_one_object() -> None:
    read = json.loads(json_bytes(TABLE))

    assert (read["report"], read["columns"], read["rows"][0]["店"]) == ("结算", ["店", "n", "x"], "一楼")


def test_a_workbook_has_no_time_of_its_own_and_no_formula() -> None:
    once, again = xlsx_bytes(TABLE), xlsx_bytes(TABLE)

    assert once == again
    with zipfile.ZipFile(io.BytesIO(once)) as book:
        assert {info.date_time[0] for info in book.infolist()} == {1980}
        assert b"2020-01-01T00:00:00Z" in book.read("docProps/core.xml")
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        strings = book.read("xl/sharedStrings.xml").decode()
    assert sheet.findall(".//{*}f") == []
    assert "=1+1" in strings
    assert [cell.text for cell in sheet.findall(".//{*}c[@r='B2']/{*}v")] == ["-3"]


def test_a_name_that_no_sheet_may_have_is_still_written() -> None:
    assert xlsx_bytes(Table("a/b:c*d?[e]" + "x" * 40, ("a",), ()))


def test_a_flag_is_written_as_a_word() -> None:
    assert table_of("t", ("a",), [{"a": True}]).rows == (("true",),)


def test_rows_of_two_kinds_stand_in_one_table() -> None:
    table = table_of("store", (), [{"about": "server", "store_epoch": 2}, {"about": "lane", "device": "d-1"}])

    assert table.columns == ("about", "store_epoch", "device")
    assert table.rows == (("server", 2, ""), ("lane", "", "d-1"))
