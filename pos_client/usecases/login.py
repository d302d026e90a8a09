"""Who stands at the counter: logging in and out, each an entry.

Apart from what is done there because a name at the counter is a fact of its own: whoever acts is credited and, where
something needs a second person, compared.
"""

from collections.abc import Mapping
from typing import Final

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .authorise import Signature, pin_refusal
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter

OPERATOR: Final = "operator"


class Login:
    """Logs people in and out. One at a time: the till lane is serial."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, who: Signature, *, seen_by: str = "") -> Verdict:
        """From now on this person acts where nobody is named; whoever has a PIN proves that it is he.

        Args:
            who: id and PIN.
            seen_by: staff id of a supervisor who signed beside him; empty where nobody had to.

        Raises:
            DiskFull, StorageUnavailable: nobody was logged in.
            CacheMissing: no data was ever fetched, so nobody is known here.
        """
        name = next((person.name for person in self._desk.cache.staff() if person.id == who.staff_id), None)
        if name is None:
            return Verdict(VerdictKind.REFUSED, Reason.STAFF_UNKNOWN)
        refusal = pin_refusal(self._desk, who) if self._desk.pins().has(who.staff_id) else None
        if refusal:
            return refusal
        self._write(EntryKind.LOGIN, who.staff_id, {"supervisor": seen_by} if seen_by else {})
        self._desk.journal.remember(OPERATOR, who.staff_id)
        return Verdict(VerdictKind.ACCEPTED, Reason.LOGGED_IN, {"name": name})

    def out(self) -> Verdict:
        """Nobody acts here where nobody is named, unless the store has one clerk only."""
        self._write(EntryKind.LOGOUT, self._desk.journal.meta(OPERATOR) or "")
        self._desk.journal.remember(OPERATOR, "")
        return Verdict(VerdictKind.ACCEPTED, Reason.LOGGED_OUT)

    def _write(self, kind: EntryKind, staff_id: str, more: Mapping[str, str] | None = None) -> None:
        time = self._desk.trusted_time()
        writer = EntryWriter(self._desk, time, self._desk.context(time), Attribution(staff_id))
        self._desk.journal.append(writer.fact(kind, {"outcome": "ok", **(more or {})}))
