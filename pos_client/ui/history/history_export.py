"""What was found, as a file: masked, gathered a piece at a time, so that the till is never held up by it.

Apart from the page because it goes on while the clerk scans: each piece is one question to the desk like any other.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos_client.domain.errors import PosError
from pos_client.domain.report_table import Cell, Table, csv_bytes
from pos_client.ui.desk_line import AsksDesk
from pos_client.ui.history.history_words import HistoryWords
from pos_client.usecases.counter_tools import Files
from pos_client.usecases.history import Found, HistoryAsk, HistoryLine, search

_AT_ONCE: Final = 250


class HistoryExport(QObject):
    """One export at a time.

    Signals:
        went_on: how many lines are gathered. ended: where the file is, or a PosError.

    Args:
        line: asks the desk. files: takes the file. words: of the cells. now: aware UTC wall clock.
    """

    went_on = Signal(int)
    ended = Signal(object)
    _written = Signal(object)

    def __init__(self, line: AsksDesk, files: Files, words: HistoryWords, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._line, self._files, self._words, self._now = line, files, words, now
        self._rows: list[tuple[Cell, ...]] = []
        self._ending = "csv"
        self.is_busy = False
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)

    def begin(self, ask: HistoryAsk, ending: str) -> None:
        """Gather all lines of a question into ``csv`` or ``xlsx``; while one runs, another is not begun."""
        if self.is_busy:
            return
        self.is_busy, self._ending, self._rows = True, ending, []
        self._go_on(ask, None)

    def _go_on(self, ask: HistoryAsk, before: tuple[int, int] | None) -> None:
        self._line.ask(
            lambda desk, session: search(desk, session.operator, ask, before, _AT_ONCE), partial(self._take, ask)
        )

    def _take(self, ask: HistoryAsk, found: Found | PosError) -> None:
        if isinstance(found, PosError):
            self._on_written(found)
            return
        self._rows += map(self._row, found.lines)
        self.went_on.emit(len(self._rows))
        if found.is_last:
            name = f"history-{self._now():%Y%m%d-%H%M%S}"
            columns = (*self._words.columns(), "receipt", "code", "clerk", "entry")
            table = Table(name, columns, tuple(self._rows))
            Thread(target=self._write, args=(table, self._ending), name="export", daemon=True).start()
        else:
            self._go_on(ask, (found.lines[-1].epoch, found.lines[-1].seq))

    def _row(self, line: HistoryLine) -> tuple[Cell, ...]:
        moment = self._words.full_moment(line)
        words = self._words.cells(line, with_day=True)
        code = f"…{line.code_tail}" if line.code_tail else ""
        entry = f"{line.epoch}-{line.seq}"
        return (
            moment,
            words[1],
            words[2],
            line.item.value_minor,
            *words[4:],
            line.receipt_no,
            code,
            line.operator,
            entry,
        )

    def _write(self, table: Table, ending: str) -> None:
        """On a thread of its own: a workbook of a hundred thousand lines takes seconds."""
        try:
            content = csv_bytes(table) if ending == "csv" else _workbook(table)
            self._written.emit(self._files.keep(f"{table.name}.{ending}", content))
        except PosError as fault:
            self._written.emit(fault)

    @Slot(object)
    def _on_written(self, what: object) -> None:
        self.is_busy, self._rows = False, []
        self.ended.emit(what)


def _workbook(table: Table) -> bytes:
    from pos_client.domain.report_workbook import xlsx_bytes  # noqa: PLC0415 - slow to load, and rarely asked for

    return xlsx_bytes(table)
