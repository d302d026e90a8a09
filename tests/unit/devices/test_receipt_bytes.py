"""Receipts as bytes: golden files made by hand, read back by another reader; nothing is too wide or half a sign."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pos_client.devices.printer.escpos_page import Bitmap, PageStyle, escpos_page, qr_bitmap
from pos_client.devices.printer.letters import Encoding, lettered
from pos_client.domain.receipt_page import RULE, Row, RowKind
from tests.fakes.receipt_reader import read_back

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "receipts"
ROWS = (
    Row(RowKind.TITLE, "澄水"),
    RULE,
    Row(RowKind.TEXT, "满100减20", "\u00a512.00"),
    Row(RowKind.TEXT, "：，。（）"),
    Row(RowKind.TEXT, "€5 𠮷 é ㊙"),
    Row(RowKind.CODE, "R1A"),
)
LOST = {Encoding.GBK: 1, Encoding.GB18030: 0, Encoding.UTF_8: 1}
ODD = {Encoding.GBK: "EUR5 ? é 秘", Encoding.GB18030: "€5 𠮷 é 秘", Encoding.UTF_8: "€5 ? é ㊙"}


def golden(name: str) -> bytes:
    """Return the bytes of a file of hexadecimal digits with remarks."""
    lines = (GOLDEN / f"{name}.hex").read_text("utf-8").splitlines()
    return bytes.fromhex("".join(line.partition("#")[0] for line in lines))


def never(rows: Sequence[Row], dots: int) -> Bitmap:
    """Fail: this page needs no picture."""
    raise AssertionError((rows, dots))


@pytest.mark.parametrize("encoding", Encoding)
def test_a_receipt_is_the_bytes_that_were_written_by_hand(encoding: Encoding) -> None:
    page = escpos_page(ROWS, PageStyle(encoding, 58, cut=False), never)

    assert page.data.hex(" ") == golden(encoding.value).hex(" ")
    assert page.replaced == LOST[encoding]


@pytest.mark.parametrize("encoding", Encoding)
def test_a_receipt_can_be_read_back(encoding: Encoding) -> None:
    paper = read_back(golden(encoding.value), encoding.value)

    gap = " " * 16
    assert paper.lines == ["澄水", "-" * 32, f"满100减20{gap}￥12.00", "：，。（）", ODD[encoding]]
    assert (paper.codes, paper.pictures) == (["R1A"], [])
    assert paper.chinese_on == (0 if encoding is Encoding.UTF_8 else 1)


def test_a_printer_without_chinese_gets_a_picture() -> None:
    asked: list[int] = []

    def draw(rows: Sequence[Row], dots: int) -> Bitmap:
        assert rows == ROWS
        asked.append(dots)
        return Bitmap(16, 2, b"\xf0\x0f\x80\x01")

    page = escpos_page(ROWS, PageStyle(None, 58, cut=False), draw)

    assert page.data.hex(" ") == golden("raster").hex(" ")
    assert asked == [384]


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize(("paper_mm", "width"), [(58, 32), (80, 42)])
@pytest.mark.parametrize("text", ["澄水洗发露××××××××××××" * 3, "é·–—“”…×" * 9, "a" * 50, "，。：" * 20])
def test_no_line_is_wider_than_the_paper(encoding: Encoding, paper_mm: int, width: int, text: str) -> None:
    rows = [Row(RowKind.TEXT, text, "¥1,234.00"), Row(RowKind.TEXT, "商品 × 2", "¥5.00"), Row(RowKind.TITLE, text)]

    lines = read_back(escpos_page(rows, PageStyle(encoding, paper_mm), never).data, encoding.value).lines

    # A printer with two-byte characters gives each of them two columns, by bytes and not by Unicode's tables.
    wide = [sum(1 if ord(sign) < 128 else 2 for sign in line) for line in lines]
    assert max(wide) <= width
    assert [line for line in lines if line.endswith(("￥1,234.00", "￥5.00"))]
    at_right = [number for line, number in zip(lines, wide, strict=True) if line.endswith(".00")]
    assert at_right == [width, width]


def test_what_a_printer_would_obey_is_left_out() -> None:
    named = lettered("券\x1b@\x1dV\x00\x10\x04\x05名\u200b\u202e\r\n", Encoding.GBK)

    assert (named.text, named.replaced) == ("券@V名", 0)


@pytest.mark.parametrize("encoding", [Encoding.GBK, Encoding.GB18030])
def test_the_yen_sign_is_never_four_bytes_nor_half_a_character(encoding: Encoding) -> None:
    for text in ("¥5", "中¥5", "¥"):
        assert b"\xa3\xa4" in lettered(text, encoding).text.encode(encoding.value)
        assert b"\x81\x30" not in lettered(text, encoding).text.encode(encoding.value)


def test_a_long_picture_comes_in_bands_and_loses_no_line() -> None:
    bits = bytes(number % 251 for number in range(2 * 600))
    data = escpos_page(ROWS, PageStyle(None), lambda rows, dots: Bitmap(16, 600, bits)).data

    pictures = read_back(data, "ascii").pictures

    assert [(wide, high) for wide, high, _ in pictures] == [(2, 256), (2, 256), (2, 88)]
    assert b"".join(dots for _, _, dots in pictures) == bits


def test_a_cutter_cuts_and_a_symbol_can_be_sent_as_a_picture() -> None:
    page = escpos_page([Row(RowKind.CODE, "R1A")], PageStyle(Encoding.GBK, 80, native_qr=False), never)

    paper = read_back(page.data, "gbk")

    wide, high, dots = paper.pictures[0]
    made = qr_bitmap("R1A", 576)
    assert (wide, high, dots) == ((made.width + 7) // 8, made.height, made.bits)
    assert (paper.codes, paper.is_cut) == ([], True)
