"""What closing a day asks of the journal: its closes so far, the entries of a range, and one entry right at the cut.

Apart from the journal's own port because only closing walks ranges.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pos_client.domain.closings.close import Close, Standing
from pos_client.domain.closings.three_books import Word
from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.verdict import EntryRef


@dataclass(frozen=True, slots=True)
class KeptClose:
    """A close of this journal and how far it has come.

    Attributes:
        answer: the centre's last signed answer, empty before the first. told: the entry's own fields.
    """

    close: Close
    standing: Standing
    answer: Mapping[str, Any]
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DayRow:
    """An entry as closing looks at it.

    Attributes:
        hash: hexadecimal. fields: its body. voided: a later void took it back.
        waits: it is in line, or stuck at its end. word: what the centre said of it.
    """

    epoch: int
    seq: int
    hash: str
    fields: Mapping[str, Any]
    voided: bool
    waits: bool
    word: Word
    holder: str = ""
    reason: str = ""


class DayBook(Protocol):
    """The journal by days."""

    def closes(self) -> Sequence[KeptClose]:
        """All closes, oldest first."""

    def epochs(self) -> Sequence[int]:
        """Epochs that have entries, oldest first."""

    def head(self, epoch: int) -> tuple[int, str]:
        """Number and hash (hexadecimal) of the newest entry of an epoch; 0 and the hash it begins after where empty."""

    def rows(self, epoch: int, after: int, last: int | None = None) -> Iterator[DayRow]:
        """Entries of an epoch beyond a number, up to ``last`` where given, in order; the till goes on meanwhile."""

    def write_close(self, draft: EntryDraft, after: int | None) -> EntryRef | None:
        """Append a close and note it, in one commit.

        Args:
            draft: the entry.
            after: it must follow this number of the current epoch; None where any place will do.

        Returns:
            Its number; None where another entry came first, and nothing was written.

        Raises:
            DiskFull, StorageUnavailable: nothing was written.
        """
