"""The members among whom a person must choose: several with one phone, or whoever has these four digits.

Apart from the dialogue because what is shown here must be enough to choose by, and must name nobody: a mask, the store
where he was last, and the day.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from pos_client.domain.codes.router import Code, CodeKind
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.verdict import Verdict

from .desk import Desk
from .find_member import MOST_FOUND, FindMember, is_tail
from .ports import CachedMember
from .recognise import MemberShown, member_shown
from .set_view import Candidate

__all__ = ["Choosing", "is_tail"]

# About a fortnight of a busy lane; older visits are told by the store that he belongs to.
_LOOKED_THROUGH: Final = 500


class Choosing:
    """Who may be chosen now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._members: tuple[CachedMember, ...] = ()
        self.shown: tuple[Candidate, ...] = ()

    def by_tail(self, digits: str, operator: str) -> Verdict:
        """Whoever has these last four digits; each look is counted.

        Raises:
            CacheMissing: before the first data. DiskFull, StorageUnavailable: the look could not be counted.
        """
        verdict = FindMember(self._desk, self._desk.lookups)(digits, operator)
        found = self._desk.cache.members_by_tail(digits, MOST_FOUND) if verdict.members else ()
        refs = {view.ref for view in verdict.members}
        self._offer([member for member in found if member.view.ref in refs])
        return verdict

    def among(self, sharing: MemberShown) -> None:
        """Those who share a phone."""
        self._offer([*([sharing.cached] if sharing.cached else []), *sharing.others])

    def chosen(self, ref: str) -> MemberShown | None:
        """One of them, as if he had said his number; None where he was not offered."""
        member = next((member for member in self._members if member.view.ref == ref), None)
        self.close()
        return member_shown(self._desk, Code(CodeKind.PHONE, ""), member, "phone") if member else None

    def close(self) -> None:
        """Nobody is offered any more."""
        self._members, self.shown = (), ()

    def _offer(self, members: Sequence[CachedMember]) -> None:
        seen = self._last_days()
        own = self._desk.cache.store().name
        self._members = tuple(members)
        self.shown = tuple(
            Candidate(
                member.view.ref,
                member.view.masked,
                member.view.level,
                own if member.view.ref in seen else member.view.owner_store,
                seen.get(member.view.ref),
                member.view.since,
            )
            for member in members
        )

    def _last_days(self) -> dict[str, date]:
        """When this lane saw each member last, as far back as it looks."""
        days: dict[str, date] = {}
        for entry in self._desk.journal.latest(_LOOKED_THROUGH, (EntryKind.REDEEM, EntryKind.TRANSACTION)):
            fields = entry.fields()
            days.setdefault(str(fields.get("member_ref") or ""), date.fromisoformat(fields["business_date"]))
        return days
