"""C6 with real keys at a real desk and a centre that answers: by code, by phone, without a network, in the middle."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pos_client.domain.reasons import Reason
from pos_client.domain.receipt_page import RowKind
from pos_client.domain.scan import Scan, ScanSource
from pos_client.scanner.decoders.zxing_decoder import ZxingDecoder
from pos_client.scanner.symbology import LIVE
from pos_client.storage.print_queue import SqlPrintQueue
from pos_client.ui.bind.bind_view import BindMode
from pos_client.ui.bind.customer_screen import CustomerScreen, other_screen
from pos_client.ui.bind.qr_picture import QrPicture
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from script import screen_facts as facts
from tests.ui.bind_counter import BindDesk
from tests.unit.usecases.bind_desk import NEW_PHONE, Binder
from tests.unit.usecases.counter import PROMOTER, SECRET, OpenCounter

SIZES = ((1280, 800), (1920, 1080))


@pytest.fixture
def sit(open_counter: OpenCounter, qtbot: QtBot, tmp_path: Path) -> Iterator[object]:
    """A desk of a size."""
    made: list[BindDesk] = []

    def make(size: tuple[int, int] = SIZES[0], link: str = "", *, has_printer: bool = False) -> BindDesk:
        binder = Binder.at(open_counter)
        if has_printer:
            binder.counter.prints = SqlPrintQueue(tmp_path / "prints.db", SECRET)
        desk = BindDesk(binder, tmp_path, size)
        if link:
            desk.page.presenter._link = link
        made.append(desk)
        desk.desk.window.activateWindow()
        qtbot.waitUntil(desk.desk.window.isActiveWindow)
        return desk

    yield make
    for desk in made:
        desk.desk.close()


@pytest.fixture
def at(sit: object) -> BindDesk:
    """The screen of F4 at 1280 by 800."""
    made = sit()  # type: ignore[operator]
    assert isinstance(made, BindDesk)
    made.press(Qt.Key.Key_F4)
    return made


def read(widget: QrPicture) -> list[str]:
    """What the program's own decoder sees in the drawn picture."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    height, width, line = picture.height(), picture.width(), picture.bytesPerLine()
    grey = np.frombuffer(picture.constBits(), np.uint8).reshape(height, line)[:, :width]
    return [reading.text for reading in ZxingDecoder().read(np.ascontiguousarray(grey), LIVE)]


@pytest.mark.parametrize("link", ["", "https://crm.example.com/b"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_drawn_code_is_read_back(sit: object, size: tuple[int, int], link: str) -> None:
    desk = sit(size, link)  # type: ignore[operator]
    desk.press(Qt.Key.Key_F4)
    on_show = desk.page.presenter.view.on_show
    assert on_show is not None

    assert read(desk.page.customer.qr) == [f"{link}/{on_show.scene.digits}" if link else on_show.scene.digits]
    assert desk.page.customer.qr.module_px() >= 8


def test_it_is_black_on_white_with_a_quiet_border(at: BindDesk) -> None:
    qr = at.page.customer.qr
    picture, side = qr.grab().toImage(), qr.module_px()
    colours = {picture.pixelColor(x, qr.height() // 2).name() for x in range(qr.width())}
    whole = side * 49
    left, top = (qr.width() - whole) // 2, (qr.height() - whole) // 2
    border = {picture.pixelColor(left + x, top + 4 * side - 1).name() for x in range(whole)}

    assert {"#000000", "#ffffff"} <= colours
    assert border == {"#ffffff"}


def test_who_scans_it_is_a_member_and_stands_at_the_counter(at: BindDesk) -> None:
    at.scanned()
    at.pass_by(1.5)

    assert [entry["proof"] for entry in at.bindings()] == ["qr"]
    assert at.workspace is Workspace.HOME
    answer = at.desk.window.presenter.answer
    assert answer is not None
    assert answer.verdict.reason is Reason.MEMBER_BOUND
    assert at.desk.window.presenter.customer.member is not None
    assert at.heard[-1] is Sound.OK


def test_turned_to_the_customer_he_sees_it_before_the_clerk_goes_on(at: BindDesk) -> None:
    at.press(Qt.Key.Key_F4)
    assert not at.page.clerk.isVisible()
    at.scanned()
    at.pass_by(1.5)

    assert (at.workspace, at.page.presenter.view.mode) == (Workspace.BIND, BindMode.DONE)
    assert at.page.customer.member.text() == "李* 139****9000"
    assert at.heard[-1] is Sound.OK
    at.press(Qt.Key.Key_Return)
    assert at.workspace is Workspace.HOME
    assert at.desk.window.presenter.customer.member is not None
    assert len(at.bindings()) == 1


def test_f4_turns_the_screen_back_and_esc_too(at: BindDesk) -> None:
    seen = []
    for key in (Qt.Key.Key_F4, Qt.Key.Key_F4, Qt.Key.Key_F4, Qt.Key.Key_Escape):
        at.press(key)
        seen.append(at.page.faces_customer)

    assert seen == [True, False, True, False]
    assert at.workspace is Workspace.BIND


def test_a_scan_in_the_middle_is_judged_and_who_scanned_is_written_all_the_same(at: BindDesk, qtbot: QtBot) -> None:
    at.desk.window.presenter.on_scanned(Scan("6901234567892", ScanSource.WEDGE, facts.NOW))
    assert at.workspace is Workspace.HOME
    assert at.desk.till.deeds[-1][0] == "scan"

    at.scanned()
    at.binder.counter.clock.pass_by(timedelta(seconds=2))
    qtbot.waitUntil(lambda: len(at.bindings()) == 1, timeout=5_000)
    assert at.workspace is Workspace.HOME


def test_without_a_network_the_lasting_code_is_shown(at: BindDesk) -> None:
    temporary = at.page.customer.qr._text
    at.online(is_online=False)
    lasting = at.page.presenter.view.on_show
    assert lasting is not None

    assert lasting.scene.is_lasting
    assert read(at.page.customer.qr) == [lasting.scene.digits]
    assert temporary != lasting.scene.digits
    assert "later" in at.page.clerk.hint.text()
    at.pass_by(600)
    assert at.page.presenter.view.on_show is lasting


def test_a_code_is_renewed_before_it_ends_and_the_one_before_still_counts(at: BindDesk) -> None:
    at.scanned()
    at.binder.centre.is_reachable = False
    first = at.page.presenter.view.on_show
    at.pass_by(245)
    at.binder.centre.is_reachable = True
    assert at.page.presenter.view.on_show is not first
    for _ in range(4):
        at.pass_by(1.2)

    assert len(at.bindings()) == 1


def test_a_minute_without_anybody_gives_a_hint(at: BindDesk) -> None:
    assert not at.page.clerk.hint.isVisible()
    at.pass_by(61)

    assert "phone number" in at.page.clerk.hint.text()


def test_digits_begin_the_phone_and_the_code_from_the_message_proves_it(at: BindDesk) -> None:
    at.type("13900139000")
    assert at.page.presenter.view.mode is BindMode.PHONE
    at.press(Qt.Key.Key_Return)
    assert at.binder.centre.sent == [NEW_PHONE]
    at.type("123456")
    at.press(Qt.Key.Key_Return)

    assert [entry["proof"] for entry in at.bindings()] == ["code"]
    assert at.workspace is Workspace.HOME


def test_a_wrong_code_binds_nobody_and_can_be_told_again(at: BindDesk) -> None:
    at.type("13900139000")
    at.press(Qt.Key.Key_Return)
    at.type("654321")
    at.press(Qt.Key.Key_Return)

    assert at.bindings() == []
    assert at.page.clerk.hint.isVisible()
    at.type("123456")
    at.press(Qt.Key.Key_Return)
    assert len(at.bindings()) == 1


def test_f9_binds_without_a_code(at: BindDesk) -> None:
    at.type("13900139000")
    at.press(Qt.Key.Key_F9)

    assert [entry["proof"] for entry in at.bindings()] == ["none"]


def test_without_a_network_enter_binds_at_once(at: BindDesk) -> None:
    at.online(is_online=False)
    at.type("13900139000")
    at.press(Qt.Key.Key_Return)

    assert [(entry["proof"], entry["provisional"]) for entry in at.bindings()] == [("none", True)]


def test_a_half_typed_number_is_kept(at: BindDesk) -> None:
    at.type("139001")
    at.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_F4)
    at.page.clerk.phone.click()

    assert at.page.clerk.shown.text() == "139 001"


def test_the_customer_types_on_his_own_keys(at: BindDesk) -> None:
    at.page.clerk.phone.click()
    for digit in "13900139000":
        at.page.customer.pad.pressed.emit(digit)
    at.page.customer.enter_button.click()
    at.desk.settle()

    assert at.binder.centre.sent == [NEW_PHONE]


def test_somebody_who_was_known_is_told_in_a_neutral_tone(at: BindDesk) -> None:
    at.type("13800138000")
    at.press(Qt.Key.Key_F9)
    answer = at.desk.window.presenter.answer
    assert answer is not None

    assert answer.verdict.reason in {Reason.MEMBER_STAYS, Reason.MEMBER_TAKEN_OVER}
    assert Sound.NO not in at.heard


def test_f7_asks_whose_code_it_is(at: BindDesk) -> None:
    at.press(Qt.Key.Key_F7, Qt.Key.Key_3)

    assert at.desk.till.deeds[-1] == ("promoter", facts.status().promoters[2].id)
    assert at.page.presenter.view.mode is BindMode.CODE


def test_f9_puts_the_lasting_code_on_paper(at: BindDesk, tmp_path: Path) -> None:
    at.press(Qt.Key.Key_F9)

    assert at.files.names == [f"new-members-{PROMOTER}.pdf"]
    assert (tmp_path / at.files.names[0]).read_bytes().startswith(b"%PDF")
    assert at.files.names[0] in at.page.clerk.hint.text()


def test_f9_sends_the_lasting_code_to_the_slip_printer_too(sit: Callable[..., BindDesk]) -> None:
    at = sit(has_printer=True)
    at.press(Qt.Key.Key_F4, Qt.Key.Key_F9)

    job = at.binder.counter.prints.first()
    assert job is not None
    assert [row.kind for row in job.rows] == [RowKind.TITLE, RowKind.CODE, RowKind.TEXT]
    assert job.rows[1].left.startswith("73")
    assert at.files.names == [f"new-members-{PROMOTER}.pdf"]
    assert "slip printer" in at.page.clerk.hint.text()


def test_only_what_is_known_is_ticked(at: BindDesk) -> None:
    chips = at.page.clerk.chips
    words = [chip.words.text() for chip in chips]
    assert len(words) == 2
    assert words[0].startswith("1 Code shown  ")
    assert words[1].startswith("2 Binding  waiting")


def test_a_second_screen_has_the_customer_s_side(at: BindDesk, qtbot: QtBot) -> None:
    screen = CustomerScreen(at.page.around.theme, at.desk.window)
    qtbot.addWidget(screen)
    screen.view.show_view(at.page.presenter.view, "zh")
    screen.resize(1024, 600)
    screen.show()
    on_show = at.page.presenter.view.on_show
    assert on_show is not None

    assert read(screen.view.qr) == [on_show.scene.digits]
    assert screen.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert other_screen(at.desk.window) is None
    at.desk.window.close()
    assert not screen.isVisible()
