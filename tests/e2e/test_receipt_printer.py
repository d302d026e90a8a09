"""A lane with a printer: a receipt after each deed by itself, F9 for the last one, green as fast while it hangs."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.asking import LateShelf, crm_desks
from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.window import _devices, _printer
from pos_client.config.wording import Wording
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import VerdictKind
from pos_client.storage.lock import WINDOW
from pos_client.ui.assets import resources_folder
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.ui.worker_thread import Worker
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from tests.fakes.desk_fakes import CountedWakes
from tests.fakes.network_printer import NO_PAPER, READY, NetworkPrinter
from tests.fakes.receipt_reader import read_back
from tests.fakes.shop import Shop

CLERK = "E1001"
WITHIN_MS = 15_000


@contextmanager
def the_window(home: Path) -> Iterator[ClerkWindow]:
    """A counter with its real window, journal, till thread and the devices of its settings."""
    files = LaneFiles.of(home)
    with ExitStack() as closing:
        journal = files.open_journal(WINDOW, 2.0)
        closing.callback(journal.close)
        api = files.api(files.server_time(journal))
        closing.callback(api.close)
        desk = files.desk(journal, *crm_desks(api, files.orders, LateShelf()))
        session = TillSession(desk, CLERK)
        till = TillLane(desk, session, CountedWakes(), Contact, lambda _staff: None)
        line = DeskLine(till, desk, session)
        wording = Wording.load(resources_folder(), "Asia/Shanghai")
        clerk = ClerkWindow(till, wording, resources_folder(), Looks(), lambda: datetime.now(UTC), line=line)
        till.listen(clerk.till_bridge)
        clerk.show()
        workers: dict[str, Worker] = {"till": till, **_devices(files, clerk, _printer(files))}
        clerk.start(workers)
        closing.callback(clerk.window.close)
        closing.callback(clerk.stop)
        yield clerk


def scan(clerk: ClerkWindow, qtbot: QtBot, code: str) -> float:
    """A code is shown; how many seconds until the clerk sees that it is redeemed."""
    before, at = clerk.window.presenter.answer, time.monotonic()
    clerk.window.presenter.on_scanned(Scan(code, ScanSource.WEDGE, datetime.now(UTC)))
    qtbot.waitUntil(lambda: clerk.window.presenter.answer is not before, timeout=WITHIN_MS)
    answer = clerk.window.presenter.answer
    assert answer is not None
    assert answer.verdict.kind is VerdictKind.ACCEPTED, answer.verdict
    return time.monotonic() - at


def test_receipts_wait_for_paper_and_redemptions_do_not(
    tmp_path: Path, shop: Shop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    lane = shop.lane(0)
    codes = shop.mint("coupon", 3)
    assert lane.run("sync").code == 0
    printer = NetworkPrinter()
    (lane.home / "station.toml").write_text(f'[printer]\nto = "{printer.place}"\neach = true\n', "utf-8")
    try:
        with the_window(lane.home) as clerk:
            bar = clerk.window.top_bar
            scan(clerk, qtbot, codes[0])
            qtbot.waitUntil(lambda: len(printer.pages) == 1, timeout=WITHIN_MS)
            printer.paper = NO_PAPER
            took = [scan(clerk, qtbot, code) for code in codes[1:]]
            qtbot.waitUntil(lambda: bar.printer_state.text() == "打印机缺纸 · 2", timeout=WITHIN_MS)
            printer.paper = READY
            qtbot.waitUntil(lambda: len(printer.pages) == 3, timeout=WITHIN_MS)
            QTest.keyClick(clerk.window, Qt.Key.Key_F9)
            qtbot.waitUntil(lambda: len(printer.pages) == 4, timeout=WITHIN_MS)
    finally:
        printer.close()

    papers = [read_back(page, "gbk").lines for page in printer.pages]
    numbers = [[line for line in paper if line.startswith("编号")] for paper in papers]
    assert max(took) < 3
    assert len({tuple(number) for number in numbers[:3]}) == 3
    assert numbers[3] == numbers[2]
    assert ["重打 REPRINT 1" in paper for paper in papers] == [False, False, False, True]
