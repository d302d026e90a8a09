"""The readers that are compared on pictures: each library alone, both, and our cascade, found and believed apart.

Apart from the counting (``scan_samples``), so that the tests read pictures in the same way.
"""

from collections.abc import Callable
from functools import partial
from time import perf_counter, thread_time
from typing import NamedTuple

import numpy as np
import zxingcpp
from pyzbar import pyzbar

from pos_client.scanner.cascade import StillCascade
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Pixels
from pos_client.scanner.symbology import RETAIL

_F = zxingcpp.BarcodeFormat
_ZXING_RETAIL = zxingcpp.BarcodeFormats(
    [
        *(_F.QRCode, _F.EANUPC, _F.Code128, _F.Code39, _F.Code93, _F.Codabar, _F.ITF),
        *(_F.DataBar, _F.DataMatrix, _F.PDF417, _F.Aztec),
    ]
)
_LIMIT_S = 1.5
FOUND, BELIEVED = "found", "believed"


class Seen(NamedTuple):
    """What one reader made of one picture: texts, milliseconds on the wall and of this thread's CPU."""

    texts: list[str]
    ms: float
    cpu_ms: float


def read_by_zxing(grey: Pixels) -> list[str]:
    """zxing-cpp's single call."""
    found = zxingcpp.read_barcode(grey, formats=_ZXING_RETAIL, text_mode=zxingcpp.TextMode.Plain)
    return [found.text] if found else []


def read_by_pyzbar(grey: Pixels) -> list[str]:
    """pyzbar with all its symbols."""
    try:
        return [found.data.decode("utf-8", "replace") for found in pyzbar.decode(np.ascontiguousarray(grey))]
    except ValueError:  # structured append, pyzbar issue 139
        return []


def read_by_both(grey: Pixels) -> list[str]:
    """What the two find between them."""
    return read_by_zxing(grey) + read_by_pyzbar(grey)


READERS: dict[str, Callable[[Pixels], list[str]]] = {
    "pyzbar": read_by_pyzbar,
    "zxing single": read_by_zxing,
    "union": read_by_both,
}
NAMES = (*READERS, FOUND, BELIEVED)


def seen_on(grey: Pixels) -> dict[str, Seen]:
    """Texts and milliseconds of every reader on one picture in memory; loading is nobody's."""
    seen = {name: _timed(partial(read, grey)) for name, read in READERS.items()}
    cascade = StillCascade(open_decoders().opened, RETAIL, _LIMIT_S)
    sure: list[str] = []

    def ours() -> list[str]:
        codes = cascade.read(grey)
        sure.extend(code.text for code in codes if code.believed)
        return [code.text for code in codes]

    seen[FOUND] = _timed(ours)
    seen[BELIEVED] = seen[FOUND]._replace(texts=sure)
    return seen


def _timed(read: Callable[[], list[str]]) -> Seen:
    began_s, began_cpu_s = perf_counter(), thread_time()
    texts = read()
    return Seen(texts, (perf_counter() - began_s) * 1000, (thread_time() - began_cpu_s) * 1000)
