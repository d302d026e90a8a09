"""What is looked for and what was found so far; it knows no Qt.

Apart from the widgets so that the rules can be read and tested in one place: a late answer never replaces a newer one;
what is there stays while the book is busy, which is asked again.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from pos_client.domain.errors import PosError
from pos_client.usecases.desk import Desk
from pos_client.usecases.history import Found, HistoryAsk, HistoryLine, search
from pos_client.usecases.till_session import TillSession

LONGEST: Final = 24
AGAIN_AFTER: Final = timedelta(seconds=2)
CHIPS: Final = ("today", "mine", "waiting", "undone")


class Line(Protocol):
    """Whoever asks the desk."""

    def ask(self, work: Callable[[Desk, TillSession], Found], then: Callable[[Found | PosError], None]) -> None:
        """Do work on the till's thread, and hand over what came out."""


class HistoryView(Protocol):
    """The list, as the search knows it."""

    def show_ask(self, ask: HistoryAsk) -> None:
        """What is looked for."""

    def show_lines(self, lines: tuple[HistoryLine, ...], *, are_new: bool) -> None:
        """All lines, or (not ``are_new``) those that follow the ones shown."""

    def show_state(self, total: int | None, *, is_busy: bool, has_fault: bool) -> None:
        """How many there are (None: not known yet), whether the book is being asked, and whether it did not answer."""


class HistorySearch:
    """One search after the other.

    Args:
        line: asks the desk. view: the list. now: aware UTC wall clock.
    """

    def __init__(self, line: Line, view: HistoryView, now: Callable[[], datetime]) -> None:
        self._line, self._view, self._now = line, view, now
        self.ask = HistoryAsk()
        self._number = 0
        self._lines: tuple[HistoryLine, ...] = ()
        self._total: int | None = None
        self._is_last = True
        self._is_busy = False
        self._again_at: datetime | None = None

    def begin(self) -> None:
        """Look anew for what is asked; what is shown stays until the answer is there."""
        self._number += 1
        self._ask_for(None)
        self._view.show_ask(self.ask)

    def type(self, character: str) -> bool:
        """One character more; False where it is none that stands in a code, receipt number or name."""
        if not character.isprintable() or len(self.ask.text) >= LONGEST or (character == " " and not self.ask.text):
            return False
        self._change(replace(self.ask, text=self.ask.text + character, member="", masked=""))
        return True

    def erase(self) -> None:
        """One character less; a member goes as a whole."""
        if self.ask.text or self.ask.member:
            self._change(replace(self.ask, text=self.ask.text[:-1], member="", masked=""))

    def clear(self) -> None:
        """Nothing in the box."""
        self._change(replace(self.ask, text="", member="", masked=""))

    def toggle(self, chip: str) -> None:
        """Switch one of ``CHIPS`` on or off."""
        switched: dict[str, Any] = {chip: not getattr(self.ask, chip)}
        self._change(replace(self.ask, **switched))

    def show_conflicts(self) -> None:
        """What lost its use to another lane and was not taken back, of all days; any other wish ends it."""
        self.ask = HistoryAsk(today=False, in_conflict=True)

    def show_member(self, ref: str, masked: str) -> None:
        """What was done with one member, of all days; whatever is typed ends it."""
        self.ask = HistoryAsk(today=False, member=ref, masked=masked)

    def leave_member(self) -> None:
        """He has gone: whoever opens the history next looks for somebody else."""
        if self.ask.member:
            self.ask = HistoryAsk()

    def widest(self) -> HistoryAsk:
        """The same, but of all days and everybody."""
        return HistoryAsk(text=self.ask.text, today=False, member=self.ask.member, masked=self.ask.masked)

    def widen(self) -> None:
        """All days, everybody: what to do where nothing was found."""
        self._change(self.widest())

    def can_go_on(self) -> bool:
        """Whether more lines are to be had now."""
        return not (self._is_last or self._is_busy)

    def go_on(self) -> None:
        """The next page."""
        if self.can_go_on() and self._lines:
            self._ask_for((self._lines[-1].epoch, self._lines[-1].seq))

    def tick(self) -> None:
        """Ask again where the book was busy."""
        if self._again_at is not None and self._now() >= self._again_at:
            self.begin()

    def take(self, number: int, before: tuple[int, int] | None, found: Found | PosError) -> None:
        """An answer; one to an older question is dropped."""
        if number != self._number:
            return
        self._is_busy = False
        if isinstance(found, PosError):
            self._again_at = self._now() + AGAIN_AFTER
            self._tell(has_fault=True)
            return
        self._again_at, self._is_last = None, found.is_last
        self._total = self._total if found.total is None else found.total
        self._lines = found.lines if before is None else self._lines + found.lines
        self._view.show_lines(found.lines, are_new=before is None)
        self._tell()

    def _change(self, ask: HistoryAsk) -> None:
        self.ask = replace(ask, in_conflict=False)
        self.begin()

    def _ask_for(self, before: tuple[int, int] | None) -> None:
        number, ask = self._number, self.ask
        self._is_busy, self._again_at = True, None
        self._tell()
        self._line.ask(
            lambda desk, session: search(desk, session.operator, ask, before),
            lambda found: self.take(number, before, found),
        )

    def _tell(self, *, has_fault: bool = False) -> None:
        self._view.show_state(self._total, is_busy=self._is_busy, has_fault=has_fault)
