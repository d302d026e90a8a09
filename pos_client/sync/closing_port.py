"""What agreeing on a day asks of the journal: closes that are not agreed, and a place for the centre's answer.

Apart from ``closings`` because ``storage`` fulfils it, by shape.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pos_client.domain.closings.close import Close, Standing


class KeptClose(Protocol):
    """A close and how far it has come."""

    @property
    def close(self) -> Close:
        """Entry and range."""

    @property
    def standing(self) -> Standing:
        """How far it has come."""

    @property
    def told(self) -> Mapping[str, Any]:
        """The entry's own fields, as the centre is told them."""


class ClosingBook(Protocol):
    """The journal's closes. May be called from the sync thread while the till writes."""

    def closes(self) -> Sequence[KeptClose]:
        """All closes, oldest first."""

    def unsettled(self) -> Sequence[KeptClose]:
        """Those that are not agreed, oldest first."""

    def waits(self, close: Close) -> bool:
        """Whether the close's own entry, or one that it is about, is still in line."""

    def keep_answer(self, close: Close, standing: Standing, answer: Mapping[str, Any]) -> None:
        """Keep the centre's answer; an agreement settles the range. Once more changes nothing."""
