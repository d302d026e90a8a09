"""The picture of a slip is as wide as the paper, its codes can be scanned, and its words are in black on white."""

from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from pytestqt.qtbot import QtBot

from pos_client.config.slip_page import RULE, Row, RowKind
from pos_client.ui.slip_picture import WIDTH_PX, write_slip_picture
from tests import builders as a

CODES = [a.a_signed_coupon(serial, campaign=1001).text() for serial in (1, 2)]


def test_the_codes_of_a_picture_can_be_scanned(qtbot: QtBot, tmp_path: Path) -> None:
    rows = [Row(RowKind.TITLE, "澄水·湖滨店"), RULE, *(Row(RowKind.CODE, code) for code in CODES)]
    write_slip_picture(rows, tmp_path / "slip.png")

    picture = cv2.imread(str(tmp_path / "slip.png"), cv2.IMREAD_GRAYSCALE)

    assert picture is not None
    assert picture.shape[1] == WIDTH_PX
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == CODES


def test_words_stand_at_both_sides_inside_the_margins(qtbot: QtBot, tmp_path: Path) -> None:
    write_slip_picture([Row(RowKind.TEXT, "商品合计" * 4, "¥1,234.00")], tmp_path / "slip.png")

    picture = cv2.imread(str(tmp_path / "slip.png"), cv2.IMREAD_GRAYSCALE)

    assert picture is not None
    black = np.flatnonzero(picture.min(axis=0) < 128)
    assert 16 <= black.min() < 40
    assert WIDTH_PX - 40 < black.max() <= WIDTH_PX - 16
    assert (picture > 128).mean() > 0.8
