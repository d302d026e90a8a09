"""What F8 asks while it stands there: which deed, why, and a few words where no reason fits. It knows no Qt.

Apart from the presenter because it is a dialogue of its own, which a scan puts aside and F8 leads back to.
"""

from collections.abc import Callable, Sequence

from pos_client.domain.undo_note import MOST, names_somebody
from pos_client.ui.scan.scan_view import ScanView
from pos_client.ui.scan.undo_choice import UNDO_REASONS, latest_undoable, still_undoable
from pos_client.usecases.till_view import RecentItem, UndoReason


class UndoAsking:
    """The question.

    Args:
        view: the screen.
        undo: takes the deed of this number back, for this reason, with these words.
    """

    def __init__(self, view: ScanView, undo: Callable[[int, UndoReason, str], None]) -> None:
        self._view, self._undo = view, undo
        self._item: RecentItem | None = None
        self._aside: RecentItem | None = None  # by a scan; F8 leads back to it
        self._note: str | None = None

    @property
    def is_noting(self) -> bool:
        """Whether words are typed."""
        return self._note is not None

    def show(self) -> None:
        """Draw it anew."""
        self._view.show_undo(self._item, self._note)

    def put_aside(self) -> None:
        """A scan is judged first."""
        self._aside, self._item = self._item, None

    def begin(self, recent: Sequence[RecentItem], chosen: RecentItem | None) -> None:
        """Ask about a chosen deed, else the one that was put aside, else the newest; its words are kept."""
        before = self._aside or self._item
        aside, self._aside = still_undoable(recent, self._aside), None
        self._item = chosen if chosen and chosen.can_undo else aside or latest_undoable(recent)
        if before is None or self._item is None or before.seq != self._item.seq:
            self._note = None
        self.show()

    def choose(self, place: int) -> None:
        """A reason, counted from 0."""
        if self._item is None or self.is_noting or not 0 <= place < len(UNDO_REASONS):
            return
        if UNDO_REASONS[place] is UndoReason.OTHER:
            self._note = ""
            self.show()
        else:
            self._done(self._item, UNDO_REASONS[place], "")

    def type(self, character: str) -> None:
        """A person's key: a reason's number, or one more character of the words."""
        if self._note is not None:
            self._note = (self._note + character)[:MOST]
            self.show()
        elif character.isdecimal():
            self.choose(int(character) - 1)

    def erase(self) -> None:
        """One character less; before the first one the reasons stand there again."""
        if self._note is not None:
            self._note = self._note[:-1] if self._note else None
            self.show()

    def enter(self) -> None:
        """The words are whole. Nothing happens while they name somebody: the screen says so."""
        if self._item is not None and self._note is not None and not names_somebody(self._note):
            self._done(self._item, UndoReason.OTHER, self._note)

    def _done(self, item: RecentItem, reason: UndoReason, note: str) -> None:
        self._item, self._note = None, None
        self._undo(item.seq, reason, note)
