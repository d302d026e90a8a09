"""Hostile and odd picture files given to the command: a named result each, in bounded memory."""

import json
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pos_client.scanner.agreement import Agreement
from pos_client.scanner.frame import Detection, Pixels
from pos_client.scanner.symbology import Symbology
from tests.integration.scanner.drawn_codes import QR_TEXT, on_desk, qr, save

_MOST_BYTES = 400_000_000
_MOST_CPU_S = 60
"""Not how fast it is, but that it ends: a machine that does ten other things must pass as well."""

_CODES = 200


# What wait4 tells of a child counts what its parent held when it was forked: the program asks for itself, at its end.
_COMMAND = """
import atexit, sys
from pathlib import Path

def told() -> None:
    most = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    print(most.split()[1], file=sys.stderr)

atexit.register(told)
from pos_client.app import main
main()
"""


def scanned(path: Path) -> tuple[dict[str, Any], int]:
    """The command's answer for one path, and the most memory that its process held, in bytes."""
    child = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, "scan", "--json", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    resource.prlimit(child.pid, resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    answer, errors = child.communicate()
    document: dict[str, Any] = json.loads(answer)
    return document, int(errors.split()[-1]) * 1024


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (height, width), dtype=np.uint8)


def torn(path: Path) -> None:
    whole = save(on_desk((qr(QR_TEXT), (200, 140))), path)
    whole.write_bytes(whole.read_bytes()[:3000])


def black_png(path: Path, side: int) -> None:
    """A whole, valid PNG of this size in a few bytes: one bit a pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + side // 8)
    packed = b"".join(packer.compress(row * 500) for _ in range(side // 500)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", packed) + chunk(b"IEND", b""))


def noise_with_everything(path: Path) -> None:
    """16 bits a channel and transparency: eight bytes a pixel in the file's own form."""
    deep = np.random.default_rng(4).integers(0, 65536, (2000, 2000, 4), dtype=np.uint16)
    assert cv2.imwrite(str(path), deep)


@pytest.mark.parametrize(
    ("name", "make", "result"),
    [
        ("torn.jpg", torn, "unreadable"),
        ("empty.jpg", lambda path: path.write_bytes(b""), "unreadable"),
        ("huge.png", lambda path: black_png(path, 20_000), "too-large"),
        ("large.png", lambda path: black_png(path, 8_000), "no-code"),
        ("noise.png", lambda path: save(noise(3000, 4000), path), "no-code"),
        ("deep.png", noise_with_everything, "no-code"),
    ],
)
def test_a_bad_picture_has_a_named_result_in_bounded_memory(
    tmp_path: Path, name: str, make: Callable[[Path], object], result: str
) -> None:
    path = tmp_path / name
    make(path)
    document, held = scanned(path)
    (picture,) = document["pictures"]
    assert (picture["result"], picture["codes"]) == (result, [])
    assert held <= _MOST_BYTES


def test_a_folder_of_large_pictures_is_held_one_at_a_time(tmp_path: Path) -> None:
    for index in range(4):
        save(noise(2500, 3600), tmp_path / f"{index}.png")
    document, held = scanned(tmp_path)
    assert document["summary"]["results"] == {"no-code": 4}
    assert held <= _MOST_BYTES


def test_an_empty_folder_is_no_picture_and_no_fault(tmp_path: Path) -> None:
    document, _ = scanned(tmp_path)
    assert (document["pictures"], document["summary"]["pictures"]) == ([], 0)


def test_two_hundred_codes_in_one_picture_are_all_told(tmp_path: Path) -> None:
    sheet = np.full((2600, 5200), 255, np.uint8)
    for index in range(_CODES):
        code = qr(f"71{index:040d}")
        row, column = divmod(index, 20)
        top, left = row * 250 + 10, column * 250 + 10
        sheet[top : top + code.shape[0], left : left + code.shape[1]] = code
    document, held = scanned(save(sheet, tmp_path / "sheet.png"))
    (picture,) = document["pictures"]
    assert (picture["result"], len({code["text"] for code in picture["codes"]})) == ("several-codes", _CODES)
    assert held <= _MOST_BYTES


def test_a_text_that_flickers_between_two_is_not_believed() -> None:
    """Frames of one code that is read now as one number, now as another, each of them often enough."""
    here = ((10, 10), (90, 10), (90, 40), (10, 40))
    agreement = Agreement()
    for number in range(12):
        text = ("4006381333931", "9780201310054")[number % 2]
        for stage in ("bands/upper", "bands/lower", "bands-sharp/upper"):
            agreement.add(number, number / 30, [Detection(text, Symbology.EAN13, here, "zxing", stage)])
    assert [code.text for code in agreement.codes() if code.believed] == []
