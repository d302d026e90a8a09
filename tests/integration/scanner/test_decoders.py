"""Both decoders through one port, on drawn codes and on what trips their libraries."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import segno
import zxingcpp

from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.decoders.port import Decoder
from pos_client.scanner.frame import Pixels
from pos_client.scanner.symbology import LIVE, RETAIL, Symbology
from tests.integration.scanner.drawn_codes import EAN, QR_TEXT, drawn, ean, on_desk, qr

F = zxingcpp.BarcodeFormat
S = Symbology


@pytest.fixture(params=["zxing", "pyzbar"])
def decoder(request: pytest.FixtureRequest) -> Decoder:
    opened = open_decoders().opened
    if request.param not in opened:
        pytest.skip(f"{request.param} is not on this machine")
    return opened[request.param]


def texts(decoder: Decoder, picture: Pixels) -> list[tuple[str, Symbology]]:
    return [(reading.text, reading.symbology) for reading in decoder.read(picture, RETAIL)]


@pytest.mark.parametrize(
    ("kind", "given", "text", "symbology"),
    [
        (F.EAN13, "400638133393", EAN, S.EAN13),
        (F.EAN8, "4021931", "40219318", S.EAN8),
        (F.UPCA, "45631431967", "456314319671", S.UPCA),
        (F.UPCE, "0496580", "049000006582", S.UPCE),
        (F.Code128, "COUPON-0815", "COUPON-0815", S.CODE128),
        (F.Code39, "MEMBER7", "MEMBER7", S.CODE39),
        (F.Code93, "BOOTH12", "BOOTH12", S.CODE93),
        (F.ITF, "0012345678", "0012345678", S.ITF),
    ],
)
def test_both_decoders_give_one_form_for_one_code(
    decoder: Decoder, kind: F, given: str, text: str, symbology: Symbology
) -> None:
    assert texts(decoder, drawn(kind, given)) == [(text, symbology)]


@pytest.mark.parametrize(
    ("kind", "given", "symbology"),
    [
        (F.DataMatrix, "7101234567", S.DATA_MATRIX),
        (F.Aztec, "7101234567", S.AZTEC),
        (F.PDF417, "7101234567", S.PDF417),
        (F.MicroQRCode, "71012", S.MICRO_QR_CODE),
        (F.RMQRCode, "7101234567", S.RMQR_CODE),
    ],
)
def test_the_first_decoder_reads_the_other_matrix_codes(kind: F, given: str, symbology: Symbology) -> None:
    zxing = open_decoders().opened["zxing"]
    assert texts(zxing, drawn(kind, given, 5)) == [(given, symbology)]


@pytest.mark.parametrize(
    ("kind", "given", "text", "symbology"),
    [
        (F.DataBarOmni, "0200123456789", "0102001234567893", S.DATABAR),
        (F.DataBarExp, "[01]04006381333931[10]A7", "010400638133393110A7", S.DATABAR_EXPANDED),
        (F.DataBarLtd, "0006851088910", "0100068510889102", S.DATABAR_LIMITED),
    ],
)
def test_databar_texts_hold_no_brackets(kind: F, given: str, text: str, symbology: Symbology) -> None:
    assert texts(open_decoders().opened["zxing"], drawn(kind, given, 3)) == [(text, symbology)]


def test_corners_are_where_the_code_lies(decoder: Decoder) -> None:
    code = qr(QR_TEXT)
    (reading,) = decoder.read(on_desk((code, (100, 50))), RETAIL)
    border, side = 16, code.shape[0]
    near = [(100 + border, 50 + border), (100 + side - border, 50 + side - border)]
    assert np.abs(np.array([reading.corners[0], reading.corners[2]]) - np.array(near)).max() <= 4
    assert len(reading.corners) == 4


def test_only_the_kinds_in_use_are_read(decoder: Decoder) -> None:
    picture = on_desk((qr(QR_TEXT), (20, 20)), (ean(), (215, 240)))
    kinds = {reading.symbology for reading in decoder.read(picture, frozenset({S.EAN13}))}
    assert kinds == {S.EAN13}
    assert decoder.read(picture, frozenset()) == []


def test_the_live_kinds_leave_micro_qr_out(decoder: Decoder) -> None:
    assert decoder.read(drawn(F.MicroQRCode, "71012", 5), LIVE) == []


@pytest.mark.parametrize("shape", [(0, 0), (0, 7), (1, 1), (1, 5000), (3, 3)])
def test_any_size_is_answered(decoder: Decoder, shape: tuple[int, int]) -> None:
    assert decoder.read(np.zeros(shape, np.uint8), RETAIL) == []


def test_a_cut_view_of_a_larger_picture_is_read(decoder: Decoder) -> None:
    view = on_desk((qr(QR_TEXT), (100, 50)))[30:300, 80:400]
    assert not view.flags.c_contiguous
    assert [reading.text for reading in decoder.read(view, RETAIL)] == [QR_TEXT]


def test_a_structured_append_code_does_not_hide_the_others(decoder: Decoder) -> None:
    part = segno.make_sequence("A" * 200, symbol_count=2)[0]
    rows = np.array([list(row) for row in part.matrix_iter(scale=3, border=4)])
    code = np.where(rows > 0, 0, 255).astype(np.uint8)
    picture = on_desk((code, (5, 5)), (ean(), (215, 250)))
    assert EAN in [reading.text for reading in decoder.read(picture, RETAIL)]


def test_a_text_that_pyzbar_had_to_guess_says_so() -> None:
    opened = open_decoders().opened
    picture = qr("Gutschein für Möbel, 5 €", encoding="utf-8", eci=False)
    (right,) = opened["zxing"].read(picture, RETAIL)
    assert (right.text, right.guessed) == ("Gutschein für Möbel, 5 €", False)
    if "pyzbar" in opened:
        assert [reading.guessed for reading in opened["pyzbar"].read(picture, RETAIL)] == [True]


def test_full_alphabet_code_39_of_pyzbar_is_a_guess() -> None:
    opened = open_decoders().opened
    if "pyzbar" not in opened:
        pytest.skip("pyzbar is not on this machine")
    (reading,) = opened["pyzbar"].read(drawn(F.Code39, "12+A+B"), RETAIL)
    assert (reading.text, reading.guessed) == ("12+A+B", True)


_WITHOUT_ZBAR = """
import ctypes.util, sys
find = ctypes.util.find_library
ctypes.util.find_library = lambda name: None if name == "zbar" else find(name)
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.still import decode_picture
from pathlib import Path
found = open_decoders()
codes = decode_picture(Path(sys.argv[1])).codes
print(sorted(found.opened), found.missing, [(code.text, code.believed) for code in codes])
"""


def test_a_machine_without_zbar_goes_on_with_the_first_decoder(tmp_path: Path) -> None:
    picture = Path(__file__).parents[2] / "data" / "codes" / "one_ean13.png"
    run = subprocess.run(
        [sys.executable, "-c", _WITHOUT_ZBAR, str(picture)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert run.stdout.strip() == f"['fitted', 'zxing'] ('pyzbar',) [('{EAN}', True)]"
