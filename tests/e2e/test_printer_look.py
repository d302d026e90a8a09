"""``doctor`` and ``printer`` ask the receipt printer shortly, print nothing, and leave it to a window that is open."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.bootstrap.doctoring import GOOD, WARN, doctor
from pos_client.bootstrap.printing import ASK_S, IN_WINDOW, printer_now
from pos_client.config.paths import find_home
from pos_client.storage.lock import WINDOW, WriterLock
from tests.fakes.network_printer import NO_PAPER, NetworkPrinter
from tests.fakes.shop import Shop


@pytest.fixture
def printer() -> Iterator[NetworkPrinter]:
    made = NetworkPrinter()
    yield made
    made.close()


@pytest.fixture
def home(shop: Shop, printer: NetworkPrinter, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an enrolled lane with a printer."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    found = shop.lane(0).home
    (found / "station.toml").write_text(f'[printer]\nto = "{printer.place}"\n', "utf-8")
    return found


def row(home: Path) -> dict[str, object]:
    return next(one for one in doctor(home) if one["name"] == "printer")


def test_without_paper_the_row_says_what_to_do_and_nothing_is_printed(home: Path, printer: NetworkPrinter) -> None:
    printer.paper = NO_PAPER
    found = row(home)

    assert found["state"] == WARN
    assert "Put in a new roll" in str(found["detail"])
    assert printer.pages == []


def test_a_printer_that_hangs_is_not_waited_for(home: Path, printer: NetworkPrinter) -> None:
    printer.hangs = True
    began = time.monotonic()
    found = printer_now(home)
    took_s = time.monotonic() - began

    assert took_s < ASK_S + 1
    assert found.state in {"ready", "printer-absent"}


def test_beside_an_open_window_the_printer_is_left_alone(home: Path, printer: NetworkPrinter) -> None:
    with WriterLock(find_home(home).lane_lock, WINDOW):
        found = row(home)

    assert found["state"] == GOOD
    assert IN_WINDOW in str(found["detail"])
    assert printer.connections == 0
