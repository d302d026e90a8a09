"""The printer's test strip: numbered parts that a reader of each encoding reads, and the one that is kept is used."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.bootstrap import station_printer
from pos_client.bootstrap.doctoring import WARN
from pos_client.bootstrap.machine_checks import DoctorChecks
from pos_client.bootstrap.station_choices import ChoicesFile
from pos_client.bootstrap.station_printer import ENCODINGS, StationPrinter
from pos_client.config import settings
from pos_client.config.settings import PrinterSettings
from pos_client.domain.errors import SettingsInvalid, UsageError
from pos_client.domain.receipt_page import Row, RowKind
from pos_client.usecases.machine_checks import Light
from pos_client.usecases.printing_port import PrinterState, PrintJob
from tests.fakes.network_printer import NO_PAPER, NetworkPrinter
from tests.fakes.receipt_reader import read_back

RECEIPT = PrintJob("1-7", (Row(RowKind.TEXT, "洗发露", "¥5.00"),))


@pytest.fixture
def paper() -> Iterator[NetworkPrinter]:
    made = NetworkPrinter()
    yield made
    made.close()


@pytest.fixture
def station(tmp_path: Path, paper: NetworkPrinter) -> Path:
    """Return a station's file as a person wrote it."""
    file = tmp_path / "station.toml"
    file.write_text(f'# 日化台\n[printer]\nto = "{paper.place}"\npaper_mm = 58\n', "utf-8")
    return file


@pytest.fixture
def printer(station: Path) -> StationPrinter:
    return StationPrinter(station, settings.load(station).printer)


def printed(paper: NetworkPrinter, count: int) -> list[bytes]:
    """Return the pages once so many are out."""
    end = time.monotonic() + 8
    while len(paper.pages) < count:
        assert time.monotonic() < end, "it was never printed"
        time.sleep(0.01)
    return paper.pages


def test_each_part_of_the_strip_can_be_read_in_its_encoding(printer: StationPrinter, paper: NetworkPrinter) -> None:
    printer.print_strip()
    pages = printed(paper, 4)

    for number, (page, name) in enumerate(zip(pages, ("gbk", "gb18030", "utf-8"), strict=False), 1):
        lines = read_back(page, name).lines
        assert any(f"[ {number} ]" in line for line in lines)
        assert "：，。（）" in lines
        assert [line for line in lines if line.startswith("中文") and line.endswith("￥1,234.00")]
    assert {wide for wide, _, _ in read_back(pages[3], "ascii").pictures} == {48}


def test_the_strip_is_one_piece_of_paper(printer: StationPrinter, paper: NetworkPrinter) -> None:
    printer.print_strip()

    assert [read_back(page, "latin-1").is_cut for page in printed(paper, 4)] == [False, False, False, True]


def test_receipts_go_on_in_the_encoding_that_was_kept(
    printer: StationPrinter, paper: NetworkPrinter, station: Path
) -> None:
    printer.print(RECEIPT)
    printer.keep("UTF-8")
    printer.print(RECEIPT)
    before, after = printed(paper, 2)

    assert read_back(before, "gbk").lines[0].startswith("洗发露")
    assert read_back(after, "utf-8").lines[0].startswith("洗发露")
    assert settings.load(station).printer.encoding == printer.kept() == "UTF-8"
    assert station.read_text("utf-8").startswith("# 日化台\n")


def test_an_encoding_that_cannot_be_kept_is_not_used(printer: StationPrinter, station: Path) -> None:
    station.write_text("[printer", "utf-8")
    with pytest.raises(SettingsInvalid):
        printer.keep("UTF-8")

    assert printer.kept() == "GBK"


def test_a_look_does_not_wait_for_a_long_receipt(printer: StationPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station_printer, "PATIENCE_S", 0.05)
    let_go = threading.Event()

    def hold() -> None:
        with printer._lock:
            let_go.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    state = printer.look()
    let_go.set()
    holder.join()

    assert state is PrinterState.PRINTING


def test_the_windows_own_look_says_what_to_do(printer: StationPrinter, paper: NetworkPrinter, tmp_path: Path) -> None:
    paper.paper = NO_PAPER
    found = DoctorChecks(tmp_path, printer).look("printer")

    assert (found.light, WARN) == (Light.WARN, "warn")
    assert "Put in a new roll" in found.detail
    assert paper.pages == []


def test_every_encoding_of_the_strip_is_one_of_the_settings() -> None:
    for name in ENCODINGS:
        assert PrinterSettings(encoding=name).encoding == name


def test_a_choice_is_kept_and_the_rest_of_the_file_stays(station: Path) -> None:
    choices = ChoicesFile(station)
    before = {one.name: (one.value, one.following) for one in choices.look()}
    choices.change("paper", "80")
    choices.change("each", "on")

    kept = settings.load(station).printer
    assert before["paper"] == ("58", "80")
    assert before["theme"] == ("light", "dark")
    assert (kept.paper_mm, kept.each) == (80, True)
    assert station.read_text("utf-8").startswith("# 日化台\n")


def test_a_station_without_a_printer_has_no_choice_about_one(tmp_path: Path) -> None:
    names = {one.name for one in ChoicesFile(tmp_path / "station.toml").look()}

    assert names == {"theme", "mirrored"}


def test_what_is_no_choice_is_refused(station: Path) -> None:
    with pytest.raises(UsageError):
        ChoicesFile(station).change("paper", "57")
