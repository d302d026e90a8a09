"""A folder that stands for a printer: each receipt a .bin, as a printer would get it, and a .pdf to look at.

Apart from the ways because nothing is asked, and nothing can run out but the disk.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from pos_client.domain.printer_errors import PrinterAbsent
from pos_client.domain.receipt_page import Row
from pos_client.usecases.printing_port import PrinterState, PrintJob

from .escpos_page import DrawPage, PageStyle, escpos_page


class FolderPrinter:
    """Fulfils ``ReceiptPrinter``.

    Args:
        folder: made where it is absent.
        style: as of a printer that prints the .bin. draw: makes pictures of pages.
        pdf: a page as a PDF file.
    """

    def __init__(self, folder: Path, style: PageStyle, draw: DrawPage, pdf: Callable[[Sequence[Row]], bytes]) -> None:
        self._folder, self._style, self._draw, self._pdf = folder, style, draw, pdf

    def state(self) -> PrinterState:
        """``READY``. Raises PrinterUnavailable: the folder cannot be made."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise PrinterAbsent(str(error.strerror), place=str(self._folder)) from error
        return PrinterState.READY

    def print(self, job: PrintJob) -> int:
        """Write both files; a reprint never replaces the first one. Raises PrinterUnavailable."""
        self.state()
        page = escpos_page(job.rows, self._style, self._draw)
        try:
            name = self._free_name(job.name)
            (self._folder / f"{name}.pdf").write_bytes(self._pdf(job.rows))
            (self._folder / f"{name}.bin").write_bytes(page.data)
        except OSError as error:
            raise PrinterAbsent(str(error.strerror), place=str(self._folder)) from error
        return page.replaced

    def _free_name(self, name: str) -> str:
        number = 1
        while (self._folder / f"{_numbered(name, number)}.bin").exists():
            number += 1
        return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}.{number}"
