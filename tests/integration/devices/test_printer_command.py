"""``print-test`` and ``printer``: a page in each encoding into a folder, on a serial line; what is said without one."""

import json
import os
import threading
import tty
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pos_client.bootstrap.doctoring import GOOD, doctor
from pos_client.cli import app
from pos_client.devices.printer.escpos_page import Bitmap, PageStyle
from pos_client.devices.printer.escpos_printer import EscPosPrinter
from pos_client.devices.printer.letters import Encoding
from pos_client.devices.printer.ways import way_to
from pos_client.domain.receipt_page import Row, RowKind
from pos_client.usecases.printing_port import PrintJob
from tests.fakes.receipt_reader import read_back


def told(home: Path, *words: str) -> tuple[int, dict[str, object]]:
    """Return the exit code and the document of a command."""
    result = CliRunner().invoke(app, ["--home", str(home), *words, "--json"])
    return result.exit_code, json.loads(result.output)


def test_a_page_in_each_encoding_can_be_read_in_that_encoding(tmp_path: Path) -> None:
    code, document = told(tmp_path, "print-test", "--all", "--to", f"file:{tmp_path / 'out'}")

    assert code == 0, document
    for name in ("gbk", "gb18030", "utf-8"):
        paper = read_back((tmp_path / "out" / f"test-{name}.bin").read_bytes(), name)
        assert "：，。（）" in paper.lines
        assert [line for line in paper.lines if line.endswith("￥1,234.00")]
    picture = read_back((tmp_path / "out" / "test-raster.bin").read_bytes(), "ascii").pictures
    assert {wide for wide, _, _ in picture} == {72}
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 4


def test_without_a_printer_the_command_says_so(tmp_path: Path) -> None:
    code, _ = told(tmp_path, "print-test")

    assert code == 2


def test_nobody_at_the_address_is_said_with_what_to_do(tmp_path: Path) -> None:
    code, document = told(tmp_path, "print-test", "--to", "socket://127.0.0.1:9")

    assert code == 1
    assert "printer-absent" in json.dumps(document)


@pytest.mark.skipif(os.name != "posix", reason="pseudo terminals are POSIX")
def test_a_page_arrives_whole_on_a_serial_line() -> None:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    got = bytearray()

    def listen() -> None:
        while not got.endswith(b"\x1dV\x01"):
            got.extend(os.read(ours, 4096))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    place = f"serial:{os.ttyname(theirs)}"
    style = PageStyle(Encoding.GBK)
    printer = EscPosPrinter(way_to(place, 9600, 2.0), place, style, lambda rows, dots: Bitmap(8, 1, b"\0"), asks=False)
    printer.print(PrintJob("1-7", (Row(RowKind.TEXT, "洗发露", "¥5.00"),)))
    listener.join(5)

    assert read_back(bytes(got), "gbk").lines == ["洗发露" + " " * 30 + "￥5.00"]
    os.close(ours)
    os.close(theirs)


def test_doctor_has_a_row_that_says_whether_a_printer_is_set(tmp_path: Path) -> None:
    found = {row["name"]: row for row in doctor(tmp_path)}

    assert found["printer"] == {"name": "printer", "state": GOOD, "detail": "no printer is set"}
