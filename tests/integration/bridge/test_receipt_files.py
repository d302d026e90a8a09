"""The host's files: our own names or the host's, UTF-8 or GBK, money exact, and every mistake named by its place."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.bridge.file_mapping import FileMapping, read_mapping
from pos_client.bridge.receipt_files import read_file, read_receipts
from pos_client.domain.errors import HostDataInvalid
from pos_client.domain.host_receipt import ReceiptKind

ZONE = "Asia/Shanghai"
OWN = """till,receipt_no,at,currency,total_minor,discount_minor,gtin,name,quantity,unit_minor
3,0042,2026-03-18T12:00:00+08:00,CNY,8900,1000,06901234567892,洗发水,1,5900
3,0042,2026-03-18T12:00:00+08:00,CNY,8900,1000,06901234567915,牙膏,2,2000
4,0042,2026-03-18T12:05:00+08:00,CNY,1995,0,06901234567915,牙膏,1,1995
"""
FOREIGN = """小票号;收银台;时间;类型;实收;优惠;条码;品名;数量;单价
0042;三号;18/03/2026 12:00;销售;"1.089,00";10,00;06901234567892;洗发水;1,000;"1.099,00"
0043;三号;18/03/2026 12:09;退货;-59,00;;06901234567892;洗发水;-1;59,00
"""
MAPPING: dict[str, Any] = {
    "encoding": "gbk",
    "separator": ";",
    "money": "decimal",
    "decimal_point": ",",
    "time_format": "%d/%m/%Y %H:%M",
    "negative_is_return": True,
    "kinds": {"销售": "sale", "退货": "return"},
    "columns": {
        "receipt_no": "小票号",
        "till": "收银台",
        "at": "时间",
        "kind": "类型",
        "total_minor": "实收",
        "discount_minor": "优惠",
        "gtin": "条码",
        "name": "品名",
        "quantity": "数量",
        "unit_minor": "单价",
    },
}


def mapping(tmp_path: Path, **changes: Any) -> FileMapping:
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps({**MAPPING, **changes}), "utf-8")
    return read_mapping(path)


def refused(name: str, text: str, rules: FileMapping | None = None) -> tuple[str, str]:
    with pytest.raises(HostDataInvalid) as caught:
        read_receipts(name, text.encode(), rules or FileMapping(), ZONE)
    return str(caught.value.facts["problem"]), caught.value.detail


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte-order mark"])
def test_rows_of_one_receipt_become_its_lines(mark: str) -> None:
    first, second = read_receipts("day.csv", (mark + OWN).encode(), FileMapping(), ZONE)

    assert [(line.gtin, line.quantity, line.unit_minor) for line in first.lines] == [
        ("06901234567892", 1, 5_900),
        ("06901234567915", 2, 2_000),
    ]
    assert (first.total_minor, first.discount_minor, first.till, second.till) == (8_900, 1_000, "3", "4")


def test_the_hosts_own_names_encoding_and_money_are_read_exactly(tmp_path: Path) -> None:
    rules = mapping(tmp_path, decimal_point=",")
    text = FOREIGN.replace("1,000;", "1;")
    sale, back = read_receipts("day.csv", text.encode("gbk"), rules, ZONE)

    assert (sale.till, sale.total_minor, sale.discount_minor, sale.lines[0].unit_minor) == (
        "三号",
        108_900,
        1_000,
        109_900,
    )
    assert sale.at == datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
    assert (back.kind, back.total_minor, back.lines[0].quantity) == (ReceiptKind.RETURN, 5_900, 1)


def test_without_columns_for_lines_each_row_is_a_receipt() -> None:
    text = "receipt_no,at,total_minor\n1,2026-03-18T12:00:00+08:00,500\n2,2026-03-18T12:01:00+08:00,700\n"

    found = read_receipts("day.csv", text.encode(), FileMapping(), ZONE)
    assert [(one.receipt_no, one.total_minor, one.lines) for one in found] == [("1", 500, ()), ("2", 700, ())]


@pytest.mark.parametrize("shape", [lambda one: one, lambda one: [one], lambda one: {"receipts": [one]}])
def test_json_may_hold_one_receipt_or_many_under_the_hosts_names(tmp_path: Path, shape: Any) -> None:
    rules = mapping(tmp_path, encoding="utf-8", decimal_point=".", time_format="", lines="商品")
    goods = [{"条码": "1", "数量": 2, "单价": 19.95}]
    document = {"小票号": "7", "时间": "2026-03-18T12:00:00+08:00", "实收": 39.9, "商品": goods, "收银员": "李"}

    (found,) = read_receipts("one.json", json.dumps(shape(document)).encode(), rules, ZONE)
    assert (found.total_minor, found.lines[0].unit_minor) == (3_990, 1_995)


@given(st.integers(0, 10**9), st.sampled_from([".", ","]))
def test_decimal_money_is_the_same_money(minor: int, point: str) -> None:
    rules = FileMapping(is_decimal=True, decimal_point=point)
    other = "," if point == "." else "."
    whole, cents = divmod(minor, 100)
    grouped = f"{whole:,}".replace(",", other)

    for written in (f"{whole}{point}{cents:02}", f"¥{grouped}{point}{cents:02}", f"{grouped}{point}{cents:02}0 元"):
        assert rules.money(written, "CNY") == minor
        assert rules.money(f"-{written}", "CNY") == -minor


@pytest.mark.parametrize("written", ["", "ten", "1.2.3", "1,23.00", "1e5", "0x10", "١٢", "--5", "1 000", "9" * 40])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(HostDataInvalid):
        FileMapping(is_decimal=True).money(written, "CNY")


@pytest.mark.parametrize(("written", "currency"), [("19.905", "CNY"), ("19.5", "JPY")])
def test_more_decimals_than_the_currency_has_are_refused(written: str, currency: str) -> None:
    with pytest.raises(HostDataInvalid):
        FileMapping(is_decimal=True).money(written, currency)


@pytest.mark.parametrize(
    ("name", "text", "problem", "place"),
    [
        ("day.csv", "", "columns", "receipt_no"),
        ("day.csv", "receipt_no,at,total_minor\n", "empty", ""),
        ("day.csv", OWN.replace("total_minor", "sum"), "columns", "total_minor"),
        ("day.csv", OWN.replace("CNY,8900,1000,06901234567915", "CNY,8901,1000,06901234567915"), "rows", "row 3"),
        ("day.csv", OWN.replace("CNY,8900,1000,06901234567915", "HKD,8900,1000,06901234567915"), "mixed-currency", "3"),
        ("day.csv", OWN.replace(",2,2000", ",0,2000"), "quantity", "row 2"),
        ("day.csv", OWN.replace(",2,2000", ",1.5,2000"), "quantity", "row 2"),
        ("day.csv", OWN.replace(",2,2000", ",1E999999,2000"), "quantity", "row 2"),
        ("day.csv", OWN.replace(",2,2000", ",2,-2000"), "amount", "row 2"),
        ("day.csv", OWN.replace("8900,1000", "8900,900"), "sum", "row 2"),
        ("day.csv", OWN.replace(",牙膏,1,1995", ",牙膏,1"), "columns", "row 4"),
        ("day.csv", OWN + '5,0044,"2026', "columns", "row"),
        ("one.json", "{", "json", ""),
        ("one.json", "[" * 100_000, "json", ""),
        ("one.json", "[]", "empty", ""),
        ("one.json", "[5]", "shape", "receipt 1"),
        ("one.json", '{"receipt_no": "1", "at": "2026-03-18T12:00:00Z", "total_minor": 1E999999}', "amount", "1"),
        ("one.json", '{"receipt_no": "1", "at": "2026-03-18T12:00:00Z", "total_minor": 1.5}', "amount", "receipt 1"),
    ],
)  # fmt: skip
def test_a_wrong_file_says_where_and_why(name: str, text: str, problem: str, place: str) -> None:
    said, detail = refused(name, text)

    assert said == problem, detail
    assert place in detail


def test_another_encoding_is_named_and_not_guessed() -> None:
    with pytest.raises(HostDataInvalid) as caught:
        read_receipts("day.csv", OWN.encode("gbk"), FileMapping(), ZONE)

    assert caught.value.facts["problem"] == "encoding"


@pytest.mark.parametrize(
    "document", ["{", '{"encoding": "latin-1"}', '{"colums": {}}', '{"columns": {"sum": "x"}}', '{"money": 5}', "[]"]
)
def test_a_wrong_mapping_is_named(tmp_path: Path, document: str) -> None:
    (tmp_path / "mapping.json").write_text(document, "utf-8")

    with pytest.raises(HostDataInvalid) as caught:
        read_mapping(tmp_path / "mapping.json")
    assert caught.value.facts["problem"] == "mapping"


def test_a_folder_a_link_and_nothing_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "folder.csv")

    for name in ("folder.csv", "link.csv", "absent.csv"):
        with pytest.raises(HostDataInvalid):
            read_file(tmp_path / name, FileMapping(), ZONE)
