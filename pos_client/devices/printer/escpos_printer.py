"""A printer that speaks ESC/POS: asked for paper and cover, then handed a page.

Apart from the way to it because what its answers mean is the same on every way.
"""

from typing import Final

from pos_client.domain.printer_errors import PrinterAbsent, PrinterCoverOpen, PrinterPaperOut
from pos_client.usecases.printing_port import PrinterState, PrintJob

from .escpos_page import DrawPage, PageStyle, escpos_page
from .ways import OpenWay, Way

# DLE EOT n, answered at once, also by a printer that is offline. n = 2: why it is offline, 4: its paper.
_OFFLINE_CAUSE: Final = b"\x10\x04\x02"
_PAPER: Final = b"\x10\x04\x04"
# Bits 1 and 4 of every such answer are 1, bits 0 and 7 are 0; another byte is no answer.
_FIXED, _FIXED_VALUE = 0x93, 0x12
_COVER_OPEN, _STOPPED_BY_PAPER = 0x04, 0x20
_ENDED, _NEAR_END = 0x60, 0x0C


class EscPosPrinter:
    """Fulfils ``ReceiptPrinter``.

    Args:
        open_way: to the printer. place: where that is, for sentences.
        style: how it wants its pages. draw: makes pictures of pages.
        asks: whether it is asked how it is.
    """

    def __init__(self, open_way: OpenWay, place: str, style: PageStyle, draw: DrawPage, *, asks: bool = True) -> None:
        self._open, self._place, self._style, self._draw, self._asks = open_way, place, style, draw, asks
        self._ever_answered = False

    def state(self) -> PrinterState:
        """``READY`` or ``PAPER_LOW``. Raises PrinterUnavailable."""
        way = self._open()
        try:
            return self._asked(way)
        finally:
            way.close()

    def print(self, job: PrintJob) -> int:
        """Print a page; how many characters had to be replaced. Raises PrinterUnavailable."""
        page = escpos_page(job.rows, self._style, self._draw)
        way = self._open()
        try:
            self._asked(way)
            way.send(page.data)
            # Paper that ended under way leaves a receipt that nobody can use: it is printed again.
            self._asked(way)
        finally:
            way.close()
        return page.replaced

    def _asked(self, way: Way) -> PrinterState:
        """How it says it is; the silence of one that never answered counts as ready."""
        if not self._asks:
            return PrinterState.READY
        paper = _answer(way, _PAPER)
        if paper is None:
            if self._ever_answered:
                # It can answer, so it hangs: what is sent into a buffer is not printed.
                raise PrinterAbsent("it does not answer", place=self._place)
            return PrinterState.READY
        self._ever_answered = True
        cause = _answer(way, _OFFLINE_CAUSE) or 0
        if cause & _COVER_OPEN:
            raise PrinterCoverOpen("the cover is open", place=self._place)
        if paper & _ENDED or cause & _STOPPED_BY_PAPER:
            raise PrinterPaperOut("no paper", place=self._place)
        return PrinterState.PAPER_LOW if paper & _NEAR_END else PrinterState.READY


def _answer(way: Way, question: bytes) -> int | None:
    way.send(question)
    data = way.answer()
    return data[0] if data and data[0] & _FIXED == _FIXED_VALUE else None
