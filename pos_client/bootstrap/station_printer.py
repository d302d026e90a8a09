"""The station's printer while a window is open: receipts, its test bench and a look at it, one at a time.

Apart from making a printer because this one can be told another encoding while receipts go on.
"""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pos_client.config import station_file
from pos_client.config.settings import PrinterSettings
from pos_client.domain.receipt_page import RULE, Row, RowKind
from pos_client.usecases.printing_port import PrinterState, PrintJob

from .printing import TEST_CODE, printer_for

ENCODINGS: Final = ("GBK", "GB18030", "UTF-8", "RASTER")
PATIENCE_S: Final = 2.0
"""How long a look waits for a receipt that is being printed."""

# A name that has four bytes in GB18030 and none in GBK: who reads it there has the larger alphabet.
_RARE: Final = "㐂䶮"
_PICTURE: Final = "RASTER"
_log = logging.getLogger(__name__)


class StationPrinter:
    """Fulfils ``ReceiptPrinter`` and ``PrinterBench``.

    Args:
        station: ``station.toml``. settings: of the printer, which is there.
    """

    def __init__(self, station: Path, settings: PrinterSettings) -> None:
        self._station, self._settings = station, settings
        self._printer = printer_for(settings)
        self._lock = threading.Lock()

    def state(self) -> PrinterState:
        """How it is. Raises PrinterUnavailable."""
        with self._lock:
            return self._printer.state()

    def print(self, job: PrintJob) -> int:
        """Print a page. Raises PrinterUnavailable."""
        with self._lock:
            return self._printer.print(job)

    def look(self) -> PrinterState:
        """How it is, soon: ``PRINTING`` where a page takes longer than ``PATIENCE_S``. Raises PrinterUnavailable."""
        if not self._lock.acquire(timeout=PATIENCE_S):
            return PrinterState.PRINTING
        try:
            return self._printer.state()
        finally:
            self._lock.release()

    def names(self) -> Sequence[str]:
        """Encodings by their numbers."""
        return ENCODINGS

    def kept(self) -> str:
        """The one of receipts."""
        return self._settings.encoding

    def place(self) -> str:
        """Where it is."""
        return self._settings.to

    def print_strip(self) -> None:
        """One strip; it is cut once, at its end. Raises PrinterUnavailable."""
        with self._lock:
            for number, name in enumerate(ENCODINGS, 1):
                is_last = number == len(ENCODINGS)
                changed = {"encoding": name, "cut": self._settings.cut and is_last}
                part = printer_for(self._settings.model_copy(update=changed))
                part.print(PrintJob(f"bench-{number}", bench_rows(number, name)))

    def keep(self, name: str) -> None:
        """Write it down, then use it. Raises SettingsInvalid, StorageUnavailable, DiskFull."""
        station_file.set_values(self._station, "printer", {"encoding": name})
        changed = self._settings.model_copy(update={"encoding": name})
        with self._lock:
            self._settings, self._printer = changed, printer_for(changed)
        _log.info("receipts are printed in %s from now on", name)


def bench_rows(number: int, name: str) -> tuple[Row, ...]:
    """One part of the strip: its number, which every printer reads, and all that printers get wrong."""
    rare = () if name == "GBK" else (Row(RowKind.TEXT, _RARE),)
    symbol = (Row(RowKind.CODE, TEST_CODE),) if name in {"GBK", _PICTURE} else ()
    return (
        RULE,
        Row(RowKind.TITLE, f"[ {number} ]  [ {number} ]  [ {number} ]"),
        Row(RowKind.TEXT, "中文 满100减20", "¥1,234.00"),
        Row(RowKind.TEXT, "：，。（）"),
        *rare,
        *symbol,
    )
