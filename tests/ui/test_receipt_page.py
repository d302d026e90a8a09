"""F9 prints the last receipt once more and shows it; the printer's troubles are told and stop nothing."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from pos_client.domain.receipt_page import Row, RowKind
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.receipts.receipt_picture import DOTS, page_bits, page_pdf
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.printing_port import PrinterReport
from script import receipt_facts as facts
from script import screen_facts
from script.clerk_stage import LANGUAGES, SIZES, Stage
from script.receipt_screens import SCREENS, printer, reprint

from .conftest import MakeStage
from .walk import seen


@pytest.mark.parametrize("control", [False, True], ids=["F9", "Ctrl+P"])
def test_a_key_shows_the_reprint_with_its_number(shown: Stage, *, control: bool) -> None:
    reprint(shown, facts.READY)
    QTest.keyClick(shown.clerk.window, Qt.Key.Key_Escape)
    if control:
        QTest.keyClick(shown.clerk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.keyClick(shown.clerk.window, Qt.Key.Key_F9)

    page = shown.clerk.window.body.page(Workspace.RECEIPT)
    said = page.preview.accessibleName()  # type: ignore[attr-defined]
    opened = shown.presenter.workspace
    assert "重打 REPRINT 1" in said
    assert "R-0042-117" in said
    QTest.keyClick(shown.clerk.window, Qt.Key.Key_Escape)
    assert (opened, shown.presenter.workspace) == (Workspace.RECEIPT, Workspace.HOME)


def test_a_printer_in_trouble_changes_no_verdict(stage: Stage) -> None:
    stage.presenter.on_answer(screen_facts.redeemed())
    before = stage.clerk.window.page.verdict.accessibleName()

    printer(stage, facts.PAPER_OUT)

    bar = stage.clerk.window.top_bar
    assert bar.printer_state.text() == "打印机缺纸 · 2"
    assert "换一卷纸" in bar.printer.accessibleName()
    assert stage.clerk.window.page.verdict.accessibleName() == before


def test_a_scan_is_taken_while_the_receipt_is_shown(stage: Stage) -> None:
    reprint(stage, facts.PAPER_OUT)

    stage.presenter.on_scanned(Scan("C1:ABC", ScanSource.WEDGE, facts.slip().at))

    assert stage.till.deeds[-1][0] == "scan"


def test_a_counter_without_a_printer_shows_nothing_of_it(stage: Stage) -> None:
    bar = stage.clerk.window.top_bar
    assert not bar.printer.isVisibleTo(bar)
    page = reprint(stage, PrinterReport(), number=0)

    assert page.state.text() == "本柜台没有打印机，只显示"


def test_each_receipt_by_itself_only_where_it_was_asked_for(stage: Stage) -> None:
    asked: list[int | None] = []
    page = reprint(stage, facts.READY)
    page.print_one = lambda seq, then=None: asked.append(seq)  # type: ignore[method-assign]
    side = stage.clerk.printer

    side.on_answer(screen_facts.redeemed())
    side.print_each = True
    side.on_answer(screen_facts.redeemed())
    side.on_answer(screen_facts.repeat())

    entry = screen_facts.redeemed().verdict.entry
    assert asked == ([entry.seq] if entry else [])


def test_a_receipt_that_was_not_printed_is_told_on_its_own_verdict_and_no_other(stage: Stage) -> None:
    line, told = stage.clerk.window.page.verdict.unprinted, []
    SCREENS["receipt-unprinted"](stage)
    told.append((line.isVisibleTo(stage.clerk.window), line.text()))
    headline = stage.clerk.window.page.verdict.headline.text()
    printer(stage, facts.READY)
    told.append((line.isVisibleTo(stage.clerk.window), ""))
    printer(stage, facts.PAPER_OUT)
    stage.presenter.on_answer(screen_facts.repeat())
    told.append((line.isVisibleTo(stage.clerk.window), ""))

    assert told == [(True, "小票未打印 · F9"), (False, ""), (False, "")]
    assert headline == "已核销"


def test_a_fault_of_the_printer_is_not_told_where_no_receipt_was_asked_for(stage: Stage) -> None:
    stage.presenter.on_answer(screen_facts.redeemed())
    printer(stage, facts.PAPER_OUT)

    assert not stage.clerk.window.page.verdict.unprinted.isVisibleTo(stage.clerk.window)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text_percent", [100, 200])
@pytest.mark.parametrize("name", SCREENS)
def test_every_word_fits(
    make_stage: MakeStage, name: str, language: str, text_percent: int, size: tuple[int, int]
) -> None:
    stage = make_stage(language, text_percent=text_percent)
    stage.draw(*size)
    SCREENS[name](stage)
    stage.draw(*size)
    widgets = seen(stage.clerk.window)

    assert [it.text() for it in widgets if isinstance(it, FittedLabel) and it.text().strip() and it.is_cut()] == []
    assert [it.text() for it in widgets if isinstance(it, KeyButton) and it.is_cut()] == []
    assert [it for it in widgets if isinstance(it, QAbstractButton) and not it.accessibleName()] == []


@pytest.mark.parametrize("paper_mm", [58, 80])
def test_the_dots_of_a_printer_are_black_words_on_white(qtbot: QtBot, paper_mm: int) -> None:
    rows = [Row(RowKind.TEXT, "商品合计", "￥1.00"), Row(RowKind.CODE, "R1A")]

    width, height, bits = page_bits(rows, DOTS[paper_mm])

    dots = np.unpackbits(np.frombuffer(bits, np.uint8)).reshape(height, width)
    assert 0.02 < dots.mean() < 0.5
    assert dots[:, :8].sum() == 0
    code, _, _ = cv2.QRCodeDetector().detectAndDecode(np.where(dots, 0, 255).astype(np.uint8))
    assert code == "R1A"


def test_a_pdf_is_as_wide_as_the_paper_and_keeps_its_words(qtbot: QtBot, tmp_path: Path) -> None:
    content = page_pdf(facts.printed("zh").rows, 80)

    box = content.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert content.startswith(b"%PDF-")
    assert round(float(box[2]) * 25.4 / 72) == 80
    assert b"/FontFile" in content or b"/FontDescriptor" in content
